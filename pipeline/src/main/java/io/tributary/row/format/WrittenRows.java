package io.tributary.row.format;

import io.tributary.storage.Storages;
import java.io.IOException;

/** Counts the rows of files that our writers wrote, from the files themselves. */
public final class WrittenRows {
  private WrittenRows() {}

  /**
   * The rows of a file, by its ending: Parquet and Avro say how many they have; texts are read to
   * their end.
   *
   * @throws IOException when the file is not complete; the message names it
   */
  public static long of(String path) throws IOException {
    if (path.endsWith(".parquet")) {
      return ParquetFooter.rows(path);
    }
    if (path.endsWith(".avro")) {
      return AvroContents.rows(path);
    }
    Compression compression = Compression.of(path);
    String plain = path.substring(0, path.length() - compression.extension().length());
    if (plain.endsWith(".csv")) {
      return scan(path, compression, RecordScan.csv(',', '"', true, Long.MAX_VALUE)) - 1;
    }
    if (plain.endsWith(".ndjson")) {
      return scan(path, compression, RecordScan.lines(Long.MAX_VALUE));
    }
    throw new IllegalStateException("no writer of ours names a file " + path);
  }

  private static long scan(String path, Compression compression, RecordScan scan)
      throws IOException {
    try {
      return scan.read(compression.decompress(Storages.of(path).open(path))).records();
    } catch (IOException e) {
      throw new IOException(path + " is not complete: " + e.getMessage(), e);
    }
  }
}
