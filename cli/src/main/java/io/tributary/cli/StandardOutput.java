package io.tributary.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Standard output, of which nothing is lost in silence: a {@code PrintWriter} keeps failures to
 * itself. A reader that has read enough, such as {@code head}, is no failure.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream stream;

  StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException e) {
      if ("Broken pipe".equals(e.getMessage())) {
        throw e;
      }
      throw new UncheckedIOException("standard output cannot be written: " + e.getMessage(), e);
    }
  }
}
