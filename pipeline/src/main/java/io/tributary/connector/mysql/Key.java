package io.tributary.connector.mysql;

import java.io.Serializable;

/**
 * A value of a key column, as the database wrote it.
 *
 * @param text digits, text, or hexadecimal digits, by kind
 */
record Key(Kind kind, String text) implements Serializable {

  /** How a key is fetched and compared, so that the order is always the database's own. */
  enum Kind {
    NUMBER,
    /** Text under the column's collation; also dates, times and UUIDs. */
    TEXT,
    BYTES
  }

  static Key number(Object digits) {
    return new Key(Kind.NUMBER, digits.toString());
  }

  /** What stands for the key in SQL. */
  String sql() {
    return switch (kind) {
      case NUMBER -> text;
      case TEXT -> "?";
      case BYTES -> "x'" + text + "'";
    };
  }

  /** Whether {@link #sql} is a parameter, to be filled with {@link #text}. */
  boolean isParameter() {
    return kind == Kind.TEXT;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case NUMBER -> text;
      case TEXT -> "'" + text + "'";
      case BYTES -> "x'" + text + "'";
    };
  }
}
