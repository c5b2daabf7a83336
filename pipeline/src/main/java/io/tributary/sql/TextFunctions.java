package io.tributary.sql;

import static java.util.Map.entry;

import io.tributary.row.Type;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of texts, most of them also of BYTES. Positions and lengths count code points. */
final class TextFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("$like", Like::bind),
          entry("concat", TextFunctions::concat),
          entry("upper", in -> cased(in, true)),
          entry("lower", in -> cased(in, false)),
          entry("length", TextFunctions::length),
          entry("char_length", TextFunctions::length),
          entry("byte_length", in -> LongExpr.of(in.bytes(0), a -> a.length)),
          entry("starts_with", TextFunctions::startsWith),
          entry("ends_with", TextFunctions::endsWith),
          entry("strpos", TextFunctions::position),
          entry("instr", in -> in.size() == 2 ? position(in) : null),
          entry("replace", TextFunctions::replace),
          entry("reverse", TextFunctions::reverse),
          entry("repeat", TextFunctions::repeat),
          entry("split", TextFunctions::split),
          entry("array_to_string", TextFunctions::join),
          entry("chr", TextFunctions::character),
          entry("ascii", TextFunctions::ascii),
          entry("unicode", TextFunctions::unicode));

  private static final int MOST_BYTES = 1 << 20;

  private TextFunctions() {}

  static boolean isText(Operands in) throws BindException {
    return in.kind(0) == Type.Kind.STRING;
  }

  private static Expr concat(Operands in) throws BindException {
    BytesExpr[] parts = in.allBytes();
    return new BytesExpr(
        (row, out) -> {
          int length = 0;
          for (BytesExpr part : parts) {
            if (!part.evaluate(row)) {
              return false;
            }
            length += part.length;
          }
          byte[] all = new byte[length];
          int at = 0;
          for (BytesExpr part : parts) {
            System.arraycopy(part.bytes, part.offset, all, at, part.length);
            at += part.length;
          }
          return out.set(all);
        });
  }

  private static Expr cased(Operands in, boolean upper) throws BindException {
    boolean text = isText(in);
    return BytesExpr.of(
        in.bytes(0),
        (a, out) -> {
          if (text && !Utf8.isAscii(a)) {
            String decoded = a.text();
            return out.set(
                upper ? decoded.toUpperCase(Locale.ROOT) : decoded.toLowerCase(Locale.ROOT));
          }
          byte[] cased = a.copy();
          byte first = (byte) (upper ? 'a' : 'A');
          for (int i = 0; i < cased.length; i++) {
            if (cased[i] >= first && cased[i] < first + 26) {
              cased[i] ^= 0x20;
            }
          }
          return out.set(cased);
        });
  }

  private static Expr length(Operands in) throws BindException {
    return LongExpr.of(in.bytes(0), isText(in) ? Utf8::codePoints : a -> a.length);
  }

  private static Expr startsWith(Operands in) throws BindException {
    BytesExpr text = in.bytes(0);
    BytesExpr prefix = in.bytes(1);
    return new LongExpr(
        (row, out) ->
            text.evaluate(row)
                && prefix.evaluate(row)
                && out.set(prefix.length <= text.length && Utf8.occursAt(text, prefix, 0)));
  }

  private static Expr endsWith(Operands in) throws BindException {
    BytesExpr text = in.bytes(0);
    BytesExpr suffix = in.bytes(1);
    return new LongExpr(
        (row, out) ->
            text.evaluate(row)
                && suffix.evaluate(row)
                && out.set(
                    suffix.length <= text.length
                        && Utf8.occursAt(text, suffix, text.length - suffix.length)));
  }

  private static Expr position(Operands in) throws BindException {
    BytesExpr text = in.bytes(0);
    BytesExpr sought = in.bytes(1);
    boolean points = isText(in);
    return new LongExpr(
        (row, out) -> {
          if (!text.evaluate(row) || !sought.evaluate(row)) {
            return false;
          }
          int at = Utf8.indexOf(text, sought, 0);
          if (!points || at < 0) {
            return out.set(at + 1L);
          }
          long before = 0;
          for (int i = 0; i < at; i++) {
            before += Utf8.isContinuation(text.at(i)) ? 0 : 1;
          }
          return out.set(before + 1);
        });
  }

  private static Expr replace(Operands in) throws BindException {
    BytesExpr text = in.bytes(0);
    BytesExpr from = in.bytes(1);
    BytesExpr to = in.bytes(2);
    return new BytesExpr(
        (row, out) -> {
          if (!text.evaluate(row) || !from.evaluate(row) || !to.evaluate(row)) {
            return false;
          }
          int found = from.length == 0 ? -1 : Utf8.indexOf(text, from, 0);
          if (found < 0) {
            return out.take(text);
          }
          ByteArrayOutputStream replaced = new ByteArrayOutputStream(text.length + to.length);
          int at = 0;
          while (found >= 0) {
            replaced.write(text.bytes, text.offset + at, found - at);
            replaced.write(to.bytes, to.offset, to.length);
            at = found + from.length;
            found = Utf8.indexOf(text, from, at);
          }
          replaced.write(text.bytes, text.offset + at, text.length - at);
          return out.set(replaced.toByteArray());
        });
  }

  private static Expr reverse(Operands in) throws BindException {
    boolean points = isText(in);
    return BytesExpr.of(
        in.bytes(0),
        (a, out) -> {
          byte[] reversed = new byte[a.length];
          int end = a.length;
          int at = 0;
          while (at < a.length) {
            int length = points ? Utf8.lengthAt(a, at) : 1;
            end -= length;
            System.arraycopy(a.bytes, a.offset + at, reversed, end, length);
            at += length;
          }
          return out.set(reversed);
        });
  }

  private static Expr repeat(Operands in) throws BindException {
    BytesExpr text = in.bytes(0);
    LongExpr times = in.longs(1);
    return new BytesExpr(
        (row, out) -> {
          if (!text.evaluate(row) || !times.evaluate(row)) {
            return false;
          }
          if (times.value < 0) {
            throw new RowException("REPEAT a negative number of times");
          }
          checkLength(
              Math.multiplyHigh(text.length, times.value) == 0
                  ? text.length * times.value
                  : Long.MAX_VALUE);
          byte[] repeated = new byte[(int) (text.length * times.value)];
          for (int at = 0; at < repeated.length; at += text.length) {
            System.arraycopy(text.bytes, text.offset, repeated, at, text.length);
          }
          return out.set(repeated);
        });
  }

  /** A made text may have 1 MiB, as in BigQuery. */
  static void checkLength(long bytes) throws RowException {
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw new RowException("the result is longer than 1 MiB");
    }
  }

  private static @Nullable Expr split(Operands in) throws BindException {
    if (!isText(in)) {
      return null;
    }
    BytesExpr text = in.bytes(0);
    BytesExpr delimiter = in.size() > 1 ? in.bytes(1) : BytesExpr.constant(",");
    return new ObjectExpr(
        (row, out) -> {
          if (!text.evaluate(row) || !delimiter.evaluate(row)) {
            return false;
          }
          return out.set(parts(text.text(), delimiter.text()));
        });
  }

  private static List<String> parts(String text, String delimiter) {
    if (delimiter.isEmpty()) {
      return text.isEmpty()
          ? List.of("")
          : text.codePoints().mapToObj(Character::toString).toList();
    }
    List<String> parts = new ArrayList<>();
    int at = 0;
    int found = text.indexOf(delimiter);
    while (found >= 0) {
      parts.add(text.substring(at, found));
      at = found + delimiter.length();
      found = text.indexOf(delimiter, at);
    }
    parts.add(text.substring(at));
    return parts;
  }

  private static @Nullable Expr join(Operands in) throws BindException {
    if (in.type(0).elementType().kind() != Type.Kind.STRING) {
      return null;
    }
    ObjectExpr array = in.objects(0);
    BytesExpr delimiter = in.bytes(1);
    BytesExpr forNull = in.size() > 2 ? in.bytes(2) : null;
    return new BytesExpr(
        (row, out) -> {
          if (!array.evaluate(row) || !delimiter.evaluate(row)) {
            return false;
          }
          boolean nulls = forNull != null && forNull.evaluate(row);
          List<String> texts = new ArrayList<>();
          for (Object element : (List<?>) array.value) {
            if (element != null) {
              texts.add((String) element);
            } else if (nulls) {
              texts.add(forNull.text());
            }
          }
          return out.set(String.join(delimiter.text(), texts));
        });
  }

  private static Expr character(Operands in) throws BindException {
    LongExpr code = in.longs(0);
    return new BytesExpr(
        (row, out) -> {
          if (!code.evaluate(row)) {
            return false;
          }
          boolean surrogate =
              code.value >= Character.MIN_SURROGATE && code.value <= Character.MAX_SURROGATE;
          if (code.value < 0 || code.value > Character.MAX_CODE_POINT || surrogate) {
            throw new RowException("CHR of a number that is no code point");
          }
          return out.set(code.value == 0 ? "" : Character.toString((int) code.value));
        });
  }

  private static Expr ascii(Operands in) throws BindException {
    return LongExpr.of(
        in.bytes(0),
        a -> {
          if (a.length > 0 && a.at(0) < 0) {
            throw new RowException("ASCII of a text that does not begin with an ASCII character");
          }
          return a.length == 0 ? 0 : a.at(0);
        });
  }

  private static Expr unicode(Operands in) throws BindException {
    return LongExpr.of(in.bytes(0), a -> a.length == 0 ? 0 : Utf8.codePointAt(a, 0));
  }
}
