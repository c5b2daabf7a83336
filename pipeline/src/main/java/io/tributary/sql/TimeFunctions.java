package io.tributary.sql;

import static java.util.Map.entry;

import io.tributary.row.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of DATE, TIME, DATETIME and TIMESTAMP. */
final class TimeFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("date", TimeFunctions::date),
          entry("datetime", TimeFunctions::dateTime),
          entry("timestamp", TimeFunctions::timestamp),
          entry("time", TimeFunctions::time),
          entry("date_add", in -> add(in, 1)),
          entry("date_sub", in -> add(in, -1)),
          entry("datetime_add", in -> add(in, 1)),
          entry("datetime_sub", in -> add(in, -1)),
          entry("timestamp_add", in -> add(in, 1)),
          entry("timestamp_sub", in -> add(in, -1)),
          entry("time_add", in -> add(in, 1)),
          entry("time_sub", in -> add(in, -1)),
          entry("date_trunc", TimeFunctions::truncate),
          entry("datetime_trunc", TimeFunctions::truncate),
          entry("timestamp_trunc", TimeFunctions::truncate),
          entry("time_trunc", TimeFunctions::truncate),
          entry("date_diff", TimeFunctions::difference),
          entry("datetime_diff", TimeFunctions::difference),
          entry("timestamp_diff", TimeFunctions::difference),
          entry("time_diff", TimeFunctions::difference),
          entry("last_day", TimeFunctions::lastDay),
          entry("$extract", in -> extract(in, in.part(1), 2)),
          entry("$extract_date", in -> extract(in, DatePart.DATE, 1)),
          entry("$extract_time", in -> extract(in, DatePart.TIME, 1)),
          entry("$extract_datetime", in -> extract(in, DatePart.DATETIME, 1)),
          entry("unix_date", in -> LongExpr.of(in.longs(0), a -> a)),
          entry(
              "unix_seconds", in -> LongExpr.of(in.longs(0), a -> Math.floorDiv(a, Times.SECOND))),
          entry("unix_millis", in -> LongExpr.of(in.longs(0), a -> Math.floorDiv(a, 1000L))),
          entry("unix_micros", in -> LongExpr.of(in.longs(0), a -> a)),
          entry("date_from_unix_date", in -> LongExpr.of(in.longs(0), Times::checkedDay)),
          entry("timestamp_seconds", in -> fromUnix(in, Times.SECOND)),
          entry("timestamp_millis", in -> fromUnix(in, 1000)),
          entry("timestamp_micros", in -> fromUnix(in, 1)));

  private TimeFunctions() {}

  /** The wall clock of an argument, in microseconds; null for a type that has none. */
  private static LongExpr.@Nullable OfLong toLocal(Type.Kind kind, ZoneId zone) {
    return switch (kind) {
      case DATE -> a -> a * Times.DAY;
      case TIME, DATETIME -> a -> a;
      case TIMESTAMP -> a -> Times.toLocal(a, zone);
      default -> null;
    };
  }

  private static Expr made(LongExpr[] parts, Made made) {
    long[] values = new long[parts.length];
    return new LongExpr(
        (row, out) -> {
          for (int i = 0; i < parts.length; i++) {
            if (!parts[i].evaluate(row)) {
              return false;
            }
            values[i] = parts[i].value;
          }
          try {
            return out.set(made.of(values));
          } catch (DateTimeException | ArithmeticException e) {
            throw new RowException("the numbers are no valid date or time");
          }
        });
  }

  @FunctionalInterface
  private interface Made {
    long of(long[] parts) throws RowException;
  }

  private static long day(long[] parts) throws RowException {
    return Times.checkedDay(
        LocalDate.of(
                Math.toIntExact(parts[0]), Math.toIntExact(parts[1]), Math.toIntExact(parts[2]))
            .toEpochDay());
  }

  private static long clock(long[] parts, int from) {
    LocalTime time =
        LocalTime.of(
            Math.toIntExact(parts[from]),
            Math.toIntExact(parts[from + 1]),
            Math.toIntExact(parts[from + 2]));
    return time.toSecondOfDay() * Times.SECOND;
  }

  private static @Nullable Expr date(Operands in) throws BindException {
    if (in.kind(0) == Type.Kind.INT64) {
      return made(in.allLongs(), TimeFunctions::day);
    }
    LongExpr.OfLong local = toLocal(in.kind(0), in.zone(1));
    return local == null
        ? null
        : LongExpr.of(in.longs(0), a -> Math.floorDiv(local.apply(a), Times.DAY));
  }

  private static @Nullable Expr time(Operands in) throws BindException {
    if (in.kind(0) == Type.Kind.INT64) {
      return made(in.allLongs(), parts -> clock(parts, 0));
    }
    LongExpr.OfLong local = toLocal(in.kind(0), in.zone(1));
    return local == null
        ? null
        : LongExpr.of(in.longs(0), a -> Math.floorMod(local.apply(a), Times.DAY));
  }

  private static @Nullable Expr dateTime(Operands in) throws BindException {
    if (in.kind(0) == Type.Kind.INT64) {
      return made(in.allLongs(), parts -> day(parts) * Times.DAY + clock(parts, 3));
    }
    if (in.size() == 2 && in.kind(1) == Type.Kind.TIME) {
      return LongExpr.of(in.longs(0), in.longs(1), (day, time) -> day * Times.DAY + time);
    }
    if (in.kind(0) == Type.Kind.STRING) {
      return LongExpr.of(in.bytes(0), a -> TimeText.dateTime(a.text()));
    }
    LongExpr.OfLong local = toLocal(in.kind(0), in.zone(1));
    return local == null
        ? null
        : LongExpr.of(in.longs(0), a -> Times.checkedMicros(local.apply(a)));
  }

  private static @Nullable Expr timestamp(Operands in) throws BindException {
    ZoneId zone = in.zone(1);
    return switch (in.kind(0)) {
      case STRING -> LongExpr.of(in.bytes(0), a -> TimeText.timestamp(a.text(), zone));
      case DATE -> LongExpr.of(in.longs(0), a -> Times.toInstant(a * Times.DAY, zone));
      case DATETIME -> LongExpr.of(in.longs(0), a -> Times.toInstant(a, zone));
      case TIMESTAMP -> in.any(0);
      default -> null;
    };
  }

  private static Expr add(Operands in, int sign) throws BindException {
    return TimeArithmetic.shifted(
        in.longs(0), in.kind(0), in.longs(1), in.part(2), sign, in.result().kind(), in.span());
  }

  private static @Nullable Expr truncate(Operands in) throws BindException {
    DatePart part = in.part(1);
    ZoneId zone = in.zone(2);
    return switch (in.kind(0)) {
      case DATE -> LongExpr.of(in.longs(0), a -> TimeArithmetic.truncateDay(a, part));
      case TIME, DATETIME -> LongExpr.of(in.longs(0), a -> TimeArithmetic.truncate(a, part));
      case TIMESTAMP ->
          LongExpr.of(
              in.longs(0),
              a -> {
                long local = Times.toLocal(a, zone);
                long begin = TimeArithmetic.truncate(local, part);
                // within an hour that the clock shows twice, stay in the same one
                return part.isTime() ? begin - (local - a) : Times.toInstant(begin, zone);
              });
      default -> null;
    };
  }

  private static @Nullable Expr difference(Operands in) throws BindException {
    DatePart part = in.part(2);
    LongExpr a = in.longs(0);
    LongExpr b = in.longs(1);
    return switch (in.kind(0)) {
      case DATE -> LongExpr.of(a, b, (x, y) -> TimeArithmetic.differenceOfDays(x, y, part));
      case TIME, DATETIME -> LongExpr.of(a, b, (x, y) -> TimeArithmetic.difference(x, y, part));
      case TIMESTAMP -> {
        long unit = part == DatePart.DAY ? Times.DAY : part.micros();
        yield unit == 0 ? null : LongExpr.of(a, b, (x, y) -> (x - y) / unit); // whole units only
      }
      default -> null;
    };
  }

  private static @Nullable Expr lastDay(Operands in) throws BindException {
    DatePart part = in.size() > 1 ? in.part(1) : DatePart.MONTH;
    LongExpr.OfLong local = toLocal(in.kind(0), in.zone());
    return local == null
        ? null
        : LongExpr.of(
            in.longs(0),
            a -> TimeArithmetic.lastDay(Math.floorDiv(local.apply(a), Times.DAY), part));
  }

  /**
   * @param zoneIndex the argument that names the time zone, if there is one
   */
  private static @Nullable Expr extract(Operands in, DatePart part, int zoneIndex)
      throws BindException {
    LongExpr.OfLong local = toLocal(in.kind(0), in.zone(zoneIndex));
    return local == null
        ? null
        : LongExpr.of(in.longs(0), a -> TimeArithmetic.field(local.apply(a), part));
  }

  private static Expr fromUnix(Operands in, long unit) throws BindException {
    return LongExpr.of(
        in.longs(0),
        a -> {
          if (Math.multiplyHigh(a, unit) != a * unit >> 63) {
            throw new RowException("the time is not in the years 1 to 9999");
          }
          return Times.checkedMicros(a * unit);
        });
  }
}
