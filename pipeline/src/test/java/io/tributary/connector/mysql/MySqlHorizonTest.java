package io.tributary.connector.mysql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.failure.TransientException;
import io.tributary.module.Horizon;
import io.tributary.row.CursorRange;
import io.tributary.row.CursorValue;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Secret;
import io.tributary.testing.MariaDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a table can be read while others write, and that increments are read by their index. */
class MySqlHorizonTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  private final MariaDb server = MariaDb.required();

  @BeforeEach
  void setUp() {
    server.database("horizon");
    server.execute(
        "CREATE TABLE horizon.t (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, v INT NULL, at"
            + " DATETIME NOT NULL DEFAULT NOW(), exact TIMESTAMP(6) DEFAULT NOW(6), KEY (at))",
        "INSERT INTO horizon.t (v) VALUES (1), (2)");
  }

  @Test
  void aQuietTableIsReadUpToTheClockInTheUnitsOfItsColumn() {
    Horizon whole = horizon("at", SHORT);
    Horizon exact = horizon("exact", SHORT);

    assertThat(whole.complete().getNano(), is(0));
    assertThat(Duration.between(whole.complete(), whole.clock()).toMillis() < 1000, is(true));
    assertThat(exact.complete(), is(exact.clock()));
    assertThat(whole.nullable(), is(false));
    assertThat(exact.nullable(), is(true));
  }

  @Test
  void aTransactionThatStaysKeepsTheHorizonBeforeItsStart() throws SQLException {
    try (Connection writer = writer()) {
      Horizon horizon = horizon("exact", SHORT);

      assertThat(
          Duration.between(horizon.complete(), horizon.clock()),
          greaterThan(Duration.ofSeconds(9)));
      assertThat(horizon.notes().get(0), containsString(" is still open, so rows from "));
      writer.rollback();
    }
  }

  @Test
  void aNumberHasNoHorizonWhileATransactionStays() throws SQLException {
    try (Connection writer = writer()) {
      TransientException refusal =
          assertThrows(TransientException.class, () -> horizon("id", SHORT));

      assertThat(refusal.getMessage(), containsString("mysql t: transaction "));
      assertThat(refusal.getMessage(), containsString("may add smaller numbers"));
      writer.rollback();
    }
    assertThat(horizon("id", SHORT).largest(), is(new CursorValue(Type.INT64, 2)));
  }

  @Test
  void aTransactionThatOnlyReadsHoldsNothingBack() throws SQLException {
    try (Connection reader = server.connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT COUNT(*) FROM horizon.t").close();

      Horizon horizon = horizon("exact", SHORT);

      assertThat(horizon.complete(), is(horizon.clock()));
    }
  }

  @Test
  void whoMayNotSeeTransactionsStaysBehindTheClockUnlessALagIsGiven() {
    server.execute(
        "CREATE OR REPLACE USER 'blind'@'%' IDENTIFIED BY 'secret-of-tests'",
        "GRANT SELECT ON horizon.* TO 'blind'@'%'");
    Reading reading =
        Reading.of(
            "horizon",
            Map.of("table", "t", "user", "blind", "password", Secret.literal("secret-of-tests")));
    Schema schema = reading.schema();

    Horizon horizon =
        reading.source.horizon(
            schema.column(schema.position("exact")), SHORT, false, reading.planning());
    Horizon withLag =
        reading.source.horizon(
            schema.column(schema.position("exact")), SHORT, true, reading.planning());

    assertThat(Duration.between(horizon.complete(), horizon.clock()), is(Duration.ofSeconds(10)));
    assertThat(horizon.notes().get(0), containsString("grant the PROCESS privilege"));
    assertThat(withLag.complete(), is(withLag.clock()));
  }

  /** Row 19 of the corrected semantics: the column stands alone, so that its index is used. */
  @Test
  void anIncrementIsFoundByTheIndexOfItsCursor() throws SQLException {
    fill();
    CursorRange range =
        new CursorRange("at", value("2024-03-01 00:00:00"), value("2024-03-02 00:00:00"));

    assertThat(
        CursorCondition.sql(range),
        is(
            "`at` >= TIMESTAMP'2024-03-01 00:00:00.000000' AND `at` < TIMESTAMP'2024-03-02"
                + " 00:00:00.000000'"));
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet plan =
            statement.executeQuery(
                "EXPLAIN SELECT * FROM horizon.t WHERE " + CursorCondition.sql(range))) {
      plan.next();
      assertThat(plan.getString("key"), is("at"));
      assertThat(plan.getLong("rows"), lessThanOrEqualTo(200L));
    }
  }

  @Test
  void theSplitsOfAnIncrementHaveEachOfItsRowsOnce() throws SQLException {
    fill();
    Reading reading = Reading.table("horizon", "t");
    CursorRange range =
        new CursorRange("at", value("2024-03-01 00:00:00"), value("2024-04-01 00:00:00"));

    List<KeyRange> splits = reading.splits(100, range);
    Set<Object> ids = new HashSet<>();
    int[] rows = new int[1];
    reading
        .restricted(range)
        .rows(splits)
        .forEach(
            row -> {
              ids.add(row.get("id"));
              rows[0]++;
            });

    assertThat(splits.size(), greaterThan(5));
    assertThat(rows[0], is(31 * 24));
    assertThat(ids.size(), is(31 * 24));
  }

  /** A row for each hour of 2024. */
  private void fill() {
    server.execute(
        "USE horizon",
        "INSERT INTO t (at) SELECT '2024-01-01' + INTERVAL seq HOUR FROM seq_0_to_8783",
        "ANALYZE TABLE horizon.t");
  }

  private static CursorValue value(String text) {
    return CursorValue.parse(Type.DATETIME, text, ZoneOffset.UTC);
  }

  private Connection writer() throws SQLException {
    Connection writer = server.connect();
    writer.setAutoCommit(false);
    try (Statement statement = writer.createStatement()) {
      statement.execute("INSERT INTO horizon.t (v) VALUES (3)");
    }
    return writer;
  }

  private Horizon horizon(String column, Duration patience) {
    Reading reading = Reading.table("horizon", "t");
    Schema schema = reading.schema();
    return reading.source.horizon(
        schema.column(schema.position(column)), patience, false, reading.planning());
  }
}
