package io.tributary.module;

import io.tributary.row.CursorValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a source can be read so that nothing below is still to come.
 *
 * @param clock now, by the source's own clock
 * @param complete no row that appears later gets a date or time before this moment; without meaning
 *     for integers
 * @param bounded whether also nothing beyond the largest value is read, because rows arrive in the
 *     order of their cursor rather than by the clock: so it is with integers
 * @param largest the largest value there is, if {@code bounded}; null when there is none
 * @param nullable whether the column may hold NULLs
 * @param notes what the user should know about it, each a sentence
 */
public record Horizon(
    Instant clock,
    Instant complete,
    boolean bounded,
    @Nullable CursorValue largest,
    boolean nullable,
    List<String> notes) {
  public Horizon {
    notes = List.copyOf(notes);
  }
}
