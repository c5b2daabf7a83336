package io.tributary.sql;

import io.tributary.row.Row;

/** ARRAY (a List of plain values) and RECORD (a Row). */
final class ObjectExpr extends Expr {
  Object value = this;
  private final Body body;

  @FunctionalInterface
  interface Body {
    boolean evaluate(Row row, ObjectExpr out) throws RowException;
  }

  ObjectExpr(Body body) {
    this.body = body;
  }

  @Override
  boolean evaluate(Row row) throws RowException {
    return body.evaluate(row, this);
  }

  boolean set(Object result) {
    value = result;
    return true;
  }

  @Override
  boolean take(Expr other) {
    value = ((ObjectExpr) other).value;
    return true;
  }

  static ObjectExpr constant(Object value) {
    return new ObjectExpr((row, out) -> out.set(value));
  }

  static ObjectExpr column(int position) {
    return new ObjectExpr((row, out) -> !row.isNull(position) && out.set(row.objectAt(position)));
  }
}
