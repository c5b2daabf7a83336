package io.tributary.sql;

import static java.util.Map.entry;

import io.tributary.row.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators on numbers. Overflow and division by zero are errors of the row. */
final class Arithmetic {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("$add", Arithmetic::add),
          entry("safe_add", Arithmetic::add),
          entry("$subtract", Arithmetic::subtract),
          entry("safe_subtract", Arithmetic::subtract),
          entry("$multiply", Arithmetic::multiply),
          entry("safe_multiply", Arithmetic::multiply),
          entry("$divide", Arithmetic::divide),
          entry("safe_divide", Arithmetic::divide),
          entry("div", Arithmetic::div),
          entry("mod", Arithmetic::mod),
          entry("$unary_minus", Arithmetic::negate),
          entry("safe_negate", Arithmetic::negate),
          entry("$bitwise_and", in -> bitwise(in, (a, b) -> a & b)),
          entry("$bitwise_or", in -> bitwise(in, (a, b) -> a | b)),
          entry("$bitwise_xor", in -> bitwise(in, (a, b) -> a ^ b)));

  private Arithmetic() {}

  private static RowException overflow() {
    return new RowException("the result does not fit INT64");
  }

  private static RowException divisionByZero() {
    return new RowException("division by zero");
  }

  private static double finite(double result, double a, double b) throws RowException {
    if (!Double.isFinite(result) && Double.isFinite(a) && Double.isFinite(b)) {
      throw new RowException("the result does not fit FLOAT64");
    }
    return result;
  }

  private static @Nullable Expr add(Operands in) throws BindException {
    Type type = in.result();
    return switch (type.kind()) {
      case INT64 ->
          LongExpr.of(
              in.longs(0),
              in.longs(1),
              (a, b) -> {
                long sum = a + b;
                if (((a ^ sum) & (b ^ sum)) < 0) {
                  throw overflow();
                }
                return sum;
              });
      case FLOAT64 -> DoubleExpr.of(in.doubles(0), in.doubles(1), (a, b) -> finite(a + b, a, b));
      case NUMERIC, BIGNUMERIC ->
          DecimalExpr.of(
              in.decimals(0), in.decimals(1), (a, b, out) -> Decimals.add(a, b, type, out));
      default -> TimeArithmetic.operator(in, 1);
    };
  }

  private static @Nullable Expr subtract(Operands in) throws BindException {
    Type type = in.result();
    return switch (type.kind()) {
      case INT64 ->
          LongExpr.of(
              in.longs(0),
              in.longs(1),
              (a, b) -> {
                long difference = a - b;
                if (((a ^ b) & (a ^ difference)) < 0) {
                  throw overflow();
                }
                return difference;
              });
      case FLOAT64 -> DoubleExpr.of(in.doubles(0), in.doubles(1), (a, b) -> finite(a - b, a, b));
      case NUMERIC, BIGNUMERIC ->
          DecimalExpr.of(
              in.decimals(0), in.decimals(1), (a, b, out) -> Decimals.subtract(a, b, type, out));
      default -> TimeArithmetic.operator(in, -1);
    };
  }

  private static @Nullable Expr multiply(Operands in) throws BindException {
    Type type = in.result();
    return switch (type.kind()) {
      case INT64 ->
          LongExpr.of(
              in.longs(0),
              in.longs(1),
              (a, b) -> {
                long product = a * b;
                if (Math.multiplyHigh(a, b) != product >> 63) {
                  throw overflow();
                }
                return product;
              });
      case FLOAT64 -> DoubleExpr.of(in.doubles(0), in.doubles(1), (a, b) -> finite(a * b, a, b));
      case NUMERIC, BIGNUMERIC ->
          DecimalExpr.of(
              in.decimals(0), in.decimals(1), (a, b, out) -> Decimals.multiply(a, b, type, out));
      default -> null;
    };
  }

  private static @Nullable Expr divide(Operands in) throws BindException {
    Type type = in.result();
    if (type.kind() == Type.Kind.FLOAT64) {
      return DoubleExpr.of(
          in.doubles(0),
          in.doubles(1),
          (a, b) -> {
            if (b == 0) {
              throw divisionByZero();
            }
            return finite(a / b, a, b);
          });
    }
    return type.isDecimal()
        ? DecimalExpr.of(
            in.decimals(0), in.decimals(1), (a, b, out) -> Decimals.divide(a, b, type, out))
        : null;
  }

  private static @Nullable Expr div(Operands in) throws BindException {
    Type type = in.result();
    if (type.kind() == Type.Kind.INT64) {
      return LongExpr.of(
          in.longs(0),
          in.longs(1),
          (a, b) -> {
            if (b == 0) {
              throw divisionByZero();
            }
            if (a == Long.MIN_VALUE && b == -1) {
              throw overflow();
            }
            return a / b;
          });
    }
    return DecimalExpr.of(
        in.decimals(0),
        in.decimals(1),
        (a, b, out) -> {
          if (b.signum() == 0) {
            throw divisionByZero();
          }
          BigDecimal quotient = a.value().divide(b.value(), 0, RoundingMode.DOWN);
          return Decimals.fit(quotient, type, out);
        });
  }

  private static @Nullable Expr mod(Operands in) throws BindException {
    Type type = in.result();
    if (type.kind() == Type.Kind.INT64) {
      return LongExpr.of(
          in.longs(0),
          in.longs(1),
          (a, b) -> {
            if (b == 0) {
              throw divisionByZero();
            }
            return a % b;
          });
    }
    return DecimalExpr.of(
        in.decimals(0),
        in.decimals(1),
        (a, b, out) -> {
          if (b.signum() == 0) {
            throw divisionByZero();
          }
          return Decimals.fit(a.value().remainder(b.value()), type, out);
        });
  }

  private static @Nullable Expr negate(Operands in) throws BindException {
    return switch (in.kind(0)) {
      case INT64 ->
          LongExpr.of(
              in.longs(0),
              a -> {
                if (a == Long.MIN_VALUE) {
                  throw overflow();
                }
                return -a;
              });
      case FLOAT64 -> DoubleExpr.of(in.doubles(0), a -> -a);
      case NUMERIC, BIGNUMERIC ->
          DecimalExpr.of(
              in.decimals(0),
              (a, out) ->
                  a.big == null && a.unscaled != Long.MIN_VALUE
                      ? out.set(-a.unscaled, a.scale)
                      : out.set(a.value().negate()));
      default -> null;
    };
  }

  private static @Nullable Expr bitwise(Operands in, LongExpr.OfLongs function)
      throws BindException {
    return in.kind(0) == Type.Kind.INT64 ? LongExpr.of(in.longs(0), in.longs(1), function) : null;
  }
}
