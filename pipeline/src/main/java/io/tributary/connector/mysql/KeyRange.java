package io.tributary.connector.mysql;

import io.tributary.module.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keys {@code from} (inclusive) to {@code to} (exclusive), compared column by column; an empty list
 * means no bound on that side. A range without lower bound has the NULLs, too.
 *
 * @param piece which query of the source is read, from 0; a table is one query
 * @param columns names of the key's columns; empty when everything is read
 */
record KeyRange(int piece, List<String> columns, List<Key> from, List<Key> to) implements Split {

  /**
   * A SQL condition.
   *
   * @param parameters texts for its {@code ?}
   */
  record Condition(String sql, List<String> parameters) {}

  KeyRange {
    columns = List.copyOf(columns);
    from = List.copyOf(from);
    to = List.copyOf(to);
  }

  /** All rows of a query. */
  static KeyRange all(int piece) {
    return new KeyRange(piece, List.of(), List.of(), List.of());
  }

  boolean isAll() {
    return from.isEmpty() && to.isEmpty();
  }

  /** What its rows, and no others, fulfil; {@code TRUE} when all do. */
  Condition condition() {
    List<String> conditions = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    if (!from.isEmpty()) {
      conditions.add(bound(from, ">", ">=", parameters));
    }
    if (!to.isEmpty()) {
      String below = bound(to, "<", "<", parameters);
      conditions.add(
          from.isEmpty()
              ? "(" + below + " OR " + MySqlTable.quote(columns.get(0)) + " IS NULL)"
              : below);
    }
    return new Condition(
        conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions), parameters);
  }

  /**
   * A comparison of several columns, written out because old servers use no index for row values;
   * the plain condition on the first column is there for the same reason.
   */
  private String bound(List<Key> keys, String beyond, String last, List<String> parameters) {
    if (keys.size() == 1) {
      return compare(0, last, keys, parameters);
    }
    String plain = compare(0, beyond + "=", keys, parameters);
    StringBuilder text = new StringBuilder(plain).append(" AND (");
    for (int i = 0; i < keys.size() - 1; i++) {
      text.append(compare(i, beyond, keys, parameters)).append(" OR (");
      text.append(compare(i, "=", keys, parameters)).append(" AND ");
    }
    text.append(compare(keys.size() - 1, last, keys, parameters));
    return text.append(")".repeat(keys.size())).toString();
  }

  private String compare(int column, String operator, List<Key> keys, List<String> parameters) {
    Key key = keys.get(column);
    if (key.isParameter()) {
      parameters.add(key.text());
    }
    return MySqlTable.quote(columns.get(column)) + " " + operator + " " + key.sql();
  }

  @Override
  public String toString() {
    if (isAll()) {
      return piece == 0 ? "all rows" : "all rows of piece " + (piece + 1);
    }
    return String.join(",", columns)
        + (from.isEmpty() ? " (-∞," : " [" + text(from) + ",")
        + (to.isEmpty() ? "∞)" : text(to) + ")");
  }

  private static String text(List<Key> keys) {
    String joined = keys.stream().map(Key::toString).collect(Collectors.joining(","));
    return keys.size() == 1 ? joined : "(" + joined + ")";
  }
}
