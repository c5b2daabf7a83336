package io.tributary.sql;

import io.tributary.row.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Conversions between types, written and implied. */
final class Casts {
  private Casts() {}

  /**
   * @param zone the zone in which a TIMESTAMP is a date or a wall clock
   */
  static Expr bind(Expr from, Type type, Node.Cast cast, ZoneId zone) throws BindException {
    Type target = cast.type();
    Expr bound =
        switch (target.kind()) {
          case BOOL -> toBool(from, type);
          case INT64 -> toLong(from, type);
          case FLOAT64 -> toDouble(from, type);
          case NUMERIC, BIGNUMERIC -> toDecimal(from, type, target);
          case STRING -> toText(from, type, zone);
          case BYTES -> toBytes(from, type);
          case DATE, TIME, DATETIME, TIMESTAMP -> toTime(from, type, target.kind(), zone);
          case JSON, GEOGRAPHY, RECORD, ARRAY -> null;
        };
    if (bound != null) {
      return bound;
    }
    if (type.equals(target)) {
      return from;
    }
    throw BindException.unsupported(cast.span(), "a conversion from " + type + " to " + target);
  }

  private static @Nullable Expr toBool(Expr from, Type type) {
    return switch (type.kind()) {
      case BOOL -> from;
      case INT64 -> LongExpr.of((LongExpr) from, a -> a == 0 ? 0 : 1);
      case STRING ->
          LongExpr.of(
              (BytesExpr) from,
              a ->
                  switch (a.text().toLowerCase(Locale.ROOT)) {
                    case "true" -> 1;
                    case "false" -> 0;
                    default -> throw new RowException("the text is neither true nor false");
                  });
      default -> null;
    };
  }

  private static @Nullable Expr toLong(Expr from, Type type) {
    return switch (type.kind()) {
      case INT64, BOOL -> from;
      case FLOAT64 -> {
        DoubleExpr number = (DoubleExpr) from;
        yield new LongExpr(
            (row, out) -> number.evaluate(row) && out.set(Numbers.nearestLong(number.value)));
      }
      case NUMERIC, BIGNUMERIC -> {
        DecimalExpr decimal = (DecimalExpr) from;
        yield new LongExpr(
            (row, out) -> decimal.evaluate(row) && out.set(Decimals.toLong(decimal)));
      }
      case STRING -> LongExpr.of((BytesExpr) from, Numbers::parseLong);
      default -> null;
    };
  }

  private static @Nullable Expr toDouble(Expr from, Type type) {
    return switch (type.kind()) {
      case FLOAT64 -> from;
      case INT64 -> {
        LongExpr number = (LongExpr) from;
        yield new DoubleExpr((row, out) -> number.evaluate(row) && out.set((double) number.value));
      }
      case NUMERIC, BIGNUMERIC -> {
        DecimalExpr decimal = (DecimalExpr) from;
        yield new DoubleExpr(
            (row, out) -> decimal.evaluate(row) && out.set(decimal.value().doubleValue()));
      }
      case STRING -> {
        BytesExpr text = (BytesExpr) from;
        yield new DoubleExpr(
            (row, out) -> text.evaluate(row) && out.set(Numbers.parseDouble(text.text())));
      }
      default -> null;
    };
  }

  private static @Nullable Expr toDecimal(Expr from, Type type, Type target) {
    return switch (type.kind()) {
      case NUMERIC, BIGNUMERIC ->
          isWithin(type, target)
              ? from
              : DecimalExpr.of((DecimalExpr) from, (a, out) -> Decimals.fit(a, target, out));
      case INT64 -> {
        LongExpr number = (LongExpr) from;
        boolean always = target.precision() - target.scale() >= 19;
        yield always
            ? new DecimalExpr((row, out) -> number.evaluate(row) && out.set(number.value, 0))
            : new DecimalExpr(
                (row, out) ->
                    number.evaluate(row)
                        && Decimals.fit(BigDecimal.valueOf(number.value), target, out));
      }
      case FLOAT64 -> {
        DoubleExpr number = (DoubleExpr) from;
        yield new DecimalExpr(
            (row, out) ->
                number.evaluate(row)
                    && Decimals.fit(Numbers.exactDecimal(number.value), target, out));
      }
      case STRING -> {
        BytesExpr text = (BytesExpr) from;
        yield new DecimalExpr(
            (row, out) ->
                text.evaluate(row) && Decimals.fit(Numbers.parseDecimal(text.text()), target, out));
      }
      default -> null;
    };
  }

