package io.tributary.row;

import io.tributary.row.Type.Kind;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A value of a cursor column: how far a source was read. Compared within one type only. Immutable,
 * serializable.
 *
 * @param type DATE, DATETIME, TIMESTAMP or INT64
 * @param slot as {@link Row#longAt} has it
 */
public record CursorValue(Type type, long slot) implements Comparable<CursorValue>, Serializable {
  private static final Set<Kind> KINDS =
      Set.of(Kind.DATE, Kind.DATETIME, Kind.TIMESTAMP, Kind.INT64);
  private static final long MICROS = 1_000_000;
  private static final long DAY_MICROS = 86_400 * MICROS;

  /** A moment as people write it: a date, then perhaps a time, then perhaps an offset. */
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']HH:mm[:ss]")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter WALL_CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  /**
   * @throws IllegalArgumentException when a cursor cannot have the type
   */
  public CursorValue {
    if (!canHave(type)) {
      throw new IllegalArgumentException("a cursor cannot be " + type);
    }
  }

  /** Whether columns of a type can be a cursor. */
  public static boolean canHave(Type type) {
    return KINDS.contains(type.kind());
  }

  /**
   * A value that a person wrote: digits for INT64; else a date, or a date and a time, which is
   * meant in {@code zone} unless it has an offset.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static CursorValue parse(Type type, String text, ZoneId zone) {
    String stripped = text.strip();
    try {
      return switch (type.kind()) {
        case INT64 -> new CursorValue(type, Long.parseLong(stripped));
        case DATE -> new CursorValue(type, LocalDate.parse(stripped).toEpochDay());
        default -> moment(type, stripped, zone);
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw new IllegalArgumentException(
          "`" + text + "` is no value of a cursor of type " + type + "; write " + example(type), e);
    }
  }

  private static CursorValue moment(Type type, String text, ZoneId zone) {
    var parsed =
        MOMENT.parseBest(
            text, java.time.OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (parsed instanceof java.time.OffsetDateTime exact) {
      return type.kind() == Kind.TIMESTAMP
          ? new CursorValue(type, micros(exact.toInstant()))
          : new CursorValue(type, micros(exact.atZoneSameInstant(zone).toLocalDateTime()));
    }
    LocalDateTime local =
        parsed instanceof LocalDate date ? date.atStartOfDay() : LocalDateTime.from(parsed);
    return type.kind() == Kind.TIMESTAMP
        ? new CursorValue(type, micros(local.atZone(zone).toInstant()))
        : new CursorValue(type, micros(local));
  }

  private static String example(Type type) {
    return switch (type.kind()) {
      case INT64 -> "a whole number";
      case DATE -> "a date such as 2024-01-31";
      default -> "a date such as 2024-01-31, or a date and time such as 2024-01-31T18:30:00";
    };
  }

  /**
   * The least value that a row may get at a moment or later. A wall clock that is put back shows
   * times twice: before that happens, the value is the earliest of them.
   *
   * @param type DATE, DATETIME or TIMESTAMP
   */
  public static CursorValue at(Type type, Instant moment, ZoneId zone) {
    if (type.kind() == Kind.TIMESTAMP) {
      return new CursorValue(type, micros(moment));
    }
    LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
    ZoneOffsetTransition next = zone.getRules().nextTransition(moment);
    if (next != null && next.isOverlap() && next.getDateTimeAfter().isBefore(local)) {
      local = next.getDateTimeAfter();
    }
    return type.kind() == Kind.DATE
        ? new CursorValue(type, local.toLocalDate().toEpochDay())
        : new CursorValue(type, micros(local));
  }

  /**
   * A value of another column in this type; empty when it has none.
   *
   * @param plain as {@link Row#get(int)} gives it
   */
  public static Optional<CursorValue> of(Type type, Object plain) {
    Object value = plain instanceof BigDecimal decimal ? integer(decimal) : plain;
    Long slot =
        switch (type.kind()) {
          case INT64 -> value instanceof Long number ? number : null;
          case DATE ->
              value instanceof LocalDate date
                  ? Long.valueOf(date.toEpochDay())
                  : value instanceof Long ? null : dayOf(value);
          default -> microsOf(value);
        };
    return Optional.ofNullable(slot).map(found -> new CursorValue(type, found));
  }

  private static Object integer(BigDecimal decimal) {
    try {
      return decimal.longValueExact();
    } catch (ArithmeticException e) {
      return decimal;
    }
  }

  private static Long dayOf(Object value) {
    Long micros = microsOf(value);
    return micros == null ? null : Math.floorDiv(micros, DAY_MICROS);
  }

  private static Long microsOf(Object value) {
    if (value instanceof LocalDate date) {
      return micros(date.atStartOfDay());
    }
    if (value instanceof LocalDateTime local) {
      return micros(local);
    }
    return value instanceof Instant instant ? Long.valueOf(micros(instant)) : null;
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
  }

  private static long micros(LocalDateTime local) {
    return micros(local.toInstant(ZoneOffset.UTC));
  }

  /** The smallest value that is greater. */
  public CursorValue next() {
    return new CursorValue(type, Math.addExact(slot, 1));
  }

  /** This value moved by so many units of its slot. */
  public CursorValue plus(long units) {
    return new CursorValue(type, Math.addExact(slot, units));
  }

  public boolean isBefore(CursorValue other) {
    return compareTo(other) < 0;
  }

  public CursorValue least(CursorValue other) {
    return isBefore(other) ? this : other;
  }

  @Override
  public int compareTo(CursorValue other) {
    if (!type.equals(other.type)) {
      throw new IllegalArgumentException(this + " and " + other + " are of different types");
    }
    return Long.compare(slot, other.slot);
  }

  /** DATETIME: the wall clock; DATE: its first moment. */
  public LocalDateTime wallClock() {
    return type.kind() == Kind.DATE
        ? LocalDate.ofEpochDay(slot).atTime(LocalTime.MIDNIGHT)
        : LocalDateTime.ofEpochSecond(
            Math.floorDiv(slot, MICROS), (int) Math.floorMod(slot, MICROS) * 1000, ZoneOffset.UTC);
  }

  /** A form that {@link #parse} reads in any zone, the same for equal values. */
  @Override
  public String toString() {
    return switch (type.kind()) {
      case INT64 -> Long.toString(slot);
      case DATE -> LocalDate.ofEpochDay(slot).toString();
      case TIMESTAMP -> wallClock().format(WALL_CLOCK) + "Z";
      default -> wallClock().format(WALL_CLOCK);
    };
  }
}
