package io.tributary.row.format;

import java.time.LocalDate;

/**
 * Dates and times of row slots as ISO 8601 text: always with seconds, with six digits below when
 * they are not zero.
 */
final class TimeText {
  private static final long SECOND = 1_000_000L;
  private static final long DAY = 86_400 * SECOND;

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
}
