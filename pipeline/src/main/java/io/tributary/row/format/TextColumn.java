package io.tributary.row.format;

import io.tributary.row.RowBuilder;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Puts texts into a column of a row; chosen once per column. Stateless. */
@FunctionalInterface
public interface TextColumn {
  /** No decimal type has so many; parsing more would take quadratic time. */
  int MOST_DIGITS = 400;

  /**
   * Parses the characters from {@code from} to {@code to} (exclusive).
   *
   * @throws IllegalArgumentException when they do not fit the type without loss; the message begins
   *     with a verb, such as {@code is not an INT64}, and does not hold the text
   */
  void read(char[] text, int from, int to, RowBuilder out, int column);

  /**
   * BOOL is true/false, yes/no, t/f, y/n or 1/0; dates and times are ISO 8601, a TIMESTAMP without
   * offset is in UTC; BYTES are base64; RECORD and ARRAY are JSON. Blanks around all but texts are
   * passed over.
   */
  static TextColumn of(Type type) {
    return switch (type.kind()) {
      case STRING, GEOGRAPHY ->
          (text, from, to, out, column) -> out.setBytes(column, Utf8Text.encode(text, from, to));
      case JSON ->
          (text, from, to, out, column) -> {
            if (!RowJson.isJson(new String(text, from, to - from))) {
              throw new IllegalArgumentException("is not valid JSON");
            }
            out.setBytes(column, Utf8Text.encode(text, from, to));
          };
      case BOOL -> stripped(TextColumn::readBool);
      case INT64 -> stripped(TextColumn::readInt64);
      case FLOAT64 ->
          stripped((text, from, to, out, i) -> out.setDouble(i, parseDouble(text, from, to)));
      case NUMERIC, BIGNUMERIC ->
          stripped(
              (text, from, to, out, i) ->
                  setDecimal(type, parseDecimal(text, from, to, type), out, i));
      case BYTES -> stripped(TextColumn::readBytes);
      case DATE ->
          stripped(
              (text, from, to, out, i) ->
                  setTime(TimeText.parseDate(text, from, to), "a DATE such as 2024-01-31", out, i));
      case TIME ->
          stripped(
              (text, from, to, out, i) ->
                  setTime(TimeText.parseTime(text, from, to), "a TIME such as 23:59:59", out, i));
      case DATETIME ->
          stripped(
              (text, from, to, out, i) ->
                  setTime(
                      dateTime(text, from, to), "a DATETIME such as 2024-01-31 23:59:59", out, i));
      case TIMESTAMP ->
          stripped(
              (text, from, to, out, i) ->
                  setTime(
                      timestamp(text, from, to),
                      "a TIMESTAMP such as 2024-01-31 23:59:59+01:00",
                      out,
                      i));
      case RECORD, ARRAY -> nested(type);
    };
  }

  private static TextColumn stripped(TextColumn column) {
    return (text, from, to, out, i) -> {
      int start = from;
      int end = to;
      while (start < end && text[start] <= ' ') {
        start++;
      }
      while (start < end && text[end - 1] <= ' ') {
        end--;
      }
      column.read(text, start, end, out, i);
    };
  }

  private static TextColumn nested(Type type) {
    PlainColumn plain = PlainColumn.of(type);
    return (text, from, to, out, column) ->
        plain.read(PlainJson.parse(new String(text, from, to - from)), out, column);
  }

  private static void readBool(char[] text, int from, int to, RowBuilder out, int column) {
    switch (new String(text, from, to - from).toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> out.setLong(column, 1);
      case "false", "f", "no", "n", "0" -> out.setLong(column, 0);
      default -> throw new IllegalArgumentException("is not a BOOL such as true or false");
    }
  }

  private static void readInt64(char[] text, int from, int to, RowBuilder out, int column) {
    try {
      out.setLong(column, Long.parseLong(CharBuffer.wrap(text, from, to - from), 0, to - from, 10));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          isWhole(text, from, to) ? "is beyond the range of INT64" : "is not an INT64", e);
    }
  }

  private static boolean isWhole(char[] text, int from, int to) {
    int start = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    for (int i = start; i < to; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return start < to;
  }

  private static double parseDouble(char[] text, int from, int to) {
    String number = new String(text, from, to - from);
    switch (number.toLowerCase(Locale.ROOT)) {
      case "nan" -> {
        return Double.NaN;
      }
      case "infinity", "inf", "+infinity", "+inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-infinity", "-inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        // Java's own form has endings and hexadecimal digits that are no numbers elsewhere
        for (int i = from; i < to; i++) {
          if ("0123456789+-.eE".indexOf(text[i]) < 0) {
            throw new IllegalArgumentException("is not a FLOAT64");
          }
        }
        try {
          double value = Double.parseDouble(number);
          if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("is beyond the range of FLOAT64");
          }
          return value;
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException("is not a FLOAT64", e);
        }
      }
    }
  }

  private static BigDecimal parseDecimal(char[] text, int from, int to, Type type) {
    try {
      if (to - from > MOST_DIGITS) {
        throw new NumberFormatException(to - from + " characters");
      }
      return new BigDecimal(text, from, to - from);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a " + type, e);
    }
  }

  /**
   * Sets a decimal that fits its type.
   *
   * @throws IllegalArgumentException when it does not
   */
  static void setDecimal(Type type, BigDecimal value, RowBuilder out, int column) {
    // asked first, because a number such as 1e999999999 would need a billion digits at the column's
    // scale
    if (value.signum() != 0
        && (long) value.precision() - value.scale() > type.precision() - type.scale()) {
      throw new IllegalArgumentException(
          "has more than "
              + (type.precision() - type.scale())
              + " digits before the point, too many for "
              + type);
    }
    try {
      out.setDecimal(column, type, value.signum() == 0 ? BigDecimal.ZERO : value);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "has more than " + type.scale() + " digits after the point, too many for " + type, e);
    }
  }

  private static void readBytes(char[] text, int from, int to, RowBuilder out, int column) {
    try {
      byte[] base64 = new String(text, from, to - from).getBytes(StandardCharsets.UTF_8);
      out.setBytes(column, Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not base64", e);
    }
  }

  private static long dateTime(char[] text, int from, int to) {
    long micros = TimeText.parseDateTime(text, from, to);
    return micros == TimeText.NONE ? midnight(text, from, to) : micros;
  }

  private static long timestamp(char[] text, int from, int to) {
    long micros = TimeText.parseTimestamp(text, from, to);
    return micros == TimeText.NONE ? dateTime(text, from, to) : micros;
  }

  private static long midnight(char[] text, int from, int to) {
    long days = TimeText.parseDate(text, from, to);
    return days == TimeText.NONE ? TimeText.NONE : days * 86_400_000_000L;
  }

  private static void setTime(long value, String expected, RowBuilder out, int column) {
    if (value == TimeText.NONE) {
      throw new IllegalArgumentException("is not " + expected);
    }
    out.setLong(column, value);
  }
}
