package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the narrowest type that holds every value it was shown without loss. Not thread-safe.
 *
 * <ul>
 *   <li>{@code true}, {@code false}: BOOL.
 *   <li>Whole numbers: INT64; NUMERIC(38,0) when one is beyond INT64; STRING beyond 38 digits. A
 *       number with a leading zero or plus is a STRING: it is a code, such as a postcode.
 *   <li>Other numbers: FLOAT64 when each of them comes back from a double as it was; else NUMERIC
 *       wide enough; else STRING.
 *   <li>{@code 2024-01-31}: DATE; with a time: DATETIME; with an offset from UTC as well:
 *       TIMESTAMP. Dates and DATETIMEs together: DATETIME.
 *   <li>Maps: RECORD with all the keys that occur; lists: ARRAY; JSON when that is no column type.
 *   <li>Anything else, and mixtures: STRING; mixtures with maps or lists: JSON.
 *   <li>No value at all: STRING.
 * </ul>
 */
public final class TypeDetection {
  /** More keys than this make a map a JSON value: they are probably data. */
  private static final int MOST_FIELDS = 1000;

  /** A longer number is text: no type has so many digits. */
  private static final int MOST_DIGITS = 400;

  private static final int BOOL = 1;
  private static final int NUMBER = 2;
  private static final int DATE = 4;
  private static final int DATETIME = 8;
  private static final int TIMESTAMP = 16;
  private static final int TEXT = 32;
  private static final int MAP = 64;
  private static final int LIST = 128;

  private int seen;
  private final NumberRange numbers = new NumberRange();
  private final Map<String, TypeDetection> fields = new LinkedHashMap<>();
  private @Nullable TypeDetection element;
  private boolean tooManyFields;

  /** Takes a text in which numbers, booleans and dates are to be found: a cell of a CSV file. */
  public void addCell(char[] text, int from, int to) {
    if (seen >= TEXT) {
      return; // text already: nothing can change that
    }
    int kind = kind(text, from, to);
    seen |= kind;
    if (kind == NUMBER) {
      numbers.add(text, from, to);
    }
  }

  private static int kind(char[] text, int from, int to) {
    if (from == to) {
      return TEXT;
    }
    if (isNumber(text, from, to)) {
      return NUMBER;
    }
    return isBool(text, from, to) ? BOOL : kindOfTime(text, from, to);
  }

  private static int kindOfTime(char[] text, int from, int to) {
    if (to - from < 10 || text[from] < '0' || text[from] > '9') {
      return TEXT;
    }
    if (TimeText.parseDate(text, from, to) != TimeText.NONE) {
      return DATE;
    }
    if (TimeText.parseDateTime(text, from, to) != TimeText.NONE) {
      return DATETIME;
    }
    return TimeText.parseTimestamp(text, from, to) != TimeText.NONE ? TIMESTAMP : TEXT;
  }

  private static boolean isBool(char[] text, int from, int to) {
    int length = to - from;
    return (length == 4 || length == 5)
        && (new String(text, from, length).equalsIgnoreCase("true")
            || new String(text, from, length).equalsIgnoreCase("false"));
  }

  /** A number as JSON writes it: no leading zero, no plus. */
  private static boolean isNumber(char[] text, int from, int to) {
    if (to - from > MOST_DIGITS) {
      return false;
    }
    int at = text[from] == '-' ? from + 1 : from;
    int digits = digits(text, at, to);
    if (digits == 0 || (digits > 1 && text[at] == '0')) {
      return false;
    }
    at += digits;
    if (at < to && text[at] == '.') {
      digits = digits(text, at + 1, to);
      if (digits == 0) {
        return false;
      }
      at += digits + 1;
    }
    if (at < to && (text[at] == 'e' || text[at] == 'E')) {
      at += at + 1 < to && (text[at + 1] == '+' || text[at + 1] == '-') ? 2 : 1;
      digits = digits(text, at, to);
      return digits > 0 && digits < 9 && at + digits == to;
    }
    return at == to;
  }

