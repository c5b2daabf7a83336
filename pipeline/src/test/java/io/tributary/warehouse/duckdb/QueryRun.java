package io.tributary.warehouse.duckdb;

import io.tributary.row.Type;
import io.tributary.sql.SqlQuery;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs an analysed query on a DuckDB connection. */
public final class QueryRun {
  private QueryRun() {}

  /** The rows; values are plain Java values, as a row of ours gives them, but for nested ones. */
  public static List<List<@Nullable Object>> rows(Connection connection, SqlQuery query)
      throws SQLException {
    SqlFunctions.prepare(connection, query);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.duckDb())) {
      while (result.next()) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < query.schema().size(); i++) {
          values.add(value(result, i + 1, query.schema().type(i)));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static @Nullable Object value(ResultSet result, int column, Type type)
      throws SQLException {
    if (type.kind() == Type.Kind.DATETIME) {
      return result.getObject(column, LocalDateTime.class);
    }
    Object value = result.getObject(column);
    if (type.kind() == Type.Kind.BIGNUMERIC && value != null) {
      return new BigDecimal((String) value).setScale(type.scale());
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof Blob blob) {
      return blob.getBytes(1, (int) blob.length());
    }
    return type.kind() == Type.Kind.JSON && value != null ? value.toString() : value;
  }
}
