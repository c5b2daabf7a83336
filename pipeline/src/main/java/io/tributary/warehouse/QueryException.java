package io.tributary.warehouse;

import org.jspecify.annotations.Nullable;

/** A warehouse refuses a query: the message says why, in the warehouse's words. */
public final class QueryException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int offset;

  /**
   * @param offset where in the text of the query, in UTF-16 units from 0; -1 when unknown
   */
  public QueryException(String message, int offset, @Nullable Throwable cause) {
    super(message, cause);
    this.offset = offset;
  }

  public int offset() {
    return offset;
  }
}
