package io.tributary.compile;

import io.tributary.row.CursorRange;
import io.tributary.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * The cursor of the source row in flight, and the span of all there were. What is made of a row, on
 * its way through transforms, goes by the cursor of the row it is made of. Used by one thread.
 */
final class CursorWatch {
  private final int column;
  private boolean isNull;
  private long slot;
  private long least = Long.MAX_VALUE;
  private long largest = Long.MIN_VALUE;
  private boolean any;

  /**
   * @param column position of the cursor in the source's schema
   */
  CursorWatch(int column) {
    this.column = column;
  }

  /** A row comes from the source. */
  void see(Row row) {
    isNull = row.isNull(column);
    if (!isNull) {
      slot = row.longAt(column);
      least = Math.min(least, slot);
      largest = Math.max(largest, slot);
      any = true;
    }
  }

  /** Whether the row in flight belongs to a range. */
  boolean isIn(CursorRange range) {
    return range.has(isNull, slot);
  }

  /** Null when no row had a cursor. */
  @Nullable CursorSpan span() {
    return any ? new CursorSpan(least, largest) : null;
  }
}
