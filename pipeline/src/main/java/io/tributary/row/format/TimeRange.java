package io.tributary.row.format;

/** Which dates and times a row holds: those of the years 1 to 9999, and a day of 24 hours. */
final class TimeRange {
  /** Microseconds of a day. */
  static final long DAY = 86_400_000_000L;

  private static final long FIRST_DAY = -719_162; // 0001-01-01
  private static final long LAST_DAY = 2_932_896; // 9999-12-31

  private TimeRange() {}

  /** Days since 1970-01-01 when they are in range. */
  static long date(long days) {
    if (days < FIRST_DAY || days > LAST_DAY) {
      throw new IllegalArgumentException("is a date outside of the years 1 to 9999");
    }
    return days;
  }

  /** Microseconds of the day when they are in range. */
  static long time(long micros) {
    if (micros < 0 || micros >= DAY) {
      throw new IllegalArgumentException("is a time outside of 00:00 to 24:00");
    }
    return micros;
  }

  /** Microseconds since 1970-01-01T00:00 when they are in range. */
  static long moment(long micros) {
    date(Math.floorDiv(micros, DAY));
    return micros;
  }
}
