package io.tributary.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.tributary.plan.Slice;
import io.tributary.storage.LocalStorage;
import io.tributary.testing.MariaDb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Increments from a real database into the embedded warehouse. "Row n" is a row of the corrected
 * semantics against the predecessor.
 */
class IncrementalRunTest {
  private static final String SINK =
      "- {name: out, module: bigquery, input: rows, table: d.t, create_disposition:"
          + " CREATE_IF_NEEDED, mode: ";
  private static final String APPEND = SINK + "append}\n";
  private static final String MERGE = SINK + "merge, merge_keys: [id]}\n";

  @TempDir Path folder;

  private final MariaDb server = MariaDb.required();
  private Runs runs;

  @BeforeEach
  void setUp() {
    server.database("inc");
    runs = new Runs(folder, "inc");
  }

  /** Rows 2, 4 and 5: values are typed and exact to the microsecond, in a zone the server lacks. */
  @ParameterizedTest
  @CsvSource({"DATETIME(6)", "TIMESTAMP(6)"})
  void timesAreExactToTheMicrosecondInTheConfigsZone(String type) {
    table(
        "at " + type,
        "(1, '2024-05-01 09:59:59.999999'), (2, '2024-05-01 10:00:00.000000'), (3, '2024-05-01"
            + " 10:00:00.000001')");
    String initial =
        type.startsWith("DATETIME") ? "2024-05-01 10:00:00" : "2024-05-01T19:00:00.000000";

    runs.run(
        "timezone: Asia/Tokyo\n"
            + config("incremental: {cursor: at, initial: \"" + initial + "\"}", APPEND));

    assertThat(ids(), is(List.of("2", "3")));
  }

  /** Rows 3 and 17: the largest value of the destination; rows with the same value are not lost. */
  @ParameterizedTest
  @CsvSource({
    "DATE, 2024-05-01, 2024-05-02",
    "DATETIME, 2024-05-01 10:00:00, 2024-05-01 10:00:01",
    "TIMESTAMP(3), 2024-05-01 10:00:00.001, 2024-05-01 10:00:00.002",
    "BIGINT, 100, 101"
  })
  void appendGoesOnFromTheDestinationsLargestValueWithoutLosingOrDoublingTies(
      String type, String largest, String next) {
    table("at " + type, value(1, largest), value(2, largest));
    String config =
        config(
            "incremental: true, incremental_column: at, destination_sink_name: out",
            APPEND.replace("CREATE_IF_NEEDED", "CREATE_NEVER"));
    server.execute("CREATE TABLE inc.before_t AS SELECT * FROM inc.t");
    runs.run(config("", SINK + "replace}\n").replace("table: t}", "table: before_t}"));
    server.execute(
        "INSERT INTO inc.t (id, at) VALUES " + value(3, largest) + ", " + value(4, next));

    RunReport first = runs.run(config);
    RunReport second = runs.run(config);

    assertThat(ids(), is(List.of("1", "2", "3", "4")));
    assertThat(first.tables().get(0).inserted(), is(2L));
    assertThat(first.tables().get(0).duplicates(), is(2L));
    assertThat(second.tables().get(0).rowsWritten(), is(0L));
  }

  /** Rows 17 and 19 and the older form: a whole day is read again, as far as it is needed. */
  @Test
  void intervalsReadWholeDaysAndMergeThem() {
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Tokyo"));
    table("at DATE", value(1, today.minusDays(2)), value(2, today.minusDays(1)), value(3, today));
    String config =
        "timezone: Asia/Tokyo\n"
            + config(
                "incremental: true, incremental_column: at, incremental_interval_from: 2day",
                MERGE);

    runs.run(config);
    List<String> first = ids();
    server.execute("INSERT INTO inc.t (id, at) VALUES " + value(4, today));
    runs.run(config);

    assertThat(first, is(List.of("2", "3")));
    assertThat(ids(), is(List.of("2", "3", "4")));
    assertThat(runs.cursors(), is(List.of("rows out at " + today)));
  }

