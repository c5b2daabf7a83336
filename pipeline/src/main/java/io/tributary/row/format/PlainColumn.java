package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts plain values, as they come from JSON or YAML, into a column of a row; chosen once per
 * column. Not thread-safe.
 */
@FunctionalInterface
public interface PlainColumn {

  /**
   * Sets the column, to NULL for null.
   *
   * @throws IllegalArgumentException when the value does not fit the type without loss; the message
   *     begins with a verb, such as {@code is not an INT64}, and does not hold the value
   */
  void read(@Nullable Object plain, RowBuilder out, int column);

  /**
   * Texts are parsed as {@link TextColumn} does; a number or boolean for a STRING becomes its text;
   * any value fits JSON, in which a text is a JSON string.
   */
  static PlainColumn of(Type type) {
    PlainColumn notNull = notNull(type);
    return (plain, out, column) -> {
      if (plain == null) {
        out.setNull(column);
      } else {
        notNull.read(plain, out, column);
      }
    };
  }

  private static PlainColumn notNull(Type type) {
    TextColumn texts = type.kind() == Type.Kind.JSON ? null : scalarTexts(type);
    PlainColumn others = others(type);
    return (plain, out, column) -> {
      if (plain instanceof String text && texts != null) {
        char[] chars = text.toCharArray();
        texts.read(chars, 0, chars.length, out, column);
      } else {
        others.read(plain, out, column);
      }
    };
  }

  private static @Nullable TextColumn scalarTexts(Type type) {
    return type.kind() == Type.Kind.RECORD || type.kind() == Type.Kind.ARRAY
        ? null
        : TextColumn.of(type);
  }

  private static PlainColumn others(Type type) {
    return switch (type.kind()) {
      case BOOL ->
          (plain, out, i) -> {
            if (!(plain instanceof Boolean value)) {
              throw wrong(plain, type);
            }
            out.setLong(i, value ? 1 : 0);
          };
      case INT64 -> (plain, out, i) -> out.setLong(i, exactLong(plain, type));
      case FLOAT64 -> (plain, out, i) -> out.setDouble(i, finite(plain, type));
      case NUMERIC, BIGNUMERIC ->
          (plain, out, i) -> TextColumn.setDecimal(type, decimal(plain, type), out, i);
      case STRING -> {
        TextColumn texts = TextColumn.of(type);
        yield (plain, out, i) -> {
          if (!(plain instanceof Number) && !(plain instanceof Boolean)) {
            throw wrong(plain, type);
          }
          char[] chars = String.valueOf(plain).toCharArray();
          texts.read(chars, 0, chars.length, out, i);
        };
      }
      case JSON -> (plain, out, i) -> readJson(PlainJson.text(plain), out, i);
      case GEOGRAPHY, BYTES, DATE, TIME, DATETIME, TIMESTAMP ->
          (plain, out, i) -> {
            throw wrong(plain, type);
          };
      case RECORD -> record(type);
      case ARRAY -> list(type);
    };
  }

  private static void readJson(String text, RowBuilder out, int column) {
    char[] chars = text.toCharArray();
    out.setBytes(column, Utf8Text.encode(chars, 0, chars.length));
  }

  private static long exactLong(@Nullable Object plain, Type type) {
    try {
      return decimal(plain, type).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          decimal(plain, type).stripTrailingZeros().scale() > 0
              ? "is not an INT64"
              : "is beyond the range of INT64",
          e);
    }
  }

  private static double finite(@Nullable Object plain, Type type) {
    if (plain instanceof Double value) {
      return value; // may be NaN or infinite on purpose
    }
    double value = decimal(plain, type).doubleValue();
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("is beyond the range of FLOAT64");
    }
    return value;
  }

  private static BigDecimal decimal(@Nullable Object plain, Type type) {
    if (plain instanceof Long || plain instanceof Integer) {
      return BigDecimal.valueOf(((Number) plain).longValue());
    }
    if (plain instanceof BigDecimal value) {
      return value;
    }
    if (plain instanceof BigInteger value) {
      return new BigDecimal(value);
    }
    if (plain instanceof Double value && Double.isFinite(value)) {
      return BigDecimal.valueOf(value); // the digits that were written
    }
    throw wrong(plain, type);
  }

  private static PlainColumn record(Type type) {
    Schema fields = type.recordFields();
    PlainRecord record = new PlainRecord(fields);
    return (plain, out, column) -> {
      if (!(plain instanceof Map<?, ?> map)) {
        throw wrong(plain, type);
      }
      RowBuilder nested = new RowBuilder(fields);
      record.read(map, nested, "field");
      out.setObject(column, nested);
    };
  }

  private static PlainColumn list(Type type) {
    Type element = type.elementType();
    PlainColumn reader = of(element);
    RowBuilder slot = new RowBuilder(Schema.of(Column.nullable("element", element)));
    return (plain, out, column) -> {
      if (!(plain instanceof List<?> list)) {
        throw wrong(plain, type);
      }
      List<@Nullable Object> values = new ArrayList<>(list.size());
      for (int i = 0; i < list.size(); i++) {
        try {
          reader.read(list.get(i), slot, 0);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "has an element " + (i + 1) + " that " + e.getMessage(), e);
        }
        values.add(slot.get(0));
      }
      out.setObject(column, Collections.unmodifiableList(values));
    };
  }

  private static IllegalArgumentException wrong(@Nullable Object plain, Type type) {
    String found =
        plain instanceof Map
            ? "a map"
            : plain instanceof List
                ? "a list"
                : plain instanceof String
                    ? "text"
                    : plain instanceof Boolean ? "a boolean" : "a number";
    return new IllegalArgumentException("is " + found + ", not a value of " + type);
  }
}
