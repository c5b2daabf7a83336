package io.tributary.connector.mysql;

import io.tributary.row.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Readers of DECIMAL, which both protocols send as text. */
final class Decimals {
  private Decimals() {}

  static ColumnReader reader(String name, Type type) {
    return type.slot() == Type.Slot.LONG ? unscaled(name, type) : object(name, type);
  }

  /** Up to 18 digits: the unscaled value, without an object. */
  private static ColumnReader unscaled(String name, Type type) {
    return (in, column, out) -> {
      int length = in.readLength();
      int from = in.skip(length);
      byte[] text = in.bytes();
      int at = from;
      boolean negative = text[at] == '-';
      if (negative) {
        at++;
      }
      long value = 0;
      int digits = 0;
      int missing = -1; // digits after the point still to come; negative before the point
      for (int end = from + length; at < end; at++) {
        if (text[at] == '.') {
          missing = type.scale();
        } else {
          if (missing == 0 && text[at] != '0') {
            throw tooLong(name, type, text, from, length);
          }
          if (missing != 0) {
            value = value * 10 + (text[at] - '0');
            digits += value == 0 ? 0 : 1;
            missing--;
          }
        }
      }
      for (int i = missing < 0 ? type.scale() : missing; i > 0; i--) {
        value *= 10;
        digits += value == 0 ? 0 : 1;
      }
      if (digits > type.precision()) {
        throw tooLong(name, type, text, from, length);
      }
      out.setLong(column, negative ? -value : value);
    };
  }

  private static ColumnReader object(String name, Type type) {
    return (in, column, out) -> {
      int length = in.readLength();
      int from = in.skip(length);
      String text = new String(in.bytes(), from, length, StandardCharsets.US_ASCII);
      try {
        out.setDecimal(column, type, new BigDecimal(text));
      } catch (ArithmeticException e) {
        throw tooLong(name, type, in.bytes(), from, length);
      }
    };
  }

  /** A computed column may hold more digits than the server announced. */
  private static UnreadableValueException tooLong(
      String name, Type type, byte[] text, int from, int length) {
    return new UnreadableValueException(
        "`" + name + "` has more digits than " + type + "; cast it in the query",
        new String(text, from, length, StandardCharsets.US_ASCII));
  }
}
