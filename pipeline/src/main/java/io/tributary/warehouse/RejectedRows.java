package io.tributary.warehouse;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;

/** The dead letter: rows that a step did not accept, as {@code tributary.rejected} keeps them. */
public final class RejectedRows {

  /**
   * Columns of a staged file of rejected rows; the run id and the time are added when it is loaded.
   */
  public static final Schema SCHEMA =
      Schema.of(
          Column.required("step", Type.STRING),
          Column.required("reason", Type.STRING),
          Column.required("row_json", Type.JSON));

  private RejectedRows() {}
}
