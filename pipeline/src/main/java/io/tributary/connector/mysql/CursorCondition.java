package io.tributary.connector.mysql;

import io.tributary.row.CursorRange;
import io.tributary.row.CursorValue;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What the rows of an increment, and no others, fulfil. The column stands alone, so that its index
 * is used, and the literals have its type: the session is in UTC, as TIMESTAMP values are.
 */
final class CursorCondition {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private CursorCondition() {}

  static String sql(CursorRange range) {
    String column = MySqlTable.quote(range.column());
    String below = column + " < " + literal(range.to());
    return range.from() == null
        ? "(" + below + " OR " + column + " IS NULL)"
        : column + " >= " + literal(range.from()) + " AND " + below;
  }

  static String literal(CursorValue value) {
    return switch (value.type().kind()) {
      case INT64 -> Long.toString(value.slot());
      case DATE -> "DATE'" + value + "'";
      default -> "TIMESTAMP'" + value.wallClock().format(MOMENT) + "'";
    };
  }
}
