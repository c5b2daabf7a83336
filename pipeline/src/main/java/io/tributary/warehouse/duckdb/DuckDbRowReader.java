package io.tributary.warehouse.duckdb;

import io.tributary.failure.PermanentException;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.warehouse.QueryResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The rows of a query, fetched as they are read. Owns its connection. */
final class DuckDbRowReader implements QueryResult {

  /** Copies one column of the current result row. */
  @FunctionalInterface
  private interface ColumnReader {
    void read(ResultSet rows, int column, RowBuilder out) throws SQLException;
  }

  private final Connection connection;
  private final @Nullable ResultSet rows;
  private final Schema schema;
  private final ColumnReader[] readers;
  private long count;

  /**
   * @param rows null when the statement gave none
   */
  DuckDbRowReader(Connection connection, @Nullable ResultSet rows, Schema schema)
      throws SQLException {
    this.connection = connection;
    this.rows = rows;
    this.schema = schema;
    this.readers = new ColumnReader[schema.size()];
    for (int i = 0; i < readers.length; i++) {
      String type = rows == null ? "" : rows.getMetaData().getColumnTypeName(i + 1);
      readers[i] = reader(schema.type(i), type);
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean next(RowBuilder out) throws IOException {
    int column = 0;
    try {
      if (rows == null || !rows.next()) {
        return false;
      }
      for (; column < readers.length; column++) {
        readers[column].read(rows, column, out);
      }
      count++;
      return true;
    } catch (SQLException e) {
      throw new IOException(
          "warehouse query, after row " + count + ": " + DuckDbErrors.message(e), e);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new PermanentException(
          "warehouse query, after row "
              + count
              + ": a value of column `"
              + schema.column(column).name()
              + "` does not fit "
              + schema.type(column)
              + "; cast it in the query",
          e);
    }
  }

  private static ColumnReader reader(Type type, String duckDbType) {
    return switch (type.kind()) {
      case BOOL ->
          (rows, i, out) -> {
            boolean value = rows.getBoolean(i + 1);
            setLong(out, i, value ? 1 : 0, rows.wasNull());
          };
      case INT64 ->
          duckDbType.equals("HUGEINT")
              ? object(type)
              : (rows, i, out) -> setLong(out, i, rows.getLong(i + 1), rows.wasNull());
      case FLOAT64 ->
          (rows, i, out) -> {
            double value = rows.getDouble(i + 1);
            if (rows.wasNull()) {
              out.setNull(i);
            } else {
              out.setDouble(i, value);
            }
          };
      case STRING, JSON, GEOGRAPHY ->
          (rows, i, out) -> {
            String value = rows.getString(i + 1);
            setBytes(out, i, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
          };
      case BYTES -> (rows, i, out) -> setBytes(out, i, rows.getBytes(i + 1));
      // without a class: with one, days before October 1582 are those of another calendar
      case DATE -> (rows, i, out) -> out.set(i, rows.getObject(i + 1));
      // with a class: getObject without one goes through the JVM's zone
      case TIME -> (rows, i, out) -> out.set(i, rows.getObject(i + 1, LocalTime.class));
      case DATETIME -> (rows, i, out) -> out.set(i, rows.getObject(i + 1, LocalDateTime.class));
      case TIMESTAMP ->
          duckDbType.equals("BIGINT") // microseconds: see Queries
              ? (rows, i, out) -> setLong(out, i, rows.getLong(i + 1), rows.wasNull())
              : (rows, i, out) -> {
                OffsetDateTime value = rows.getObject(i + 1, OffsetDateTime.class);
                out.set(i, value == null ? null : value.toInstant());
              };
      case NUMERIC, BIGNUMERIC, ARRAY, RECORD -> object(type);
    };
  }

  private static ColumnReader object(Type type) {
    return (rows, i, out) -> out.set(i, NestedValues.plain(type, rows.getObject(i + 1)));
  }

  private static void setLong(RowBuilder out, int column, long value, boolean isNull) {
    if (isNull) {
      out.setNull(column);
    } else {
      out.setLong(column, value);
    }
  }

  private static void setBytes(RowBuilder out, int column, byte @Nullable [] value) {
    if (value == null) {
      out.setNull(column);
    } else {
      out.setBytes(column, value);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("warehouse query, closing: " + DuckDbErrors.message(e), e);
    }
  }
}
