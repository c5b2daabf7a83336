package io.tributary.connector.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows about its tables. Reads {@code information_schema} through a connection.
 */
final class MySqlCatalog {
  private final Connection connection;

  MySqlCatalog(Connection connection) {
    this.connection = connection;
  }

  /**
   * A table or view.
   *
   * @param schema the database it is in
   * @param engine null for a view
   * @param rows the server's estimate; 0 for a view
   * @param columns by name, in table order
   */
  record Table(
      String schema,
      String name,
      boolean isView,
      @Nullable String engine,
      long rows,
      Map<String, Column> columns) {

    /** A column by its name without regard to case, as the database finds it. */
    Optional<Column> column(String wanted) {
      return columns.values().stream()
          .filter(column -> column.name().equalsIgnoreCase(wanted))
          .findFirst();
    }

    /** Whether its rows can be read as of one moment. */
    boolean hasSnapshots() {
      return engine == null
          || engine.equalsIgnoreCase("InnoDB")
          || engine.equalsIgnoreCase("RocksDB");
    }
  }

  /**
   * A column of a table.
   *
   * @param dataType lower case: {@code bigint}, {@code varchar} …
   * @param isVisible whether {@code SELECT *} has it
   * @param index name of an index that begins with it; null when there is none
   * @param keyPosition its place in the primary key, from 1; 0 when it is not in it
   */
  record Column(
      String name,
      String dataType,
      boolean isNullable,
      boolean isVisible,
      @Nullable String comment,
      @Nullable String index,
      int keyPosition) {}

  /** Empty when there is no such table or view, or the user may not see it. */
  Optional<Table> table(MySqlTable wanted) throws SQLException {
    String sql =
        "SELECT table_schema, table_name, table_type, engine, table_rows"
            + " FROM information_schema.tables"
            + " WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ?";
    try (PreparedStatement statement = prepare(sql, wanted);
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      boolean isView = rows.getString(3).contains("VIEW");
      MySqlTable found = new MySqlTable(rows.getString(1), rows.getString(2));
      return Optional.of(
          new Table(
              rows.getString(1),
              rows.getString(2),
              isView,
              rows.getString(4),
              rows.getLong(5),
              columns(found)));
    }
  }

  private Map<String, Column> columns(MySqlTable table) throws SQLException {
    Map<String, String> indexes = new LinkedHashMap<>();
    Map<String, Integer> primary = new LinkedHashMap<>();
    String sql =
        "SELECT column_name, index_name, seq_in_index FROM information_schema.statistics"
            + " WHERE table_schema = ? AND table_name = ? AND sub_part IS NULL"
            + " AND index_type = 'BTREE' ORDER BY index_name <> 'PRIMARY', index_name";
    try (PreparedStatement statement = prepare(sql, table);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (rows.getInt(3) == 1) {
          indexes.putIfAbsent(rows.getString(1), rows.getString(2));
        }
        if (rows.getString(2).equals("PRIMARY")) {
          primary.put(rows.getString(1), rows.getInt(3));
        }
      }
    }
    Map<String, Column> columns = new LinkedHashMap<>();
    sql =
        "SELECT column_name, data_type, is_nullable, extra, column_comment"
            + " FROM information_schema.columns"
            + " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position";
    try (PreparedStatement statement = prepare(sql, table);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(1);
        String comment = rows.getString(5);
        columns.put(
            name,
            new Column(
                name,
                rows.getString(2).toLowerCase(Locale.ROOT),
                !rows.getString(3).equals("NO"),
                !rows.getString(4).toUpperCase(Locale.ROOT).contains("INVISIBLE"),
                comment == null || comment.isEmpty() ? null : comment,
                indexes.get(name),
                primary.getOrDefault(name, 0)));
      }
    }
    return columns;
  }

  /** Names of the tables and views beside a table, for suggestions. */
  List<String> tablesBeside(MySqlTable table) throws SQLException {
    List<String> names = new ArrayList<>();
    String sql =
        "SELECT table_name FROM information_schema.tables"
            + " WHERE table_schema = COALESCE(?, DATABASE()) AND ? <> ''";
    try (PreparedStatement statement = prepare(sql, table);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private PreparedStatement prepare(String sql, MySqlTable table) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, table.schema());
    statement.setString(2, table.name());
    return statement;
  }
}
