package io.tributary.sql;

/** Units and fields of dates and times. A week begins on the day its name says; WEEK on Sunday. */
enum DatePart {
  YEAR,
  QUARTER,
  MONTH,
  WEEK,
  WEEK_MONDAY,
  WEEK_TUESDAY,
  WEEK_WEDNESDAY,
  WEEK_THURSDAY,
  WEEK_FRIDAY,
  WEEK_SATURDAY,
  ISOYEAR,
  ISOWEEK,
  DAY,
  DAYOFWEEK,
  DAYOFYEAR,
  HOUR,
  MINUTE,
  SECOND,
  MILLISECOND,
  MICROSECOND,
  DATE,
  TIME,
  DATETIME;

  /** Whether this unit has a fixed length on a clock: an hour or less. */
  boolean isTime() {
    return micros() > 0;
  }

  /** The length in microseconds of a unit of an hour or less; else 0. */
  long micros() {
    return switch (this) {
      case HOUR -> 3_600_000_000L;
      case MINUTE -> 60_000_000L;
      case SECOND -> 1_000_000L;
      case MILLISECOND -> 1_000L;
      case MICROSECOND -> 1L;
      case YEAR,
          QUARTER,
          MONTH,
          WEEK,
          WEEK_MONDAY,
          WEEK_TUESDAY,
          WEEK_WEDNESDAY,
          WEEK_THURSDAY,
          WEEK_FRIDAY,
          WEEK_SATURDAY,
          ISOYEAR,
          ISOWEEK,
          DAY,
          DAYOFWEEK,
          DAYOFYEAR,
          DATE,
          TIME,
          DATETIME ->
          0;
    };
  }
}
