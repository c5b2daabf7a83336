package io.tributary.connector.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a text that are not blank. Not thread-safe. */
final class JsonLines implements Closeable {
  /** A longer line is no row: without a limit a file without line breaks would fill the memory. */
  private static final int MOST_CHARACTERS = 1 << 24;

  private final String path;
  private final Reader reader;
  private final char[] buffer = new char[1 << 13];
  private char[] line = new char[1 << 10];
  private int at;
  private int end;
  private long number;

  /**
   * @param linesBefore lines of the file before the text
   */
  JsonLines(String path, Reader reader, long linesBefore) {
    this.path = path;
    this.reader = reader;
    this.number = linesBefore;
  }

  /** The next line that is not blank; null at the end. */
  @Nullable String next() throws IOException {
    while (true) {
      int length = readLine();
      if (length < 0) {
        return null;
      }
      String text = new String(line, 0, length);
      if (!text.isBlank()) {
        return text;
      }
    }
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  private int readLine() throws IOException {
    int length = 0;
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      char c = buffer[at++];
      if (c == '\n') {
        break;
      }
      if (length == line.length) {
        if (length == MOST_CHARACTERS) {
          throw new IOException(
              path
                  + " line "
                  + (number + 1)
                  + " is longer than "
                  + MOST_CHARACTERS
                  + " characters; is it one JSON object per line?");
        }
        line = Arrays.copyOf(line, length * 2);
      }
      line[length++] = c;
    }
    if (!any) {
      return -1;
    }
    number++;
    return length;
  }

  private boolean fill() throws IOException {
    try {
      at = 0;
      end = Math.max(0, reader.read(buffer, 0, buffer.length));
      return end > 0;
    } catch (IOException e) {
      throw new IOException(path + " after line " + number + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
