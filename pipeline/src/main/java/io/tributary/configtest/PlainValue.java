package io.tributary.configtest;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.PlainColumn;
import io.tributary.row.format.PlainJson;
import io.tributary.row.format.RowJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of rows as they are written in a config, in one form for each: two values are the same if
 * and only if they are equal in this form. Whole numbers are Long, other numbers Double or
 * BigDecimal at the scale of the column, bytes base64, dates and times ISO 8601, records maps in
 * the order of their fields.
 */
final class PlainValue {
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private PlainValue() {}

  /** Of a value as a row gives it out. */
  static @Nullable Object of(Type type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOL, INT64, STRING, GEOGRAPHY, NUMERIC, BIGNUMERIC -> value;
      case FLOAT64 -> (Double) value == 0 ? (Object) 0.0 : value; // -0.0 is no other number
      case BYTES -> base64((ByteBuffer) value);
      case DATE, TIME, DATETIME, TIMESTAMP -> time(type, value);
      case JSON -> json((String) value);
      case RECORD -> record((Row) value);
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        ((List<?>) value).forEach(item -> items.add(of(type.elementType(), item)));
        yield items;
      }
    };
  }

  /** All values of a row, in the order of its columns. */
  static List<@Nullable Object> of(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < row.schema().size(); i++) {
      values.add(of(row.schema().type(i), row.get(i)));
    }
    return values;
  }

  /**
   * The form of a value that was written for a column of a type; as it was written if it is no
   * value of the type, so that it is equal to none.
   */
  static @Nullable Object written(Type type, @Nullable Object plain) {
    return switch (type.kind()) {
      case BOOL, STRING, GEOGRAPHY -> plain;
      case INT64, NUMERIC, BIGNUMERIC -> plain instanceof Number ? parsed(type, plain) : plain;
      case FLOAT64 ->
          plain instanceof Number || plain instanceof String text && NOT_FINITE.contains(text)
              ? parsed(type, plain)
              : plain;
      case BYTES, DATE, TIME, DATETIME, TIMESTAMP ->
          plain instanceof String ? parsed(type, plain) : plain;
      case JSON -> numbers(plain);
      case RECORD -> plain instanceof Map<?, ?> map ? record(type.recordFields(), map) : plain;
      case ARRAY -> {
        if (!(plain instanceof List<?> list)) {
          yield plain;
        }
        List<@Nullable Object> items = new ArrayList<>();
        list.forEach(item -> items.add(written(type.elementType(), item)));
        yield items;
      }
    };
  }

  private static @Nullable Object parsed(Type type, Object plain) {
    RowBuilder slot = new RowBuilder(Schema.of(Column.nullable("value", type)));
    try {
      PlainColumn.of(type).read(plain, slot, 0);
      return of(type, slot.get(0));
    } catch (IllegalArgumentException e) {
      return plain;
    }
  }

  private static Map<String, @Nullable Object> record(Row row) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    List<@Nullable Object> values = of(row);
    for (int i = 0; i < values.size(); i++) {
      fields.put(row.schema().column(i).name(), values.get(i));
    }
    return fields;
  }

  /** A field that is not written is NULL, as a column is. */
  private static Map<String, @Nullable Object> record(Schema schema, Map<?, ?> written) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    schema.names().forEach(name -> fields.put(name, null));
    written.forEach(
        (key, value) -> {
          OptionalInt position = schema.find(String.valueOf(key));
          if (position.isPresent()) {
            Column field = schema.column(position.getAsInt());
            fields.put(field.name(), written(field.type(), value));
          } else {
            fields.put(String.valueOf(key), value);
          }
        });
    return fields;
  }

  private static String base64(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String time(Type type, Object value) {
    Row row = RowBuilder.of(Schema.of(Column.nullable("value", type)), value);
    String quoted = new RowJson(row.schema()).valueText(row, 0);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** Text that is not JSON, which some databases keep, stays text. */
  private static @Nullable Object json(String text) {
    try {
      return numbers(PlainJson.parse(text));
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** Numbers inside of JSON have no type: 1, 1.0 and 1e0 are the same. */
  private static @Nullable Object numbers(@Nullable Object plain) {
    if (plain instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      map.forEach((key, value) -> fields.put(String.valueOf(key), numbers(value)));
      return fields;
    }
    if (plain instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(numbers(item)));
      return items;
    }
    return plain instanceof Number number ? canonical(number) : plain;
  }

  private static Object canonical(Number number) {
    if (number instanceof Double value && !Double.isFinite(value)) {
      return value;
    }
    BigDecimal exact =
        number instanceof BigDecimal decimal
            ? decimal
            : number instanceof BigInteger integer
                ? new BigDecimal(integer)
                : new BigDecimal(number.toString());
    BigDecimal shortest = exact.stripTrailingZeros();
    return shortest.scale() < 0 && shortest.precision() - shortest.scale() <= 38
        ? shortest.setScale(0)
        : shortest;
  }
}
