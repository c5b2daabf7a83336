package io.tributary.connector.files;

import io.tributary.module.Split;

/**
 * A part of one file.
 *
 * @param from the first byte of the part; of Parquet, the first row group
 * @param to what comes after the part; {@link Long#MAX_VALUE} reads to the end
 * @param linesBefore in CSV and NDJSON, the lines before the part
 * @param size of the file when the run was planned
 */
record FileSplit(String path, FileFormat format, long from, long to, long linesBefore, long size)
    implements Split {

  static FileSplit whole(SourceFile file, long size) {
    return new FileSplit(file.path(), file.format(), 0, Long.MAX_VALUE, 0, size);
  }

  boolean isWhole() {
    return from == 0 && to == Long.MAX_VALUE;
  }

  @Override
  public String toString() {
    if (isWhole()) {
      return path;
    }
    String unit = format == FileFormat.PARQUET ? " row groups " : " bytes ";
    return path + unit + from + " to " + (to == Long.MAX_VALUE ? "the end" : to);
  }
}
