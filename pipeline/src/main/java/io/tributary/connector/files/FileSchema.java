package io.tributary.connector.files;

import io.tributary.module.DeclaresSchema;
import io.tributary.row.Schema;
import io.tributary.row.SchemaText;
import io.tributary.row.format.PlainJson;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The parameter {@code schema}: {@link #AUTO}, given, or the path of a {@code .json} file that
 * holds it.
 *
 * @param schema null unless given
 * @param file null unless a file is named
 */
record FileSchema(@Nullable Schema schema, @Nullable String file)
    implements DeclaresSchema, Serializable {
  static final FileSchema AUTO = new FileSchema(null, null);

  static @Nullable FileSchema parse(Object plain, Problems problems) {
    if (plain instanceof String text) {
      if (text.strip().equalsIgnoreCase("auto")) {
        return AUTO;
      }
      if (text.strip().endsWith(".json")) {
        return new FileSchema(null, text.strip());
      }
    }
    try {
      return new FileSchema(SchemaText.of(plain), null);
    } catch (IllegalArgumentException e) {
      problems.error(
          Code.TR125,
          e.getMessage(),
          "write \"auto\", \"id:INT64, name:STRING\", a list of {name, type, mode}, or the path of"
              + " a .json file");
      return null;
    }
  }

  boolean isAuto() {
    return schema == null && file == null;
  }

  /**
   * The schema that was given; null after reporting why its file cannot be used. Not for {@link
   * #AUTO}.
   */
  @Nullable Schema resolve(String folder, Problems problems) {
    if (file == null) {
      return schema;
    }
    Storage storage = Storages.of(folder);
    String path = storage.resolve(folder, file);
    try {
      if (!storage.exists(path)) {
        problems.error(Code.TR116, "the schema file " + path + " does not exist", null);
        return null;
      }
      try (InputStream in = storage.open(path)) {
        Object plain = PlainJson.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        return SchemaText.of(plain == null ? "" : plain);
      }
    } catch (IllegalArgumentException e) {
      problems.error(Code.TR125, "the schema file " + path + ": " + e.getMessage(), null);
    } catch (IOException e) {
      problems.error(
          Code.TR116, "the schema file " + path + " cannot be read: " + e.getMessage(), null);
    }
    return null;
  }

  @Override
  public @Nullable Schema declaredSchema(String folder, Problems problems) {
    return isAuto() ? null : resolve(folder, problems);
  }

  /** As a user would write it. */
  @Override
  public String toString() {
    if (file != null) {
      return file;
    }
    return schema == null ? "auto" : schema.toString();
  }
}
