package io.tributary.row.format;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Dates and times of row slots as ISO 8601 text, and back. Written always with seconds, and with
 * six digits below when they are not zero. Read more loosely: a blank for the {@code T}, no
 * seconds, one to nine digits below as long as nothing is lost. A text that is none gives {@link
 * #NONE}.
 */
final class TimeText {
  /** No date or time: outside of all ranges. */
  static final long NONE = Long.MIN_VALUE;

  private static final long SECOND = 1_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long DAY = 86_400 * SECOND;
  private static final int DATE_LENGTH = 10;

  private TimeText() {}

  /** {@code 2024-01-31}, of days since 1970-01-01. */
  static String date(long days) {
    return LocalDate.ofEpochDay(days).toString();
  }

  /** {@code 09:05:00} or {@code 09:05:00.000001}, of microseconds of the day. */
  static String time(long micros) {
    StringBuilder text = new StringBuilder(15);
    appendTime(text, micros);
    return text.toString();
  }

  /** {@code 2024-01-31T09:05:00}, of microseconds since 1970-01-01T00:00. */
  static String dateTime(long micros) {
    StringBuilder text = new StringBuilder(27);
    text.append(date(Math.floorDiv(micros, DAY))).append('T');
    appendTime(text, Math.floorMod(micros, DAY));
    return text.toString();
  }

  /** {@code 2024-01-31T09:05:00Z}, of microseconds since 1970-01-01T00:00Z. */
  static String timestamp(long micros) {
    return dateTime(micros) + "Z";
  }

  private static void appendTime(StringBuilder text, long micros) {
    long seconds = micros / SECOND;
    digits(text, seconds / 3600, 2);
    digits(text.append(':'), seconds / 60 % 60, 2);
    digits(text.append(':'), seconds % 60, 2);
    if (micros % SECOND != 0) {
      digits(text.append('.'), micros % SECOND, 6);
    }
  }

  private static void digits(StringBuilder text, long number, int count) {
    String digits = Long.toString(number);
    text.append("0".repeat(count - digits.length())).append(digits);
  }

  /** Days since 1970-01-01 of {@code 2024-01-31}. */
  static long parseDate(char[] text, int from, int to) {
    if (to - from != DATE_LENGTH || text[from + 4] != '-' || text[from + 7] != '-') {
      return NONE;
    }
    int year = number(text, from, from + 4);
    int month = number(text, from + 5, from + 7);
    int day = number(text, from + 8, to);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
      return NONE;
    }
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      return NONE; // a 31 June
    }
  }

  /** Microseconds of the day of {@code 09:05} or {@code 09:05:00.000001}. */
  static long parseTime(char[] text, int from, int to) {
    int length = to - from;
    if (length < 5 || text[from + 2] != ':') {
      return NONE;
    }
    int hour = number(text, from, from + 2);
    int minute = number(text, from + 3, from + 5);
    int second = 0;
    long fraction = 0;
    if (length > 5) {
      if (length < 8 || text[from + 5] != ':') {
        return NONE;
      }
      second = number(text, from + 6, from + 8);
      fraction = length == 8 ? 0 : fraction(text, from + 8, to);
    }
    boolean valid =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return valid && fraction != NONE
        ? (hour * 3600L + minute * 60 + second) * SECOND + fraction
        : NONE;
  }

  /** Microseconds since 1970-01-01T00:00 of a date and a time. */
  static long parseDateTime(char[] text, int from, int to) {
    int split = from + DATE_LENGTH;
    if (to <= split || (text[split] != 'T' && text[split] != ' ')) {
      return NONE;
    }
    long days = parseDate(text, from, split);
    long micros = days == NONE ? NONE : parseTime(text, split + 1, to);
    return micros == NONE ? NONE : days * DAY + micros;
  }

  /**
   * Microseconds since 1970-01-01T00:00Z of a date, a time and an offset from UTC ({@code Z},
   * {@code +01:00}, {@code UTC}).
   */
  static long parseTimestamp(char[] text, int from, int to) {
    if (to - from <= DATE_LENGTH) {
      return NONE;
    }
    if (text[to - 1] == 'Z' || text[to - 1] == 'z') {
      return parseDateTime(text, from, to - 1);
    }
    if (to - from > 4 && new String(text, to - 4, 4).equals(" UTC")) {
      return parseDateTime(text, from, to - 4);
    }
    for (int sign = to - 3; sign >= to - 6 && sign > from + DATE_LENGTH; sign--) {
      if (text[sign] == '+' || text[sign] == '-') {
        int minutes = offset(text, sign + 1, to);
        long micros = minutes < 0 ? NONE : parseDateTime(text, from, sign);
        return micros == NONE ? NONE : micros - (text[sign] == '+' ? minutes : -minutes) * MINUTE;
      }
    }
    return NONE;
  }

  /** Minutes of {@code 01}, {@code 0100} or {@code 01:00}; negative when it is none. */
  private static int offset(char[] text, int from, int to) {
    int hours = number(text, from, from + 2);
    int minutes =
        switch (to - from) {
          case 2 -> 0;
          case 4 -> number(text, from + 2, to);
          case 5 -> text[from + 2] == ':' ? number(text, from + 3, to) : -1;
          default -> -1;
        };
    return hours < 0 || hours > 18 || minutes < 0 || minutes > 59 ? -1 : hours * 60 + minutes;
  }

  private static long fraction(char[] text, int from, int to) {
    int digits = to - from - 1;
    if (text[from] != '.' || digits < 1 || digits > 9) {
      return NONE;
    }
    int value = number(text, from + 1, to);
    for (int i = digits; i < 9; i++) {
      value = value < 0 ? value : value * 10;
    }
    return value < 0 || value % 1000 != 0 ? NONE : value / 1000;
  }

  /** A number of digits only; negative when it is none. */
  private static int number(char[] text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
