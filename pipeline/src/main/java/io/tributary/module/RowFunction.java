package io.tributary.module;

import io.tributary.row.Row;

/** One row in, any number out. No side effects, no clock, no I/O. Used by one thread. */
@FunctionalInterface
public interface RowFunction {

  /** Calls {@code out} at least once. The row is filled again afterwards: it is consumed here. */
  void apply(Row row, Output out);

  /** Where a function's rows go; each call is counted. */
  interface Output {
    /** Hands on a row, which may be filled again afterwards. */
    void emit(Row row);

    /** The row was left out on purpose. */
    void filtered();

    /** The row could not be accepted; the reason is for the user. */
    void reject(Row row, String reason);
  }
}
