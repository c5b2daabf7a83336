package io.tributary.warehouse.duckdb;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.duckdb.Tables.Existing;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Rows to append without those that the table holds already. Where a read begins at the table's own
 * largest cursor, rows with that cursor come again, some of them perhaps for the first time: each
 * of them is left out as often as the table has it.
 */
final class NewRows {
  /** Names that no column of a table has. */
  private static final String HELD = Sql.name("tributary rows held");

  private static final String NUMBER = Sql.name("tributary row number");

  private NewRows() {}

  /**
   * @param batch the table of the rows, with {@code columns}
   * @param table as it was before columns were added: by these its rows are compared
   */
  static String select(String batch, Existing table, Schema columns, CursorMove overlap) {
    Schema schema = table.schema();
    Column cursor = schema.column(schema.position(Objects.requireNonNull(overlap.overlap())));
    // a wall clock becomes an instant, and an instant a wall clock, in UTC: as the rows do
    String value =
        "CAST("
            + Sql.text(Objects.requireNonNull(overlap.from()).toString().replace("Z", ""))
            + " AS "
            + DuckDbTypes.toSql(cursor.type())
            + ")";
    String same = Sql.name(cursor.name()) + " = " + value;
    List<String> compared =
        columns.names().stream().filter(name -> schema.find(name).isPresent()).toList();
    return "WITH held AS (SELECT "
        + Sql.names(compared)
        + ", count(*) AS "
        + HELD
        + " FROM "
        + Sql.name(table.name())
        + " WHERE "
        + same
        + " GROUP BY ALL), again AS (SELECT *, row_number() OVER (PARTITION BY "
        + Sql.names(compared)
        + ") AS "
        + NUMBER
        + " FROM "
        + batch
        + " WHERE "
        + same
        + ") SELECT * FROM "
        + batch
        + " WHERE ("
        + same
        + ") IS NOT TRUE UNION ALL SELECT "
        + columns.names().stream()
            .map(name -> "again." + Sql.name(name))
            .collect(Collectors.joining(", "))
        + " FROM again LEFT JOIN held ON "
        + compared.stream()
            .map(Sql::name)
            .map(name -> "again." + name + " IS NOT DISTINCT FROM held." + name)
            .collect(Collectors.joining(" AND "))
        + " WHERE again."
        + NUMBER
        + " > coalesce(held."
        + HELD
        + ", 0)";
  }
}
