package io.tributary.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.SqlText;
import io.tributary.sql.FoundProblems;
import io.tributary.sql.SqlQuery;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

/** Our closures inside DuckDB: on several threads and connections, and again. */
final class SqlFunctionsTest {
  private static final Map<String, Schema> TABLES =
      Map.of(
          "t",
          Schema.of(
              Column.required("i", Type.INT64),
              Column.nullable("n", Type.numeric(20, 2)),
              Column.nullable("s", Type.STRING)));

  private static SqlQuery query(String text) {
    FoundProblems problems = new FoundProblems();
    SqlQuery query =
        SqlQuery.analyze(SqlText.of(text), TABLES, Instant.EPOCH, ZoneOffset.UTC, problems);
    return Objects.requireNonNull(query, () -> problems.all().toString());
  }

  private static Connection filled() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 4");
      statement.execute(
          "CREATE TABLE t AS SELECT i, CASE WHEN i % 10 > 0 THEN (i / 4)::DECIMAL(20,2) END AS n,"
              + " 'key ' || i AS s FROM range(500000) r(i)");
    }
    return connection;
  }

  @Test
  void manyThreadsComputeAtOnce() throws SQLException {
    SqlQuery query =
        query(
            "SELECT COUNT(DISTINCT TO_HEX(SHA256(s))) AS hashes, SUM(n / 2) AS halves,"
                + " COUNTIF(n * 1.5 IS NULL) AS missing FROM t");

    try (Connection connection = filled()) {
      List<Object> row = QueryRun.rows(connection, query).get(0);

      // n is i/4 but for multiples of 10, and half of it i/8: three digits, so nothing is rounded
      assertThat(row.get(0), is(500_000L));
      assertThat(row.get(2), is(50_000L));
      assertThat(row.get(1), is(new BigDecimal("14062500000.000000000")));
    }
  }

  @Test
  void preparingAgainAndOnOtherConnectionsChangesNothing() throws SQLException {
    SqlQuery query = query("SELECT MAX(UPPER(s)) AS m FROM t WHERE i < 10");

    try (Connection connection = filled();
        Connection other = ((DuckDBConnection) connection).duplicate()) {
      SqlFunctions.prepare(connection, query);
      SqlFunctions.prepare(connection, query);
      SqlFunctions.prepare(other, query);

      assertThat(QueryRun.rows(other, query), contains(List.of("KEY 9")));
      assertThat(QueryRun.rows(connection, query), contains(List.of("KEY 9")));
    }
  }

  @Test
  void anErrorSaysTheReasonOnly() throws SQLException {
    SqlQuery query = query("SELECT i / (i - 3) AS x FROM t");

    try (Connection connection = filled()) {
      SQLException e = assertThrows(SQLException.class, () -> QueryRun.rows(connection, query));

      assertThat(DuckDbErrors.message(e), is("division by zero"));
    }
  }

  @Test
  void worksInsideATransactionThatIsRolledBack() throws SQLException {
    SqlQuery query = query("SELECT UPPER(s) AS u FROM t WHERE i = 1");

    try (Connection connection = filled()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO t VALUES (-1, NULL, 'x')");
      }
      assertThat(QueryRun.rows(connection, query), contains(List.of("KEY 1")));
      connection.rollback();

      assertThat(QueryRun.rows(connection, query), contains(List.of("KEY 1")));
    }
  }

  @Test
  void functionsAreCalledByTheNamesThatTheQueryTells() {
    SqlQuery query = query("SELECT UPPER(s) AS u, n / 3 AS d FROM t");

    assertThat(query.functions().size(), is(2));
    query
        .functions()
        .forEach(function -> assertThat(query.duckDb(), containsString(function.name() + "(")));
  }
}
