package io.tributary.row.format;

import io.tributary.row.RowBuilder;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import io.tributary.row.Type.Slot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.BsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The type in the row of a Parquet value and how to read it: one object, so the two cannot
 * disagree. Stateless.
 *
 * @param longs for values that Parquet keeps as BOOLEAN, INT32 or INT64
 * @param bytes for those it keeps as bytes; FLOAT and DOUBLE need neither
 */
record ParquetScalar(Type type, LongCell longs, BytesCell bytes) {
  private static final int UUID_BYTES = 16;
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

  /** Sets a column; throws IllegalArgumentException, with a verb, for a value that does not fit. */
  @FunctionalInterface
  interface LongCell {
    void read(long value, RowBuilder out, int column, Runnable cut);
  }

  /** As {@link LongCell}. */
  @FunctionalInterface
  interface BytesCell {
    void read(Binary value, RowBuilder out, int column, Runnable cut);
  }

  /**
   * How to read a value of a file.
   *
   * @param wanted the type to read it as; null for its own
   * @param trusted whether JSON is known to be JSON
   * @throws IllegalArgumentException when there is no way; the message begins with a verb
   */
  static ParquetScalar of(PrimitiveType primitive, @Nullable Type wanted, boolean trusted) {
    ParquetScalar own = own(primitive, wanted, trusted);
    if (wanted == null || own.type.equals(wanted)) {
      return own;
    }
    if (own.type.kind() == Kind.BYTES && wanted.kind() == Kind.STRING
        || own.type.kind() == Kind.STRING && wanted.kind() == Kind.GEOGRAPHY
        || own.type.kind() == Kind.JSON && wanted.kind() == Kind.STRING) {
      return bytes(wanted, ParquetScalar::text);
    }
    if (own.type.kind() == Kind.STRING && wanted.kind() == Kind.JSON) {
      return bytes(wanted, ParquetScalar::json);
    }
    if (own.type.kind() == Kind.STRING && wanted.kind() == Kind.BIGNUMERIC) {
      return bytes(wanted, decimalText(wanted)); // the only way to write so many digits
    }
    throw new IllegalArgumentException("is " + own.type + " in the file, not " + wanted);
  }

  private static ParquetScalar own(
      PrimitiveType primitive, @Nullable Type wanted, boolean trusted) {
    LogicalTypeAnnotation meaning = primitive.getLogicalTypeAnnotation();
    if (meaning instanceof UnknownLogicalTypeAnnotation) { // a column in which all is NULL
      return longs(wanted == null ? Type.STRING : wanted, (value, out, i, cut) -> out.setNull(i));
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(decimal, wanted);
    }
    return switch (primitive.getPrimitiveTypeName()) {
      case BOOLEAN -> longs(Type.BOOL, (value, out, i, cut) -> out.setLong(i, value));
      case FLOAT, DOUBLE -> longs(Type.FLOAT64, (value, out, i, cut) -> out.setDouble(i, value));
      case INT32, INT64 -> integer(primitive, wanted);
      case INT96 ->
          bytes(
              wanted != null && wanted.kind() == Kind.DATETIME ? wanted : Type.TIMESTAMP,
              ParquetScalar::int96);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> binary(primitive, trusted);
    };
  }

  private static ParquetScalar longs(Type type, LongCell cell) {
    return new ParquetScalar(
        type,
        cell,
        (value, out, column, cut) -> {
          throw new IllegalStateException("bytes for " + type);
        });
  }

  private static ParquetScalar bytes(Type type, BytesCell cell) {
    return new ParquetScalar(
        type,
        (value, out, column, cut) -> {
          throw new IllegalStateException("a number for " + type);
        },
        cell);
  }

  private static ParquetScalar integer(PrimitiveType primitive, @Nullable Type wanted) {
    LogicalTypeAnnotation meaning = primitive.getLogicalTypeAnnotation();
    if (meaning instanceof DateLogicalTypeAnnotation) {
      return longs(Type.DATE, (value, out, i, cut) -> out.setLong(i, TimeRange.date(value)));
    }
    if (meaning instanceof TimeLogicalTypeAnnotation time) {
      return longs(
          Type.TIME,
          (value, out, i, cut) ->
              out.setLong(i, TimeRange.time(micros(value, time.getUnit(), cut))));
    }
    if (meaning instanceof TimestampLogicalTypeAnnotation stamp) {
      return longs(
          stamp.isAdjustedToUTC() ? Type.TIMESTAMP : Type.DATETIME,
          (value, out, i, cut) ->
              out.setLong(i, TimeRange.moment(micros(value, stamp.getUnit(), cut))));
    }
    if (meaning instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      if (integer.getBitWidth() == Long.SIZE) {
        return unsigned(wanted);
      }
      // small ones come as INT32 with the sign bit set
      long mask = (1L << integer.getBitWidth()) - 1;
      return integers(wanted, 10, (value, out, i, cut) -> out.setLong(i, value & mask));
    }
    if (meaning != null && !(meaning instanceof IntLogicalTypeAnnotation)) {
      throw unreadable(primitive);
    }
    return integers(wanted, 19, (value, out, i, cut) -> out.setLong(i, value));
  }

  /** A whole number as INT64, or as a wanted NUMERIC that holds all such numbers. */
  private static ParquetScalar integers(@Nullable Type wanted, int digits, LongCell cell) {
    if (wanted == null || !isWideEnough(wanted, digits, 0)) {
      return longs(Type.INT64, cell);
    }
    return longs(
        wanted,
        (value, out, i, cut) -> TextColumn.setDecimal(wanted, BigDecimal.valueOf(value), out, i));
  }

