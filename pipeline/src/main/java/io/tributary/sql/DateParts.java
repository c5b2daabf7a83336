package io.tributary.sql;

import com.google.zetasql.functions.ZetaSQLDateTime.DateTimestampPart;
import java.util.Arrays;
import java.util.Optional;

/** The analyzer's numbers of date parts as ours. */
final class DateParts {
  private DateParts() {}

  /** Empty for NANOSECOND, which no type of ours has. */
  static Optional<DatePart> of(int number) {
    DateTimestampPart part = DateTimestampPart.forNumber(number);
    return part == null
        ? Optional.empty()
        : Arrays.stream(DatePart.values())
            .filter(candidate -> candidate.name().equals(part.name()))
            .findFirst();
  }
}