  /**
   * Row 7: one zone for both sides; a day that is not over is left to the next run of an append.
   */
  @Test
  void anAppendTakesDaysThatAreOverInTheConfigsZone() {
    LocalDate today = LocalDate.now(ZoneId.of("Pacific/Kiritimati"));
    table("at DATE", value(1, today.minusDays(1)), value(2, today), value(3, today.plusDays(1)));

    runs.run("timezone: Pacific/Kiritimati\n" + config("incremental: {cursor: at}", APPEND));

    assertThat(ids(), is(List.of("1")));
    assertThat(runs.cursors(), is(List.of("rows out at " + today)));
  }

  /** No server's clock is before the zone that is the first to begin a day. */
  @ParameterizedTest
  @CsvSource({
    "DATETIME, Pacific/Kiritimati, 1",
    "TIMESTAMP, Pacific/Kiritimati, 0",
    "DATETIME, Etc/GMT+12, 0"
  })
  void aServersClockBehindTheConfigsZoneIsTold(String type, String zone, long notes) {
    table("at " + type, value(1, "2024-05-01"));

    RunReport report =
        runs.run("timezone: " + zone + "\n" + config("incremental: {cursor: at}", APPEND));

    assertThat(
        report.notes().stream().filter(note -> note.contains("the server's clock shows")).count(),
        is(notes));
  }

  /** Rows 8 and 9: keys of any text are found again, and NULL keys fail instead of matching. */
  @Test
  void keysWithQuotesAreUpdatedAndARunWithNullKeysMovesNoCursor() {
    server.execute(
        "CREATE TABLE inc.t (id INT PRIMARY KEY, name VARCHAR(20), v INT, at TIMESTAMP(6) DEFAULT"
            + " NOW(6) ON UPDATE NOW(6))",
        "INSERT INTO inc.t (id, name, v) VALUES (1, 'O''Hara', 1), (2, '\\\\\"', 1)");
    String config = config("incremental: {cursor: at}", MERGE.replace("[id]", "[name]"));
    runs.run(config);
    server.execute("UPDATE inc.t SET v = 2 WHERE id = 1");

    RunReport second = runs.run(config);
    List<String> cursors = runs.cursors();
    server.execute("INSERT INTO inc.t (id, name, v) VALUES (3, NULL, 3)");
    RunReport failed = runs.attempt(config, null);

    assertThat(second.tables().get(0).updated(), is(1L));
    assertThat(runs.rows("SELECT id, v FROM d.t ORDER BY id"), is(List.of("1|2", "2|1")));
    assertThat(failed.error(), notNullValue());
    assertThat(runs.cursors(), is(cursors));
  }

  /** Row 15: a transform on the way; the read starts at the smallest of the sinks' cursors. */
  @Test
  void eachSinkHasItsOwnProgress() {
    table("at BIGINT", value(1, 10), value(2, 20));
    String config =
        config(
            "incremental: {cursor: at}",
            APPEND.replace("input: rows", "input: kept")
                + MERGE.replace("name: out", "name: other").replace("d.t", "d.other"));
    config =
        config.replace(
            "sinks:",
            "transforms:\n"
                + "- {name: kept, module: select, inputs: [rows], columns: {id: id}}\n"
                + "sinks:");
    runs.run(config);
    runs.execute("DELETE FROM tributary.cursors WHERE sink = 'other'", "DROP TABLE d.other");
    server.execute("INSERT INTO inc.t (id, at) VALUES " + value(3, 30));

    RunReport report = runs.run(config);

    assertThat(ids(), is(List.of("1", "2", "3")));
    assertThat(runs.rows("SELECT id FROM d.other ORDER BY id"), is(List.of("1", "2", "3")));
    assertThat(
        report.steps().stream()
            .filter(step -> step.step().equals("out"))
            .map(step -> step.in() + "-" + step.filtered() + "=" + step.out())
            .toList(),
        is(List.of("3-2=1")));
    assertThat(runs.cursors(), is(List.of("rows other at 31", "rows out at 31")));
  }