  private static ParquetScalar unsigned(@Nullable Type wanted) {
    Type type = wanted != null && isWideEnough(wanted, 20, 0) ? wanted : Type.numeric(20, 0);
    return longs(
        type,
        (value, out, i, cut) ->
            TextColumn.setDecimal(type, new BigDecimal(Long.toUnsignedString(value)), out, i));
  }

  private static boolean isWideEnough(Type type, int digits, int scale) {
    return type.isDecimal()
        && type.scale() >= scale
        && type.precision() - type.scale() >= digits - scale;
  }

  private static ParquetScalar decimal(
      DecimalLogicalTypeAnnotation decimal, @Nullable Type wanted) {
    int scale = decimal.getScale();
    int precision = decimal.getPrecision();
    if (precision > TextColumn.MOST_DIGITS) {
      throw new IllegalArgumentException("is a decimal of " + precision + " digits, too many");
    }
    Type type =
        wanted != null && isWideEnough(wanted, precision, scale)
            ? wanted
            : Type.numeric(precision, scale);
    return new ParquetScalar(
        type,
        type.slot() == Slot.LONG && type.scale() == scale
            ? shortDecimal(type)
            : (value, out, i, cut) ->
                TextColumn.setDecimal(type, BigDecimal.valueOf(value, scale), out, i),
        (value, out, i, cut) ->
            TextColumn.setDecimal(
                type, new BigDecimal(new BigInteger(value.getBytesUnsafe()), scale), out, i));
  }

  private static LongCell shortDecimal(Type type) {
    long limit = BigInteger.TEN.pow(type.precision()).longValueExact();
    return (value, out, column, cut) -> {
      if (value <= -limit || value >= limit) {
        throw new IllegalArgumentException("has too many digits for " + type);
      }
      out.setLong(column, value);
    };
  }

  private static ParquetScalar binary(PrimitiveType primitive, boolean trusted) {
    LogicalTypeAnnotation meaning = primitive.getLogicalTypeAnnotation();
    if (meaning == null || meaning instanceof BsonLogicalTypeAnnotation) {
      return bytes(Type.BYTES, ParquetScalar::slice);
    }
    if (meaning instanceof StringLogicalTypeAnnotation
        || meaning instanceof EnumLogicalTypeAnnotation) {
      return bytes(Type.STRING, ParquetScalar::text);
    }
    if (meaning instanceof JsonLogicalTypeAnnotation) {
      return bytes(Type.JSON, trusted ? ParquetScalar::text : ParquetScalar::json);
    }
    if (meaning instanceof UUIDLogicalTypeAnnotation && primitive.getTypeLength() == UUID_BYTES) {
      return bytes(
          Type.STRING,
          (value, out, i, cut) ->
              out.setBytes(i, uuid(value.toByteBuffer()).getBytes(StandardCharsets.US_ASCII)));
    }
    if (meaning instanceof Float16LogicalTypeAnnotation) {
      return bytes(
          Type.FLOAT64,
          (value, out, i, cut) -> out.setDouble(i, half(value.get2BytesLittleEndian())));
    }
    throw unreadable(primitive);
  }

  private static IllegalArgumentException unreadable(PrimitiveType primitive) {
    return new IllegalArgumentException(
        "is "
            + primitive.getPrimitiveTypeName()
            + " ("
            + primitive.getLogicalTypeAnnotation()
            + ") in the file, which cannot be read");
  }

  private static void slice(Binary value, RowBuilder out, int column, Runnable cut) {
    ByteBuffer buffer = value.isBackingBytesReused() ? null : value.toByteBuffer();
    if (buffer != null && buffer.hasArray()) {
      out.setBytes(
          column, buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
    } else {
      out.setBytes(column, value.getBytes());
    }
  }

  private static void text(Binary value, RowBuilder out, int column, Runnable cut) {
    slice(value, out, column, cut);
    if (!Utf8Text.isValid(out.bytes(column), out.offset(column), out.length(column))) {
      throw new IllegalArgumentException("is not valid UTF-8");
    }
  }

  private static void json(Binary value, RowBuilder out, int column, Runnable cut) {
    text(value, out, column, cut);
    if (!RowJson.isJson(value.toStringUsingUTF8())) {
      throw new IllegalArgumentException("is not valid JSON");
    }
  }

  private static BytesCell decimalText(Type type) {
    TextColumn texts = TextColumn.of(type);
    return (value, out, column, cut) -> {
      char[] text = value.toStringUsingUTF8().toCharArray();
      texts.read(text, 0, text.length, out, column);
    };
  }

  private static String uuid(ByteBuffer bytes) {
    return new UUID(bytes.getLong(bytes.position()), bytes.getLong(bytes.position() + 8))
        .toString();
  }

  /** The number that IEEE 754 keeps in sixteen bits. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    double size =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb((double) (0x400 | fraction), exponent - 25);
        };
    return bits < 0 ? -size : size;
  }

  /** Nanoseconds of the day and a Julian day: how Hive, Impala and older Spark write moments. */
  private static void int96(Binary value, RowBuilder out, int column, Runnable cut) {
    ByteBuffer bytes = ByteBuffer.wrap(value.getBytesUnsafe()).order(ByteOrder.LITTLE_ENDIAN);
    long micros = TimeUnits.nanos(bytes.getLong(), cut);
    long days = TimeRange.date(bytes.getInt(Long.BYTES) - JULIAN_DAY_OF_EPOCH);
    out.setLong(column, TimeRange.moment(days * TimeRange.DAY + TimeRange.time(micros)));
  }

  private static long micros(long value, LogicalTypeAnnotation.TimeUnit unit, Runnable cut) {
    return switch (unit) {
      case MILLIS -> TimeUnits.millis(value);
      case MICROS -> value;
      case NANOS -> TimeUnits.nanos(value, cut);
    };
  }
}
