package io.tributary.row.format;

import io.tributary.storage.Storages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The stream into a file, compressed or not. Not thread-safe. */
record TextFile(OutputStream file, OutputStream out) {
  private static final int BUFFER_BYTES = 1 << 16;

  static TextFile create(String path, Compression compression) throws IOException {
    OutputStream file = Storages.of(path).create(path);
    return new TextFile(file, compression.compress(new BufferedOutputStream(file, BUFFER_BYTES)));
  }

  /** Completes the file. */
  void close() throws IOException {
    try {
      out.close();
    } finally {
      file.close();
    }
  }

  /** Leaves the file as it is, without what is still buffered. */
  void abort() throws IOException {
    file.close();
  }
}
