package io.tributary.sql;

import io.tributary.row.RowBuilder;
import io.tributary.row.Type;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/** Dates and times as numbers, the way a row keeps them: years 1 to 9999, microseconds. */
final class Times {
  static final long SECOND = 1_000_000L;
  static final long DAY = 86_400L * SECOND;
  static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  static final long FIRST_MICRO = FIRST_DAY * DAY;
  static final long LAST_MICRO = (LAST_DAY + 1) * DAY - 1;

  private Times() {}

  /**
   * @throws DateTimeException when there is no such zone
   */
  static ZoneId zone(String id) {
    return id.toUpperCase(Locale.ROOT).equals("UTC") ? ZoneOffset.UTC : ZoneId.of(id);
  }

  static long checkedDay(long day) throws RowException {
    if (day < FIRST_DAY || day > LAST_DAY) {
      throw new RowException("the date is not in the years 1 to 9999");
    }
    return day;
  }

  static long checkedMicros(long micros) throws RowException {
    if (micros < FIRST_MICRO || micros > LAST_MICRO) {
      throw new RowException("the time is not in the years 1 to 9999");
    }
    return micros;
  }

  /** The wall clock of a zone at a moment, both in microseconds. */
  static long toLocal(long micros, ZoneId zone) {
    if (zone instanceof ZoneOffset offset) {
      return micros + offset.getTotalSeconds() * SECOND;
    }
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, SECOND));
    return micros + zone.getRules().getOffset(instant).getTotalSeconds() * SECOND;
  }

  /**
   * The moment a wall clock shows a time: the first one if it does twice; one that it leaves out is
   * taken as if the clock had not been changed yet.
   */
  static long toInstant(long local, ZoneId zone) throws RowException {
    if (zone instanceof ZoneOffset offset) {
      return checkedMicros(local - offset.getTotalSeconds() * SECOND);
    }
    long seconds = dateTime(local).atZone(zone).toEpochSecond();
    return checkedMicros(seconds * SECOND + Math.floorMod(local, SECOND));
  }

  static LocalDateTime dateTime(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, SECOND), (int) Math.floorMod(micros, SECOND) * 1000, ZoneOffset.UTC);
  }

  static byte[] array(ByteBuffer buffer) {
    byte[] array = new byte[buffer.remaining()];
    buffer.duplicate().get(array);
    return array;
  }

  /** A plain Java value as the long slot of its type. */
  static long slot(Type type, Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (value instanceof LocalTime time) {
      return RowBuilder.micros(time);
    }
    if (value instanceof LocalDateTime dateTime) {
      return RowBuilder.micros(dateTime);
    }
    if (value instanceof Instant instant) {
      return RowBuilder.micros(instant);
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException(value.getClass() + " as " + type);
  }
}
