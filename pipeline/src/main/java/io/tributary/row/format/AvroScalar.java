package io.tributary.row.format;

import io.tributary.row.RowBuilder;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * The type in the row of an Avro value that is neither array, map nor record, and how to read it:
 * one object, so the two cannot disagree. Stateless.
 */
record AvroScalar(Type type, Cell cell) {
  /** A property that BigQuery writes for the types that Avro does not have. */
  static final String SQL_TYPE = "sqlType";

  private static final int UUID_BYTES = 16;

  /**
   * Reads a value, all of it, and sets a column; throws IllegalArgumentException, with a verb, for
   * one that does not fit.
   */
  @FunctionalInterface
  interface Cell {
    void read(Decoder in, RowBuilder out, int column, Runnable cut) throws IOException;
  }

  /** A moment or a time of day from a number of the file. */
  @FunctionalInterface
  private interface Units {
    long micros(long value, Runnable cut);
  }

  AvroField.Reader open(String path, ReadLosses losses) {
    Runnable cut = () -> losses.cut(path);
    return (in, out, column) -> {
      try {
        cell.read(in, out, column, cut);
      } catch (IllegalArgumentException e) {
        out.setNull(column);
        losses.misfit(path, e.getMessage());
      }
    };
  }

  /**
   * How to read values of a schema.
   *
   * @param wanted the type to read them as; null for their own
   * @throws IllegalArgumentException when they cannot be read; the message begins with a verb
   */
  static AvroScalar of(Schema schema, @Nullable Type wanted) {
    AvroScalar own = own(schema, wanted);
    if (wanted == null || own.type.equals(wanted)) {
      return own;
    }
    boolean text =
        own.type.kind() == Kind.BYTES && wanted.kind() == Kind.STRING
            || own.type.kind() == Kind.STRING && wanted.kind() == Kind.GEOGRAPHY
            || own.type.isText() && wanted.kind() == Kind.STRING;
    if (text && schema.getType() != Schema.Type.FIXED) {
      return new AvroScalar(wanted, AvroScalar::text);
    }
    if (own.type.kind() == Kind.STRING && wanted.kind() == Kind.JSON) {
      return new AvroScalar(wanted, AvroScalar::json);
    }
    throw new IllegalArgumentException("is " + own.type + " in the file, not " + wanted);
  }

  private static AvroScalar own(Schema schema, @Nullable Type wanted) {
    LogicalType meaning = schema.getLogicalType();
    if (meaning instanceof LogicalTypes.Decimal decimal) {
      return decimal(schema, decimal, wanted);
    }
    return switch (schema.getType()) {
      case BOOLEAN ->
          new AvroScalar(Type.BOOL, (in, out, i, cut) -> out.setLong(i, in.readBoolean() ? 1 : 0));
      case INT -> integer(schema, wanted, 10, Decoder::readInt);
      case LONG -> integer(schema, wanted, 19, Decoder::readLong);
      case FLOAT ->
          new AvroScalar(Type.FLOAT64, (in, out, i, cut) -> out.setDouble(i, in.readFloat()));
      case DOUBLE ->
          new AvroScalar(Type.FLOAT64, (in, out, i, cut) -> out.setDouble(i, in.readDouble()));
      case BYTES -> bytes(schema);
      case FIXED -> fixed(schema);
      case STRING -> string(schema);
      case ENUM -> symbols(schema.getEnumSymbols());
      case RECORD, ARRAY, MAP, UNION, NULL ->
          throw new IllegalStateException(schema + " is not a scalar");
    };
  }

  /** Reads a whole number of either width. */
  @FunctionalInterface
  private interface Whole {
    long read(Decoder in) throws IOException;
  }

  private static AvroScalar integer(Schema schema, @Nullable Type wanted, int digits, Whole whole) {
    LogicalType meaning = schema.getLogicalType();
    String name = meaning == null ? "" : meaning.getName();
    return switch (name) {
      case "date" ->
          new AvroScalar(
              Type.DATE, (in, out, i, cut) -> out.setLong(i, TimeRange.date(whole.read(in))));
      case "time-millis" -> time(whole, (value, cut) -> TimeUnits.millis(value));
      case "time-micros" -> time(whole, (value, cut) -> value);
      case "timestamp-millis" ->
          moment(Type.TIMESTAMP, whole, (value, cut) -> TimeUnits.millis(value));
      case "timestamp-micros" -> moment(Type.TIMESTAMP, whole, (value, cut) -> value);
      case "timestamp-nanos" -> moment(Type.TIMESTAMP, whole, TimeUnits::nanos);
      case "local-timestamp-millis" ->
          moment(Type.DATETIME, whole, (value, cut) -> TimeUnits.millis(value));
      case "local-timestamp-micros" -> moment(Type.DATETIME, whole, (value, cut) -> value);
      case "local-timestamp-nanos" -> moment(Type.DATETIME, whole, TimeUnits::nanos);
      default -> {
        if (wanted == null || !isWideEnough(wanted, digits, 0)) {
          yield new AvroScalar(Type.INT64, (in, out, i, cut) -> out.setLong(i, whole.read(in)));
        }
        yield new AvroScalar(
            wanted,
            (in, out, i, cut) ->
                TextColumn.setDecimal(wanted, BigDecimal.valueOf(whole.read(in)), out, i));
      }
    };
  }

