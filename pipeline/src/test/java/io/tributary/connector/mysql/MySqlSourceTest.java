package io.tributary.connector.mysql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.module.Registry;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Spec;
import io.tributary.spec.SqlText;
import io.tributary.testing.MariaDb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MySqlSourceTest {
  private static final String DATABASE = "source_test";
  private static final int BIG_ROWS = 30_000;

  @BeforeAll
  static void createTables() {
    MariaDb server = MariaDb.required();
    server.database(DATABASE);
    server.execute(
        "USE " + DATABASE,
        "CREATE TABLE people (id int NOT NULL PRIMARY KEY COMMENT 'who', name varchar(20),"
            + " born date NOT NULL, secret int INVISIBLE DEFAULT 1)",
        "INSERT INTO people (id, name, born) VALUES (1, 'Ada', '1815-12-10'),"
            + " (2, 'Bob', '1990-01-01'), (3, NULL, '2001-02-03')",
        "CREATE VIEW grown AS SELECT id, name FROM people WHERE id < 3",
        "CREATE TABLE `odd name``s` (`a b` int, `select` int)",
        "INSERT INTO `odd name``s` VALUES (1, 2)",
        "CREATE TABLE empty_rows (a int, b text)",
        "INSERT INTO empty_rows VALUES (NULL, NULL), (NULL, NULL), (5, NULL), (NULL, 'x')",
        "CREATE TABLE big (id int NOT NULL PRIMARY KEY, filler text)",
        "INSERT INTO big SELECT seq, REPEAT('x', 2000) FROM seq_1_to_" + BIG_ROWS,
        "ANALYZE TABLE big");
  }

  @Test
  void readsATableWithItsNamesNullsAndComments() {
    Reading reading = Reading.table(DATABASE, "people");

    assertThat(
        reading.schema(),
        is(
            Schema.of(
                new Column("id", Type.INT64, false, "who"),
                Column.nullable("name", Type.STRING),
                Column.nullable("born", Type.DATE)))); // NOT NULL, but zero dates become NULL
    assertThat(values(reading.rows(), "name"), is(Arrays.asList("Ada", "Bob", null)));
  }

  @Test
  void dateColumnsAreRequiredWhereZeroDatesCannotBecomeNull() {
    Reading reading = Reading.of(DATABASE, Map.of("table", "people", "zero_dates", "fail"));

    assertThat(reading.schema().column(2), is(Column.required("born", Type.DATE)));
  }

  @Test
  void readsTheColumnsThatAreNamedInTheirOrder() {
    Reading reading =
        Reading.of(DATABASE, Map.of("table", "people", "columns", List.of("secret", "ID")));

    assertThat(reading.schema().names(), is(List.of("secret", "id")));
    assertThat(values(reading.rows(), "secret"), is(List.of(1L, 1L, 1L)));
  }

  @Test
  void readsTheRowsThatFulfilTheCondition() {
    Reading reading =
        Reading.of(
            DATABASE, Map.of("table", "people", "where", "name IS NULL OR name = 'Ada' -- both"));

    assertThat(values(reading.rows(), "id"), is(List.of(1L, 3L)));
  }

  @Test
  void theConditionHoldsInEverySplit() {
    Reading reading =
        Reading.of(DATABASE, Map.of("table", "big", "where", "id % 1000 = 0 OR id = 7"));

    assertThat(reading.rows(reading.splits(5000)), hasSize(BIG_ROWS / 1000 + 1));
  }

  @Test
  void readsAViewWhoseColumnsMayBeNull() {
    Reading reading = Reading.table(DATABASE, "grown");

    assertThat(reading.schema().column(0).nullable(), is(true));
    assertThat(reading.rows(), hasSize(2));
  }

  @Test
  void readsNamesThatNeedQuotes() {
    Reading reading = Reading.table(DATABASE, "`odd name``s`");

    assertThat(reading.rows().get(0), is(RowBuilder.of(reading.schema(), 1L, 2L)));
  }

  @Test
  void readsATableOfAnotherDatabase() {
    MariaDb.required().database(DATABASE + "_other");
    Reading reading = Reading.table(DATABASE + "_other", DATABASE + ".people");

    assertThat(reading.rows(), hasSize(3));
  }

  @Test
  void readsRowsOfNullsBeforeTheFirstValue() {
    Reading reading = Reading.table(DATABASE, "empty_rows");

    assertThat(
        reading.rows().stream().map(Row::toString).toList(),
        is(
            List.of(
                "{a: null, b: null}", "{a: null, b: null}", "{a: 5, b: null}", "{a: null, b: x}")));
  }

  @Test
  void readsAQueryWithItsLabelsAndAClosingSemicolon() {
    Reading reading =
        query(
            "SELECT COUNT(*) AS n, MAX(born) AS latest, AVG(id) AS a, NULL AS nothing,"
                + " 1.5 AS half FROM people; -- done");

    assertThat(
        reading.schema(),
        is(
            Schema.of(
                Column.nullable("n", Type.INT64),
                Column.nullable("latest", Type.DATE),
                Column.nullable("a", Type.numeric(14, 4)),
                Column.nullable("nothing", Type.STRING),
                Column.nullable("half", Type.numeric(2, 1)))));
    assertThat(
        reading.rows().get(0).toString(),
        is("{n: 3, latest: 2001-02-03, a: 2.0000, nothing: null, half: 1.5}"));
  }

  @Test
  void readsThePiecesOfAQueryAsSplits() {
    Reading reading =
        query(
            "SELECT id, '--sep--' AS mark FROM people WHERE id < 2\n--sep--\n"
                + "SELECT id, 'other 7' AS mark FROM people WHERE id >= 2;");
    MySqlSource source = reading.source;

    assertThat(source.splits(reading.planning()), is(List.of(KeyRange.all(0), KeyRange.all(1))));
    assertThat(values(reading.rows(), "mark"), is(List.of("--sep--", "other 7", "other 7")));
  }

  @Test
  void rejectsRowsWithDatesThatDoNotExistWhenAsked() {
    Reading reading =
        Reading.of(
            DATABASE,
            Map.of(
                "query",
                SqlText.of(
                    "SELECT 1 AS id, CAST('0000-00-00' AS DATE) AS d, 'a\"b' AS t, x'ff' AS b"
                        + " UNION ALL SELECT 2, DATE'2024-01-01', 'ok', x'00'"),
                "zero_dates",
                "reject"));

    assertThat(values(reading.rows(), "id"), is(List.of(2L)));
    assertThat(
        reading.rejected,
        is(
            List.of(
                "`d` is a date that no calendar has; see zero_dates:"
                    + " {\"id\":1,\"d\":\"0000-00-00\",\"t\":\"a\\\"b\",\"b\":\"/w==\"}")));
  }

  @Test
  void countsTheDatesThatItSetsToNull() {
    Reading reading =
        query(
            "SELECT CAST('0000-00-00' AS DATE) AS d UNION ALL SELECT DATE'2024-01-01'"
                + " UNION ALL SELECT CAST('0000-00-00' AS DATE)");

    reading.rows();

    assertThat(reading.tallies, is(Map.of("zero dates set to NULL in d", 2L)));
  }

  @Test
  void failsOnADateThatDoesNotExistWhenAsked() {
    Reading reading =
        Reading.of(
            DATABASE,
            Map.of(
                "query",
                SqlText.of("SELECT CAST('0000-00-00' AS DATE) AS d"),
                "zero_dates",
                "fail"));

    Exception e = assertThrows(PermanentException.class, reading::rows);

    assertThat(
        e.getMessage(),
        is(
            "mysql query range all rows after row 1: `d` is a date that no calendar has, and"
                + " zero_dates is fail"));
  }

  @Test
  void rejectsTimesOutsideOfTheDayWhenTheColumnIsTime() {
    Reading reading =
        Reading.of(
            DATABASE,
            Map.of(
                "query",
                SqlText.of(
                    "SELECT CAST('24:00:00' AS TIME) AS t UNION ALL SELECT TIME'-00:00:01'"
                        + " UNION ALL SELECT TIME'23:59:59'"),
                "time_overflow",
                "reject"));

    assertThat(reading.rows(), hasSize(1));
    assertThat(
        reading.rejected,
        is(
            List.of(
                "`t` is not a time of the day; with time_overflow: string it is kept as text:"
                    + " {\"t\":\"24:00:00.000000\"}",
                "`t` is not a time of the day; with time_overflow: string it is kept as text:"
                    + " {\"t\":\"-00:00:01.000000\"}")));
  }

  @Test
  void rejectsTextThatIsNotJsonInADeclaredColumn() {
    Reading reading =
        Reading.of(
            DATABASE,
            Map.of(
                "query",
                SqlText.of(
                    "SELECT '{\"a\": 1}' AS j UNION ALL SELECT '{' UNION ALL SELECT '1 2'"
                        + " UNION ALL SELECT ''"),
                "json_columns",
                List.of("j")));

    assertThat(values(reading.rows(), "j"), is(List.of("{\"a\": 1}")));
    assertThat(
        reading.rejected,
        is(
            List.of(
                "`j` does not hold JSON: {\"j\":\"{\"}",
                "`j` does not hold JSON: {\"j\":\"1 2\"}",
                "`j` does not hold JSON: {\"j\":\"\"}")));
  }

  @Test
  void readsRowsLargerThanOnePacket() {
    int size = 20_000_000; // a packet holds 16 MiB
    MariaDb.required()
        .execute(
            "SET GLOBAL max_allowed_packet = 67108864",
            "CREATE OR REPLACE TABLE "
                + DATABASE
                + ".huge (id int PRIMARY KEY, filler longtext, after_it int)");
    MariaDb.required()
        .execute(
            "INSERT INTO " + DATABASE + ".huge VALUES (1, REPEAT('é', 10000000), 7), (2, 'x', 8)");
    Reading reading = Reading.table(DATABASE, "huge");

    List<Row> rows = reading.rows();

    assertThat(rows.get(0).length(1), is(size));
    assertThat(values(rows, "after_it"), is(List.of(7L, 8L)));
  }

  @Test
  void encryptsTheConnectionAsAsked() {
    String cipher =
        "SELECT variable_value AS cipher FROM information_schema.session_status"
            + " WHERE variable_name = 'Ssl_cipher'";

    Reading plain = Reading.of(DATABASE, Map.of("query", SqlText.of(cipher), "tls", "disable"));
    Reading local = Reading.of(DATABASE, Map.of("query", SqlText.of(cipher)));
    Reading encrypted = Reading.of(DATABASE, Map.of("query", SqlText.of(cipher), "tls", "require"));

    assertThat(values(plain.rows(), "cipher"), is(List.of("")));
    assertThat(values(local.rows(), "cipher"), is(List.of(""))); // nobody else listens
    assertThat(values(encrypted.rows(), "cipher").get(0).toString(), startsWith("TLS"));
  }

  @Test
  void whatIsNotSetHasADefault() {
    MySqlParameters parameters = Reading.table(DATABASE, "people").parameters;

    assertThat(MySqlParameters.PORT.defaultValue(), is(3306));
    assertThat(parameters.login().tls(), is(MySqlLogin.Tls.PREFERRED));
    assertThat(parameters.maxConnections(), is(4));
    assertThat(parameters.snapshot(), is(MySqlParameters.SnapshotMode.AUTO));
    assertThat(
        parameters.values(),
        is(
            new ValueOptions(
                ValueOptions.TinyInt1.INT64,
                ValueOptions.ZeroDates.NULL,
                ValueOptions.TimeOverflow.STRING,
                Set.of())));
    assertThat(parameters.columns(), is(List.of()));
    assertThat(parameters.where(), is(nullValue()));
    assertThat(parameters.splitColumn(), is(nullValue()));
  }

  @Test
  void asManySplitsAreReadAtOnceAsThereMayBeConnections() {
    Reading reading = Reading.of(DATABASE, Map.of("table", "people", "max_connections", 7));

    assertThat(reading.source.maxConnections(), is(7));
  }

  @Test
  void isRegistered() {
    assertThat(
        Registry.load().find(Spec.Kind.SOURCE, "mysql").orElseThrow(),
        is((Object) MySqlParameters.SPEC));
  }

  @Test
  void fetchesRowsWhileTheServerIsStillSending() throws Exception {
    Reading reading = Reading.table(DATABASE, "big");

    try (RowReader reader = reading.open(KeyRange.all(0))) {
      RowBuilder row = new RowBuilder(reading.schema());
      reader.next(row);

      assertThat("the whole result was fetched", queriesOn("big"), hasSize(1));
    }
  }

  @Test
  void closingEarlyEndsTheQuery() throws Exception {
    Reading reading = Reading.table(DATABASE, "big");
    RowReader reader = reading.open(KeyRange.all(0));
    reader.next(new RowBuilder(reading.schema()));

    reader.close();
    reader.close();

    awaitNoQueriesOn("big");
  }

  @Test
  void aKilledConnectionIsWorthRetryingAndNamesThePlace() throws Exception {
    Reading reading = Reading.table(DATABASE, "big");
    KeyRange range = reading.splits(10_000).get(0);
    RowReader reader = reading.open(range);
    RowBuilder row = new RowBuilder(reading.schema());
    reader.next(row);
    for (long id : queriesOn("big")) {
      MariaDb.required().execute("KILL " + id);
    }

    Exception e =
        assertThrows(
            TransientException.class,
            () -> {
              while (reader.next(row)) {
                // until the rows that had been sent are used up
              }
            });

    assertThat(e.getMessage(), startsWith("mysql big range id (-∞,"));
    assertThat(e.getMessage(), containsString(" after row "));
    reader.close();
    assertThat(reading.rows(reading.splits(10_000)), hasSize(BIG_ROWS)); // and it can be read again
  }

  @Test
  void aColumnThatChangedSinceThePlanStopsTheRun() {
    MariaDb.required().execute("CREATE OR REPLACE TABLE " + DATABASE + ".moving (a int, b int)");
    Reading reading = Reading.table(DATABASE, "moving");
    Schema planned = reading.schema();
    MariaDb.required().execute("ALTER TABLE " + DATABASE + ".moving MODIFY b varchar(10)");

    Exception e =
        assertThrows(
            PermanentException.class, () -> reading.source.open(KeyRange.all(0), planned, reading));

    assertThat(e.getMessage(), containsString("column `b` is VARCHAR now; run again"));
  }

  @Test
  void travelsToAnotherProcessWithoutThePassword() throws Exception {
    Reading reading = Reading.table(DATABASE, "people");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(reading.source);
      out.writeObject(reading.splits(1).get(0));
    }
    String serialized = bytes.toString(StandardCharsets.ISO_8859_1);

    assertThat(serialized.contains(MariaDb.required().password()), is(false));
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      MySqlSource copy = (MySqlSource) in.readObject();
      try (RowReader reader = copy.open((KeyRange) in.readObject(), reading.schema(), reading)) {
        assertThat(reader.next(new RowBuilder(reading.schema())), is(true));
      }
    }
  }

  private static Reading query(String sql) {
    return Reading.of(DATABASE, Map.of("query", SqlText.of(sql)));
  }

  private static List<Object> values(List<Row> rows, String column) {
    List<Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.get(column)));
    return values;
  }

  /** Connections that are executing a query on a table. */
  private static List<Long> queriesOn(String table) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = MariaDb.required().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id FROM information_schema.processlist WHERE db = '"
                    + DATABASE
                    + "' AND info LIKE 'SELECT%`"
                    + table
                    + "`%'")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  private static void awaitNoQueriesOn(String table) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!queriesOn(table).isEmpty()) {
      assertThat("still running", System.nanoTime() < deadline, is(true));
      Thread.onSpinWait();
    }
  }
}
