package io.tributary.sql;

import io.tributary.row.Row;

/** FLOAT64. */
final class DoubleExpr extends Expr {
  double value;
  private final Body body;

  @FunctionalInterface
  interface Body {
    boolean evaluate(Row row, DoubleExpr out) throws RowException;
  }

  @FunctionalInterface
  interface OfDouble {
    double apply(double a) throws RowException;
  }

  @FunctionalInterface
  interface OfDoubles {
    double apply(double a, double b) throws RowException;
  }

  DoubleExpr(Body body) {
    this.body = body;
  }

  @Override
  boolean evaluate(Row row) throws RowException {
    return body.evaluate(row, this);
  }

  boolean set(double result) {
    value = result;
    return true;
  }

  @Override
  boolean take(Expr other) {
    value = ((DoubleExpr) other).value;
    return true;
  }

  static DoubleExpr constant(double value) {
    return new DoubleExpr((row, out) -> out.set(value));
  }

  static DoubleExpr column(int position) {
    return new DoubleExpr((row, out) -> !row.isNull(position) && out.set(row.doubleAt(position)));
  }

  static DoubleExpr of(DoubleExpr a, OfDouble function) {
    return new DoubleExpr((row, out) -> a.evaluate(row) && out.set(function.apply(a.value)));
  }

  static DoubleExpr of(DoubleExpr a, DoubleExpr b, OfDoubles function) {
    return new DoubleExpr(
        (row, out) ->
            a.evaluate(row) && b.evaluate(row) && out.set(function.apply(a.value, b.value)));
  }
}