  @Test
  void rowsWithoutACursorAreReadByTheFirstRunOnly() {
    table("at BIGINT NULL", value(1, 10), "(2, NULL)");
    String config = config("incremental: {cursor: at}", APPEND);
    runs.run(config);
    server.execute("INSERT INTO inc.t (id, at) VALUES (3, NULL), " + value(4, 11));

    runs.run(config);

    assertThat(ids(), is(List.of("1", "2", "4")));
  }

  @Test
  void aSliceIsReadAndMovesNoCursor() {
    table("at DATETIME", value(1, "2024-05-01"), value(2, "2024-05-02"), value(3, "2024-05-03"));
    String config = config("incremental: {cursor: at}", APPEND);

    RunReport report = runs.run(config, new Slice("2024-05-02", "2024-05-03"));

    assertThat(ids(), is(List.of("2")));
    assertThat(runs.cursors(), is(List.of()));
    assertThat(report.cursors().get(0).to() == null, is(true));
  }

  @Test
  void lookbackReadsAgainWhatWasWrittenLate() {
    table("at BIGINT", value(1, 10), value(2, 20));
    String config = config("incremental: {cursor: at, lookback: 15}", MERGE);
    runs.run(config);
    server.execute("INSERT INTO inc.t (id, at) VALUES " + value(3, 5) + ", " + value(4, 6));

    RunReport report = runs.run(config);

    assertThat(ids(), is(List.of("1", "2", "4")));
    assertThat(report.cursors().get(0).from().toString(), is("6"));
    assertThat(runs.cursors(), is(List.of("rows out at 21")));
  }

  @Test
  void severalVersionsOfARowInOneBatchLeaveTheLatest() {
    table("at BIGINT", value(1, 10), value(1, 30), value(1, 20));

    RunReport report = runs.run(config("incremental: {cursor: at}", MERGE));

    assertThat(runs.rows("SELECT id, \"at\" FROM d.t"), is(List.of("1|30")));
    assertThat(report.tables().get(0).duplicates(), is(2L));
  }

  @Test
  void eachPieceOfAQueryIsRestricted() {
    table("at BIGINT", value(1, 10), value(2, 20), value(3, 30), value(4, 40));
    String query =
        config("incremental: {cursor: at, initial: 20, lag: 10}", APPEND)
            .replace(
                "table: t}",
                "query: \"SELECT * FROM t WHERE id < 3 --sep-- SELECT * FROM t WHERE id >= 3;\"}");

    runs.run(query);

    assertThat(ids(), is(List.of("2", "3")));
    assertThat(runs.cursors(), is(List.of("rows out at 31")));
  }

  @Test
  void aTableOfTheWarehouseIsReadUpToItsLargestValue() {
    table("at BIGINT", value(1, 10), value(2, 20));
    runs.run(config("", SINK.replace("d.t", "d.from") + "replace}\n"));
    String config =
        """
        name: second
        sources:
        - {name: rows, module: bigquery, table: d.from, incremental: {cursor: at}}
        sinks:
        """
            + APPEND;
    runs.run(config);
    server.execute("INSERT INTO inc.t (id, at) VALUES " + value(3, 30));
    runs.run(config("", SINK.replace("d.t", "d.from") + "replace}\n"));

    runs.run(config);

    assertThat(ids(), is(List.of("1", "2", "3")));
  }

