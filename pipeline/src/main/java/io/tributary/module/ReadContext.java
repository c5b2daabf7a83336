package io.tributary.module;

import io.tributary.spec.Environment;
import io.tributary.warehouse.Warehouse;

/** What a reader may ask for, and tell, while it reads one split. Used by one thread. */
public interface ReadContext {
  String runId();

  Environment environment();

  Warehouse warehouse();

  /** Whether rows are only looked at, so that they need not belong to one moment. */
  default boolean isSample() {
    return false;
  }

  /**
   * Keeps a row that cannot be read, with the reason, instead of giving it out.
   *
   * @param rowJson the row as far as it could be read, as a JSON object
   */
  void reject(String reason, String rowJson);

  /**
   * Counts something the report should mention, such as {@code zero dates set to NULL in
   * created_at}.
   */
  void tally(String what, long times);
}
