package io.tributary.warehouse.duckdb;

import io.tributary.row.Schema;
import io.tributary.warehouse.Publication;
import io.tributary.warehouse.duckdb.Tables.Existing;

/**
 * The rows of one sink in a table of their own, with the columns of the table they go to. It lives
 * within the transaction of the publish, so it is never seen from outside.
 *
 * @param name as SQL writes it
 */
record StagingTable(String name, long rows) {

  /**
   * @param relation what can stand after FROM: the rows, in the columns of {@code rows.schema()}
   * @param columns of the table that the rows have
   */
  static StagingTable of(
      Database database,
      String runId,
      Publication.Table rows,
      String relation,
      Existing table,
      Schema columns) {
    String doing = TableLoader.loading(rows, table);
    String name = Sql.name(Tables.STAGING) + "." + Sql.name(runId + "." + rows.sink());
    database.execute(doing, "CREATE SCHEMA IF NOT EXISTS " + Sql.name(Tables.STAGING));
    database.execute(
        doing,
        "CREATE TABLE "
            + name
            + " AS "
            + StagedRows.select(relation, rows.schema(), columns, table.name()));
    return new StagingTable(name, database.number(doing, "SELECT count(*) FROM " + name));
  }

  void drop(Database database) {
    database.execute("dropping a staging table", "DROP TABLE " + name);
  }
}
