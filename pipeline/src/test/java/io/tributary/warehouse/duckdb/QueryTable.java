package io.tributary.warehouse.duckdb;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.SqlText;
import io.tributary.sql.FoundProblems;
import io.tributary.sql.SqlQuery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs GoogleSQL queries on an in-memory DuckDB with a few small tables, written as lines {@code
 * query => rows}: rows are separated by semicolons, values by commas. Each query is serialized
 * before it runs, as on its way to the warehouse.
 */
final class QueryTable implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-11-21T22:30:00.123456Z");
  private static final Type ITEMS =
      Type.array(
          Type.record(
              Schema.of(Column.nullable("sku", Type.STRING), Column.nullable("n", Type.INT64))));

  static final Map<String, Schema> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put(
        "orders",
        Schema.of(
            Column.required("id", Type.INT64),
            Column.nullable("customer_id", Type.INT64),
            Column.nullable("amount", Type.numeric(12, 2)),
            Column.nullable("rate", Type.FLOAT64),
            Column.nullable("status", Type.STRING),
            Column.nullable("date", Type.DATE),
            Column.nullable("created", Type.TIMESTAMP),
            Column.nullable("tags", Type.array(Type.STRING)),
            Column.nullable("items", ITEMS)));
    TABLES.put(
        "customers",
        Schema.of(
            Column.nullable("customer_id", Type.INT64), Column.nullable("name", Type.STRING)));
    TABLES.put(
        "edges",
        Schema.of(
            Column.nullable("big", Type.INT64),
            Column.nullable("wide", Type.NUMERIC),
            Column.nullable("huge", Type.BIGNUMERIC),
            Column.nullable("nan", Type.FLOAT64),
            Column.nullable("js", Type.JSON),
            Column.nullable("y", Type.BYTES),
            Column.nullable("t", Type.TIME),
            Column.nullable("dt", Type.DATETIME),
            Column.nullable("geo", Type.GEOGRAPHY),
            Column.nullable("order", Type.STRING)));
  }

  private static final String DATA =
      """
      CREATE TABLE orders (id BIGINT, customer_id BIGINT, amount DECIMAL(12,2), rate DOUBLE,
        status VARCHAR, "date" DATE, created TIMESTAMPTZ, tags VARCHAR[],
        items STRUCT(sku VARCHAR, n BIGINT)[]);
      INSERT INTO orders VALUES
        (1, 7, 10.50, 1.5, 'won', '2024-01-15', '2024-01-15 23:30:00+00', ['a', 'b'],
          [{sku: 'x', n: 1}, {sku: 'y', n: 2}]),
        (2, 8, 20.25, 2.5, 'lost', '2024-02-29', '2024-03-31 01:30:00+00', [], []),
        (3, NULL, NULL, NULL, 'won', NULL, NULL, NULL, NULL),
        (4, 7, -3.10, -2.5, 'open', '2023-12-31', '2023-12-31 22:59:59.999999+00', ['c'],
          [{sku: 'x', n: NULL}]);
      CREATE TABLE customers (customer_id BIGINT, name VARCHAR);
      INSERT INTO customers VALUES (7, 'Ann'), (8, 'Bob'), (9, 'Cy');
      CREATE TABLE edges (big BIGINT, wide DECIMAL(38,9), huge VARCHAR, nan DOUBLE, js JSON, y BLOB,
        t TIME, dt TIMESTAMP, geo VARCHAR, "order" VARCHAR);
      INSERT INTO edges VALUES (9223372036854775807, 12345678901234567890.123456789,
        '12345678901234567890123456789012345678.5', 'nan', '{"a": {"b": [1, "z"]}}',
        unhex('0001FF'), '13:14:15.678901', '2024-02-29 13:14:15.678901', 'POINT(1 2)', 'x');
      """;

  private final Connection connection;
  private final ZoneId zone;

  QueryTable(String zone) throws SQLException {
    this.zone = ZoneId.of(zone);
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET threads = 4");
      statement.execute(DATA);
    }
  }

  /** The lines of a table, with the rows of each query as they are. */
  String run(String table) {
    return table
        .lines()
        .map(line -> line.isBlank() ? line : ran(line.substring(0, split(line))))
        .reduce("", (all, line) -> all + line + "\n");
  }

  private static int split(String line) {
    int at = line.lastIndexOf(" => ");
    return at < 0 ? line.length() : at;
  }

  private String ran(String query) {
    FoundProblems problems = new FoundProblems();
    SqlQuery analyzed = SqlQuery.analyze(SqlText.of(query), TABLES, NOW, zone, problems);
    return query
        + " => "
        + (analyzed == null ? String.join("; ", problems.all()) : rows(sent(analyzed)));
  }

  /** What is wrong, or the columns of the result. */
  String schema(String query) {
    FoundProblems problems = new FoundProblems();
    SqlQuery analyzed = SqlQuery.analyze(SqlText.of(query), TABLES, NOW, zone, problems);
    return analyzed == null ? String.join("; ", problems.all()) : analyzed.schema().toString();
  }

  SqlQuery analyze(String query) {
    FoundProblems problems = new FoundProblems();
    SqlQuery analyzed = SqlQuery.analyze(SqlText.of(query), TABLES, NOW, zone, problems);
    if (analyzed == null) {
      throw new AssertionError(problems.all());
    }
    return analyzed;
  }

  private String rows(SqlQuery query) {
    List<String> rows = new ArrayList<>();
    try {
      for (List<@Nullable Object> row : QueryRun.rows(connection, query)) {
        List<String> values = new ArrayList<>();
        for (Object value : row) {
          values.add(text(value));
        }
        rows.add(String.join(", ", values));
      }
    } catch (SQLException e) {
      return "error: "
          + e.getMessage().lines().findFirst().orElse("").replaceFirst(" when casting.*", "");
    }
    return String.join("; ", rows);
  }

  private static String text(@Nullable Object value) throws SQLException {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Array array) {
      List<String> elements = new ArrayList<>();
      for (Object element : (Object[]) array.getArray()) {
        elements.add(text(element));
      }
      return elements.toString();
    }
    if (value instanceof Struct struct) {
      List<String> fields = new ArrayList<>();
      for (Object field : struct.getAttributes()) {
        fields.add(text(field));
      }
      return "{" + String.join(", ", fields) + "}";
    }
    return value == null ? "NULL" : value.toString();
  }

  private static SqlQuery sent(SqlQuery query) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(query);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (SqlQuery) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
