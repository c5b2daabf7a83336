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

  /** Whichever way the folder is written; below the config's folder, as seen from there. */
  @Override
  public @Nullable String destination(String folder) {
    try {
      Path base = Path.of(folder).toAbsolutePath().normalize();
      Path resolved = base.resolve(path).normalize();
      return (resolved.startsWith(base) ? base.relativize(resolved) : resolved).toString();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  @Override
  public String destinationKey() {
    return FilesSink.PATH.name();
  }
}