  private static int digits(char[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at - from;
  }

  /**
   * Takes a plain value, as it comes from JSON or YAML; null says nothing.
   *
   * @param datesInText whether a text may be a date; else every text is a STRING
   */
  public void add(@Nullable Object plain, boolean datesInText) {
    if (plain instanceof String text) {
      seen |= datesInText ? kindOfTime(text.toCharArray(), 0, text.length()) : TEXT;
    } else if (plain instanceof Boolean) {
      seen |= BOOL;
    } else if (plain instanceof Number number) {
      seen |= NUMBER;
      addNumber(number);
    } else if (plain instanceof Map<?, ?> map) {
      seen |= MAP;
      addFields(map, datesInText);
    } else if (plain instanceof List<?> list) {
      seen |= LIST;
      if (element == null) {
        element = new TypeDetection();
      }
      for (Object value : list) {
        element.add(value, datesInText);
      }
    }
  }

  private void addNumber(Number number) {
    if (number instanceof BigDecimal decimal) {
      numbers.add(decimal, false);
    } else if (number instanceof BigInteger integer) {
      numbers.add(new BigDecimal(integer), true);
    } else if (number instanceof Double || number instanceof Float) {
      numbers.add(number.doubleValue());
    } else {
      numbers.add(number.longValue());
    }
  }

  private void addFields(Map<?, ?> map, boolean datesInText) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      TypeDetection field = fields.get(key);
      if (field == null) {
        if (fields.size() == MOST_FIELDS) {
          tooManyFields = true;
          continue;
        }
        field = new TypeDetection();
        fields.put(key, field);
      }
      field.add(entry.getValue(), datesInText);
    }
  }

  /** The type of the values so far. */
  public Type type() {
    return switch (seen) {
      case BOOL -> Type.BOOL;
      case NUMBER -> numbers.type();
      case DATE -> Type.DATE;
      case DATETIME, DATE | DATETIME -> Type.DATETIME;
      case TIMESTAMP -> Type.TIMESTAMP;
      case MAP -> recordType();
      case LIST -> listType();
      default -> seen >= MAP ? Type.JSON : Type.STRING;
    };
  }

  private Type recordType() {
    if (fields.isEmpty() || tooManyFields || fields.containsKey("")) {
      return Type.JSON;
    }
    List<Column> columns = new ArrayList<>();
    fields.forEach((name, field) -> columns.add(Column.nullable(name, field.type())));
    try {
      return Type.record(Schema.of(columns));
    } catch (IllegalArgumentException e) {
      return Type.JSON; // two keys differ in case only
    }
  }

  private Type listType() {
    if (element == null || element.seen == 0) {
      return Type.JSON; // empty lists only
    }
    Type type = element.type();
    return type.kind() == Type.Kind.ARRAY || type.kind() == Type.Kind.JSON
        ? Type.JSON
        : Type.array(type);
  }

  /** What the numbers of a column have in common. */
  private static final class NumberRange {
    /** Decimal digits that every double keeps. */
    private static final int DOUBLE_DIGITS = 15;

    private boolean whole = true;
    private boolean fitLong = true;
    private boolean fitDouble = true;
    private boolean finite = true;
    private long digitsBefore;
    private long digitsAfter;

    void add(char[] text, int from, int to) {
      int length = to - from;
      boolean plainDigits = true;
      for (int i = from + 1; i < to && plainDigits; i++) {
        plainDigits = text[i] >= '0' && text[i] <= '9';
      }
      if (plainDigits && length <= DOUBLE_DIGITS) {
        digitsBefore =
            Math.max(digitsBefore, length); // the sign may count as a digit: only a bound
      } else {
        add(new BigDecimal(text, from, length), plainDigits);
      }
    }

    void add(long number) {
      add(BigDecimal.valueOf(number), true);
    }

    void add(double number) {
      if (Double.isFinite(number)) {
        add(BigDecimal.valueOf(number), false);
      } else {
        finite = false;
      }
    }

    void add(BigDecimal number, boolean isWhole) {
      whole = whole && isWhole;
      digitsBefore = Math.max(digitsBefore, (long) number.precision() - number.scale());
      digitsAfter = Math.max(digitsAfter, number.scale());
      fitLong = fitLong && digitsBefore <= 19 && number.toBigInteger().bitLength() < 64;
      fitDouble =
          fitDouble
              && (number.precision() <= DOUBLE_DIGITS && number.scale() >= 0 && number.scale() < 300
                  || survives(number));
    }

    private static boolean survives(BigDecimal number) {
      double value = number.doubleValue();
      return Double.isFinite(value) && BigDecimal.valueOf(value).compareTo(number) == 0;
    }

    Type type() {
      if (whole && fitLong && finite) {
        return Type.INT64;
      }
      if (!whole && fitDouble || !finite) {
        return finite || fitDouble ? Type.FLOAT64 : Type.STRING;
      }
      if (digitsBefore <= 29 && digitsAfter <= 9 && !whole) {
        return Type.NUMERIC;
      }
      return digitsBefore + digitsAfter <= Type.NUMERIC_DIGITS
          ? Type.numeric(Type.NUMERIC_DIGITS, Math.toIntExact(digitsAfter))
          : Type.STRING;
    }
  }
}
