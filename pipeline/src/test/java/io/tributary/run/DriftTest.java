package io.tributary.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.tributary.warehouse.Drift;
import io.tributary.warehouse.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs against a table that was made when the source had another shape: what each policy makes of
 * each change in each mode, and that a run that fails leaves the table as it was.
 */
class DriftTest {
  private static final List<String> MODES = List.of("replace", "append", "merge");
  private static final List<String> BRIDGED = List.of("evolve", "drop", "reject");

  private static final Source WITH_NEW_COLUMN =
      new Source(
          "id:INT64, name:STRING, amount:INT64, note:STRING",
          "{id: 2, name: B, amount: 21, note: n}, {id: 3, name: c, amount: 30}");
  private static final Source WITHOUT_AMOUNT =
      new Source("ID:INT64, Name:STRING", "{ID: 2, Name: B}, {ID: 3, Name: c}");
  private static final Source WITH_DECIMALS =
      new Source(
          "id:INT64, name:STRING, amount:NUMERIC(10,2)",
          "{id: 2, name: B, amount: 21.5}, {id: 3, name: c, amount: 30}");

  @TempDir Path folder;
  private RunProbe probe;

  /** What a source gives. */
  private record Source(String schema, String rows) {}

  @BeforeEach
  void tableOfAnEarlierShape() {
    probe = new RunProbe(folder);
    probe.sql(
        "CREATE SCHEMA d",
        "CREATE TABLE d.t (id BIGINT NOT NULL, name VARCHAR DEFAULT 'x', amount BIGINT)",
        "COMMENT ON TABLE d.t IS 'by hand'",
        "COMMENT ON COLUMN d.t.amount IS 'in cents'",
        "INSERT INTO d.t VALUES (1, 'a', 10), (2, 'b', 20)");
  }

  private static String config(Source source, String mode, String policy, String errors) {
    return """
    name: job
    errors: {%s}
    sources:
      - name: in
        module: create
        parameters: {schema: "%s", rows: [%s]}
    sinks:
      - name: out
        module: bigquery
        input: in
        mode: %s
        parameters: {table: d.t%s%s}
    """
        .formatted(
            errors.isEmpty() ? "max_rows: 0" : errors,
            source.schema(),
            source.rows(),
            mode,
            mode.equals("merge") ? ", merge_keys: [id]" : "",
            (mode.equals("append") ? ", allow_full_append: true" : "")
                + (policy.isEmpty() ? "" : ", on_schema_change: {" + policy + "}"));
  }

  private static List<String> words(RunReport report) {
    return report.drift().stream()
        .map(Drift::change)
        .map(change -> change.column() + " " + change.kind().word())
        .toList();
  }

  /** The rows of a table that had (1, a, 10) and (2, b, 20), with those of the batch. */
  private static List<String> after(
      String mode, List<String> old, List<String> updated, List<String> batch) {
    List<String> rows = new ArrayList<>();
    switch (mode) {
      case "append" -> {
        rows.addAll(old);
        rows.addAll(batch);
      }
      case "merge" -> {
        rows.add(old.get(0));
        rows.addAll(updated);
      }
      default -> rows.addAll(batch);
    }
    return rows.stream().sorted().toList();
  }

