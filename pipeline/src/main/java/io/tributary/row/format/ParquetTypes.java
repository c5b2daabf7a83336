package io.tributary.row.format;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Slot;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * How each type is written in Parquet, one line each; {@link RowWriteSupport} has the same lines.
 */
final class ParquetTypes {
  /** Decimals of at most so many digits are written in four bytes. */
  static final int INT32_DIGITS = 9;

  /** Enough for 38 digits and a sign. */
  static final int DECIMAL_BYTES = 16;

  /** Names of the inner levels of a list, as the Parquet format lays them down. */
  static final String LIST = "list";

  static final String ELEMENT = "element";

  private ParquetTypes() {}

  static MessageType message(Schema schema) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (Column column : schema.columns()) {
      message.addField(field(column));
    }
    return message.named("row");
  }

  /**
   * Columns whose values tend to repeat; a dictionary is tried for these only, because it costs
   * time.
   */
  static List<String> repetitiveColumns(Schema schema) {
    return schema.columns().stream()
        .filter(column -> column.type().isText() || column.type().kind() == Type.Kind.DATE)
        .map(Column::name)
        .toList();
  }

  private static org.apache.parquet.schema.Type field(Column column) {
    return field(
        column.name(),
        column.type(),
        column.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED);
  }

  private static org.apache.parquet.schema.Type field(
      String name, Type type, Repetition repetition) {
    return switch (type.kind()) {
      case BOOL -> Types.primitive(BOOLEAN, repetition).named(name);
      case INT64 -> Types.primitive(INT64, repetition).named(name);
      case FLOAT64 -> Types.primitive(DOUBLE, repetition).named(name);
      case NUMERIC -> decimal(name, type, repetition);
      // as text, because readers make a DOUBLE of a decimal of more than 38 digits
      case BIGNUMERIC, STRING, GEOGRAPHY ->
          Types.primitive(BINARY, repetition).as(stringType()).named(name);
      case JSON -> Types.primitive(BINARY, repetition).as(jsonType()).named(name);
      case BYTES -> Types.primitive(BINARY, repetition).named(name);
      case DATE -> Types.primitive(INT32, repetition).as(dateType()).named(name);
      case TIME -> Types.primitive(INT64, repetition).as(timeType(false, MICROS)).named(name);
      case DATETIME ->
          Types.primitive(INT64, repetition).as(timestampType(false, MICROS)).named(name);
      case TIMESTAMP ->
          Types.primitive(INT64, repetition).as(timestampType(true, MICROS)).named(name);
      case RECORD -> {
        Types.GroupBuilder<org.apache.parquet.schema.GroupType> group =
            Types.buildGroup(repetition);
        for (Column column : type.recordFields().columns()) {
          group.addField(field(column));
        }
        yield group.named(name);
      }
      case ARRAY ->
          Types.list(repetition)
              .element(field(ELEMENT, type.elementType(), Repetition.OPTIONAL))
              .named(name);
    };
  }

  private static org.apache.parquet.schema.Type decimal(
      String name, Type type, Repetition repetition) {
    var annotation = decimalType(type.scale(), type.precision());
    if (type.precision() <= INT32_DIGITS) {
      return Types.primitive(INT32, repetition).as(annotation).named(name);
    }
    return type.slot() == Slot.LONG
        ? Types.primitive(INT64, repetition).as(annotation).named(name)
        : Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
            .length(DECIMAL_BYTES)
            .as(annotation)
            .named(name);
  }

  /** The one value of a column without RECORD and ARRAY. */
  static PrimitiveType primitive(Column column) {
    return field(column).asPrimitiveType();
  }

  /** A decimal of more than 18 digits, highest byte first. */
  static byte[] fixed(BigDecimal value) {
    byte[] digits = value.unscaledValue().toByteArray();
    byte[] all = new byte[DECIMAL_BYTES];
    Arrays.fill(all, 0, all.length - digits.length, (byte) (digits[0] >> 7));
    System.arraycopy(digits, 0, all, all.length - digits.length, digits.length);
    return all;
  }

  /** Appends what {@link #fixed} gives; a short one without an object for its bytes. */
  static void putFixed(BigDecimal value, ByteBuilder out) {
    if (value.precision() <= Type.LONG_DIGITS) {
      long unscaled = value.scaleByPowerOfTen(value.scale()).longValue();
      out.putLong(unscaled >> 63); // the same eight times: the sign
      out.putLong(Long.reverseBytes(unscaled));
    } else {
      out.putBytes(fixed(value), 0, DECIMAL_BYTES);
    }
  }

  /** A decimal as text without exponent and closing zeros, so that equal values are equal texts. */
  static String canonical(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
