package io.tributary.sql;

import io.tributary.row.Row;
import io.tributary.row.RowBuilder;

/** An expression bound to the columns of a schema. Used by one thread. */
@FunctionalInterface
public interface RowAssignment {

  /**
   * Sets a column, whose type is the expression's, to the expression's value. The value may share
   * memory with {@code in} and with the expression: it is good until the next call.
   *
   * @throws RowException when the expression has no value for this row
   */
  void assign(Row in, RowBuilder out, int column) throws RowException;
}