  static Stream<Arguments> bridged() {
    List<Arguments> cases = new ArrayList<>();
    for (String mode : MODES) {
      cases.add(
          Arguments.of(
              mode,
              "columns: evolve",
              WITH_NEW_COLUMN,
              "note added",
              "id BIGINT, name VARCHAR, amount BIGINT, note VARCHAR",
              after(
                  mode,
                  List.of("1|a|10|null", "2|b|20|null"),
                  List.of("2|B|21|n", "3|c|30|null"),
                  List.of("2|B|21|n", "3|c|30|null"))));
      cases.add(
          Arguments.of(
              mode,
              "columns: drop",
              WITH_NEW_COLUMN,
              "note dropped",
              "id BIGINT, name VARCHAR, amount BIGINT",
              after(
                  mode,
                  List.of("1|a|10", "2|b|20"),
                  List.of("2|B|21", "3|c|30"),
                  List.of("2|B|21", "3|c|30"))));
      for (String columns : BRIDGED) {
        cases.add(
            Arguments.of(
                mode,
                "columns: " + columns,
                WITHOUT_AMOUNT,
                "amount missing",
                "id BIGINT, name VARCHAR, amount BIGINT",
                after(
                    mode,
                    List.of("1|a|10", "2|b|20"),
                    List.of("2|B|20", "3|c|null"), // a merge loses no value
                    List.of("2|B|null", "3|c|null"))));
      }
      cases.add(
          Arguments.of(
              mode,
              "types: evolve",
              WITH_DECIMALS,
              "amount widened",
              "id BIGINT, name VARCHAR, amount DECIMAL(21,2)",
              after(
                  mode,
                  List.of("1|a|10.00", "2|b|20.00"),
                  List.of("2|B|21.50", "3|c|30.00"),
                  List.of("2|B|21.50", "3|c|30.00"))));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource
  void bridged(
      String mode, String policy, Source source, String drift, String columns, List<String> rows)
      throws InterruptedException {
    RunReport report = probe.run(config(source, mode, policy, ""));

    assertThat(probe.problems(), is(empty()));
    assertThat(String.valueOf(report), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(words(report), contains(drift));
    assertThat(
        probe.rows(
            "SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_index) FROM"
                + " duckdb_columns() WHERE table_name = 't'"),
        contains(columns));
    assertThat(probe.rows("SELECT * FROM d.t ORDER BY ALL"), is(rows));
    assertThat(
        probe.rows(
            "SELECT sink, table_name, column_name || ' ' || change FROM tributary.drift JOIN"
                + " tributary.runs USING (run_id)"),
        contains("out|d.t|" + drift));
    assertThat(
        "everything else about the table stays",
        probe.rows(
            "SELECT column_default, is_nullable, (SELECT comment FROM duckdb_columns() WHERE"
                + " table_name = 't' AND column_name = 'amount'), (SELECT comment FROM"
                + " duckdb_tables() WHERE table_name = 't') FROM duckdb_columns() WHERE table_name"
                + " = 't' AND column_name IN ('id', 'name') ORDER BY column_index"),
        contains("null|false|in cents|by hand", "'x'|true|in cents|by hand"));
  }

  @ParameterizedTest
  @MethodSource("bridged")
  void aSecondRunMeetsNoNewDriftAndLosesNothing(
      String mode, String policy, Source source, String drift, String columns, List<String> rows)
      throws InterruptedException {
    String config = config(source, mode, policy, "");
    probe.run(config);

    RunReport second = probe.run(config);

    assertThat(second.status(), is(RunStatus.SUCCEEDED));
    assertThat(second.drift(), is(empty()));
    assertThat(
        second.notes().stream().filter(note -> note.contains("as before")).count(),
        is(drift.endsWith("added") || drift.endsWith("widened") ? 0L : 1L));
    if (!mode.equals("append")) {
      assertThat(probe.rows("SELECT * FROM d.t ORDER BY ALL"), is(rows));
    }
  }

  static Stream<Arguments> frozen() {
    List<Arguments> cases = new ArrayList<>();
    for (String mode : MODES) {
      cases.add(
          Arguments.of(
              mode,
              "",
              WITH_NEW_COLUMN,
              "12:25 TR206 column `note` (STRING) is not in the table `d.t` -> leave it out in a"
                  + " select transform, add it to the table, or set `on_schema_change: {columns:"
                  + " evolve}` to have it added"));
      cases.add(
          Arguments.of(
              mode,
              "types: evolve",
              WITHOUT_AMOUNT,
              "12:25 TR206 table `d.t` has column `amount` (INT64), which the rows lack -> add it"
                  + " in a select transform"));
      cases.add(
          Arguments.of(
              mode,
              "columns: evolve",
              new Source("id:INT64, name:STRING, amount:STRING", "{id: 3}"),
              "12:25 TR206 column `amount` is STRING, but INT64 in the table `d.t`, and cannot be"
                  + " converted without loss -> cast it to INT64 in a select transform, or set"
                  + " `on_schema_change: {types: evolve}` to have the table's column made STRING"));
      cases.add(
          Arguments.of(
              mode,
              "columns: evolve, types: evolve",
              new Source("id:INT64, name:STRING, amount:DATE", "{id: 3}"),
              "12:25 TR206 column `amount` is DATE, but INT64 in the table `d.t`, and cannot be"
                  + " converted without loss -> cast it to INT64 in a select transform, or change"
                  + " the column's type in the table"));
    }
    cases.add(
        Arguments.of(
            "append",
            "columns: evolve",
            new Source("name:STRING, amount:INT64", "{name: c}"),
            "12:25 TR206 table `d.t` has column `id` (INT64), which the rows lack, though it must"
                + " not be NULL"));
    cases.add(
        Arguments.of(
            "append",
            "columns: drop",
            new Source("other:STRING", "{other: c}"),
            "12:25 TR206 table `d.t` has column `id` (INT64), which the rows lack, though it must"
                + " not be NULL"));
    cases.add(
        Arguments.of(
            "merge",
            "types: evolve",
            new Source("id:STRING, name:STRING, amount:INT64", "{id: c}"),
            "12:25 TR206 column `id` is STRING, but INT64 in the table `d.t`, and cannot be"
                + " converted without loss; a merge key does not become text"));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource
  void frozen(String mode, String policy, Source source, String problem)
      throws InterruptedException {
    List<String> before = probe.table("d", "t");

    RunReport report = probe.run(config(source, mode, policy, ""));

    assertThat(report, is(nullValue()));
    assertThat(probe.problems(), contains(startsWith(problem)));
    assertThat(probe.table("d", "t"), is(before));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void rejectLetsRowsPassThatHaveNoValueInTheNewColumn(String mode) throws InterruptedException {
    RunReport report = probe.run(config(WITH_NEW_COLUMN, mode, "columns: reject", "max_rows: 1"));

    assertThat(String.valueOf(report), report.status(), is(RunStatus.REJECTED_ROWS));
    assertThat(words(report), contains("note rejected"));
    assertThat(
        probe.rows("SELECT * FROM d.t ORDER BY ALL"),
        is(mode.equals("replace") ? List.of("3|c|30") : List.of("1|a|10", "2|b|20", "3|c|30")));
    assertThat(
        probe.rows("SELECT step, reason, row_json FROM tributary.rejected"),
        contains(
            "out|column `note` is not in the table, and has a value here (on_schema_change:"
                + " {columns: reject})|{\"id\":2,\"name\":\"B\",\"amount\":21,\"note\":\"n\"}"));
  }

  static List<String> modes() {
    return MODES;
  }

  static Stream<Arguments> failing() {
    List<Arguments> cases = new ArrayList<>();
    for (String mode : MODES) {
      cases.add(Arguments.of(mode, "columns: reject", WITH_NEW_COLUMN, "", "`errors` allows none"));
      cases.add(Arguments.of(mode, "", WITH_DECIMALS, "", "`errors` allows none"));
      // DuckDB tells only then that another column is made from this one
      cases.add(
          Arguments.of(
              mode,
              "columns: evolve, types: evolve",
              new Source(
                  "id:INT64, name:STRING, amount:STRING, note:STRING, twice:INT64",
                  "{id: 2, name: B, amount: x, note: n}, {id: 3, amount: y}"),
              "DROP TABLE d.t; CREATE TABLE d.t (id BIGINT NOT NULL, name VARCHAR DEFAULT 'x',"
                  + " amount BIGINT, twice BIGINT GENERATED ALWAYS AS (amount * 2)); INSERT INTO"
                  + " d.t VALUES (1, 'a', 10), (2, 'b', 20)",
              "making column `amount` of d.t STRING instead of INT64: This column is referenced by"
                  + " the generated column"));
    }
    cases.add(
        Arguments.of(
            "merge",
            "columns: evolve, types: evolve",
            new Source(
                "id:INT64, name:STRING, amount:NUMERIC(30,2), note:STRING",
                "{id: 2, name: B, amount: 1.5, note: n}, {id: 2, amount: 7}"),
            "",
            "2 rows have the same merge key {'id': 2}"));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource
  void failing(String mode, String policy, Source source, String preparation, String message)
      throws InterruptedException {
    Stream.of(preparation.split("; ")).filter(sql -> !sql.isEmpty()).forEach(probe::sql);
    List<String> before = probe.table("d", "t");

    RunReport report = probe.run(config(source, mode, policy, ""));

    assertThat(probe.problems(), is(empty()));
    assertThat(report.status(), is(RunStatus.FAILED));
    assertThat(report.error().message(), containsString(message));
    assertThat(report.drift(), is(empty()));
    assertThat(probe.table("d", "t"), is(before));
    assertThat(probe.rows("SELECT * FROM tributary.drift"), is(empty()));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void everyValueStaysAsItIsWhenItsColumnIsWidened(String mode) throws InterruptedException {
    probe.sql(
        "CREATE TABLE d.wide (id BIGINT, b BOOLEAN, i BIGINT, big DECIMAL(38,9), n DECIMAL(10,2),"
            + " day DATE, moment DATE, word DATE, t BOOLEAN)",
        "COMMENT ON COLUMN d.wide.big IS 'how much'",
        "INSERT INTO d.wide VALUES (1, true, -9223372036854775808,"
            + " -12345678901234567890123456789.5, 1.50, '0001-01-01', '1969-12-31', '2024-02-29',"
            + " false), (2, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL)");
    Source source =
        new Source(
            "id:INT64, b:INT64, i:NUMERIC(20,1), big:NUMERIC(38,30), n:STRING, day:DATETIME,"
                + " moment:TIMESTAMP, word:STRING, t:STRING",
            "{id: 3, b: 2, i: 9.5, big: 0.000000000000000000000000000001, n: 1.5, day:"
                + " '2024-01-01T12:00:00', moment: '2024-01-01T12:00:00Z', word: x, t: y}");

    RunReport report =
        probe.run(config(source, mode, "types: evolve", "").replace("d.t", "d.wide"));

    assertThat(String.valueOf(report), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(report.drift().size(), is(8));
    List<String> rows = new ArrayList<>();
    if (!mode.equals("replace")) {
      rows.add(
          "1|1|-9223372036854775808.0|-12345678901234567890123456789.5|1.50|0001-01-01T00:00"
              + "|1969-12-31T00:00:00Z|2024-02-29|false");
      rows.add("2|null|null|0|null|null|null|null|null");
    }
    rows.add(
        "3|2|9.5|0.000000000000000000000000000001|1.5|2024-01-01T12:00|2024-01-01T12:00:00Z|x|y");
    assertThat(probe.rows("SELECT * FROM d.wide ORDER BY id"), is(rows));
    assertThat(
        probe.rows("SELECT comment FROM duckdb_columns() WHERE column_name = 'big'"),
        contains("[BIGNUMERIC(59,30)] how much"));
    assertThat(
        probe.run(config(source, mode, "types: evolve", "").replace("d.t", "d.wide")).drift(),
        is(empty()));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aNewFieldOfARecordIsAddedToTheStruct(String mode) throws InterruptedException {
    probe.sql(
        "CREATE TABLE d.nested (id BIGINT, s STRUCT(a BIGINT, b VARCHAR), l STRUCT(x BIGINT)[])",
        "INSERT INTO d.nested VALUES (1, {'a': 1, 'b': 'one'}, [{'x': 1}, NULL]), (2, NULL, NULL)");
    Source source =
        new Source(
            "id:INT64, s:STRUCT<c DATE, b STRING, a INT64>, l:ARRAY<STRUCT<x INT64, y STRING>>",
            "{id: 2, s: {a: 2, c: '2024-01-31'}, l: [{x: 2, y: z}]}");

    RunReport report =
        probe.run(config(source, mode, "types: evolve", "").replace("d.t", "d.nested"));

    assertThat(probe.problems(), is(empty()));
    assertThat(String.valueOf(report), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(words(report), contains("s widened", "l widened"));
    List<String> rows = new ArrayList<>();
    if (!mode.equals("replace")) {
      rows.add("1|null|one|1|[{'x': 1, 'y': NULL}, NULL]");
    }
    if (mode.equals("append")) {
      rows.add("2|null|null|null|null");
    }
    rows.add("2|2024-01-31|null|2|[{'x': 2, 'y': z}]");
    assertThat(
        probe.rows(
            "SELECT id, s.c, s.b, s.a, CAST(l AS VARCHAR) FROM d.nested ORDER BY id, s.c NULLS"
                + " FIRST"),
        is(rows));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns: evolve, types: evolve | note added | SUCCEEDED |"
            + " 1,a,10,null; 2,B,21,n; 3,c,30,null",
        "columns: drop   | note dropped  | SUCCEEDED     | 1,a,10; 2,B,21; 3,c,30",
        "columns: reject | note rejected | REJECTED_ROWS | 1,a,10; 2,b,20; 3,c,30"
      })
  void theRowsOfAQueryDriftAsOthersDo(String policy, String drift, RunStatus status, String rows)
      throws InterruptedException {
    String config =
        config(WITH_NEW_COLUMN, "merge", policy, "max_rows: 1")
            .replace(
                "sinks:",
                "transforms: [{name: q, module: sql, inputs: [in], parameters: {inputs_alias:"
                    + " [src], sql: 'SELECT * FROM src'}}]\n"
                    + "sinks:")
            .replace("input: in", "input: q");

    RunReport first = probe.run(config);
    RunReport second = probe.run(config);

    assertThat(String.valueOf(first), first.status(), is(status));
    assertThat(words(first), contains(drift));
    assertThat(words(second), is(empty()));
    assertThat(
        probe.rows("SELECT * FROM d.t ORDER BY id"),
        is(Stream.of(rows.split("; ")).map(row -> row.replace(",", "|")).toList()));
  }

  @Test
  void aFieldThatTheRowsLackIsAnErrorSoThatNoValueIsLost() throws InterruptedException {
    probe.sql("CREATE TABLE d.nested (id BIGINT, s STRUCT(a BIGINT, b VARCHAR))");
    Source source = new Source("id:INT64, s:STRUCT<a INT64, c STRING>", "{id: 2, s: {a: 2}}");

    RunReport report =
        probe.run(config(source, "merge", "types: evolve", "").replace("d.t", "d.nested"));

    assertThat(report, is(nullValue()));
    assertThat(
        probe.problems(),
        contains(
            startsWith(
                "12:25 TR206 column `s` is STRUCT<a INT64, c STRING>, but STRUCT<a INT64, b STRING>"
                    + " in the table `d.nested`")));
  }

  @Test
  void theNewColumnHasTheDescriptionOfTheSchema() throws InterruptedException {
    String config =
        config(WITH_NEW_COLUMN, "merge", "columns: evolve", "")
            .replace(
                "{table: d.t",
                "{schema: [{name: ID, type: INT64}, {name: name, type: STRING}, {name: amount,"
                    + " type: INT64}, {name: note, type: STRING, mode: REQUIRED, description: free"
                    + " text}], table: d.t");

    RunReport report = probe.run(config);

    assertThat(probe.problems(), is(empty()));
    // NULL in a column that the schema calls REQUIRED would be an error of a new table
    assertThat(report.status(), is(RunStatus.SUCCEEDED));
    assertThat(
        probe.rows(
            "SELECT column_name, comment, is_nullable FROM duckdb_columns() WHERE table_name = 't'"
                + " AND column_index = 4"),
        contains("note|free text|true"));
  }

  @Test
  void aDifferenceThatEndsIsToldAndTheNextOneIsNewsAgain() throws InterruptedException {
    String dropping = config(WITH_NEW_COLUMN, "merge", "columns: drop", "");
    Source same = new Source("id:INT64, name:STRING, amount:INT64", "{id: 2, name: B}");
    List<String> told = new ArrayList<>();

    for (String config :
        List.of(dropping, dropping, config(same, "merge", "columns: drop", ""), dropping)) {
      told.add(String.join(", ", words(probe.run(config))));
    }

    assertThat(told, contains("note dropped", "", "note ended", "note dropped"));
  }

  static Stream<Arguments> held() {
    return Stream.of(
        Arguments.of("CREATE INDEX by_name ON d.t (name)", "merge", "index by_name"),
        Arguments.of("CREATE UNIQUE INDEX u ON d.t (amount)", "append", "index u"),
        Arguments.of(constrained("UNIQUE"), "replace", "UNIQUE(amount)"),
        Arguments.of(constrained("CHECK (amount > 0)"), "merge", "CHECK((amount > 0))"));
  }

  private static String constrained(String constraint) {
    return "CREATE OR REPLACE TABLE d.t (id BIGINT, name VARCHAR, amount BIGINT "
        + constraint
        + ")";
  }

  @ParameterizedTest
  @MethodSource
  void held(String preparation, String mode, String holder) throws InterruptedException {
    probe.sql(preparation);
    List<String> before = probe.table("d", "t");

    RunReport report = probe.run(config(WITH_DECIMALS, mode, "types: evolve", ""));

    assertThat(report, is(nullValue()));
    assertThat(
        probe.problems(),
        contains(
            startsWith(
                "12:25 TR206 column `amount` of table `d.t` cannot become NUMERIC(21,2), because"
                    + " DuckDB changes no type below an index or constraint ("
                    + holder
                    + ")")));
    assertThat(probe.table("d", "t"), is(before));
  }

  @Test
  void aTableWithAnIndexIsReplacedWithWiderTypes() throws InterruptedException {
    probe.sql("CREATE INDEX by_name ON d.t (name)");

    RunReport report = probe.run(config(WITH_DECIMALS, "replace", "types: evolve", ""));

    assertThat(String.valueOf(report), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(
        probe.rows("SELECT index_name FROM duckdb_indexes() WHERE table_name = 't'"),
        contains("by_name"));
    assertThat(probe.rows("SELECT * FROM d.t ORDER BY id"), contains("2|B|21.50", "3|c|30.00"));
  }

  @Test
  void viewsOfTheTableSeeIt() throws InterruptedException {
    probe.sql(
        "CREATE VIEW d.v AS SELECT * FROM d.t",
        "CREATE VIEW d.sums AS SELECT sum(amount) FROM d.t");

    probe.run(config(WITH_DECIMALS, "merge", "types: evolve", ""));

    assertThat(probe.rows("SELECT * FROM d.sums"), contains("61.50"));
    assertThat(
        probe.rows("SELECT id, amount FROM d.v ORDER BY id"),
        contains("1|10.00", "2|21.50", "3|30.00"));
  }
}
