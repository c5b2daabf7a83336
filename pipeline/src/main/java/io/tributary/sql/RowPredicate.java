package io.tributary.sql;

import io.tributary.row.Row;

/** A condition bound to the columns of a schema. Used by one thread. */
@FunctionalInterface
public interface RowPredicate {

  /**
   * Whether the condition is true; NULL counts as false.
   *
   * @throws RowException when the condition has no value for this row
   */
  boolean test(Row row) throws RowException;
}
