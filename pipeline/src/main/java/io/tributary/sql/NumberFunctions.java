package io.tributary.sql;

import static java.util.Map.entry;

import io.tributary.row.Type;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of numbers. */
final class NumberFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("abs", NumberFunctions::abs),
          entry("sign", NumberFunctions::sign),
          entry("ceil", in -> whole(in, Math::ceil, RoundingMode.CEILING)),
          entry("floor", in -> whole(in, Math::floor, RoundingMode.FLOOR)),
          entry("round", in -> rounded(in, Numbers::round, RoundingMode.HALF_UP)),
          entry("trunc", in -> rounded(in, NumberFunctions::trunc, RoundingMode.DOWN)),
          entry("pow", NumberFunctions::power),
          entry("sqrt", in -> checked(in, "SQRT of a negative number", a -> a >= 0, Math::sqrt)),
          entry("exp", in -> checked(in, "EXP of a large number", a -> true, Math::exp)),
          entry(
              "ln", in -> checked(in, "LN of a number that is not above 0", a -> a > 0, Math::log)),
          entry("log", NumberFunctions::log),
          entry(
              "log10",
              in -> checked(in, "LOG10 of a number that is not above 0", a -> a > 0, Math::log10)),
          entry("is_nan", in -> test(in, Double::isNaN)),
          entry("is_inf", in -> test(in, Double::isInfinite)),
          entry(
              "ieee_divide",
              in ->
                  isFloat(in)
                      ? DoubleExpr.of(in.doubles(0), in.doubles(1), (a, b) -> a / b)
                      : null));

  @FunctionalInterface
  private interface OfDouble {
    double apply(double a);
  }

  @FunctionalInterface
  private interface Test {
    boolean test(double a);
  }

  private NumberFunctions() {}

  private static boolean isFloat(Operands in) throws BindException {
    return in.kind(0) == Type.Kind.FLOAT64;
  }

  private static double trunc(double a) {
    return a < 0 ? Math.ceil(a) : Math.floor(a);
  }

  private static @Nullable Expr abs(Operands in) throws BindException {
    return switch (in.kind(0)) {
      case INT64 ->
          LongExpr.of(
              in.longs(0),
              a -> {
                if (a == Long.MIN_VALUE) {
                  throw new RowException("the result does not fit INT64");
                }
                return Math.abs(a);
              });
      case FLOAT64 -> DoubleExpr.of(in.doubles(0), Math::abs);
      case NUMERIC, BIGNUMERIC ->
          DecimalExpr.of(
              in.decimals(0),
              (a, out) -> a.signum() < 0 ? out.set(a.value().negate()) : out.take(a));
      default -> null;
    };
  }

  private static @Nullable Expr sign(Operands in) throws BindException {
    return switch (in.kind(0)) {
      case INT64 -> LongExpr.of(in.longs(0), Long::signum);
      case FLOAT64 -> DoubleExpr.of(in.doubles(0), Math::signum);
      case NUMERIC, BIGNUMERIC ->
          DecimalExpr.of(in.decimals(0), (a, out) -> out.set(a.signum(), 0));
      default -> null;
    };
  }

  private static @Nullable Expr whole(Operands in, OfDouble function, RoundingMode mode)
      throws BindException {
    Type type = in.result();
    if (in.type(0).isDecimal()) {
      return DecimalExpr.of(in.decimals(0), (a, out) -> Decimals.round(a, 0, mode, type, out));
    }
    return isFloat(in) ? DoubleExpr.of(in.doubles(0), function::apply) : null;
  }

  /** ROUND and TRUNC, with the number of digits after the point as a second argument. */
  private static @Nullable Expr rounded(Operands in, OfDouble function, RoundingMode mode)
      throws BindException {
    if (in.size() > 2) {
      return null; // names a rounding mode
    }
    if (in.size() == 1) {
      return whole(in, function, mode);
    }
    Type type = in.result();
    LongExpr digits = in.longs(1);
    if (in.type(0).isDecimal()) {
      DecimalExpr number = in.decimals(0);
      return new DecimalExpr(
          (row, out) ->
              number.evaluate(row)
                  && digits.evaluate(row)
                  && Decimals.round(number, digits.value, mode, type, out));
    }
    if (!isFloat(in)) {
      return null;
    }
    DoubleExpr number = in.doubles(0);
    return new DoubleExpr(
        (row, out) ->
            number.evaluate(row)
                && digits.evaluate(row)
                && out.set(toDigits(number.value, digits.value, function)));
  }

  private static double toDigits(double a, long digits, OfDouble function) {
    double factor = Math.pow(10, Math.abs(digits));
    if (digits < 0) {
      return Double.isInfinite(factor) ? 0 : function.apply(a / factor) * factor;
    }
    double raised = a * factor;
    return Double.isFinite(raised) ? function.apply(raised) / factor : a;
  }

  private static @Nullable Expr power(Operands in) throws BindException {
    return isFloat(in)
        ? DoubleExpr.of(
            in.doubles(0),
            in.doubles(1),
            (a, b) -> {
              double result = Math.pow(a, b);
              if (!Double.isFinite(result) && Double.isFinite(a) && Double.isFinite(b)) {
                throw new RowException("POW has no finite result");
              }
              return result;
            })
        : null;
  }

  private static @Nullable Expr checked(Operands in, String failure, Test valid, OfDouble function)
      throws BindException {
    return isFloat(in)
        ? DoubleExpr.of(
            in.doubles(0),
            a -> {
              double result = function.apply(a);
              boolean overflow = Double.isInfinite(result) && Double.isFinite(a);
              if (!Double.isNaN(a) && (!valid.test(a) || overflow)) {
                throw new RowException(failure);
              }
              return result;
            })
        : null;
  }

  private static @Nullable Expr log(Operands in) throws BindException {
    if (in.size() == 1) {
      return checked(in, "LOG of a number that is not above 0", a -> a > 0, Math::log);
    }
    return isFloat(in)
        ? DoubleExpr.of(
            in.doubles(0),
            in.doubles(1),
            (a, base) -> {
              if (a <= 0 || base <= 0 || base == 1) {
                throw new RowException("LOG of a number that is not above 0, or with such a base");
              }
              return Math.log(a) / Math.log(base);
            })
        : null;
  }

  private static @Nullable Expr test(Operands in, Test test) throws BindException {
    if (!isFloat(in)) {
      return null;
    }
    DoubleExpr number = in.doubles(0);
    return new LongExpr((row, out) -> number.evaluate(row) && out.set(test.test(number.value)));
  }
}
