package io.tributary.connector.files;

import io.tributary.spec.DeclaresWrite;
import io.tributary.spec.WriteMode;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user can set on the sink; {@link FilesSink#SPEC} describes each.
 *
 * @param maxFileSize in bytes; {@link Long#MAX_VALUE} when there is no limit
 */
record FilesSinkParameters(
    String path,
    SinkFormat format,
    SinkCompression compression,
    List<String> partitionBy,
    long maxFileSize,
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
