package io.tributary.row.format;

import io.tributary.storage.Storages;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A file that is being written, compressed or not: completed once, or given up. Not thread-safe.
 */
final class WrittenFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream file;
  private final OutputStream out;
  private boolean ended;

  private WrittenFile(OutputStream file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /** Begins a file; what is at the path is replaced. */
  static WrittenFile create(String path, Compression compression) throws IOException {
    OutputStream file = Storages.of(path).create(path);
    return new WrittenFile(
        file, compression.compress(new BufferedOutputStream(file, BUFFER_BYTES)));
  }

  /** Where its text goes. */
  OutputStream out() {
    return out;
  }

  /**
   * Completes the file. Calling it again does nothing.
   *
   * @param writer what writes to {@link #out}; it is closed, which closes that
   */
  void close(Closeable writer) throws IOException {
    if (!ended) {
      ended = true;
      try {
        writer.close();
      } finally {
        file.close();
      }
    }
  }

  /** Leaves the file as it is, without what is still buffered; does nothing when it is closed. */
  void abort() throws IOException {
    if (!ended) {
      ended = true;
      file.close();
    }
  }
}
