package io.tributary.row.format;

/** Milliseconds and nanoseconds as microseconds. */
final class TimeUnits {
  private TimeUnits() {}

  /** What overflows is outside of every range, too. */
  static long millis(long value) {
    long micros = value * 1000;
    return micros / 1000 == value ? micros : Long.MAX_VALUE;
  }

  /** Digits below the microsecond are cut off. */
  static long nanos(long value, Runnable cut) {
    if (value % 1000 != 0) {
      cut.run();
    }
    return Math.floorDiv(value, 1000);
  }
}
