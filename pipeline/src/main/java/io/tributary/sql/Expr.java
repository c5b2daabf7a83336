package io.tributary.sql;

import io.tributary.row.Row;
import io.tributary.row.Type;

/**
 * A bound expression: computes its value for one row at a time and keeps it in fields, so that
 * nothing is boxed. Used by one thread. The value is good until the next call and until the row is
 * filled again.
 */
abstract sealed class Expr permits LongExpr, DoubleExpr, DecimalExpr, BytesExpr, ObjectExpr {

  /** Computes the value; false when it is NULL. */
  abstract boolean evaluate(Row row) throws RowException;

  /**
   * Makes the value of another expression of the same class the value of this one.
   *
   * @return true, so that a body can end with it
   */
  abstract boolean take(Expr other);

  /** A body that does not care of which class its value is: it hands on that of another. */
  @FunctionalInterface
  interface Choice {
    boolean evaluate(Row row, Expr out) throws RowException;
  }

  /** An expression of a type whose value is that of one of several others. */
  static Expr choosing(Type type, Choice choice) {
    if (type.isDecimal()) {
      return new DecimalExpr(choice::evaluate);
    }
    return switch (type.slot()) {
      case LONG -> new LongExpr(choice::evaluate);
      case DOUBLE -> new DoubleExpr(choice::evaluate);
      case BYTES -> new BytesExpr(choice::evaluate);
      case OBJECT -> new ObjectExpr(choice::evaluate);
    };
  }

  /** NULL for every row. */
  static Expr nothing(Type type) {
    return choosing(type, (row, out) -> false);
  }
}
