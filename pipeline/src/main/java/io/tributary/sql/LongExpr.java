package io.tributary.sql;

import io.tributary.row.Row;

/** BOOL (0 or 1), INT64, DATE, TIME, DATETIME and TIMESTAMP, as a {@link Row} keeps them. */
final class LongExpr extends Expr {
  long value;
  private final Body body;

  @FunctionalInterface
  interface Body {
    boolean evaluate(Row row, LongExpr out) throws RowException;
  }

  @FunctionalInterface
  interface OfLong {
    long apply(long a) throws RowException;
  }

  @FunctionalInterface
  interface OfLongs {
    long apply(long a, long b) throws RowException;
  }

  @FunctionalInterface
  interface OfBytes {
    long apply(BytesExpr a) throws RowException;
  }

  LongExpr(Body body) {
    this.body = body;
  }

  @Override
  boolean evaluate(Row row) throws RowException {
    return body.evaluate(row, this);
  }

  /** Whether the value, a BOOL, is true; false for NULL. */
  boolean isTrue(Row row) throws RowException {
    return body.evaluate(row, this) && value != 0;
  }

  boolean set(long result) {
    value = result;
    return true;
  }

  boolean set(boolean result) {
    value = result ? 1 : 0;
    return true;
  }

  @Override
  boolean take(Expr other) {
    value = ((LongExpr) other).value;
    return true;
  }

  static LongExpr constant(long value) {
    return new LongExpr((row, out) -> out.set(value));
  }

  static LongExpr column(int position) {
    return new LongExpr((row, out) -> !row.isNull(position) && out.set(row.longAt(position)));
  }

  static LongExpr of(LongExpr a, OfLong function) {
    return new LongExpr((row, out) -> a.evaluate(row) && out.set(function.apply(a.value)));
  }

  static LongExpr of(LongExpr a, LongExpr b, OfLongs function) {
    return new LongExpr(
        (row, out) ->
            a.evaluate(row) && b.evaluate(row) && out.set(function.apply(a.value, b.value)));
  }

  static LongExpr of(BytesExpr a, OfBytes function) {
    return new LongExpr((row, out) -> a.evaluate(row) && out.set(function.apply(a)));
  }
}
