package io.tributary.plan;

import io.tributary.row.CursorRange;
import io.tributary.row.Type;
import io.tributary.warehouse.CursorMove;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run reads of an incremental source.
 *
 * @param column the cursor
 * @param position of the cursor in the source's schema
 * @param range the rows that are read: from the smallest start of all sinks; null when there is
 *     nothing that can be read
 * @param moves for each sink what it takes of them; empty when nothing is read
 * @param notes what a user should know besides
 */
public record Increment(
    String column,
    Type type,
    int position,
    @Nullable CursorRange range,
    List<CursorMove> moves,
    List<String> notes) {
  public Increment {
    moves = List.copyOf(moves);
    notes = List.copyOf(notes);
  }

  /** The rows that a sink takes; null when it takes all that are read. */
  public @Nullable CursorRange partOf(String sink) {
    for (CursorMove move : moves) {
      if (move.sink().equals(sink) && !move.range().equals(range)) {
        return move.range();
      }
    }
    return null;
  }
}
