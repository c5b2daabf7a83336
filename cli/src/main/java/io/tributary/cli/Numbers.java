package io.tributary.cli;

import java.time.Duration;
import java.util.Locale;

/** Counts and durations as people read them. */
final class Numbers {
  private Numbers() {}

  /** With a comma after each three digits. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String count(long number, String one, String many) {
    return count(number) + " " + (number == 1 ? one : many);
  }

  /** Zero when no time has passed. */
  static long perSecond(long number, long millis) {
    return millis <= 0 ? 0 : Math.round(number * 1000.0 / millis);
  }

  /** {@code 0.42 s}, {@code 12.3 s}, {@code 2 min 05 s}, {@code 1 h 02 min}. */
  static String duration(Duration time) {
    double seconds = time.toMillis() / 1000.0;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return time.toHours() == 0
        ? String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
  }
}
