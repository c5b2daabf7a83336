package io.tributary.warehouse;

import io.tributary.row.CursorRange;
import io.tributary.row.CursorValue;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How far a run brings a sink in an incremental source. Immutable, serializable.
 *
 * @param range the rows that the sink takes
 * @param to where the next run goes on: the end of the range, or before it when its last rows are
 *     read again; null when the run moves no cursor
 * @param overlap the column of the sink's table, if that may hold rows with the range's first
 *     cursor already, which are then left out; else null
 */
public record CursorMove(
    String source,
    String sink,
    CursorRange range,
    @Nullable CursorValue to,
    @Nullable String overlap)
    implements Serializable {

  /** Where the sink's read begins; null for the first. */
  public @Nullable CursorValue from() {
    return range.from();
  }
}
