package io.tributary.row.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds where records begin in the bytes of a text in UTF-8, without decoding it: CSV with quoted
 * line breaks, or one record per line. Sees quotes and line breaks as the CSV reader does. Not
 * thread-safe.
 */
public final class RecordScan {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int NONE = Integer.MIN_VALUE; // no byte

  /** Where a scan stands between the bytes of a field. */
  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    AFTER_QUOTE
  }

  /**
   * The begin of a record.
   *
   * @param at its first byte, from 0
   * @param linesBefore line breaks before it, those in quotes too
   */
  public record Start(long at, long linesBefore) {}

  private final int delimiter;
  private final int quote;
  private final boolean header;
  private final long every;
  private final List<Start> starts = new ArrayList<>();
  private State state = State.FIELD_START;
  private int previous = NONE;
  private long position;
  private long lines;
  private long records;
  private long recordStart;
  private long next;
  private boolean named; // a record that is not empty has ended
  private boolean pending; // a record has ended; its line break may have a second byte

  private RecordScan(int delimiter, int quote, boolean header, long every) {
    this.delimiter = delimiter;
    this.quote = quote;
    this.header = header;
    this.every = every;
    this.next = every;
  }

  /**
   * A scan of CSV.
   *
   * @param delimiter an ASCII character, as is {@code quote}
   * @param header whether the first record that is not empty names the columns: it is no start
   * @param every how many bytes are to be between two starts that are kept, about
   */
  public static RecordScan csv(char delimiter, char quote, boolean header, long every) {
    if (delimiter > 0x7F || quote > 0x7F) {
      throw new IllegalArgumentException("delimiter and quote are to be ASCII");
    }
    return new RecordScan(delimiter, quote, header, every);
  }

  /** A scan of lines. */
  public static RecordScan lines(long every) {
    return new RecordScan(NONE, NONE, false, every);
  }

  /** Reads a text to its end, and closes it. */
  public RecordScan read(InputStream text) throws IOException {
    try (text) {
      byte[] buffer = new byte[BUFFER_BYTES];
      int length = text.readNBytes(buffer, 0, BUFFER_BYTES);
      int from = hasMark(buffer, length) ? 3 : 0;
      position = from;
      recordStart = from;
      while (length > 0) {
        scan(buffer, from, length);
        from = 0;
        length = text.read(buffer);
      }
    }
    if (!pending && position > recordStart) {
      records++; // the last one has no line break
    }
    return this;
  }

  private static boolean hasMark(byte[] bytes, int length) {
    return length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  private void scan(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (pending) {
        pending = false;
        if (b == '\n' && previous == '\r') {
          position++;
          previous = b;
          begin();
          continue;
        }
        begin();
      }
      position++;
      if (state == State.QUOTED) {
        quoted(b);
      } else {
        plain(b);
      }
      previous = b;
    }
  }

  private void quoted(byte b) {
    if (b == quote) {
      state = State.AFTER_QUOTE;
    } else if (b == '\r' || b == '\n' && previous != '\r') {
      lines++;
    }
  }

  private void plain(byte b) {
    if (b == '\n' || b == '\r' && quote != NONE) {
      end();
    } else if (b == delimiter) {
      state = State.FIELD_START;
    } else if (b == quote && state != State.PLAIN) {
      state = State.QUOTED;
    } else if (state == State.FIELD_START) {
      state = State.PLAIN;
    }
  }

  private void end() {
    lines++;
    records++;
    named |= position > recordStart + 1; // an empty line names no columns
    state = State.FIELD_START;
    pending = true;
  }

  private void begin() {
    recordStart = position;
    if (position >= next && (!header || named)) {
      starts.add(new Start(position, lines));
      next = position + every;
    }
  }

  /** Begins of records, as far apart as was asked for; not that of the first. */
  public List<Start> starts() {
    return List.copyOf(starts);
  }

  /** Records, the header and empty lines too. */
  public long records() {
    return records;
  }
}
