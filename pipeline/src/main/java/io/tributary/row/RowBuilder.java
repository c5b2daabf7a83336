package io.tributary.row;

import io.tributary.row.Type.Slot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that can be filled, again and again. A new one is all NULL. Not thread-safe.
 *
 * <p>The typed setters check nothing and do not copy: a slice given to {@link #setBytes} must stay
 * as it is until the row was consumed. {@link #set} takes plain Java values, checks them against
 * the column's type, and refuses what does not fit.
 */
public final class RowBuilder implements Row {
  private static final int MICROS = 1_000_000;

  private final Schema schema;
  private final boolean[] present;
  private final long[] longs;
  private final double[] doubles;
  private final byte[][] bytes;
  private final int[] offsets;
  private final int[] lengths;
  private final Object[] objects;

  public RowBuilder(Schema schema) {
    int size = schema.size();
    this.schema = schema;
    this.present = new boolean[size];
    this.longs = new long[size];
    this.doubles = new double[size];
    this.bytes = new byte[size][];
    this.offsets = new int[size];
    this.lengths = new int[size];
    this.objects = new Object[size];
  }

  /** A row of plain Java values in column order; see {@link #set}. */
  public static Row of(Schema schema, @Nullable Object... values) {
    if (values.length != schema.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + schema.size() + " columns");
    }
    RowBuilder row = new RowBuilder(schema);
    for (int i = 0; i < values.length; i++) {
      row.set(i, values[i]);
    }
    return row;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean isNull(int column) {
    return !present[column];
  }

  @Override
  public long longAt(int column) {
    return longs[column];
  }

  @Override
  public double doubleAt(int column) {
    return doubles[column];
  }

  @Override
  public byte[] bytes(int column) {
    return bytes[column];
  }

  @Override
  public int offset(int column) {
    return offsets[column];
  }

  @Override
  public int length(int column) {
    return lengths[column];
  }

  @Override
  public Object objectAt(int column) {
    return objects[column];
  }

  public void setNull(int column) {
    present[column] = false;
  }

  /** Every column NULL. */
  public void clear() {
    Arrays.fill(present, false);
  }

  public void setLong(int column, long value) {
    present[column] = true;
    longs[column] = value;
  }

  public void setDouble(int column, double value) {
    present[column] = true;
    doubles[column] = value;
  }

  /** A slice of UTF-8 text or of bytes; not copied. */
  public void setBytes(int column, byte[] array, int offset, int length) {
    present[column] = true;
    bytes[column] = array;
    offsets[column] = offset;
    lengths[column] = length;
  }

  public void setBytes(int column, byte[] array) {
    setBytes(column, array, 0, array.length);
  }

  /**
   * A value of an object slot: BigDecimal at the column's scale, Row or List; not copied, not
   * checked.
   */
  public void setObject(int column, Object value) {
    present[column] = true;
    objects[column] = value;
  }

  /**
   * Copies one value of another row whose column has the same type; a slice is shared, not copied.
   */
  public void copyFrom(int column, Row from, int fromColumn) {
    if (from.isNull(fromColumn)) {
      setNull(column);
      return;
    }
    switch (schema.type(column).slot()) {
      case LONG -> setLong(column, from.longAt(fromColumn));
      case DOUBLE -> setDouble(column, from.doubleAt(fromColumn));
      case BYTES ->
          setBytes(
              column, from.bytes(fromColumn), from.offset(fromColumn), from.length(fromColumn));
      case OBJECT -> setObject(column, from.objectAt(fromColumn));
    }
  }

  /**
   * Sets a plain Java value; the inverse of {@link Row#get(int)}. Integers may come as any Integer
   * type, decimals as any Number that is exact, bytes as ByteBuffer or byte[].
   *
   * @throws IllegalArgumentException when the value does not fit the column's type without loss;
   *     the message names column and type
   */
  public void set(int column, @Nullable Object value) {
    if (value == null) {
      setNull(column);
      return;
    }
    Type type = schema.type(column);
    try {
      switch (type.kind()) {
        case BOOL -> setLong(column, (Boolean) value ? 1 : 0);
        case INT64 -> setLong(column, exactLong(value));
        case FLOAT64 -> setDouble(column, ((Number) value).doubleValue());
        case NUMERIC, BIGNUMERIC -> setDecimal(column, type, exactDecimal(value));
        case STRING, JSON, GEOGRAPHY ->
            setBytes(column, ((String) value).getBytes(StandardCharsets.UTF_8));
        case BYTES ->
            setBytes(column, value instanceof byte[] array ? array : copy((ByteBuffer) value));
        case DATE -> setLong(column, ((LocalDate) value).toEpochDay());
        case TIME -> setLong(column, micros((LocalTime) value));
        case DATETIME -> setLong(column, micros((LocalDateTime) value));
        case TIMESTAMP -> setLong(column, micros((Instant) value));
        case RECORD -> setObject(column, ((Row) value).copy());
        case ARRAY ->
            setObject(column, Collections.unmodifiableList(new ArrayList<>((List<?>) value)));
      }
    } catch (ClassCastException | ArithmeticException | NullPointerException e) {
      throw new IllegalArgumentException(
          "column `"
              + schema.column(column).name()
              + "` is "
              + type
              + ", which cannot hold a "
              + value.getClass().getSimpleName()
              + " of this value: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Sets a decimal at the column's scale.
   *
   * @throws ArithmeticException when it has more digits after the point, or more digits in all,
   *     than the type
   */
  public void setDecimal(int column, Type type, BigDecimal value) {
    BigDecimal scaled = value.setScale(type.scale());
    if (scaled.precision() > type.precision()) {
      throw new ArithmeticException(scaled.precision() + " digits do not fit " + type);
    }
    if (type.slot() == Slot.LONG) {
      setLong(column, scaled.unscaledValue().longValueExact());
    } else {
      setObject(column, scaled);
    }
  }

  @Override
  public @Nullable Object get(int column) {
    if (!present[column]) {
      return null;
    }
    Type type = schema.type(column);
    return switch (type.kind()) {
      case BOOL -> longs[column] != 0;
      case INT64 -> longs[column];
      case FLOAT64 -> doubles[column];
      case NUMERIC, BIGNUMERIC ->
          type.slot() == Slot.LONG
              ? BigDecimal.valueOf(longs[column], type.scale())
              : objects[column];
      case STRING, JSON, GEOGRAPHY ->
          new String(bytes[column], offsets[column], lengths[column], StandardCharsets.UTF_8);
      case BYTES ->
          ByteBuffer.wrap(
                  Arrays.copyOfRange(
                      bytes[column], offsets[column], offsets[column] + lengths[column]))
              .asReadOnlyBuffer();
      case DATE -> LocalDate.ofEpochDay(longs[column]);
      case TIME -> LocalTime.ofNanoOfDay(longs[column] * 1000);
      case DATETIME -> dateTime(longs[column]);
      case TIMESTAMP -> dateTime(longs[column]).toInstant(ZoneOffset.UTC);
      case RECORD, ARRAY -> objects[column];
    };
  }

  @Override
  public Row copy() {
    RowBuilder copy = new RowBuilder(schema);
    System.arraycopy(present, 0, copy.present, 0, present.length);
    System.arraycopy(longs, 0, copy.longs, 0, longs.length);
    System.arraycopy(doubles, 0, copy.doubles, 0, doubles.length);
    for (int i = 0; i < present.length; i++) {
      if (present[i] && schema.type(i).slot() == Slot.BYTES) {
        copy.setBytes(i, Arrays.copyOfRange(bytes[i], offsets[i], offsets[i] + lengths[i]));
      } else if (present[i] && schema.type(i).slot() == Slot.OBJECT) {
        copy.setObject(i, objects[i] instanceof Row nested ? nested.copy() : objects[i]);
      }
    }
    return copy;
  }

  /** Microseconds since midnight; digits below are cut off. */
  public static long micros(LocalTime time) {
    return time.toNanoOfDay() / 1000;
  }

  /** Microseconds since 1970-01-01T00:00 on the same wall clock; digits below are cut off. */
  public static long micros(LocalDateTime time) {
    return Math.addExact(
        Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), (long) MICROS),
        time.getNano() / 1000);
  }

  /** Microseconds since 1970-01-01T00:00Z; digits below are cut off. */
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), (long) MICROS), instant.getNano() / 1000);
  }

  private static LocalDateTime dateTime(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000, ZoneOffset.UTC);
  }

  private static long exactLong(Object value) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    return exactDecimal(value).longValueExact();
  }

  private static BigDecimal exactDecimal(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Double || value instanceof Float) {
      throw new ArithmeticException("a floating-point number is not exact");
    }
    return BigDecimal.valueOf(((Number) value).longValue());
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] array = new byte[buffer.remaining()];
    buffer.duplicate().get(array);
    return array;
  }

  /** Two rows are equal when their schemas and all their values are. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof RowBuilder row) || !row.schema.equals(schema)) {
      return false;
    }
    for (int i = 0; i < present.length; i++) {
      Object mine = get(i);
      if (mine == null ? row.present[i] : !mine.equals(row.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int i = 0; i < present.length; i++) {
      Object value = get(i);
      hash = 31 * hash + (value == null ? 0 : value.hashCode());
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < present.length; i++) {
      text.append(i == 0 ? "" : ", ").append(schema.column(i).name()).append(": ").append(get(i));
    }
    return text.append('}').toString();
  }
}
