package io.tributary.connector.mysql;

import io.tributary.connector.mysql.KeyRange.Condition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bounds of ranges by walking along a key in steps of so many rows. Comparing and sorting
 * is left to the database, so any collation is right. When the key is unique, every range but the
 * last has exactly the wanted rows; rows with one value stay together.
 */
final class KeyWalk {
  private final Connection connection;
  private final String from;
  private final List<KeyColumn> key;
  private final List<String> names;

  /**
   * @param from a table's name, or a query in parentheses with an alias
   */
  KeyWalk(Connection connection, String from, List<KeyColumn> key) {
    this.connection = connection;
    this.from = from;
    this.key = key;
    this.names = key.stream().map(KeyColumn::name).toList();
  }

  /**
   * A key on the way.
   *
   * @param moved whether it lies beyond the key that the step began at
   */
  private record Step(List<Key> keys, boolean moved) {}

  List<KeyRange> ranges(long rows) throws SQLException {
    List<KeyRange> ranges = new ArrayList<>();
    List<Key> bound = List.of();
    Step step = step(null, 0);
    List<Key> at = step == null ? null : step.keys();
    while (at != null) {
      step = step(at, rows);
      if (step != null && !step.moved()) {
        step = beyond(at); // one value has more rows than a range should
      }
      at = step == null ? null : step.keys();
      if (at != null) {
        ranges.add(new KeyRange(0, names, bound, at));
        bound = at;
      }
    }
    ranges.add(bound.isEmpty() ? KeyRange.all(0) : new KeyRange(0, names, bound, List.of()));
    return ranges;
  }

  /** The key that is so many rows after another; null when there are not so many. */
  private @Nullable Step step(@Nullable List<Key> start, long rows) throws SQLException {
    if (start == null) {
      Condition known = new Condition(key.get(0).sql() + " IS NOT NULL", List.of());
      return fetch("TRUE", List.of(), List.of(known), rows);
    }
    return fetch("NOT (" + equal(start) + ")", parameters(start), List.of(from(start)), rows);
  }

  /** The first key that is greater than another. */
  private @Nullable Step beyond(List<Key> start) throws SQLException {
    Condition other = new Condition("NOT (" + equal(start) + ")", parameters(start));
    return fetch("TRUE", List.of(), List.of(from(start), other), 0);
  }

  private Condition from(List<Key> start) {
    return new KeyRange(0, names, start, List.of()).condition();
  }

  private String equal(List<Key> keys) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      parts.add(key.get(i).sql() + " = " + keys.get(i).sql());
    }
    return String.join(" AND ", parts);
  }

  private static List<String> parameters(List<Key> keys) {
    return keys.stream().filter(Key::isParameter).map(Key::text).toList();
  }

  private @Nullable Step fetch(
      String moved, List<String> movedParameters, List<Condition> conditions, long offset)
      throws SQLException {
    String fetched = String.join(", ", key.stream().map(KeyColumn::fetch).toList());
    String order = String.join(", ", key.stream().map(KeyColumn::sql).toList());
    String where = String.join(" AND ", conditions.stream().map(Condition::sql).toList());
    String sql =
        "SELECT "
            + moved
            + ", "
            + fetched
            + " FROM "
            + from
            + " WHERE "
            + where
            + " ORDER BY "
            + order
            + " LIMIT 1 OFFSET "
            + offset;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (String text : movedParameters) {
        statement.setString(parameter++, text);
      }
      for (Condition condition : conditions) {
        for (String text : condition.parameters()) {
          statement.setString(parameter++, text);
        }
      }
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return null;
        }
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
          keys.add(new Key(key.get(i).kind(), rows.getString(i + 2)));
        }
        return new Step(keys, rows.getInt(1) != 0);
      }
    }
  }
}
