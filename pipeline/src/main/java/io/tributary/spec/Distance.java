package io.tributary.spec;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one value of a cursor lies from another: a duration for dates and times, a number for
 * integers; the other one is null. Immutable.
 */
public record Distance(@Nullable Duration time, @Nullable Long number) implements Serializable {

  /** A text such as {@code 7d} or {@code 1000}; null when it is neither. */
  static @Nullable Distance parse(Object plain) {
    if (plain instanceof Long number) {
      return number < 0 ? null : new Distance(null, number);
    }
    if (!(plain instanceof String text)) {
      return null;
    }
    if (text.strip().matches("\\d{1,18}")) {
      return new Distance(null, Long.parseLong(text.strip()));
    }
    Duration time = Field.parseDuration(text);
    return time == null ? null : new Distance(time, null);
  }

  public boolean isZero() {
    return time == null ? number == null || number == 0 : time.isZero();
  }

  @Override
  public String toString() {
    return time == null ? String.valueOf(number) : String.valueOf(SpecDocs.shown(time));
  }
}
