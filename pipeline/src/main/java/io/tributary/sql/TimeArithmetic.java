package io.tributary.sql;

import io.tributary.row.Type;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/** Adding, cutting, counting and taking apart wall clocks, in microseconds. */
final class TimeArithmetic {
  private static final int DAYS_OF_WEEK = 7;

  private TimeArithmetic() {}

  /** {@code date + 1}, {@code timestamp - INTERVAL 1 DAY}; null for other operands. */
  static @Nullable Expr operator(Operands in, int sign) throws BindException {
    Type result = in.result();
    boolean intervalFirst = isInterval(in.node(0));
    if (intervalFirst || isInterval(in.node(1))) {
      Node.Call interval = (Node.Call) in.node(intervalFirst ? 0 : 1);
      int other = intervalFirst ? 1 : 0;
      Operands parts = in.of(interval);
      return shifted(
          in.longs(other),
          in.kind(other),
          parts.longs(0),
          parts.part(1),
          sign,
          result.kind(),
          in.span());
    }
    if (result.kind() == Type.Kind.DATE) {
      int date = in.kind(0) == Type.Kind.DATE ? 0 : 1;
      return LongExpr.of(
          in.longs(date),
          in.longs(1 - date),
          (day, days) -> Times.checkedDay(plus(day, times(days, sign))));
    }
    return null;
  }

  private static boolean isInterval(Node node) {
    return node instanceof Node.Call call && call.name().equals("$interval");
  }

  /**
   * A date or time some units later or earlier.
   *
   * @param result DATE, TIME, DATETIME or TIMESTAMP; DATETIME also for a DATE that becomes one
   */
  static Expr shifted(
      LongExpr from,
      Type.Kind kind,
      LongExpr amount,
      DatePart part,
      int sign,
      Type.Kind result,
      Node.Span span)
      throws BindException {
    boolean calendar = !part.isTime();
    boolean fits =
        switch (result) {
          case DATE -> calendar;
          case TIME -> !calendar;
          case TIMESTAMP -> !calendar || part == DatePart.DAY;
          default -> true;
        };
    if (!fits || isNoUnit(part)) {
      throw BindException.unsupported(span, part + " added to " + result);
    }
    return LongExpr.of(
        from,
        amount,
        (a, count) -> {
          long units = times(count, sign);
          return switch (result) {
            case DATE -> Times.checkedDay(addToDay(a, units, part));
            case TIME -> Math.floorMod(a + times(units, part.micros()) % Times.DAY, Times.DAY);
            default ->
                Times.checkedMicros(add(kind == Type.Kind.DATE ? a * Times.DAY : a, units, part));
          };
        });
  }

  private static boolean isNoUnit(DatePart part) {
    return switch (part) {
      case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND -> false;
      case WEEK_MONDAY,
          WEEK_TUESDAY,
          WEEK_WEDNESDAY,
          WEEK_THURSDAY,
          WEEK_FRIDAY,
          WEEK_SATURDAY,
          ISOYEAR,
          ISOWEEK,
          DAYOFWEEK,
          DAYOFYEAR,
          DATE,
          TIME,
          DATETIME ->
          true;
    };
  }

