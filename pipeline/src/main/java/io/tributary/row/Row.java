package io.tributary.row;

import org.jspecify.annotations.Nullable;

/**
 * One record: a value per column of its schema, read by position. Inside a stage a row is filled
 * again and again, so whoever gets one consumes it before returning. Not thread-safe.
 *
 * <p>Typed access reads the slot of a column without boxing; which slot a type uses says {@link
 * Type#slot()}. The typed methods do not check for NULL: ask {@link #isNull} first.
 */
public sealed interface Row permits RowBuilder {

  Schema schema();

  boolean isNull(int column);

  /**
   * BOOL as 0 or 1; INT64; DATE as days since 1970-01-01; TIME as microseconds of the day; DATETIME
   * and TIMESTAMP as microseconds since 1970-01-01T00:00 (TIMESTAMP in UTC); NUMERIC of at most 18
   * digits as its unscaled value at the column's scale.
   */
  long longAt(int column);

  /** FLOAT64. */
  double doubleAt(int column);

  /**
   * The array that holds a STRING, JSON, GEOGRAPHY (UTF-8) or BYTES value, from {@link #offset} on.
   * Not to be kept.
   */
  byte[] bytes(int column);

  /** Where the value begins in {@link #bytes}. */
  int offset(int column);

  /** How many bytes the value has. */
  int length(int column);

  /**
   * A NUMERIC of more than 18 digits or BIGNUMERIC (BigDecimal), RECORD (Row) or ARRAY (List of
   * plain values).
   */
  Object objectAt(int column);

  /**
   * The plain Java value: Boolean, Long, Double, BigDecimal at the column's scale, String,
   * ByteBuffer (read-only copy), LocalDate, LocalTime, LocalDateTime, Instant, Row, List; null for
   * NULL. For places where speed does not matter.
   */
  @Nullable Object get(int column);

  /** As {@link #get(int)}, by name. */
  default @Nullable Object get(String column) {
    return get(schema().position(column));
  }

  /** A copy that stays as it is when this row is filled again. */
  Row copy();
}
