package io.tributary.warehouse.duckdb;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.sql.RowAssignment;
import io.tributary.sql.RowException;
import io.tributary.sql.SqlFunction;
import io.tributary.sql.SqlQuery;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/**
 * Gives a connection the functions that a query's DuckDB text calls: our closures, run inside
 * DuckDB. All connections to the same database instance share them, and nothing of them is stored.
 */
final class SqlFunctions {
  private SqlFunctions() {}

  /**
   * Makes the connection ready for a query; doing it again does no harm. In a transaction it is
   * part of the transaction, and undone with it. Costs less than a millisecond for a function.
   */
  static void prepare(Connection connection, SqlQuery query) throws SQLException {
    for (SqlFunction function : query.functions()) {
      register(connection, function);
    }
  }

  private static void register(Connection connection, SqlFunction function) throws SQLException {
    List<DuckDBLogicalType> types = new ArrayList<>();
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder.withName(function.name());
      for (int i = 0; i < function.parameters().size(); i++) {
        types.add(passed(function.parameters().type(i)));
      }
      builder.withParameters(types.toArray(new DuckDBLogicalType[0]));
      types.add(passed(function.result()));
      builder.withReturnType(types.get(types.size() - 1));
      builder.withVectorizedFunction((in, out) -> evaluate(function, in, out));
      builder.register(connection);
    } finally {
      types.forEach(DuckDBLogicalType::close);
    }
  }

  /** The type by which the driver passes values of ours. */
  private static DuckDBLogicalType passed(Type type) throws SQLException {
    return switch (type.kind()) {
      case BOOL -> DuckDBLogicalType.of(DuckDBColumnType.BOOLEAN);
      case INT64, DATE, TIME, DATETIME, TIMESTAMP -> DuckDBLogicalType.of(DuckDBColumnType.BIGINT);
      case FLOAT64 -> DuckDBLogicalType.of(DuckDBColumnType.DOUBLE);
      case NUMERIC -> DuckDBLogicalType.decimal(type.precision(), type.scale());
      case BIGNUMERIC, STRING, JSON, GEOGRAPHY, BYTES ->
          DuckDBLogicalType.of(DuckDBColumnType.VARCHAR);
      case RECORD, ARRAY -> throw new IllegalStateException(type + " is not passed to functions");
    };
  }

  /** DuckDB calls this on many threads: each call has closures of its own. */
  private static void evaluate(
      SqlFunction function, DuckDBDataChunkReader in, DuckDBWritableVector out)
      throws FailedException {
    Schema schema = function.parameters();
    DuckDBReadableVector[] vectors = new DuckDBReadableVector[schema.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = in.vector(i);
    }
    RowBuilder parameters = new RowBuilder(schema);
    RowBuilder value = new RowBuilder(Schema.of(Column.nullable("value", function.result())));
    RowAssignment assignment = function.assignment();
    long rows = in.rowCount();
    for (long row = 0; row < rows; row++) {
      for (int i = 0; i < vectors.length; i++) {
        read(vectors[i], row, schema.type(i), parameters, i);
      }
      try {
        assignment.assign(parameters, value, 0);
      } catch (RowException e) {
        throw new FailedException(e);
      }
      write(value, function.result(), out, row);
    }
  }

  private static void read(
      DuckDBReadableVector vector, long row, Type type, RowBuilder out, int column) {
    if (vector.isNull(row)) {
      out.setNull(column);
      return;
    }
    switch (type.kind()) {
      case BOOL -> out.setLong(column, vector.getBoolean(row) ? 1 : 0);
      case INT64, DATE, TIME, DATETIME, TIMESTAMP -> out.setLong(column, vector.getLong(row));
      case FLOAT64 -> out.setDouble(column, vector.getDouble(row));
      case NUMERIC -> out.setDecimal(column, type, vector.getBigDecimal(row));
      case BIGNUMERIC -> out.setObject(column, new BigDecimal(vector.getString(row)));
      case STRING, JSON, GEOGRAPHY ->
          out.setBytes(column, vector.getString(row).getBytes(StandardCharsets.UTF_8));
      case BYTES -> out.setBytes(column, Base64.getDecoder().decode(vector.getString(row)));
      case RECORD, ARRAY -> throw new IllegalStateException(type + " is not passed to functions");
    }
  }

  private static void write(Row value, Type type, DuckDBWritableVector out, long row) {
    if (value.isNull(0)) {
      out.setNull(row);
      return;
    }
    switch (type.kind()) {
      case BOOL -> out.setBoolean(row, value.longAt(0) != 0);
      case INT64, DATE, TIME, DATETIME, TIMESTAMP -> out.setLong(row, value.longAt(0));
      case FLOAT64 -> out.setDouble(row, value.doubleAt(0));
      case NUMERIC -> out.setBigDecimal(row, (BigDecimal) value.get(0));
      case BIGNUMERIC -> out.setString(row, shortest((BigDecimal) value.objectAt(0)));
      case STRING, JSON, GEOGRAPHY -> out.setString(row, (String) value.get(0));
      case BYTES -> {
        ByteBuffer bytes = ByteBuffer.wrap(value.bytes(0), value.offset(0), value.length(0));
        ByteBuffer encoded = Base64.getEncoder().encode(bytes);
        out.setString(row, StandardCharsets.US_ASCII.decode(encoded).toString());
      }
      case RECORD, ARRAY -> throw new IllegalStateException(type + " is not passed to functions");
    }
  }

  private static String shortest(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** The driver makes its message of the text, stack trace included: this one has none. */
  private static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(RowException reason) {
      super(reason.getMessage(), null, false, false);
    }

    @Override
    public String toString() {
      return getMessage();
    }
  }
}
