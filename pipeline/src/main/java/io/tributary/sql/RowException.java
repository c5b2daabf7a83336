package io.tributary.sql;

/**
 * An expression has no value for this row: overflow, division by zero, a text that is no number.
 * The message is for the user and holds no value of the row. Cheap: it carries no stack trace.
 */
public final class RowException extends Exception {
  private static final long serialVersionUID = 1L;

  public RowException(String reason) {
    super(reason, null, false, false);
  }
}
