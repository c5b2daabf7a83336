package io.tributary.warehouse.duckdb;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import io.tributary.warehouse.Evolution;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.duckdb.Tables.Existing;

/**
 * Gives a table the columns and types of an evolution, within the transaction of the publish: what
 * DuckDB refuses fails the publish as a whole. Everything else about the table stays.
 */
final class TableAlteration {
  private final Database database;
  private final Existing table;
  private final Evolution evolution;

  TableAlteration(Database database, Existing table, Evolution evolution) {
    this.database = database;
    this.table = table;
    this.evolution = evolution;
  }

  /**
   * @throws PermanentException when an index, a constraint or a generated column holds a column
   */
  void apply() {
    evolution.added().forEach(this::add);
    evolution.widened().forEach(this::widen);
  }

  private void add(Column column) {
    alter(
        "adding column `" + column.name() + "` to " + table.name(),
        "ADD COLUMN " + Sql.name(column.name()) + " " + DuckDbTypes.toSql(column.type()));
    comment(column);
  }

  private void widen(Column column) {
    Type before = table.schema().type(table.schema().position(column.name()));
    String name = Sql.name(column.name());
    String change =
        "making column `"
            + column.name()
            + "` of "
            + table.name()
            + " "
            + column.type()
            + " instead of "
            + before;
    try {
      alter(
          change,
          "ALTER COLUMN "
              + name
              + " SET DATA TYPE "
              + DuckDbTypes.toSql(column.type())
              + " USING "
              + converted(name, before, column.type()));
    } catch (PermanentException e) {
      throw new PermanentException(
          e.getMessage()
              + "; nothing was published: drop the index, constraint or generated column that holds"
              + " it, change the type by hand, or set `on_schema_change: {types: freeze}`",
          e);
    }
    comment(column);
  }

  /** A decimal as text has no needless zeros, as in staged files: 1.50 and 1.5 are one value. */
  private static String converted(String name, Type from, Type to) {
    String text = "CAST(" + name + " AS " + DuckDbTypes.toSql(to) + ")";
    return from.kind() == Kind.NUMERIC && from.scale() > 0 && to.kind() == Kind.BIGNUMERIC
        ? "rtrim(rtrim(" + text + ", '0'), '.')"
        : text;
  }

  private void alter(String doing, String change) {
    TableName name = table.name();
    database.execute(doing, "ALTER TABLE " + Sql.name(name) + " " + change);
  }

  /** Also removes a note of the type that the column had. */
  private void comment(Column column) {
    String comment = TableComment.ofColumn(column);
    database.execute(
        "commenting on " + table.name(),
        "COMMENT ON COLUMN "
            + Sql.name(table.name())
            + "."
            + Sql.name(column.name())
            + " IS "
            + (comment.isEmpty() ? "NULL" : Sql.text(comment)));
  }
}
