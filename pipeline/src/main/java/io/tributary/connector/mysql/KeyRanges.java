package io.tributary.connector.mysql;

import io.tributary.connector.mysql.MySqlCatalog.Column;
import io.tributary.connector.mysql.MySqlCatalog.Table;
import io.tributary.failure.PermanentException;
import io.tributary.row.CursorRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a source reads into ranges of a key. The ranges have every row once, whatever is
 * written meanwhile: neighbours share a bound, the first has no lower and the last no upper one.
 * How even they are depends on the method:
 *
 * <ul>
 *   <li>an integer key is cut by the server's estimates for ranges of its index, which cost
 *       microseconds ({@link KeyBisection});
 *   <li>other keys, and keys whose estimates cannot be had, by walking along the key ({@link
 *       KeyWalk}), which reads the index once and is exact.
 * </ul>
 */
final class KeyRanges {
  private final Connection connection;
  private final SplitSize size;

  KeyRanges(Connection connection, SplitSize size) {
    this.connection = connection;
    this.size = size;
  }

  /**
   * @param increment what is read; null for everything
   */
  List<KeyRange> of(MySqlParameters parameters, @Nullable CursorRange increment)
      throws SQLException {
    if (parameters.table() != null) {
      return increment == null || increment.from() == null
          ? ofTable(parameters.table(), parameters.splitColumn())
          : ofIncrement(parameters.table(), parameters.splitColumn(), increment);
    }
    String splitColumn = parameters.splitColumn();
    if (splitColumn == null) {
      return List.of(KeyRange.all(0));
    }
    String query = "(" + parameters.queries().get(0).sql() + "\n) AS q";
    String from =
        increment == null
            ? query
            : "(SELECT * FROM " + query + " WHERE " + CursorCondition.sql(increment) + ") AS i";
    for (MySqlColumn column : columns("SELECT * FROM " + from)) {
      if (column.name().equalsIgnoreCase(splitColumn)) {
        Optional<KeyColumn> key =
            KeyColumn.of(column.name(), column.typeName().toLowerCase(Locale.ROOT));
        return key.isEmpty()
            ? List.of(KeyRange.all(0))
            : walk(from, List.of(key.get()), count(from));
      }
    }
    return List.of(KeyRange.all(0));
  }

  private List<MySqlColumn> columns(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return MySqlColumn.of(statement.getMetaData());
    }
  }

  private List<KeyRange> ofTable(MySqlTable name, @Nullable String splitColumn)
      throws SQLException {
    Table table = table(name);
    List<KeyColumn> key = key(table, splitColumn);
    if (key.isEmpty() || table.rows() < 2 * size.least() && isSmall(name.sql())) {
      return List.of(KeyRange.all(0));
    }
    KeyColumn first = key.get(0);
    Column column = table.column(first.name()).orElseThrow();
    boolean estimated = first.isInteger() && (key.size() == 1 || splitColumn != null);
    if (estimated && column.index() != null && table.rows() >= 2 * size.least()) {
      Optional<List<KeyRange>> ranges =
          new KeyBisection(connection, name.sql(), first, column.index())
              .ranges(table.rows(), size.rowsPerSplit(table.rows()));
      if (ranges.isPresent()) {
        return ranges.get();
      }
    }
    boolean isKnown = table.rows() >= 2 * size.least();
    return walk(name.sql(), key, isKnown ? table.rows() : count(name.sql()));
  }

  /**
   * An increment is cut along its cursor, whose index finds it: to cut it by another key would look
   * through the whole table for each range.
   */
  private List<KeyRange> ofIncrement(
      MySqlTable name, @Nullable String splitColumn, CursorRange increment) throws SQLException {
    String from =
        "(SELECT * FROM " + name.sql() + " WHERE " + CursorCondition.sql(increment) + ") AS i";
    if (isSmall(from)) {
      return List.of(KeyRange.all(0));
    }
    List<KeyColumn> key = key(table(name), splitColumn == null ? increment.column() : splitColumn);
    return key.isEmpty() ? List.of(KeyRange.all(0)) : walk(from, key, count(from));
  }

  private Table table(MySqlTable name) throws SQLException {
    return new MySqlCatalog(connection)
        .table(name)
        .orElseThrow(
            () -> new PermanentException("mysql " + name + ": the table is gone; plan again"));
  }

  /**
   * The columns to cut by: the primary key, or the user's column, followed by the primary key so
   * that many rows with one value can be parted.
   */
  private static List<KeyColumn> key(Table table, @Nullable String splitColumn) {
    List<Column> columns = new ArrayList<>();
    if (splitColumn != null) {
      columns.add(table.column(splitColumn).orElseThrow());
    }
    table.columns().values().stream()
        .filter(column -> column.keyPosition() > 0)
        .filter(column -> !columns.contains(column))
        .sorted(Comparator.comparingInt(Column::keyPosition))
        .forEach(columns::add);
    List<KeyColumn> key = new ArrayList<>();
    for (Column column : columns) {
      Optional<KeyColumn> part = KeyColumn.of(column.name(), column.dataType());
      if (part.isEmpty()) {
        break;
      }
      key.add(part.get());
    }
    return key;
  }

  /** Whether there are too few rows to split; the server's own number of rows may be old. */
  private boolean isSmall(String from) throws SQLException {
    String sql = "SELECT 1 FROM " + from + " LIMIT 1 OFFSET " + (2 * size.least() - 1);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      return !rows.next();
    }
  }

  private long count(String from) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT COUNT(*) FROM " + from);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private List<KeyRange> walk(String from, List<KeyColumn> key, long rows) throws SQLException {
    return new KeyWalk(connection, from, key).ranges(size.rowsPerSplit(rows));
  }
}