  @Test
  void anAppendOfAQuerysResultNeedsOneStartForAllSinks() {
    table("at BIGINT", value(1, 10), value(2, 20));
    String config =
        config(
                "incremental: {cursor: at}",
                APPEND.replace("input: rows", "input: counted")
                    + MERGE.replace("name: out", "name: other").replace("d.t", "d.other"))
            .replace(
                "sinks:",
                "transforms:\n- {name: counted, module: sql, inputs: [rows], sql: \"SELECT count(*)"
                    + " AS n FROM `rows`\"}\nsinks:");
    runs.run(config);
    runs.execute("DELETE FROM tributary.cursors WHERE sink = 'other'", "DROP TABLE d.other");

    assertThat(
        runs.refusal(config),
        containsString("error TR221: sink `out` appends the result of a query over source `rows`"));
  }

  @Test
  void whatDoesNotFitTheCursorIsSaidTogether() {
    table("at DATE", value(1, "2024-05-01"));

    String refusal =
        runs.refusal(config("incremental: {cursor: at, initial: 5, lookback: 36h, lag: 3}", MERGE));

    assertThat(refusal, containsString("TR220: `5` is no value of a cursor of type DATE"));
    assertThat(refusal, containsString("TR220: column `at` is DATE, which has no parts of a day"));
    assertThat(refusal, containsString("TR220: `3` does not fit column `at`, which is DATE"));
    assertThat(
        runs.refusal(config("incremental: {cursor: att}", MERGE)),
        containsString("TR201: cursor column `att` is not a column of the source"));
    server.execute("ALTER TABLE inc.t ADD name VARCHAR(5)");
    assertThat(
        runs.refusal(config("incremental: {cursor: name}", MERGE)),
        containsString("TR220: column `name` is STRING, which cannot be a cursor"));
    assertThat(
        runs.refusal(config("incremental: {cursor: id, lookback: 3d}", MERGE)),
        containsString("TR220: `3d` does not fit column `id`, which is INT64"));
  }

  @Test
  void anAppendToAFilledTableThatDoesNotTellWhatItHasIsRefused() {
    table("at BIGINT", value(1, 10));
    runs.execute("CREATE SCHEMA d", "CREATE TABLE d.t (id BIGINT)", "INSERT INTO d.t VALUES (1)");
    String config =
        config("incremental: {cursor: at}", APPEND.replace("input: rows", "input: ids"))
            .replace(
                "sinks:",
                "transforms:\n"
                    + "- {name: ids, module: select, inputs: [rows], columns: [id]}\n"
                    + "sinks:");

    assertThat(
        runs.refusal(config),
        containsString(
            "TR221: table `d.t` has rows, but which of source `rows` cannot be told: it has no"
                + " column `at`"));
  }

  /** What was read before is gone with the table: to go on would leave it out. */
  @Test
  void aTableThatIsGoneIsNotBegunInTheMiddle() {
    table("at BIGINT", value(1, 10), value(2, 20));
    String config = config("incremental: {cursor: at}", MERGE);
    runs.run(config);
    runs.execute("DROP TABLE d.t");

    assertThat(
        runs.refusal(config),
        containsString(
            "TR221: sink `out` has come to 21 in source `rows`, but its table `d.t` does not"
                + " exist"));
    runs.execute("UPDATE tributary.cursors SET run_id = 'state set', value = '20'");
    runs.run(config);
    assertThat(ids(), is(List.of("2")));
  }

  /** Also when another config of the same name has brought the cursor there. */
  @Test
  void aCursorOfAnotherTableIsNotTakenForThatOfThisOne() {
    table("at BIGINT", value(1, 10), value(2, 20));
    String config = config("incremental: {cursor: at}", APPEND);
    runs.run(config);
    runs.execute("CREATE TABLE d.other AS FROM d.t LIMIT 0");

    assertThat(
        runs.refusal(config.replace("d.t", "d.other")),
        containsString(
            "TR221: sink `out` has come to 21 in source `rows` with another table than `d.other`,"
                + " which would lack all rows before that"));
    assertThat(runs.run(config.replace("d.t", "D.T")).cursors().size(), is(1));
  }

