package io.tributary.sql;

import static java.util.Map.entry;

import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** SUBSTR, LEFT, RIGHT and TRIM, whose value is a piece of the argument; LPAD and RPAD. */
final class SliceFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("substr", SliceFunctions::substring),
          entry("left", in -> end(in, false)),
          entry("right", in -> end(in, true)),
          entry("trim", in -> trim(in, true, true)),
          entry("ltrim", in -> trim(in, true, false)),
          entry("rtrim", in -> trim(in, false, true)),
          entry("lpad", in -> pad(in, true)),
          entry("rpad", in -> pad(in, false)));

  private SliceFunctions() {}

  /** Sets the piece from one code point, counted from 0, to before another. */
  private static boolean slice(BytesExpr a, long from, long to, boolean points, BytesExpr out) {
    int start = (int) (points ? Utf8.byteOf(a, from) : Math.min(from, a.length));
    int end = (int) (points ? Utf8.byteOf(a, to) : Math.min(to, a.length));
    return out.set(a.bytes, a.offset + start, Math.max(0, end - start));
  }

  private static long count(BytesExpr a, boolean points) {
    return points ? Utf8.codePoints(a) : a.length;
  }

  private static Expr substring(Operands in) throws BindException {
    BytesExpr text = in.bytes(0);
    LongExpr position = in.longs(1);
    LongExpr length = in.size() > 2 ? in.longs(2) : null;
    boolean points = TextFunctions.isText(in);
    return new BytesExpr(
        (row, out) -> {
          if (!text.evaluate(row)
              || !position.evaluate(row)
              || (length != null && !length.evaluate(row))) {
            return false;
          }
          if (length != null && length.value < 0) {
            throw new RowException("SUBSTR with a negative length");
          }
          long from =
              position.value > 0
                  ? position.value - 1
                  // counted from the end; 0 is taken for 1
                  : position.value == 0 ? 0 : Math.max(0, count(text, points) + position.value);
          long to =
              length == null || length.value > text.length - from
                  ? text.length
                  : from + length.value;
          return slice(text, from, to, points, out);
        });
  }

  private static Expr end(Operands in, boolean right) throws BindException {
    BytesExpr text = in.bytes(0);
    LongExpr length = in.longs(1);
    boolean points = TextFunctions.isText(in);
    return new BytesExpr(
        (row, out) -> {
          if (!text.evaluate(row) || !length.evaluate(row)) {
            return false;
          }
          if (length.value < 0) {
            throw new RowException((right ? "RIGHT" : "LEFT") + " with a negative length");
          }
          return right
              ? slice(
                  text, Math.max(0, count(text, points) - length.value), text.length, points, out)
              : slice(text, 0, length.value, points, out);
        });
  }

  private static @Nullable Expr trim(Operands in, boolean left, boolean right)
      throws BindException {
    if (!TextFunctions.isText(in)) {
      return null;
    }
    BytesExpr text = in.bytes(0);
    if (in.size() == 1) {
      return BytesExpr.of(
          text, (a, out) -> trim(a, SliceFunctions::isWhitespace, left, right, out));
    }
    BytesExpr unwanted = in.bytes(1);
    return new BytesExpr(
        (row, out) -> {
          if (!text.evaluate(row) || !unwanted.evaluate(row)) {
            return false;
          }
          String points = unwanted.text();
          return trim(text, point -> points.indexOf(point) >= 0, left, right, out);
        });
  }

  /** Unicode's White_Space; Java's notion leaves out the no-break spaces. */
  private static boolean isWhitespace(int point) {
    return point == ' '
        || (point >= 0x09 && point <= 0x0D)
        || point == 0x85
        || (point > 0x7F && Character.isSpaceChar(point));
  }

  private static boolean trim(
      BytesExpr a, IntPredicate unwanted, boolean left, boolean right, BytesExpr out) {
    int start = 0;
    int end = a.length;
    while (left && start < end && unwanted.test(Utf8.codePointAt(a, start))) {
      start += Utf8.lengthAt(a, start);
    }
    while (right && end > start) {
      int last = end - 1;
      while (last > start && Utf8.isContinuation(a.at(last))) {
        last--;
      }
      if (!unwanted.test(Utf8.codePointAt(a, last))) {
        break;
      }
      end = last;
    }
    return out.set(a.bytes, a.offset + start, end - start);
  }

  private static @Nullable Expr pad(Operands in, boolean left) throws BindException {
    if (!TextFunctions.isText(in)) {
      return null;
    }
    BytesExpr text = in.bytes(0);
    LongExpr length = in.longs(1);
    BytesExpr filling = in.size() > 2 ? in.bytes(2) : BytesExpr.constant(" ");
    return new BytesExpr(
        (row, out) -> {
          if (!text.evaluate(row) || !length.evaluate(row) || !filling.evaluate(row)) {
            return false;
          }
          if (length.value < 0 || filling.length == 0) {
            throw new RowException(
                (left ? "LPAD" : "RPAD")
                    + (filling.length == 0 ? " with an empty filling" : " to a negative length"));
          }
          long missing = length.value - Utf8.codePoints(text);
          if (missing <= 0) {
            return slice(text, 0, length.value, true, out);
          }
          TextFunctions.checkLength(missing);
          String fill = repeated(filling.text(), (int) missing);
          return out.set(left ? fill + text.text() : text.text() + fill);
        });
  }

  /** A text again and again, up to a number of code points. */
  private static String repeated(String text, int points) {
    StringBuilder all = new StringBuilder();
    int at = 0;
    for (int i = 0; i < points; i++) {
      int point = text.codePointAt(at);
      all.appendCodePoint(point);
      at += Character.charCount(point);
      if (at == text.length()) {
        at = 0;
      }
    }
    return all.toString();
  }
}
