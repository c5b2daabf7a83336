package io.tributary.sql;

import io.tributary.row.Row;
import io.tributary.row.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * NUMERIC and BIGNUMERIC. A short value is kept as {@code unscaled} at {@code scale}, which is 0 to
 * 18, without an object; a longer one is {@code big}, and the other two fields mean nothing.
 */
final class DecimalExpr extends Expr {
  long unscaled;
  int scale;
  @Nullable BigDecimal big;
  private final Body body;

  @FunctionalInterface
  interface Body {
    boolean evaluate(Row row, DecimalExpr out) throws RowException;
  }

  /** A function of two decimals that sets the result. */
  @FunctionalInterface
  interface OfDecimals {
    boolean apply(DecimalExpr a, DecimalExpr b, DecimalExpr out) throws RowException;
  }

  /** A function of a decimal that sets the result. */
  @FunctionalInterface
  interface OfDecimal {
    boolean apply(DecimalExpr a, DecimalExpr out) throws RowException;
  }

  DecimalExpr(Body body) {
    this.body = body;
  }

  @Override
  boolean evaluate(Row row) throws RowException {
    return body.evaluate(row, this);
  }

  boolean set(long unscaledValue, int digitsAfterPoint) {
    unscaled = unscaledValue;
    scale = digitsAfterPoint;
    big = null;
    return true;
  }

  boolean set(BigDecimal value) {
    big = value;
    return true;
  }

  @Override
  boolean take(Expr other) {
    DecimalExpr decimal = (DecimalExpr) other;
    unscaled = decimal.unscaled;
    scale = decimal.scale;
    big = decimal.big;
    return true;
  }

  BigDecimal value() {
    return big == null ? BigDecimal.valueOf(unscaled, scale) : big;
  }

  int signum() {
    return big == null ? Long.signum(unscaled) : big.signum();
  }

  static DecimalExpr constant(BigDecimal value) {
    BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    BigDecimal plain = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    if (plain.precision() > Type.LONG_DIGITS || plain.scale() > Type.LONG_DIGITS) {
      return new DecimalExpr((row, out) -> out.set(plain));
    }
    long unscaled = plain.unscaledValue().longValueExact();
    int scale = plain.scale();
    return new DecimalExpr((row, out) -> out.set(unscaled, scale));
  }

  static DecimalExpr column(int position, Type type) {
    if (type.slot() == Type.Slot.LONG) {
      int scale = type.scale();
      return new DecimalExpr(
          (row, out) -> !row.isNull(position) && out.set(row.longAt(position), scale));
    }
    return new DecimalExpr(
        (row, out) -> !row.isNull(position) && out.set((BigDecimal) row.objectAt(position)));
  }

  static DecimalExpr of(DecimalExpr a, OfDecimal function) {
    return new DecimalExpr((row, out) -> a.evaluate(row) && function.apply(a, out));
  }

  static DecimalExpr of(DecimalExpr a, DecimalExpr b, OfDecimals function) {
    return new DecimalExpr(
        (row, out) -> a.evaluate(row) && b.evaluate(row) && function.apply(a, b, out));
  }
}