  /** A folder does not tell which rows its files hold, and they would be there twice. */
  @Test
  void filesAreNotAppendedAgainWhenTheLedgerIsGone() {
    table("at BIGINT", value(1, 10));
    String sink = "- {name: out, module: files, input: rows, path: out, format: csv, mode: append}";
    String config = config("incremental: {cursor: at}", sink + "\n");
    runs.run(config);
    runs.execute("DELETE FROM tributary.cursors");

    assertThat(
        runs.refusal(config),
        containsString(
            "has files, but which rows of source `rows` they hold is not in the ledger"));
  }

  /** A run that was killed before its files were in place, and whose files someone removed. */
  @Test
  void filesThatCanNeverBeDeliveredAreReadAgain() throws IOException {
    table("at BIGINT", value(1, 10));
    String sink = "- {name: out, module: files, input: rows, path: out, format: csv, mode: append}";
    String config = config("incremental: {cursor: at}", sink + "\n");
    runs.run(config);
    runs.execute("UPDATE tributary.deliveries SET delivered_at = NULL");
    new LocalStorage().deleteTree(folder.resolve("out").toString());

    RunReport report = runs.run(config);

    assertThat(report.notes().toString(), containsString(" is gone; run the config again"));
    assertThat(report.files().get(0).count(), is(1));
    assertThat(runs.cursors(), is(List.of("rows out at 11")));
  }

  @Test
  void aStartAtTheTablesLargestValueIsTold() {
    table("at BIGINT", value(1, 10), value(2, 20));
    String config = config("incremental: {cursor: at}", APPEND);
    runs.run(config, new Slice("20", "21"));

    RunReport report = runs.run(config);

    assertThat(
        report.notes(),
        hasItem(
            "source `rows`: sink `out` goes on at 20, the largest `at` of its table `d.t`: rows"
                + " before that are taken to be there"));
  }

  @Test
  void anAppendOfRowsWithoutTheTablesCursorColumnIsRefused() {
    table("at BIGINT", value(1, 10));
    runs.execute("CREATE SCHEMA d", "CREATE TABLE d.t (id BIGINT, \"at\" BIGINT)");
    runs.execute("INSERT INTO d.t VALUES (1, 10)");
    String config =
        config(
                "incremental: {cursor: at}",
                APPEND
                    .replace("input: rows", "input: ids")
                    .replace("append}", "append, on_schema_change: {columns: evolve}}"))
            .replace(
                "sinks:",
                "transforms:\n"
                    + "- {name: ids, module: select, inputs: [rows], columns: [id]}\n"
                    + "sinks:");

    assertThat(
        runs.refusal(config),
        containsString(
            "TR221: table `d.t` has rows, but which of source `rows` cannot be told: the rows of"
                + " sink `out` have no column `at`"));
  }

  @Test
  void aCursorOfAnotherColumnIsNotTakenForThisOne() {
    table("at BIGINT", value(1, 10));
    runs.run(config("incremental: {cursor: at}", MERGE));

    assertThat(
        runs.refusal(config("incremental: {cursor: id}", MERGE)),
        containsString(
            "TR221: sink `out` has come to 11 by column `at` (INT64), which says nothing"));
  }

  private void table(String cursor, String... rows) {
    server.execute(
        "CREATE TABLE inc.t (id INT NOT NULL, " + cursor + ", KEY (at))",
        "INSERT INTO inc.t (id, at) VALUES " + String.join(", ", rows));
  }

  private static String value(int id, Object at) {
    return "(" + id + ", '" + at + "')";
  }

  private static String config(String incremental, String sinks) {
    return "name: job\nsources:\n- {name: rows, module: mysql, profile: db, "
        + (incremental.isEmpty() ? "" : incremental + ", ")
        + "table: t}\nsinks:\n"
        + sinks;
  }

  private List<String> ids() {
    return runs.rows("SELECT id FROM d.t ORDER BY id");
  }
}
