package io.tributary.row.format;

import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Util;

/** What a Parquet file says about itself, independent of whoever wrote it. */
public final class ParquetFooter {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final int TAIL_BYTES = 8; // length of the footer, then the magic

  private ParquetFooter() {}

  /**
   * The number of rows that a file says it has.
   *
   * @throws IOException when the file is not a complete Parquet file; the message names it
   */
  public static long rows(String path) throws IOException {
    Storage storage = Storages.of(path);
    long size = storage.size(path);
    ByteBuffer tail = ByteBuffer.wrap(bytes(storage, path, size - TAIL_BYTES, TAIL_BYTES));
    int footerBytes = tail.order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (!Arrays.equals(tail.array(), 4, 8, MAGIC, 0, 4) || footerBytes < 0) {
      throw incomplete(path);
    }
    try (InputStream in = storage.open(path)) {
      in.skipNBytes(Math.max(0, size - TAIL_BYTES - footerBytes));
      return Util.readFileMetaData(in, true).getNum_rows();
    }
  }

  private static byte[] bytes(Storage storage, String path, long from, int length)
      throws IOException {
    if (from < 0) {
      throw incomplete(path);
    }
    try (InputStream in = storage.open(path)) {
      in.skipNBytes(from);
      return in.readNBytes(length);
    }
  }

  private static IOException incomplete(String path) {
    return new IOException(path + " is not a complete Parquet file");
  }
}
