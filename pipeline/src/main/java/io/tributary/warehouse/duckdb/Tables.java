package io.tributary.warehouse.duckdb;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.warehouse.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of the file, as DuckDB's catalog tells them. Used by one thread. */
final class Tables {
  /** The schema of tables that live within a publish only. */
  static final String STAGING = "tributary_staging";

  private static final String OURS = "('" + Ledger.SCHEMA + "', '" + STAGING + "')";

  private final Database database;

  Tables(Database database) {
    this.database = database;
  }

  /**
   * A table or view.
   *
   * @param name as the catalog has it, with the project of its comment
   * @param createSql the statement that makes it, with its constraints; null for a view
   */
  record Existing(TableName name, Schema schema, TableComment comment, @Nullable String createSql) {
    boolean isView() {
      return createSql == null;
    }
  }

  private record Entry(
      String schema, String name, @Nullable String comment, @Nullable String sql) {}

  Optional<Existing> find(TableName table) {
    return database
        .first(
            "reading the catalog",
            row ->
                new Entry(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
            """
            SELECT schema_name, table_name, comment, sql FROM duckdb_tables()
            WHERE database_name = current_database() AND lower(schema_name) = lower(?)
              AND lower(table_name) = lower(?)
            UNION ALL
            SELECT schema_name, view_name, comment, NULL FROM duckdb_views()
            WHERE database_name = current_database() AND lower(schema_name) = lower(?)
              AND lower(view_name) = lower(?)\
            """,
            table.dataset(),
            table.table(),
            table.dataset(),
            table.table())
        .map(this::existing);
  }

  private Existing existing(Entry entry) {
    TableComment comment = TableComment.parse(entry.comment());
    TableName name = new TableName(comment.project(), entry.schema(), entry.name());
    return new Existing(name, schema(name), comment, entry.sql());
  }

  private Schema schema(TableName table) {
    List<Column> columns =
        database.list(
            "reading the catalog",
            row ->
                TableComment.column(
                    row.getString(1),
                    type(table, row.getString(1), row.getString(2)),
                    row.getBoolean(3),
                    row.getString(4)),
            """
            SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns()
            WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
            ORDER BY column_index\
            """,
            table.dataset(),
            table.table());
    return Schema.of(columns);
  }

  private static Type type(TableName table, String column, String typeText) {
    return DuckDbTypes.fromSql(typeText)
        .orElseThrow(
            () ->
                new PermanentException(
                    "table `"
                        + table
                        + "`: column `"
                        + column
                        + "` is "
                        + typeText
                        + ", which Tributary does not read; change its type, or use a query that"
                        + " casts it"));
  }

  long rows(TableName table) {
    return database.number("counting " + table, "SELECT count(*) FROM " + Sql.name(table));
  }

  /** All tables and views but the ledger and staging tables. */
  List<TableName> all() {
    return database.list(
        "reading the catalog",
        row ->
            new TableName(
                TableComment.parse(row.getString(3)).project(), row.getString(1), row.getString(2)),
        """
        SELECT schema_name, table_name, comment FROM duckdb_tables()
        WHERE database_name = current_database() AND schema_name NOT IN %1$s
        UNION ALL
        SELECT schema_name, view_name, comment FROM duckdb_views()
        WHERE database_name = current_database() AND NOT internal AND schema_name NOT IN %1$s
        ORDER BY 1, 2\
        """
            .formatted(OURS));
  }

  /** Makes a table with its comments, and its dataset if that is missing. */
  void create(TableName table, Schema schema, TableComment comment) {
    List<String> columns = new ArrayList<>();
    for (Column column : schema.columns()) {
      columns.add(
          Sql.name(column.name())
              + " "
              + DuckDbTypes.toSql(column.type())
              + (column.nullable() ? "" : " NOT NULL"));
    }
    database.execute(
        "creating the dataset of " + table,
        "CREATE SCHEMA IF NOT EXISTS " + Sql.name(table.dataset()));
    database.execute(
        "creating " + table,
        "CREATE TABLE " + Sql.name(table) + " (" + String.join(", ", columns) + ")");
    comment(table, comment.text());
    commentColumns(table, schema);
  }

  /**
   * Drops a table and makes it again, empty: its columns with their order, constraints and
   * defaults, its indexes and its comments stay. Rows go into a new table much faster than into one
   * whose rows were deleted.
   *
   * @param alteration what else is to be done to the table, before it has its indexes
   */
  void empty(Existing table, Runnable alteration) {
    String name = Sql.name(table.name());
    List<String> indexes =
        database.list(
            "reading the catalog",
            row -> row.getString(1),
            """
            SELECT sql FROM duckdb_indexes()
            WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
              AND sql IS NOT NULL\
            """,
            table.name().dataset(),
            table.name().table());
    String create = table.createSql();
    if (create == null) {
      throw new IllegalStateException(table.name() + " is a view");
    }
    database.execute("emptying " + table.name(), "DROP TABLE " + name);
    database.execute("emptying " + table.name(), create);
    comment(table.name(), table.comment().text());
    commentColumns(table.name(), table.schema());
    alteration.run();
    indexes.forEach(sql -> database.execute("emptying " + table.name(), sql));
  }

  /** The indexes and constraints for which DuckDB refuses to change the type of a column. */
  List<String> holders(TableName table, String column) {
    return database.list(
        "reading the catalog",
        row -> row.getString(1),
        """
        SELECT 'index ' || index_name FROM duckdb_indexes()
        WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
          AND sql IS NOT NULL
        UNION ALL
        SELECT constraint_text FROM duckdb_constraints()
        WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
          AND constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'CHECK', 'FOREIGN KEY')
          AND list_contains(constraint_column_names, ?)
        ORDER BY 1\
        """,
        table.dataset(),
        table.table(),
        table.dataset(),
        table.table(),
        column);
  }

  void comment(TableName table, String text) {
    if (!text.isEmpty()) {
      database.execute(
          "commenting on " + table,
          "COMMENT ON TABLE " + Sql.name(table) + " IS " + Sql.text(text));
    }
  }

  private void commentColumns(TableName table, Schema schema) {
    for (Column column : schema.columns()) {
      String comment = TableComment.ofColumn(column);
      if (!comment.isEmpty()) {
        database.execute(
            "commenting on " + table,
            "COMMENT ON COLUMN "
                + Sql.name(table)
                + "."
                + Sql.name(column.name())
                + " IS "
                + Sql.text(comment));
      }
    }
  }
}
