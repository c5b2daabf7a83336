package io.tributary.row;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column, in BigQuery's vocabulary. Immutable, serializable.
 *
 * <p>NUMERIC carries precision and scale (1 to 38 digits, scale at most the precision); BIGNUMERIC
 * is a decimal of more than 38 digits. {@code element} is set for ARRAY only and is never itself an
 * ARRAY; {@code fields} for RECORD only.
 *
 * @param precision decimal digits in all, for NUMERIC and BIGNUMERIC; else 0
 * @param scale decimal digits after the point, for NUMERIC and BIGNUMERIC; else 0
 */
public record Type(
    Kind kind, int precision, int scale, @Nullable Type element, @Nullable Schema fields)
    implements Serializable {

  /** The name of a type without its parameters, and where a {@link Row} keeps its values. */
  public enum Kind {
    BOOL(Slot.LONG),
    INT64(Slot.LONG),
    FLOAT64(Slot.DOUBLE),
    NUMERIC(Slot.LONG),
    BIGNUMERIC(Slot.OBJECT),
    STRING(Slot.BYTES),
    JSON(Slot.BYTES),
    GEOGRAPHY(Slot.BYTES),
    BYTES(Slot.BYTES),
    DATE(Slot.LONG),
    TIME(Slot.LONG),
    DATETIME(Slot.LONG),
    TIMESTAMP(Slot.LONG),
    RECORD(Slot.OBJECT),
    ARRAY(Slot.OBJECT);

    private final Slot slot;

    Kind(Slot slot) {
      this.slot = slot;
    }
  }

  /**
   * Where a row keeps a value: as a long, a double, a slice of bytes (UTF-8 for text), or an
   * object.
   */
  public enum Slot {
    LONG,
    DOUBLE,
    BYTES,
    OBJECT
  }

  /** The most digits whose unscaled value always fits a long slot. */
  public static final int LONG_DIGITS = 18;

  /** The most digits of a NUMERIC; more make a BIGNUMERIC. */
  public static final int NUMERIC_DIGITS = 38;

  public static final Type BOOL = simple(Kind.BOOL);
  public static final Type INT64 = simple(Kind.INT64);
  public static final Type FLOAT64 = simple(Kind.FLOAT64);

  /** BigQuery's NUMERIC without parameters: 38 digits, 9 of them after the point. */
  public static final Type NUMERIC = numeric(38, 9);

  public static final Type STRING = simple(Kind.STRING);
  public static final Type JSON = simple(Kind.JSON);
  public static final Type GEOGRAPHY = simple(Kind.GEOGRAPHY);
  public static final Type BYTES = simple(Kind.BYTES);
  public static final Type DATE = simple(Kind.DATE);
  public static final Type TIME = simple(Kind.TIME);
  public static final Type DATETIME = simple(Kind.DATETIME);
  public static final Type TIMESTAMP = simple(Kind.TIMESTAMP);

  /** BigQuery's BIGNUMERIC without parameters: 76 digits, 38 of them after the point. */
  public static final Type BIGNUMERIC = new Type(Kind.BIGNUMERIC, 76, 38, null, null);

  public Type {
    boolean decimal = kind == Kind.NUMERIC || kind == Kind.BIGNUMERIC;
    if (decimal && (precision < 1 || scale < 0 || scale > precision)) {
      throw new IllegalArgumentException(
          kind + " with precision " + precision + " and scale " + scale);
    }
    if ((kind == Kind.ARRAY) != (element != null) || (kind == Kind.RECORD) != (fields != null)) {
      throw new IllegalArgumentException(
          kind + " with element " + element + " and fields " + fields);
    }
    if (element != null && element.kind == Kind.ARRAY) {
      throw new IllegalArgumentException("an ARRAY of ARRAYs is not a column type");
    }
  }

  private static Type simple(Kind kind) {
    return new Type(kind, 0, 0, null, null);
  }

  /** A decimal: NUMERIC up to 38 digits, BIGNUMERIC above. */
  public static Type numeric(int precision, int scale) {
    return new Type(
        precision > NUMERIC_DIGITS ? Kind.BIGNUMERIC : Kind.NUMERIC, precision, scale, null, null);
  }

  public static Type array(Type element) {
    return new Type(Kind.ARRAY, 0, 0, Objects.requireNonNull(element), null);
  }

  public static Type record(Schema fields) {
    return new Type(Kind.RECORD, 0, 0, null, Objects.requireNonNull(fields));
  }

  /** Where a row keeps values of this type; a NUMERIC of more than 18 digits is an object. */
  public Slot slot() {
    return kind == Kind.NUMERIC && precision > LONG_DIGITS ? Slot.OBJECT : kind.slot;
  }

  /** Whether values are text held as UTF-8. */
  public boolean isText() {
    return kind == Kind.STRING || kind == Kind.JSON || kind == Kind.GEOGRAPHY;
  }

  public boolean isDecimal() {
    return kind == Kind.NUMERIC || kind == Kind.BIGNUMERIC;
  }

  /** The element type of an ARRAY. */
  public Type elementType() {
    return Objects.requireNonNull(element, () -> this + " has no elements");
  }

  /** The fields of a RECORD. */
  public Schema recordFields() {
    return Objects.requireNonNull(fields, () -> this + " has no fields");
  }

  /**
   * Parses a scalar type as BigQuery writes it: {@code INT64}, {@code NUMERIC(12, 2)}, {@code
   * string}, or an older name such as {@code INTEGER}.
   *
   * @throws IllegalArgumentException when the text names no scalar type; the message says so
   */
  public static Type parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    int open = name.indexOf('(');
    String base = open < 0 ? name : name.substring(0, open).strip();
    int[] arguments = open < 0 ? new int[0] : arguments(text, name, open);
    if (open >= 0 && !base.endsWith("NUMERIC") && !base.endsWith("DECIMAL")) {
      if (base.equals("STRING") || base.equals("BYTES")) {
        return base.equals("STRING")
            ? STRING
            : BYTES; // a length limit is the destination's business
      }
      throw new IllegalArgumentException("type " + base + " takes no parameters");
    }
    return switch (base) {
      case "BOOL", "BOOLEAN" -> BOOL;
      case "INT64", "INTEGER", "INT", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT" -> INT64;
      case "FLOAT64", "FLOAT", "DOUBLE" -> FLOAT64;
      case "NUMERIC", "DECIMAL" ->
          arguments.length == 0 ? NUMERIC : numeric(text, arguments, NUMERIC_DIGITS);
      case "BIGNUMERIC", "BIGDECIMAL" ->
          arguments.length == 0 ? BIGNUMERIC : numeric(text, arguments, 77);
      case "STRING" -> STRING;
      case "JSON" -> JSON;
      case "GEOGRAPHY" -> GEOGRAPHY;
      case "BYTES" -> BYTES;
      case "DATE" -> DATE;
      case "TIME" -> TIME;
      case "DATETIME" -> DATETIME;
      case "TIMESTAMP" -> TIMESTAMP;
      default -> throw new IllegalArgumentException("unknown type `" + text.strip() + "`");
    };
  }

  private static int[] arguments(String text, String name, int open) {
    if (!name.endsWith(")")) {
      throw new IllegalArgumentException("type `" + text + "` lacks a closing parenthesis");
    }
    String[] parts = name.substring(open + 1, name.length() - 1).split(",", -1);
    int[] numbers = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        numbers[i] = Integer.parseInt(parts[i].strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "type `" + text + "` has a parameter that is no number", e);
      }
    }
    return numbers;
  }

  private static Type numeric(String text, int[] arguments, int most) {
    int scale = arguments.length > 1 ? arguments[1] : 0;
    if (arguments.length > 2
        || arguments[0] < 1
        || arguments[0] > most
        || scale < 0
        || scale > arguments[0]) {
      throw new IllegalArgumentException(
          "type `" + text + "`: precision must be 1 to " + most + " and scale 0 to the precision");
    }
    return numeric(arguments[0], scale);
  }

  /**
   * The type as BigQuery's SQL writes it: {@code NUMERIC(12,2)}, {@code ARRAY<STRING>}, {@code
   * STRUCT<a INT64>}.
   */
  @Override
  public String toString() {
    if (isDecimal()) {
      return kind + "(" + precision + "," + scale + ")";
    }
    if (element != null) {
      return "ARRAY<" + element + ">";
    }
    if (fields != null) {
      StringBuilder text = new StringBuilder("STRUCT<");
      String separator = "";
      for (Column column : fields.columns()) {
        text.append(separator).append(column.name()).append(' ').append(column.type());
        separator = ", ";
      }
      return text.append('>').toString();
    }
    return kind.name();
  }
}
