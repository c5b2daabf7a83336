package io.tributary.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.SqlText;
import io.tributary.sql.ExpressionGenerator.Generated;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated expressions on generated rows: the closures against DuckDB, in what both have in
 * common. What DuckDB does differently is in the tables of the other tests.
 */
final class DuckDbDifferentialTest {
  private static final int EXPRESSIONS = 300;
  private static final int ROWS = 20;

  private int compared;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void closuresAndDuckDbAgree(long seed) throws SQLException {
    Random random = new Random(seed);
    List<Row> rows = ExpressionGenerator.rows(random, ROWS);
    List<String> differences = new ArrayList<>();

    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      fill(duckdb, rows);
      for (int i = 0; i < EXPRESSIONS; i++) {
        Generated generated = new ExpressionGenerator(random).any();
        differences.addAll(compare(duckdb, generated, rows));
      }
    }

    assertThat("seed " + seed, String.join("\n", differences), is(""));
    assertThat("values compared", compared, greaterThan(EXPRESSIONS * ROWS * 3 / 4));
  }

  private static void fill(Connection duckdb, List<Row> rows) throws SQLException {
    try (Statement create = duckdb.createStatement()) {
      create.execute(
          "PRAGMA disable_optimizer"); // it makes (i - 2) + 4 i + 2, which overflows less
      create.execute(
          "CREATE TABLE t (id INTEGER, i BIGINT, j BIGINT, f DOUBLE, n DECIMAL(12,2), m"
              + " DECIMAL(15,4), s VARCHAR, u VARCHAR, b BOOLEAN, d DATE, e DATE, w TIMESTAMP)");
    }
    try (PreparedStatement insert =
        duckdb.prepareStatement("INSERT INTO t VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")) {
      for (int id = 0; id < rows.size(); id++) {
        insert.setInt(1, id);
        for (int i = 0; i < ExpressionGenerator.COLUMNS.size(); i++) {
          insert.setObject(i + 2, rows.get(id).get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private List<String> compare(Connection duckdb, Generated generated, List<Row> rows) {
    FoundProblems problems = new FoundProblems();
    SqlExpression expression =
        SqlExpression.analyze(
            SqlText.of(generated.google()),
            ExpressionGenerator.COLUMNS,
            null,
            Instant.EPOCH,
            ZoneOffset.UTC,
            problems);
    if (expression == null) {
      return List.of(generated.google() + ": " + problems.all());
    }
    RowAssignment assignment = ExpressionTable.sent(expression).assignment();
    RowBuilder out = new RowBuilder(Schema.of(Column.nullable("x", expression.type())));
    List<String> differences = new ArrayList<>();
    List<@Nullable String> all = theirs(duckdb, generated.duckdb(), rows.size(), expression.type());
    for (int id = 0; id < rows.size(); id++) {
      String theirs = all.get(id);
      String ours = ours(assignment, rows.get(id), out);
      if (theirs != null) { // DuckDB computes constants, also those of branches that are not taken
        compared++;
        if (!ours.equals(theirs)) {
          differences.add(
              generated.google() + " on " + rows.get(id) + ": " + ours + ", not " + theirs);
        }
      }
    }
    return differences;
  }

  private static String ours(RowAssignment assignment, Row row, RowBuilder out) {
    try {
      assignment.assign(row, out, 0);
      return text(out.get(0));
    } catch (RowException e) {
      return "error " + e.getMessage();
    }
  }

  /** The values in order of the rows; null where DuckDB refuses. */
  private static List<@Nullable String> theirs(Connection duckdb, String sql, int rows, Type type) {
    try {
      return query(duckdb, "SELECT " + sql + " FROM t ORDER BY id", type);
    } catch (SQLException e) { // one row is enough
      List<@Nullable String> values = new ArrayList<>();
      for (int id = 0; id < rows; id++) {
        try {
          values.addAll(query(duckdb, "SELECT " + sql + " FROM t WHERE id = " + id, type));
        } catch (SQLException refused) {
          values.add(null);
        }
      }
      return values;
    }
  }

  private static List<@Nullable String> query(Connection duckdb, String sql, Type type)
      throws SQLException {
    List<@Nullable String> values = new ArrayList<>();
    try (Statement statement = duckdb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        values.add(text(read(result, type)));
      }
    }
    return values;
  }

  private static @Nullable Object read(ResultSet result, Type type) throws SQLException {
    if (result.getObject(1) == null) {
      return null;
    }
    return switch (type.kind()) {
      case DATE -> result.getObject(1, LocalDate.class);
      case DATETIME -> result.getObject(1, LocalDateTime.class);
      case INT64 -> result.getLong(1);
      case NUMERIC -> result.getBigDecimal(1);
      case FLOAT64 -> result.getDouble(1);
      default -> result.getObject(1);
    };
  }

  private static String text(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Double number) {
      return number == 0
          ? "0"
          : String.format(Locale.ROOT, "%.12g", number); // libraries differ in the last bits
    }
    return String.valueOf(value);
  }
}
