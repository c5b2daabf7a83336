package io.tributary.sql;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.SqlText;
import io.tributary.warehouse.duckdb.QueryRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions on one row with a column of each type, written as lines {@code expression =
 * value}. Each is serialized before it is evaluated, as on its way to a worker, and evaluated again
 * after the row was overwritten: a value that was kept instead of consumed would be seen. And each
 * is evaluated once more in a query that DuckDB runs, whose value must be the same.
 */
final class ExpressionTable {
  static final Schema COLUMNS =
      Schema.of(
          Column.nullable("i", Type.INT64),
          Column.nullable("big", Type.INT64),
          Column.nullable("f", Type.FLOAT64),
          Column.nullable("nan", Type.FLOAT64),
          Column.nullable("n", Type.numeric(12, 2)),
          Column.nullable("wide", Type.numeric(38, 9)),
          Column.nullable("bn", Type.BIGNUMERIC),
          Column.nullable("s", Type.STRING),
          Column.nullable("b", Type.BOOL),
          Column.nullable("d", Type.DATE),
          Column.nullable("t", Type.TIME),
          Column.nullable("dt", Type.DATETIME),
          Column.nullable("ts", Type.TIMESTAMP),
          Column.nullable("js", Type.JSON),
          Column.nullable("y", Type.BYTES),
          Column.nullable("a", Type.array(Type.STRING)),
          Column.nullable(
              "r",
              Type.record(
                  Schema.of(Column.nullable("x", Type.INT64), Column.nullable("y", Type.STRING)))),
          Column.nullable("i0", Type.INT64),
          Column.nullable("f0", Type.FLOAT64),
          Column.nullable("n0", Type.numeric(12, 2)),
          Column.nullable("s0", Type.STRING),
          Column.nullable("b0", Type.BOOL),
          Column.nullable("d0", Type.DATE),
          Column.nullable("ts0", Type.TIMESTAMP),
          Column.nullable("a0", Type.array(Type.STRING)));

  private static final Instant NOW = Instant.parse("2026-11-21T22:30:00.123456Z");
  private static final List<Integer> TEXTS = List.of(7, 13, 14);

  private final ZoneId zone;

  ExpressionTable() {
    this(ZoneOffset.UTC);
  }

  ExpressionTable(ZoneId zone) {
    this.zone = zone;
  }

  private static @Nullable Object[] values() {
    Schema record = COLUMNS.type(COLUMNS.position("r")).recordFields();
    return new Object[] {
      7L,
      Long.MAX_VALUE,
      2.5,
      Double.NaN,
      new BigDecimal("12.34"),
      new BigDecimal("12345678901234567890.123456789"),
      new BigDecimal("0.5").setScale(38),
      "Grüße, World",
      true,
      LocalDate.of(2024, 2, 29),
      LocalTime.of(13, 14, 15, 678_901_000),
      LocalDateTime.of(2024, 2, 29, 13, 14, 15, 678_901_000),
      Instant.parse("2024-02-29T23:30:15Z"),
      "{\"id\": 5, \"name\": \"Ä\", \"tags\": [\"x\", {\"k\": 1.50}], \"off\": null, \"on\": true}",
      new byte[] {0, 1, (byte) 0xFF},
      List.of("p", "q"),
      RowBuilder.of(record, 5L, "in"),
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null
    };
  }

  /** The lines of a table, with the value of each expression as it is. */
  String evaluate(String table) {
    return table
        .lines()
        .map(line -> line.isBlank() ? line : evaluated(line.substring(0, split(line))))
        .reduce("", (all, line) -> all + line + "\n");
  }

  private static int split(String line) {
    int at = line.lastIndexOf(" => ");
    return at < 0 ? line.length() : at;
  }

  private String evaluated(String expression) {
    return expression + " => " + value(expression);
  }

  /** The value as text, with {@code error:} before the reason when there is none. */
  String value(String text) {
    FoundProblems problems = new FoundProblems();
    SqlExpression analyzed =
        SqlExpression.analyze(SqlText.of(text), COLUMNS, null, NOW, zone, problems);
    if (analyzed == null) {
      return String.join("; ", problems.all());
    }
    SqlExpression expression = sent(analyzed);
    RowAssignment assignment = expression.assignment();
    RowBuilder row = new RowBuilder(COLUMNS);
    RowBuilder out = new RowBuilder(Schema.of(Column.nullable("x", expression.type())));
    fill(row, values());
    String first = assigned(assignment, row, out);
    poison(row);
    assigned(assignment, row, out);
    fill(row, values());
    String second = assigned(assignment, row, out);
    String ours = first.equals(second) ? first : first + ", then " + second;
    String theirs = inDuckDb(text);
    return ours.equals(theirs) || ours.startsWith("error: ") && theirs.startsWith("error: ")
        ? ours
        : ours + ", but in DuckDB " + theirs;
  }

