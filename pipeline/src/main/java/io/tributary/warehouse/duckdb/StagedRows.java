package io.tributary.warehouse.duckdb;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.Conversion;
import io.tributary.warehouse.TableName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Staged files as DuckDB reads them, with each value converted to the type of the column it goes
 * to: exactly, or the statement fails and names table and column.
 */
final class StagedRows {
  private StagedRows() {}

  /**
   * {@code read_parquet([…])} of the files. A folder on the way such as {@code id=7} would give the
   * column of that name its value, if DuckDB were not told that it is no partition.
   */
  static String scan(List<StagedFile> files) {
    return files.stream()
        .map(file -> Sql.text(file.path()))
        .collect(Collectors.joining(", ", "read_parquet([", "], hive_partitioning = false)"));
  }

  /**
   * The SELECT that gives the rows of a relation in the columns of {@code target}, which has the
   * columns of {@code staged} in any order.
   *
   * @param relation what can stand after FROM: {@link #scan}, or a query in parentheses
   */
  static String select(String relation, Schema staged, Schema target, TableName table) {
    String columns =
        target.columns().stream()
            .map(
                column ->
                    convert(staged.column(staged.position(column.name())), column.type(), table)
                        + " AS "
                        + Sql.name(column.name()))
            .collect(Collectors.joining(", "));
    return "SELECT " + columns + " FROM " + relation;
  }

  private static String convert(Column column, Type to, TableName table) {
    Type from = column.type();
    String value = Sql.name(column.name());
    String sqlType = DuckDbTypes.toSql(to);
    String cast = "CAST(" + value + " AS " + sqlType + ")";
    String failure =
        "CAST(error("
            + Sql.text(
                "table `"
                    + table
                    + "`: a value of column `"
                    + column.name()
                    + "` ("
                    + from
                    + ") does not fit "
                    + to)
            + ") AS "
            + sqlType
            + ")";
    return switch (Conversion.of(from, to)) {
      case NEVER ->
          throw new PermanentException(
              "table `"
                  + table
                  + "`: column `"
                  + column.name()
                  + "` is "
                  + to
                  + ", rows have "
                  + from);
      case ALWAYS -> {
        if (to.kind() == Kind.JSON) {
          yield orFail(
              value, "TRY_CAST(" + value + " AS JSON)", failure); // a file may hold any text
        }
        yield from.kind() == Kind.STRING && to.kind() == Kind.BYTES
            ? "encode(" + value + ")"
            : cast;
      }
      case BY_VALUE -> orFail(value, attempt(value, from, to, sqlType), failure);
    };
  }

  /** The converted value, or NULL when it does not fit. */
  private static String attempt(String value, Type from, Type to, String sqlType) {
    if (from.kind() == Kind.BYTES) {
      return "TRY(decode(" + value + "))";
    }
    String attempt = "TRY_CAST(" + value + " AS " + sqlType + ")";
    if (from.isDecimal()) {
      // a cast would round digits away
      String digits = "'^-?[0-9]*(\\.[0-9]{0," + to.scale() + "}0*)?$'";
      return "CASE WHEN regexp_matches(CAST("
          + value
          + " AS VARCHAR), "
          + digits
          + ") THEN "
          + attempt
          + " END";
    }
    if (to.kind() == Kind.BOOL) {
      return "CASE WHEN " + value + " IN (0, 1) THEN " + attempt + " END";
    }
    if (to.kind() == Kind.FLOAT64) { // larger integers have no exact double
      return "CASE WHEN "
          + value
          + " BETWEEN -9007199254740992 AND 9007199254740992 THEN "
          + attempt
          + " END";
    }
    return attempt;
  }

  private static String orFail(String value, String attempt, String failure) {
    return "coalesce("
        + attempt
        + ", CASE WHEN "
        + value
        + " IS NOT NULL THEN "
        + failure
        + " END)";
  }
}
