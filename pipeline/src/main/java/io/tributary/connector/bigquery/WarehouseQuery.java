package io.tributary.connector.bigquery;

import io.tributary.module.Split;
import io.tributary.row.CursorRange;
import io.tributary.row.CursorValue;
import io.tributary.row.Type.Kind;
import io.tributary.warehouse.TableName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All rows of one query, in the warehouse's SQL. */
record WarehouseQuery(String sql) implements Split {
  /**
   * Stands between a SELECT and its condition, which has lines of its own: it may end in a comment.
   */
  static final String WHERE = " WHERE (\n";

  /** The rows of a table. */
  static WarehouseQuery of(TableName table, List<String> columns, @Nullable String where) {
    List<String> quoted = columns.stream().map(WarehouseQuery::quoted).toList();
    String select = beforeWhere(quoted, table);
    return new WarehouseQuery(where == null ? select : withWhere(select, where));
  }

  static String beforeWhere(List<String> expressions, TableName table) {
    return expressions.stream().collect(Collectors.joining(", ", "SELECT ", " FROM "))
        + quoted(table.dataset())
        + "."
        + quoted(table.table());
  }

  static String withWhere(String select, String where) {
    return select + WHERE + where + "\n)";
  }

  /** The largest value of a column, and how many rows have none. */
  WarehouseQuery largest(String column) {
    String name = quoted(column);
    return new WarehouseQuery(
        "SELECT max("
            + name
            + ") AS largest, count(*) - count("
            + name
            + ") AS nulls FROM (\n"
            + sql
            + "\n) AS q");
  }

  /** Its rows whose cursor lies in a range. */
  WarehouseQuery within(CursorRange range) {
    String column = quoted(range.column());
    String below = column + " < " + literal(range.to());
    String condition =
        range.from() == null
            ? "(" + below + " OR " + column + " IS NULL)"
            : column + " >= " + literal(range.from()) + " AND " + below;
    return new WarehouseQuery("SELECT * FROM (\n" + sql + "\n) AS q WHERE " + condition);
  }

  private static String literal(CursorValue value) {
    return value.type().kind() == Kind.INT64
        ? value.toString()
        : "CAST('" + value + "' AS " + value.type() + ")";
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
