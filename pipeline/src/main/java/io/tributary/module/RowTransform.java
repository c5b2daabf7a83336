package io.tributary.module;

import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A step that makes rows of one row: decided completely when a run is planned, so that little is
 * left to do per row.
 */
public non-sealed interface RowTransform extends Transform {

  /**
   * Decides everything that does not depend on a row.
   *
   * @param now what {@code CURRENT_TIMESTAMP} means: the moment of the run
   * @param zone the config's time zone
   * @return null after reporting why it cannot be done
   */
  @Nullable Planned plan(Schema input, Instant now, ZoneId zone, Problems problems);

  /** A planned transform, as it travels to workers. */
  interface Planned extends Serializable {
    /** The schema of the rows that come out. */
    Schema schema();

    /** A function for one split; used by one thread. */
    RowFunction open();
  }
}
