package io.tributary.connector.mysql;

import java.io.Serializable;
import java.util.Set;

/**
 * What a user chose for values that fit no type as they are.
 *
 * @param jsonColumns names, in lower case, of text columns that hold JSON
 */
record ValueOptions(
    TinyInt1 tinyInt1, ZeroDates zeroDates, TimeOverflow timeOverflow, Set<String> jsonColumns)
    implements Serializable {

  /** What TINYINT(1) is. */
  enum TinyInt1 {
    INT64,
    BOOL
  }

  /** What becomes of a date that no calendar has. */
  enum ZeroDates {
    NULL,
    REJECT,
    FAIL
  }

  /** What a TIME column is, whose values may be negative or longer than a day. */
  enum TimeOverflow {
    STRING,
    REJECT
  }

  ValueOptions {
    jsonColumns = Set.copyOf(jsonColumns);
  }
}