  /** The value of the expression in a query over a table of the same row. */
  private String inDuckDb(String text) {
    FoundProblems problems = new FoundProblems();
    SqlQuery query =
        SqlQuery.analyze(
            SqlText.of("SELECT " + text + " AS x FROM one_row"),
            Map.of("one_row", COLUMNS),
            NOW,
            zone,
            problems);
    if (query == null) {
      return String.join("; ", problems.all());
    }
    try {
      return text(QueryRun.rows(DuckDb.WITH_ROW, query).get(0).get(0));
    } catch (SQLException e) {
      return "error: " + String.valueOf(e.getMessage()).strip();
    }
  }

  private static final class DuckDb {
    static final Connection WITH_ROW = connect();

    private static Connection connect() {
      try {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement create = connection.createStatement()) {
          create.execute("SET TimeZone = 'UTC'");
          create.execute(
              """
              CREATE TABLE one_row AS SELECT 7::BIGINT AS i, 9223372036854775807::BIGINT AS big,
                2.5::DOUBLE AS f, 'nan'::DOUBLE AS nan, 12.34::DECIMAL(12,2) AS n,
                12345678901234567890.123456789::DECIMAL(38,9) AS wide, '0.5' AS bn,
                'Grüße, World' AS s, true AS b, DATE '2024-02-29' AS d,
                TIME '13:14:15.678901' AS t, TIMESTAMP '2024-02-29 13:14:15.678901' AS dt,
                TIMESTAMPTZ '2024-02-29 23:30:15+00' AS ts, $${"id": 5, "name": "Ä", "tags":
                 ["x", {"k": 1.50}], "off": null, "on": true}$$::JSON AS js,
                unhex('0001FF') AS y, ['p', 'q'] AS a, {x: 5::BIGINT, y: 'in'} AS r,
                NULL::BIGINT AS i0, NULL::DOUBLE AS f0, NULL::DECIMAL(12,2) AS n0,
                NULL::VARCHAR AS s0, NULL::BOOLEAN AS b0, NULL::DATE AS d0,
                NULL::TIMESTAMPTZ AS ts0, NULL::VARCHAR[] AS a0
              """);
        }
        return connection;
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  Type type(String text) {
    return analyze(text).type();
  }

  boolean nullable(String text, Schema columns) {
    SqlExpression expression =
        SqlExpression.analyze(SqlText.of(text), columns, null, NOW, zone, new FoundProblems());
    return expression == null || expression.nullable();
  }

  SqlExpression analyze(String text) {
    FoundProblems problems = new FoundProblems();
    SqlExpression expression =
        SqlExpression.analyze(SqlText.of(text), COLUMNS, null, NOW, zone, problems);
    if (expression == null) {
      throw new AssertionError(problems.all());
    }
    return expression;
  }

  private static void fill(RowBuilder row, @Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      row.set(i, values[i]);
    }
  }

  /** Overwrites the arrays that the row gave out, and gives every column another value. */
  private static void poison(RowBuilder row) {
    for (int column : TEXTS) {
      Arrays.fill(row.bytes(column), (byte) '?');
    }
    for (int i = 0; i < COLUMNS.size(); i++) {
      switch (COLUMNS.type(i).slot()) {
        case LONG -> row.setLong(i, 1);
        case DOUBLE -> row.setDouble(i, -1);
        case BYTES -> row.setBytes(i, "??????".getBytes(StandardCharsets.UTF_8), 1, 4);
        case OBJECT -> row.setNull(i);
      }
    }
  }

  private static String assigned(RowAssignment assignment, RowBuilder row, RowBuilder out) {
    try {
      assignment.assign(row, out, 0);
    } catch (RowException e) {
      return "error: " + e.getMessage();
    }
    return text(out.get(0));
  }

  private static String text(@Nullable Object value) {
    if (value instanceof ByteBuffer buffer) {
      return "0x" + HexFormat.of().formatHex(Times.array(buffer));
    }
    if (value instanceof byte[] bytes) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Array array) {
      try {
        return Arrays.asList((Object[]) array.getArray()).toString();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
    if (value instanceof Struct struct) {
      return struct.toString().replace("=", ": ");
    }
    return value == null ? "NULL" : String.valueOf(value);
  }

  static SqlExpression sent(SqlExpression expression) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(expression);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (SqlExpression) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
