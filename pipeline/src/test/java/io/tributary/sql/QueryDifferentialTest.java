package io.tributary.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.SqlText;
import io.tributary.sql.ExpressionGenerator.Generated;
import io.tributary.warehouse.duckdb.QueryRun;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated expressions on generated rows: the closures against the same query run by DuckDB. */
final class QueryDifferentialTest {
  private static final int EXPRESSIONS = 150;
  private static final int ROWS = 20;
  private static final Schema TABLE = withId();

  private int compared;
  private int open;

  private static Schema withId() {
    List<Column> columns = new ArrayList<>(ExpressionGenerator.COLUMNS.columns());
    columns.add(Column.required("id", Type.INT64));
    return Schema.of(columns);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void queriesHaveTheValuesOfTheClosures(long seed) throws SQLException {
    Random random = new Random(seed);
    List<Row> rows = ExpressionGenerator.rows(random, ROWS);
    List<String> differences = new ArrayList<>();

    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      fill(duckdb, rows);
      for (int i = 0; i < EXPRESSIONS; i++) {
        Generated generated = new ExpressionGenerator(random).any();
        differences.addAll(compare(duckdb, generated.google(), rows));
      }
    }

    assertThat("seed " + seed, String.join("\n", differences), is(""));
    assertThat("values compared", compared, greaterThan(EXPRESSIONS * ROWS * 3 / 4));
    assertThat("NULL or error", open, lessThan(compared / 500));
  }

  private static void fill(Connection duckdb, List<Row> rows) throws SQLException {
    try (Statement create = duckdb.createStatement()) {
      create.execute(
          "PRAGMA disable_optimizer"); // it makes (i - 2) + 4 i + 2, which overflows less
      create.execute(
          "CREATE TABLE all_rows (i BIGINT, j BIGINT, f DOUBLE, n DECIMAL(12,2), m DECIMAL(15,4),"
              + " s VARCHAR, u VARCHAR, b BOOLEAN, d DATE, e DATE, w TIMESTAMP, id BIGINT)");
      create.execute(
          "CREATE VIEW t AS SELECT * FROM all_rows"
              + " WHERE getvariable('chosen') IS NULL OR id = getvariable('chosen')");
    }
    try (PreparedStatement insert =
        duckdb.prepareStatement("INSERT INTO all_rows VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")) {
      for (int id = 0; id < rows.size(); id++) {
        for (int i = 0; i < ExpressionGenerator.COLUMNS.size(); i++) {
          insert.setObject(i + 1, rows.get(id).get(i));
        }
        insert.setLong(ExpressionGenerator.COLUMNS.size() + 1, id);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private List<String> compare(Connection duckdb, String expression, List<Row> rows) {
    FoundProblems problems = new FoundProblems();
    SqlExpression closure =
        SqlExpression.analyze(
            SqlText.of(expression),
            ExpressionGenerator.COLUMNS,
            null,
            Instant.EPOCH,
            ZoneOffset.UTC,
            problems);
    SqlQuery query = query("SELECT " + expression + " AS x FROM t ORDER BY id", problems);
    if (closure == null || query == null) {
      return List.of(expression + ": " + problems.all());
    }
    List<@Nullable String> theirs = theirs(duckdb, query, rows.size());
    RowAssignment assignment = closure.assignment();
    RowBuilder out = new RowBuilder(Schema.of(Column.nullable("x", closure.type())));
    List<String> differences = new ArrayList<>();
    for (int id = 0; id < rows.size(); id++) {
      String ours = ours(assignment, rows.get(id), out);
      String other = theirs.get(id);
      compared += ours == null && other == null ? 0 : 1;
      if (isOpen(ours, other)) {
        open++;
      } else if (!Objects.equals(ours, other)) {
        differences.add(expression + " on " + rows.get(id) + ": " + ours + ", not " + other);
      }
    }
    return differences;
  }

  /** Of a NULL and an operand that fails, each may decide: neither language says which. */
  private static boolean isOpen(@Nullable String ours, @Nullable String theirs) {
    return ours == null && "null".equals(theirs) || theirs == null && "null".equals(ours);
  }

  private static @Nullable SqlQuery query(String text, FoundProblems problems) {
    return SqlQuery.analyze(
        SqlText.of(text), Map.of("t", TABLE), Instant.EPOCH, ZoneOffset.UTC, problems);
  }

  private static @Nullable String ours(RowAssignment assignment, Row row, RowBuilder out) {
    try {
      assignment.assign(row, out, 0);
      return text(out.get(0));
    } catch (RowException e) {
      return null;
    }
  }

  /** The values in order of the rows; null where there is an error. */
  private static List<@Nullable String> theirs(Connection duckdb, SqlQuery query, int rows) {
    List<@Nullable String> values = new ArrayList<>();
    try {
      QueryRun.rows(duckdb, query).forEach(row -> values.add(text(row.get(0))));
      return values;
    } catch (SQLException e) { // one row is enough
      for (int id = 0; id < rows; id++) {
        values.add(ofRow(duckdb, query, id));
      }
      return values;
    }
  }

  private static @Nullable String ofRow(Connection duckdb, SqlQuery query, int id) {
    try (Statement only = duckdb.createStatement()) {
      only.execute("SET VARIABLE chosen = " + id);
      List<List<@Nullable Object>> rows = QueryRun.rows(duckdb, query);
      return text(rows.get(0).get(0));
    } catch (SQLException refused) {
      return null;
    } finally {
      reset(duckdb);
    }
  }

  private static void reset(Connection duckdb) {
    try (Statement all = duckdb.createStatement()) {
      all.execute("SET VARIABLE chosen = NULL");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Double number) {
      return number == 0 ? "0" : number.toString();
    }
    return String.valueOf(value);
  }
}
