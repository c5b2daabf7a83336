package io.tributary.sql;

import io.tributary.row.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Arithmetic on decimals as BigQuery does it: results are rounded half away from zero to the scale
 * of the type (9 or 38), and one that is too large is an error. Short values stay longs.
 */
final class Decimals {
  private static final int BIGNUMERIC_BITS = 255;
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Decimals() {}

  /** Sets a result of a decimal type: rounded, and checked for overflow. */
  static boolean fit(BigDecimal value, Type type, DecimalExpr out) throws RowException {
    BigDecimal rounded =
        value.scale() > type.scale() ? value.setScale(type.scale(), RoundingMode.HALF_UP) : value;
    int digits = rounded.precision() - rounded.scale();
    boolean widest = Type.BIGNUMERIC.equals(type); // holds some, not all, numbers of 39 digits
    boolean large = digits > type.precision() - type.scale() + (widest ? 1 : 0);
    if ((large && rounded.signum() != 0) || (widest && !isBignumeric(rounded))) {
      throw overflow(type);
    }
    return out.set(rounded);
  }

  private static boolean isBignumeric(BigDecimal value) {
    return value.setScale(Type.BIGNUMERIC.scale()).unscaledValue().bitLength() <= BIGNUMERIC_BITS;
  }

  /** As {@link #fit(BigDecimal, Type, DecimalExpr)}, without an object where that can be. */
  static boolean fit(DecimalExpr a, Type type, DecimalExpr out) throws RowException {
    if (a.big != null || type.precision() > Type.LONG_DIGITS) {
      return fit(a.value(), type, out);
    }
    int more = type.scale() - a.scale;
    long value;
    if (more < 0) {
      value = roundedQuotient(a.unscaled, POWERS[-more]);
    } else if (fits(a.unscaled, POWERS[more])) {
      value = a.unscaled * POWERS[more];
    } else {
      throw overflow(type);
    }
    if (value <= -POWERS[type.precision()] || value >= POWERS[type.precision()]) {
      throw overflow(type);
    }
    return out.set(value, type.scale());
  }

  /** The value rounded, half away from zero, to so many digits after the point. */
  static BigDecimal atScale(DecimalExpr a, int scale) {
    int more = scale - a.scale;
    if (a.big == null && more >= 0 && more < POWERS.length && fits(a.unscaled, POWERS[more])) {
      return BigDecimal.valueOf(a.unscaled * POWERS[more], scale); // one object instead of two
    }
    return a.value().setScale(scale, RoundingMode.HALF_UP);
  }

  static RowException overflow(Type type) {
    return new RowException("the result does not fit " + type);
  }

  static int compare(DecimalExpr a, DecimalExpr b) {
    if (a.big == null && b.big == null) {
      if (a.scale == b.scale) {
        return Long.compare(a.unscaled, b.unscaled);
      }
      boolean raiseA = a.scale < b.scale;
      long factor = POWERS[Math.abs(a.scale - b.scale)];
      long raised = raiseA ? a.unscaled : b.unscaled;
      if (fits(raised, factor)) {
        return raiseA
            ? Long.compare(raised * factor, b.unscaled)
            : Long.compare(a.unscaled, raised * factor);
      }
    }
    return a.value().compareTo(b.value());
  }

  static boolean add(DecimalExpr a, DecimalExpr b, Type type, DecimalExpr out) throws RowException {
    if (a.big == null && b.big == null) {
      int scale = Math.max(a.scale, b.scale);
      long factorA = POWERS[scale - a.scale];
      long factorB = POWERS[scale - b.scale];
      if (fits(a.unscaled, factorA) && fits(b.unscaled, factorB)) {
        long x = a.unscaled * factorA;
        long y = b.unscaled * factorB;
        long sum = x + y;
        if (((x ^ sum) & (y ^ sum)) >= 0) {
          return out.set(sum, scale);
        }
      }
    }
    return fit(a.value().add(b.value()), type, out);
  }

  static boolean subtract(DecimalExpr a, DecimalExpr b, Type type, DecimalExpr out)
      throws RowException {
    if (a.big == null && b.big == null) {
      int scale = Math.max(a.scale, b.scale);
      long factorA = POWERS[scale - a.scale];
      long factorB = POWERS[scale - b.scale];
      if (fits(a.unscaled, factorA) && fits(b.unscaled, factorB)) {
        long x = a.unscaled * factorA;
        long y = b.unscaled * factorB;
        long difference = x - y;
        if (((x ^ y) & (x ^ difference)) >= 0) {
          return out.set(difference, scale);
        }
      }
    }
    return fit(a.value().subtract(b.value()), type, out);
  }

  static boolean multiply(DecimalExpr a, DecimalExpr b, Type type, DecimalExpr out)
      throws RowException {
    if (a.big == null
        && b.big == null
        && a.scale + b.scale <= Math.min(type.scale(), Type.LONG_DIGITS)
        && fits(a.unscaled, b.unscaled)) {
      return out.set(a.unscaled * b.unscaled, a.scale + b.scale);
    }
    return fit(a.value().multiply(b.value()), type, out);
  }

  static boolean divide(DecimalExpr a, DecimalExpr b, Type type, DecimalExpr out)
      throws RowException {
    if (b.signum() == 0) {
      throw new RowException("division by zero");
    }
    // the smallest long has no absolute value
    if (a.big == null && b.big == null && b.unscaled != Long.MIN_VALUE) {
      int shift = type.scale() - a.scale + b.scale;
      if (shift >= 0
          && shift <= Type.LONG_DIGITS
          && a.unscaled != Long.MIN_VALUE
          && fits(a.unscaled, POWERS[shift])) {
        return out.set(roundedQuotient(a.unscaled * POWERS[shift], b.unscaled), type.scale());
      }
    }
    return fit(a.value().divide(b.value(), type.scale(), RoundingMode.HALF_UP), type, out);
  }

  /** A quotient, rounded half away from zero; the divisor is not 0. */
  private static long roundedQuotient(long dividend, long divisor) {
    long quotient = dividend / divisor;
    long remainder = dividend % divisor;
    // |remainder| < |divisor|, so the difference cannot overflow where twice the remainder could
    if (Math.abs(remainder) >= Math.abs(divisor) - Math.abs(remainder)) {
      quotient += (dividend < 0) == (divisor < 0) ? 1 : -1;
    }
    return quotient;
  }

  /** Rounds to a number of digits after the point, which may be negative. */
  static boolean round(DecimalExpr a, long digits, RoundingMode mode, Type type, DecimalExpr out)
      throws RowException {
    BigDecimal value = a.value();
    if (digits >= value.scale()) {
      return out.take(a);
    }
    if (digits < -type.precision()) {
      return out.set(0, 0);
    }
    return fit(value.setScale((int) digits, mode).setScale(Math.max(0, (int) digits)), type, out);
  }

  /** The nearest INT64, half away from zero. */
  static long toLong(DecimalExpr a) throws RowException {
    if (a.big == null) {
      return roundedQuotient(a.unscaled, POWERS[a.scale]);
    }
    BigInteger integer = a.value().setScale(0, RoundingMode.HALF_UP).unscaledValue();
    if (integer.bitLength() > 63) {
      throw new RowException("the value does not fit INT64");
    }
    return integer.longValue();
  }

  /** Without trailing zeros, as BigQuery casts NUMERIC to STRING. */
  static String text(DecimalExpr a) {
    BigDecimal value = a.value();
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static boolean fits(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return high == low >> 63;
  }
}
