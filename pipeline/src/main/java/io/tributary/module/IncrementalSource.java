package io.tributary.module;

import io.tributary.row.Column;
import io.tributary.row.CursorRange;
import java.time.Duration;

/** A source that can read only the rows whose cursor lies in a range. */
public interface IncrementalSource<S extends Split> extends Source<S> {

  /**
   * How far it can be read now. What is open at this moment and may still add rows below is waited
   * for; what does not end in time keeps the horizon before it.
   *
   * @param cursor a column of its schema, of a type that a cursor can have
   * @param patience how long to wait; zero when nothing will be read, so that about now is enough
   * @param lagIsGiven whether the user said how far to stay behind the clock, so that nothing needs
   *     to be assumed where the source does not tell what is open
   * @throws io.tributary.failure.TransientException when an integer cursor has no horizon, because
   *     something does not end in time
   */
  Horizon horizon(Column cursor, Duration patience, boolean lagIsGiven, SourceContext context);

  /** The same source with no other rows than those of a range. */
  IncrementalSource<S> restrictedTo(CursorRange range);
}