  private static long plus(long a, long b) throws RowException {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw new RowException("the date is not in the years 1 to 9999");
    }
    return sum;
  }

  private static long times(long a, long b) throws RowException {
    if (Math.multiplyHigh(a, b) != a * b >> 63) {
      throw new RowException("the interval is too long");
    }
    return a * b;
  }

  private static long add(long local, long units, DatePart part) throws RowException {
    if (part.isTime()) {
      return plus(local, times(units, part.micros()));
    }
    long day = Times.checkedDay(addToDay(Math.floorDiv(local, Times.DAY), units, part));
    return day * Times.DAY + Math.floorMod(local, Times.DAY);
  }

  /** Months are counted by the calendar; a day that the month does not have is its last. */
  private static long addToDay(long day, long units, DatePart part) throws RowException {
    return switch (part) {
      case DAY -> plus(day, units);
      case WEEK -> plus(day, times(units, DAYS_OF_WEEK));
      case MONTH -> plusMonths(day, units);
      case QUARTER -> plusMonths(day, times(units, 3));
      default -> plusMonths(day, times(units, 12));
    };
  }

  private static long plusMonths(long day, long months) throws RowException {
    if (Math.abs(months) > 12 * 10_000) {
      throw new RowException("the date is not in the years 1 to 9999");
    }
    return LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay();
  }

  /** The begin of the unit in which a wall clock is. */
  static long truncate(long local, DatePart part) throws RowException {
    if (part.isTime()) {
      return Math.floorDiv(local, part.micros()) * part.micros();
    }
    return truncateDay(Math.floorDiv(local, Times.DAY), part) * Times.DAY;
  }

  static long truncateDay(long day, DatePart part) throws RowException {
    LocalDate date = LocalDate.ofEpochDay(day);
    return switch (part) {
      case YEAR -> date.withDayOfYear(1).toEpochDay();
      case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1).toEpochDay();
      case MONTH -> date.withDayOfMonth(1).toEpochDay();
      case ISOYEAR ->
          weekBegin(LocalDate.of(date.get(IsoFields.WEEK_BASED_YEAR), 1, 4).toEpochDay(), 1);
      case WEEK,
          WEEK_MONDAY,
          WEEK_TUESDAY,
          WEEK_WEDNESDAY,
          WEEK_THURSDAY,
          WEEK_FRIDAY,
          WEEK_SATURDAY,
          ISOWEEK ->
          Times.checkedDay(weekBegin(day, firstDay(part)));
      case DAY,
          DAYOFWEEK,
          DAYOFYEAR,
          DATE,
          TIME,
          DATETIME,
          HOUR,
          MINUTE,
          SECOND,
          MILLISECOND,
          MICROSECOND ->
          day;
    };
  }

  /** The first day of a week, Sunday being 0. */
  private static int firstDay(DatePart part) {
    return switch (part) {
      case WEEK_MONDAY, ISOWEEK -> 1;
      case WEEK_TUESDAY -> 2;
      case WEEK_WEDNESDAY -> 3;
      case WEEK_THURSDAY -> 4;
      case WEEK_FRIDAY -> 5;
      case WEEK_SATURDAY -> 6;
      default -> 0;
    };
  }

  /** Days since Sunday; 1970-01-01 was a Thursday. */
  private static int sinceSunday(long day) {
    return (int) Math.floorMod(day + 4, (long) DAYS_OF_WEEK);
  }

  private static long weekBegin(long day, int firstDay) {
    return day - Math.floorMod(sinceSunday(day) - firstDay, DAYS_OF_WEEK);
  }

  /** How many begins of a unit lie between two wall clocks. */
  static long difference(long a, long b, DatePart part) throws RowException {
    if (part.isTime()) {
      return Math.floorDiv(a, part.micros()) - Math.floorDiv(b, part.micros());
    }
    return differenceOfDays(Math.floorDiv(a, Times.DAY), Math.floorDiv(b, Times.DAY), part);
  }

  static long differenceOfDays(long a, long b, DatePart part) throws RowException {
    LocalDate first = LocalDate.ofEpochDay(a);
    LocalDate second = LocalDate.ofEpochDay(b);
    return switch (part) {
      case YEAR -> first.getYear() - (long) second.getYear();
      case ISOYEAR ->
          first.get(IsoFields.WEEK_BASED_YEAR) - (long) second.get(IsoFields.WEEK_BASED_YEAR);
      case QUARTER ->
          first.getYear() * 4L
              + first.get(IsoFields.QUARTER_OF_YEAR)
              - second.getYear() * 4L
              - second.get(IsoFields.QUARTER_OF_YEAR);
      case MONTH ->
          first.getYear() * 12L
              + first.getMonthValue()
              - second.getYear() * 12L
              - second.getMonthValue();
      case WEEK,
          WEEK_MONDAY,
          WEEK_TUESDAY,
          WEEK_WEDNESDAY,
          WEEK_THURSDAY,
          WEEK_FRIDAY,
          WEEK_SATURDAY,
          ISOWEEK ->
          (weekBegin(a, firstDay(part)) - weekBegin(b, firstDay(part))) / DAYS_OF_WEEK;
      case DAY,
          DAYOFWEEK,
          DAYOFYEAR,
          DATE,
          TIME,
          DATETIME,
          HOUR,
          MINUTE,
          SECOND,
          MILLISECOND,
          MICROSECOND ->
          a - b;
    };
  }

  /** A field of a wall clock. */
  static long field(long local, DatePart part) {
    LocalDateTime time = Times.dateTime(local);
    LocalDate date = time.toLocalDate();
    return switch (part) {
      case YEAR -> date.getYear();
      case QUARTER -> date.get(IsoFields.QUARTER_OF_YEAR);
      case MONTH -> date.getMonthValue();
      case ISOYEAR -> date.get(IsoFields.WEEK_BASED_YEAR);
      case ISOWEEK -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case WEEK,
          WEEK_MONDAY,
          WEEK_TUESDAY,
          WEEK_WEDNESDAY,
          WEEK_THURSDAY,
          WEEK_FRIDAY,
          WEEK_SATURDAY ->
          weekOfYear(date, firstDay(part));
      case DAY -> date.getDayOfMonth();
      case DAYOFWEEK -> sinceSunday(date.toEpochDay()) + 1;
      case DAYOFYEAR -> date.getDayOfYear();
      case HOUR -> time.getHour();
      case MINUTE -> time.getMinute();
      case SECOND -> time.getSecond();
      case MILLISECOND -> time.getNano() / 1_000_000;
      case MICROSECOND -> time.getNano() / 1_000;
      case DATE -> date.toEpochDay();
      case TIME -> Math.floorMod(local, Times.DAY);
      case DATETIME -> local;
    };
  }

  /** 0 for the days before the first begin of a week in the year. */
  static int weekOfYear(LocalDate date, int firstDay) {
    int sinceBegin = Math.floorMod(sinceSunday(date.toEpochDay()) - firstDay, DAYS_OF_WEEK);
    return (date.getDayOfYear() - 1 + DAYS_OF_WEEK - sinceBegin) / DAYS_OF_WEEK;
  }

  /** The last day of the unit in which a day is. */
  static long lastDay(long day, DatePart part) throws RowException {
    long begin = truncateDay(day, part);
    LocalDate first = LocalDate.ofEpochDay(begin);
    long next =
        switch (part) {
          case YEAR -> first.plusYears(1).toEpochDay();
          case QUARTER -> first.plusMonths(3).toEpochDay();
          case MONTH -> first.plusMonths(1).toEpochDay();
          // 52 or 53 weeks and some days
          case ISOYEAR -> truncateDay(first.plusDays(374).toEpochDay(), DatePart.ISOYEAR);
          default -> begin + DAYS_OF_WEEK;
        };
    return Times.checkedDay(next - 1);
  }
}
