package io.tributary.module;

import io.tributary.row.ReadNotes;
import io.tributary.spec.Environment;
import io.tributary.warehouse.Warehouse;

/** What a reader may ask for, and tell, while it reads one split. Used by one thread. */
public interface ReadContext extends ReadNotes {
  String runId();

  Environment environment();

  Warehouse warehouse();

  /** Whether rows are only looked at, so that they need not belong to one moment. */
  default boolean isSample() {
    return false;
  }
}
