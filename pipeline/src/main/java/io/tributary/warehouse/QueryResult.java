package io.tributary.warehouse;

import io.tributary.row.RowReader;
import io.tributary.row.Schema;

/** The rows of a query, with their schema. Used by one thread. */
public interface QueryResult extends RowReader {

  /** The schema of the rows; no columns when the statement gives none. */
  Schema schema();
}