  private static AvroScalar time(Whole whole, Units units) {
    return new AvroScalar(
        Type.TIME,
        (in, out, i, cut) -> out.setLong(i, TimeRange.time(units.micros(whole.read(in), cut))));
  }

  private static AvroScalar moment(Type type, Whole whole, Units units) {
    return new AvroScalar(
        type,
        (in, out, i, cut) -> out.setLong(i, TimeRange.moment(units.micros(whole.read(in), cut))));
  }

  private static boolean isWideEnough(Type type, int digits, int scale) {
    return type.isDecimal()
        && type.scale() >= scale
        && type.precision() - type.scale() >= digits - scale;
  }

  private static AvroScalar decimal(
      Schema schema, LogicalTypes.Decimal decimal, @Nullable Type wanted) {
    int scale = decimal.getScale();
    int precision = decimal.getPrecision();
    if (precision > TextColumn.MOST_DIGITS) {
      throw new IllegalArgumentException("is a decimal of " + precision + " digits, too many");
    }
    Type type =
        wanted != null && isWideEnough(wanted, precision, scale)
            ? wanted
            : Type.numeric(precision, scale);
    boolean fixed = schema.getType() == Schema.Type.FIXED;
    int size = fixed ? schema.getFixedSize() : 0;
    return new AvroScalar(
        type,
        (in, out, i, cut) -> {
          byte[] digits = fixed ? fixedBytes(in, size) : array(in);
          if (digits.length == 0) {
            throw new IllegalArgumentException("is a decimal without bytes");
          }
          TextColumn.setDecimal(type, new BigDecimal(new BigInteger(digits), scale), out, i);
        });
  }

  private static AvroScalar bytes(Schema schema) {
    refuseMeaning(schema);
    return new AvroScalar(Type.BYTES, (in, out, i, cut) -> out.setBytes(i, array(in)));
  }

  private static AvroScalar fixed(Schema schema) {
    int size = schema.getFixedSize();
    LogicalType meaning = schema.getLogicalType();
    if (meaning != null && meaning.getName().equals("uuid") && size == UUID_BYTES) {
      return new AvroScalar(
          Type.STRING,
          (in, out, i, cut) -> {
            ByteBuffer bytes = ByteBuffer.wrap(fixedBytes(in, size));
            String text = new UUID(bytes.getLong(), bytes.getLong()).toString();
            out.setBytes(i, text.getBytes(StandardCharsets.US_ASCII));
          });
    }
    refuseMeaning(schema);
    return new AvroScalar(Type.BYTES, (in, out, i, cut) -> out.setBytes(i, fixedBytes(in, size)));
  }

  /** What has a meaning of its own must not become its bare bytes. */
  private static void refuseMeaning(Schema schema) {
    if (schema.getLogicalType() != null) {
      throw new IllegalArgumentException(
          "is "
              + schema.getType().getName()
              + " ("
              + schema.getLogicalType().getName()
              + ") in the file, which cannot be read");
    }
  }

  private static AvroScalar string(Schema schema) {
    String sqlType = String.valueOf(schema.getProp(SQL_TYPE));
    return switch (sqlType) {
      case "JSON" -> new AvroScalar(Type.JSON, AvroScalar::json);
      case "GEOGRAPHY" -> new AvroScalar(Type.GEOGRAPHY, AvroScalar::text);
      default -> new AvroScalar(Type.STRING, AvroScalar::text);
    };
  }

  private static AvroScalar symbols(List<String> names) {
    byte[][] texts =
        names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    return new AvroScalar(
        Type.STRING,
        (in, out, i, cut) -> {
          int symbol = in.readEnum();
          if (symbol < 0 || symbol >= texts.length) {
            throw new IOException("symbol " + symbol + " of " + texts.length);
          }
          out.setBytes(i, texts[symbol]);
        });
  }

  private static byte[] array(Decoder in) throws IOException {
    ByteBuffer bytes = in.readBytes(null);
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return array;
  }

  private static byte[] fixedBytes(Decoder in, int size) throws IOException {
    byte[] bytes = new byte[size];
    in.readFixed(bytes);
    return bytes;
  }

  /** Text and bytes are written alike. */
  private static void text(Decoder in, RowBuilder out, int column, Runnable cut)
      throws IOException {
    byte[] text = array(in);
    if (!Utf8Text.isValid(text, 0, text.length)) {
      throw new IllegalArgumentException("is not valid UTF-8");
    }
    out.setBytes(column, text);
  }

  private static void json(Decoder in, RowBuilder out, int column, Runnable cut)
      throws IOException {
    text(in, out, column, cut);
    if (!RowJson.isJson(new String(out.bytes(column), StandardCharsets.UTF_8))) {
      throw new IllegalArgumentException("is not valid JSON");
    }
  }
}
