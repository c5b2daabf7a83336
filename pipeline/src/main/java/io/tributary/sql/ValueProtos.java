package io.tributary.sql;

import com.google.protobuf.ByteString;
import com.google.zetasql.ZetaSQLValue.ValueProto;
import io.tributary.row.RowBuilder;
import io.tributary.row.Type;
import io.tributary.spec.Code;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The analyzer's constants as the values of a {@link Node.Literal}. */
final class ValueProtos {
  private static final int NUMERIC_SCALE = 9;
  private static final int BIGNUMERIC_SCALE = 38;

  private ValueProtos() {}

  static @Nullable Serializable read(Type type, ValueProto value) throws BindException {
    return switch (value.getValueCase()) {
      case VALUE_NOT_SET -> null;
      case INT64_VALUE -> value.getInt64Value();
      case BOOL_VALUE -> value.getBoolValue() ? 1L : 0L;
      case DOUBLE_VALUE -> value.getDoubleValue();
      case NUMERIC_VALUE -> decimal(value.getNumericValue(), NUMERIC_SCALE);
      case BIGNUMERIC_VALUE -> decimal(value.getBignumericValue(), BIGNUMERIC_SCALE);
      case STRING_VALUE -> value.getStringValue();
      case BYTES_VALUE -> value.getBytesValue().toByteArray();
      case JSON_VALUE -> value.getJsonValue();
      case DATE_VALUE -> (long) value.getDateValue();
      case TIME_VALUE -> RowBuilder.micros(time(value.getTimeValue()));
      case DATETIME_VALUE ->
          RowBuilder.micros(
              dateTime(
                  value.getDatetimeValue().getBitFieldDatetimeSeconds(),
                  value.getDatetimeValue().getNanos()));
      case TIMESTAMP_VALUE ->
          value.getTimestampValue().getSeconds() * 1_000_000
              + value.getTimestampValue().getNanos() / 1_000;
      case ARRAY_VALUE -> {
        ArrayList<Serializable> elements = new ArrayList<>();
        for (ValueProto element : value.getArrayValue().getElementList()) {
          elements.add(read(type.elementType(), element));
        }
        yield elements;
      }
      default -> // the analyzer's enum is not closed
          throw new BindException(
              Code.TR204,
              new Node.Span(0, 0),
              "a constant of type " + type + " is not supported in filter and select",
              "use a `sql` transform for it: the warehouse runs it");
    };
  }

  /** Little-endian two's complement. */
  private static BigDecimal decimal(ByteString littleEndian, int scale) {
    byte[] bytes = littleEndian.toByteArray();
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
    return bytes.length == 0 ? BigDecimal.ZERO : new BigDecimal(new BigInteger(bytes), scale);
  }

  /** From the lowest bit: 30 of nanoseconds, 6 of seconds, 6 of minutes, 5 of hours. */
  private static LocalTime time(long bits) {
    return LocalTime.of(
        (int) (bits >> 42) & 31,
        (int) (bits >> 36) & 63,
        (int) (bits >> 30) & 63,
        (int) bits & 0x3FFFFFFF);
  }

  /** From the lowest bit: 6 of seconds, 6 of minutes, 5 of hours, 5 of days, 4 of months, years. */
  private static LocalDateTime dateTime(long bits, int nanos) {
    return LocalDateTime.of(
        (int) (bits >> 26),
        (int) (bits >> 22) & 15,
        (int) (bits >> 17) & 31,
        (int) (bits >> 12) & 31,
        (int) (bits >> 6) & 63,
        (int) bits & 63,
        nanos);
  }
}
