package io.tributary.row;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose cursor is {@code from} or later, and before {@code to}. Without {@code from} also
 * those that have none: NULLs belong to the first read. Immutable, serializable.
 *
 * @param column the cursor's column
 */
public record CursorRange(String column, @Nullable CursorValue from, CursorValue to)
    implements Serializable {

  /** Whether it can hold no row. */
  public boolean isEmpty() {
    return from != null && !from.isBefore(to);
  }

  /**
   * Whether a row with this cursor belongs to it.
   *
   * @param slot of the row's cursor; without meaning when that is NULL
   */
  public boolean has(boolean isNull, long slot) {
    if (isNull) {
      return from == null;
    }
    return slot < to.slot() && (from == null || slot >= from.slot());
  }

  @Override
  public String toString() {
    return column + (from == null ? " before " : " from " + from + " to before ") + to;
  }
}
