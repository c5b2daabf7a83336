package io.tributary.connector.mysql;

import io.tributary.row.RowBuilder;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Locale;

/** Readers of dates and times, which the binary protocol sends as numbers, trailing zeros cut. */
final class Temporals {
  private static final long MICROS = 1_000_000;
  private static final long DAY_MICROS = 86_400 * MICROS;
  private static final int MAX_FRACTION = 6;

  /** From the first of March of the year 0. */
  private static final int DAYS_TO_1970 = 719_468;

  private Temporals() {}

  /** Says what is to be done with a date that no calendar has. */
  @FunctionalInterface
  interface OnZeroDate {
    void found(int column, RowBuilder out, String text) throws UnreadableValueException;
  }

  /** DATE as days since 1970. */
  static ColumnReader date(OnZeroDate onZeroDate) {
    return (in, column, out) -> {
      int length = in.readUnsignedByte();
      int year = length == 0 ? 0 : in.readShort() & 0xffff;
      int month = length == 0 ? 0 : in.readByte();
      int day = length == 0 ? 0 : in.readByte();
      in.skip(Math.max(0, length - 4)); // some expressions send a time with it: midnight
      if (exists(year, month, day)) {
        out.setLong(column, epochDay(year, month, day));
      } else {
        onZeroDate.found(column, out, dateText(year, month, day));
      }
    };
  }

  /** DATETIME, or TIMESTAMP of a session in UTC, as microseconds since 1970. */
  static ColumnReader dateTime(OnZeroDate onZeroDate) {
    return (in, column, out) -> {
      int length = in.readUnsignedByte();
      int year = 0;
      int month = 0;
      int day = 0;
      long micros = 0;
      if (length >= 4) {
        year = in.readShort() & 0xffff;
        month = in.readByte();
        day = in.readByte();
      }
      if (length >= 7) {
        micros = ((in.readByte() * 60L + in.readByte()) * 60 + in.readByte()) * MICROS;
      }
      if (length >= 11) {
        micros += in.readInt();
      }
      if (exists(year, month, day)) {
        out.setLong(column, epochDay(year, month, day) * DAY_MICROS + micros);
      } else {
        onZeroDate.found(
            column, out, dateText(year, month, day) + " " + timeText(false, micros, MAX_FRACTION));
      }
    };
  }

  /**
   * TIME as the text that the database shows, such as {@code -838:59:59}.
   *
   * @param fraction digits after the second
   */
  static ColumnReader timeText(int fraction) {
    return (in, column, out) -> {
      long time = readTime(in);
      String text = timeText(time < 0, Math.abs(time), fraction);
      out.setBytes(column, text.getBytes(StandardCharsets.US_ASCII));
    };
  }

  /** TIME as microseconds of the day; a value outside of the day is unreadable. */
  static ColumnReader timeOfDay(String name) {
    return (in, column, out) -> {
      long time = readTime(in);
      if (time < 0 || time >= DAY_MICROS) {
        throw new UnreadableValueException(
            "`"
                + name
                + "` is not a time of the day; with time_overflow: string it is kept as text",
            timeText(time < 0, Math.abs(time), MAX_FRACTION));
      }
      out.setLong(column, time);
    };
  }

  private static long readTime(RowPacket in) {
    int length = in.readUnsignedByte();
    if (length == 0) {
      return 0;
    }
    boolean negative = in.readByte() != 0;
    long hours = in.readInt() * 24L + in.readByte();
    long micros = ((hours * 60 + in.readByte()) * 60 + in.readByte()) * MICROS;
    if (length >= 12) {
      micros += in.readInt();
    }
    return negative ? -micros : micros;
  }

  /** Whether a calendar has the day; the warehouses know the years 1 to 9999. */
  private static boolean exists(int year, int month, int day) {
    return year > 0
        && month > 0
        && day > 0
        && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
  }

  /** Days since 1970 in the calendar of {@link java.time}, without an object; {@code year > 0}. */
  private static long epochDay(int year, int month, int day) {
    int years = month > 2 ? year : year - 1; // a year begins in March: a leap day is its last
    int monthsSinceMarch = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * monthsSinceMarch + 2) / 5 + day - 1;
    int leapDays = years / 4 - years / 100 + years / 400;
    return years * 365L + leapDays + dayOfYear - DAYS_TO_1970;
  }

  private static String dateText(int year, int month, int day) {
    return String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
  }

  private static String timeText(boolean negative, long micros, int fraction) {
    long seconds = micros / MICROS;
    StringBuilder text = new StringBuilder(negative ? "-" : "");
    appendTwoDigits(text, seconds / 3600).append(':');
    appendTwoDigits(text, seconds / 60 % 60).append(':');
    appendTwoDigits(text, seconds % 60);
    if (fraction > 0) {
      String digits = Long.toString(MICROS + micros % MICROS); // a 1, then six digits
      text.append('.').append(digits, 1, 1 + fraction);
    }
    return text.toString();
  }

  private static StringBuilder appendTwoDigits(StringBuilder text, long number) {
    return number < 10 ? text.append('0').append(number) : text.append(number);
  }
}
