package io.tributary.warehouse;

import org.jspecify.annotations.Nullable;

/** A warehouse refuses a query: the message says why, in the warehouse's words. */
public final class QueryException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int offset;
  private final @Nullable String unknownTable;

  public QueryException(String message, int offset, @Nullable Throwable cause) {
    this(message, offset, null, cause);
  }

  /**
   * @param offset where in the text of the query, in UTF-16 units from 0; -1 when unknown
   * @param unknownTable the table that does not exist, when that is the reason
   */
  public QueryException(
      String message, int offset, @Nullable String unknownTable, @Nullable Throwable cause) {
    super(message, cause);
    this.offset = offset;
    this.unknownTable = unknownTable;
  }

  public int offset() {
    return offset;
  }

  /** The table that does not exist, as the warehouse calls it; null when the reason is another. */
  public @Nullable String unknownTable() {
    return unknownTable;
  }
}