  /** Whether every value of a decimal type is one of another as it is. */
  private static boolean isWithin(Type type, Type target) {
    return type.scale() <= target.scale()
        && type.precision() - type.scale() <= target.precision() - target.scale();
  }

  private static @Nullable Expr toText(Expr from, Type type, ZoneId zone) {
    return switch (type.kind()) {
      case STRING -> from;
      case BYTES ->
          BytesExpr.of(
              (BytesExpr) from,
              (a, out) -> {
                requireUtf8(a);
                return out.take(a);
              });
      case BOOL -> ofLong(from, a -> a == 0 ? "false" : "true");
      case INT64 -> ofLong(from, Long::toString);
      case DATE -> ofLong(from, TimeText::ofDate);
      case TIME -> ofLong(from, TimeText::ofTime);
      case DATETIME -> ofLong(from, a -> TimeText.ofDateTime(a, ' '));
      case TIMESTAMP -> ofLong(from, a -> TimeText.ofTimestamp(a, zone));
      case FLOAT64 -> {
        DoubleExpr number = (DoubleExpr) from;
        yield new BytesExpr(
            (row, out) -> number.evaluate(row) && out.set(Numbers.text(number.value)));
      }
      case NUMERIC, BIGNUMERIC -> {
        DecimalExpr decimal = (DecimalExpr) from;
        yield new BytesExpr((row, out) -> decimal.evaluate(row) && out.set(Decimals.text(decimal)));
      }
      default -> null;
    };
  }

  @FunctionalInterface
  private interface TextOfLong {
    String apply(long value);
  }

  private static Expr ofLong(Expr from, TextOfLong function) {
    LongExpr number = (LongExpr) from;
    return new BytesExpr(
        (row, out) -> number.evaluate(row) && out.set(function.apply(number.value)));
  }

  private static void requireUtf8(BytesExpr a) throws RowException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(a.bytes, a.offset, a.length));
    } catch (CharacterCodingException e) {
      throw new RowException("the bytes are no valid UTF-8");
    }
  }

  private static @Nullable Expr toBytes(Expr from, Type type) {
    return type.kind() == Type.Kind.BYTES || type.kind() == Type.Kind.STRING ? from : null;
  }

  private static @Nullable Expr toTime(Expr from, Type type, Type.Kind target, ZoneId zone) {
    if (type.kind() == target) {
      return from;
    }
    if (type.kind() == Type.Kind.STRING) {
      LongExpr.OfBytes parser =
          switch (target) {
            case DATE -> a -> TimeText.date(a.text());
            case TIME -> a -> TimeText.time(a.text());
            case DATETIME -> a -> TimeText.dateTime(a.text());
            default -> a -> TimeText.timestamp(a.text(), zone);
          };
      return LongExpr.of((BytesExpr) from, parser);
    }
    LongExpr.OfLong toLocal =
        switch (type.kind()) {
          case DATE -> a -> a * Times.DAY;
          case DATETIME -> a -> a;
          case TIMESTAMP -> a -> Times.toLocal(a, zone);
          default -> null;
        };
    if (toLocal == null || (type.kind() == Type.Kind.DATE && target == Type.Kind.TIME)) {
      return null;
    }
    LongExpr.OfLong ofLocal =
        switch (target) {
          case DATE -> a -> Math.floorDiv(a, Times.DAY);
          case TIME -> a -> Math.floorMod(a, Times.DAY);
          case DATETIME -> Times::checkedMicros;
          default -> a -> Times.toInstant(a, zone);
        };
    return LongExpr.of((LongExpr) from, a -> ofLocal.apply(toLocal.apply(a)));
  }
}
