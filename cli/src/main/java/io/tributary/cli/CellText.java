package io.tributary.cli;

import io.tributary.row.Row;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as text for people: each in one line, cut where it is too long for a table. */
final class CellText {
  private static final int MOST = 40;

  private CellText() {}

  /** A value for a cell of a table; NULL is {@code NULL}. */
  static String shortened(@Nullable Object value) {
    String text = inOneLine(whole(value));
    return text.codePointCount(0, text.length()) <= MOST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST - 1)) + "…";
  }

  /** A value in full. */
  static String whole(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return "0x" + HexFormat.of().formatHex(copy);
    }
    if (value instanceof Row row) {
      return row.schema().columns().stream()
          .map(column -> column.name() + ": " + whole(row.get(column.name())))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(CellText::whole).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.toString();
  }

  /** Whether values of a type are easier to compare when they end at the same place. */
  static boolean isNumber(Type type) {
    return switch (type.kind()) {
      case INT64, FLOAT64, NUMERIC, BIGNUMERIC -> true;
      case BOOL, STRING, JSON, GEOGRAPHY, BYTES, DATE, TIME, DATETIME, TIMESTAMP, RECORD, ARRAY ->
          false;
    };
  }

  private static String inOneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        // would let a value move the cursor or change colours
        default -> line.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return line.toString();
  }
}
