package io.tributary.warehouse.duckdb;

import io.tributary.failure.RunException;
import io.tributary.row.Row;
import io.tributary.row.Schema;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.StagedQuery;
import io.tributary.warehouse.StagedTable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs queries over staged files, each within a transaction of the caller: its tables are views
 * that are gone when it has been run. Used by one thread.
 */
final class StagedQueries {
  private final Database database;

  StagedQueries(Database database) {
    this.database = database;
  }

  /** How messages call a query. */
  static String called(StagedQuery query) {
    return "query `" + query.step() + "`";
  }

  /** To be called before the transaction in which the query is run. */
  void prepare(StagedQuery query) {
    database.prepare(called(query), query.query());
  }

  /**
   * Does something with the result of a query.
   *
   * @param columns new names of the result's columns, in their order
   * @param work is given the result as what can stand after FROM
   * @throws RunException names the query as the step in which it happened
   */
  <T> T run(StagedQuery query, List<String> columns, Function<String, T> work) {
    try {
      query
          .tables()
          .forEach(
              (name, table) ->
                  database.execute(
                      called(query),
                      "CREATE OR REPLACE TEMP VIEW " + Sql.name(name) + " AS " + rows(table)));
      T done =
          work.apply("(" + query.query().duckDb() + "\n) AS result(" + Sql.names(columns) + ")");
      query
          .tables()
          .keySet()
          .forEach(
              name -> database.execute(called(query), "DROP VIEW temp.main." + Sql.name(name)));
      return done;
    } catch (RunException e) {
      e.happenedIn(query.step());
      throw e;
    }
  }

  private static String rows(StagedTable table) {
    List<StagedFile> files = table.files();
    Schema schema = table.schema();
    if (!files.isEmpty()) {
      return "SELECT " + Sql.names(schema.names()) + " FROM " + StagedRows.scan(files);
    }
    return schema.columns().stream()
        .map(
            column ->
                "CAST(NULL AS "
                    + DuckDbTypes.toSql(column.type())
                    + ") AS "
                    + Sql.name(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  /** The rows of a query, all in memory. */
  List<Row> rows(StagedQuery query) {
    Schema schema = query.query().schema();
    return run(
        query,
        schema.names(),
        result -> database.rows(called(query), schema, "SELECT * FROM " + result));
  }

  /** Writes the result of a query to a Parquet file and returns how many rows it has. */
  long export(StagedQuery query, String path) {
    return run(
        query,
        query.query().schema().names(),
        result ->
            database.update(
                called(query),
                "COPY (SELECT * FROM "
                    + result
                    + ") TO "
                    + Sql.text(path)
                    + " (FORMAT parquet, COMPRESSION zstd)"));
  }
}
