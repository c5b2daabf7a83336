package io.tributary.connector.files;

import io.tributary.row.format.Compression;
import io.tributary.spec.DeclaresWrite;
import io.tributary.spec.WriteMode;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a user can set on the sink; {@link FilesSink#SPEC} describes each. */
record FilesSinkParameters(
    String path,
    SinkFormat format,
    Compression compression,
    WriteMode mode,
    boolean allowFullAppend)
    implements DeclaresWrite, Serializable {

  @Override
  public @Nullable String destination() {
    try {
      return Path.of(path).normalize().toString();
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
