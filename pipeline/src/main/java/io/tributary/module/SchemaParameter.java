package io.tributary.module;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter {@code schema}: left to the module by a word such as {@code auto}, given as text or
 * list, or in a {@code .json} file in the form of {@code bq show --schema}.
 *
 * @param word in lower case; null unless left to the module
 * @param given null unless given in the config itself
 * @param file null unless a file is named
 * @param offsets where the names of the columns begin, when the schema is a text
 */
public record SchemaParameter(
    @Nullable String word, @Nullable Schema given, @Nullable String file, List<Integer> offsets)
    implements DeclaresSchema, Serializable {
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern WORD = Pattern.compile("[a-z_]+");
  private static final JsonFactory JSON = new JsonFactory();

  public SchemaParameter {
    offsets = List.copyOf(offsets);
  }

  /** Left to the module by its word. */
  public static SchemaParameter of(String word) {
    return new SchemaParameter(word, null, null, List.of());
  }

  /**
   * The parameter of a plain value; null after reporting what is wrong with it.
   *
   * @param words by which it can be left to the module
   */
  public static @Nullable SchemaParameter parse(
      Object plain, List<String> words, Problems problems) {
    if (plain instanceof String text) {
      String stripped = text.strip();
      String lower = stripped.toLowerCase(Locale.ROOT);
      if (words.contains(lower)) {
        return of(lower);
      }
      if (lower.endsWith(".json")) {
        return new SchemaParameter(null, null, stripped, List.of());
      }
      if (WORD.matcher(lower).matches()) {
        problems.error(Code.TR125, "`" + stripped + "` is no schema", fix(words));
        return null;
      }
    }
    try {
      Schema given = SchemaText.of(plain);
      List<Integer> offsets =
          plain instanceof String text ? SchemaText.nameOffsets(text) : List.of();
      return new SchemaParameter(null, given, null, offsets);
    } catch (IllegalArgumentException e) {
      place(plain, e.getMessage(), problems).error(Code.TR125, e.getMessage(), fix(words));
      return null;
    }
  }

  private static String fix(List<String> words) {
    return "write "
        + String.join(", ", words)
        + ", \"id:INT64, name:STRING\", a list of {name, type, mode}, or the path of a .json file";
  }

  /** The part of a text that a message quotes. */
  private static Problems place(Object plain, String message, Problems problems) {
    Matcher quoted = QUOTED.matcher(message);
    if (plain instanceof String text && quoted.find()) {
      int offset = text.indexOf(quoted.group(1));
      if (offset >= 0) {
        return problems.within(offset, quoted.group(1).length());
      }
    }
    return problems;
  }

  /** Whether a schema stands in the config or in a file. */
  public boolean isGiven() {
    return word == null;
  }

  /**
   * The schema that was given; null after reporting why its file cannot be used. Only when {@link
   * #isGiven}.
   *
   * @param folder against which a relative path is resolved
   */
  public @Nullable Schema resolve(String folder, Problems problems) {
    GivenSchema located = locate(folder, problems);
    return located == null ? null : located.schema();
  }

  /** As {@link #resolve}, with the place of each column. */
  public @Nullable GivenSchema locate(String folder, Problems problems) {
    return file == null ? inConfig(problems) : inFile(file, folder, problems);
  }

  private @Nullable GivenSchema inConfig(Problems problems) {
    if (given == null) {
      throw new IllegalStateException("no schema is given: " + word);
    }
    List<Problems> columns = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      columns.add(
          offsets.isEmpty()
              ? problems.at(i).at("name")
              : problems.within(offsets.get(i), given.column(i).name().length()));
    }
    return new GivenSchema(given, problems, columns);
  }

  private static @Nullable GivenSchema inFile(String file, String folder, Problems problems) {
    Storage storage = Storages.of(file);
    String path = storage.resolve(folder, file);
    try {
      if (!storage.exists(path)) {
        problems.error(
            Code.TR116,
            "the schema file " + path + " does not exist",
            "a relative path is looked up in the folder of the config");
        return null;
      }
      try (InputStream in = storage.open(path)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        Object plain = PlainJson.parse(text);
        Schema schema = SchemaText.of(plain == null ? "" : plain);
        return new GivenSchema(schema, problems, columns(text, problems.inFile(file, text)));
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
    return isGiven() ? resolve(folder, problems) : null;
  }

  /** The places of the names in a list of fields. */
  private static List<Problems> columns(String json, Problems problems) throws IOException {
    List<Problems> columns = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(json)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        boolean name =
            depth == 2 && token == JsonToken.VALUE_STRING && "name".equals(parser.currentName());
        if (name) {
          int quote = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
          columns.add(problems.within(quote + 1, parser.getTextLength()));
        }
      }
    }
    return columns;
  }

  /** As a user would write it. */
  @Override
  public String toString() {
    if (word != null) {
      return word;
    }
    return file != null ? file : String.valueOf(given);
  }
}
