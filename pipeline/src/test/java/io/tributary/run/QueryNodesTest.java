package io.tributary.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries between sources and sinks, from the config to published tables. */
class QueryNodesTest {
  private static final String SOURCES =
      """
      name: job
      sources:
        - name: orders
          module: create
          parameters:
            rows: [{id: 1, customer: 7, amount: 10}, {id: 2, customer: 8, amount: 20}, {id: 3, customer: 7, amount: 5}]
        - name: customers
          module: create
          parameters: {rows: [{id: 7, name: Ada}, {id: 8, name: Grace}, {id: 9, name: Edsger}]}
      """;
  private static final String TOTALS =
      """
        - name: totals
          module: sql
          inputs: [customers, orders]
          inputs_alias: [c, o]
          parameters:
            sql: |
              SELECT c.name, SUM(o.amount) AS total
              FROM c JOIN o ON o.customer = c.id
              GROUP BY c.name
      """;

  @TempDir Path folder;
  private ConfigRuns runs;

  @BeforeEach
  void setUp() {
    runs = new ConfigRuns(folder);
  }

  private static String table(String name, String input, String table, String more) {
    return "  - {name: "
        + name
        + ", module: bigquery, input: "
        + input
        + ", parameters: {table: "
        + table
        + ", create_disposition: CREATE_IF_NEEDED"
        + more
        + "}}\n";
  }

  @Test
  void aJoinGoesStraightIntoItsTable() {
    String config =
        SOURCES + "transforms:\n" + TOTALS + "sinks:\n" + table("out", "totals", "d.t", "");

    RunReport report = runs.run(config);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(runs.rows("SELECT * FROM d.t ORDER BY name"), contains("Ada|15", "Grace|20"));
    assertThat(
        ConfigRuns.steps(report),
        contains("orders source 3>3", "customers source 3>3", "totals sql 6>2", "out sink 2>2"));
    assertThat(
        runs.rows("SELECT step, kind, rows_in, rows_out FROM tributary.steps"),
        contains("orders|source|3|3", "customers|source|3|3", "totals|sql|6|2", "out|sink|2|2"));
    PublishedTable published = report.tables().get(0);
    assertThat(published.rowsWritten(), is(2L));
    assertThat(published.inserted(), is(2L));
    assertThat(runs.files(".parquet"), is(List.of()));
  }

  /** DuckDB would take a folder's name for a partition, or for a pattern. */
  @ParameterizedTest
  @ValueSource(strings = {"id=7", "a[1]", "b*"})
  void theNameOfTheWarehousesFolderIsNoValue(String name) throws IOException {
    ConfigRuns there = new ConfigRuns(Files.createDirectory(folder.resolve(name)));

    RunReport report =
        there.run(
            """
            sources:
              - {name: rows, module: create, rows: [{id: 1, v: a}, {id: 2, v: b}]}
            transforms:
              - {name: both, module: sql, inputs: [rows], sql: "SELECT id, v FROM `rows`"}
            sinks:
              - {name: direct, module: bigquery, input: rows, table: d.direct, create_disposition: CREATE_IF_NEEDED}
              - {name: one, module: bigquery, input: both, table: d.one, create_disposition: CREATE_IF_NEEDED}
              - {name: two, module: bigquery, input: both, table: d.two, create_disposition: CREATE_IF_NEEDED}
            """);

    assertThat(report.error(), is(nullValue()));
    assertThat(there.rows("SELECT id, v FROM d.direct ORDER BY v"), is(List.of("1|a", "2|b")));
    assertThat(there.rows("SELECT id, v FROM d.two ORDER BY v"), is(List.of("1|a", "2|b")));
  }

  @Test
  void aSecondRunGivesTheSameTable() {
    String config =
        SOURCES + "transforms:\n" + TOTALS + "sinks:\n" + table("out", "totals", "d.t", "");
    runs.run(config);

    RunReport second = runs.run(config);

    assertThat(second.status(), is(RunStatus.SUCCEEDED));
    assertThat(second.tables().get(0).rowsBefore(), is(2L));
    assertThat(runs.rows("SELECT * FROM d.t ORDER BY name"), contains("Ada|15", "Grace|20"));
  }

  @Test
  void resultsAreMergedByTheirKeys() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + "sinks:\n"
            + table("out", "totals", "d.t", ", mode: merge, merge_keys: [name]");
    runs.run(config);

    RunReport second =
        runs.run(config.replace("amount: 20", "amount: 21").replace("name: Ada", "name: Anna"));

    assertThat(String.valueOf(second.error()), second.status(), is(RunStatus.SUCCEEDED));
    assertThat(
        runs.rows("SELECT * FROM d.t ORDER BY name"), contains("Ada|15", "Anna|15", "Grace|21"));
    PublishedTable merged = second.tables().get(0);
    assertThat(merged.rowsWritten(), is(2L));
    assertThat(merged.inserted(), is(1L));
    assertThat(merged.updated(), is(1L));
  }

  @Test
  void resultsAreAppended() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + "sinks:\n"
            + table("out", "totals", "d.t", ", mode: append, allow_full_append: true");
    runs.run(config);

    RunReport second = runs.run(config);

    assertThat(second.tables().get(0).inserted(), is(2L));
    assertThat(
        runs.rows("SELECT name, count(*) FROM d.t GROUP BY 1 ORDER BY 1"),
        contains("Ada|2", "Grace|2"));
  }

  @Test
  void resultsGoOnThroughTransforms() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + """
              - {name: large, module: filter, inputs: [totals], parameters: {where: "total > 15"}}
              - {name: shown, module: select, inputs: [large], parameters: {columns: {who: "UPPER(name)", total: total}}}
            """
            + "sinks:\n"
            + table("out", "shown", "d.t", "");

    RunReport report = runs.run(config);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(runs.rows("SELECT * FROM d.t"), contains("GRACE|20"));
    assertThat(
        ConfigRuns.steps(report),
        contains(
            "orders source 3>3",
            "customers source 3>3",
            "totals sql 6>2",
            "large transform 2>1",
            "shown transform 1>1",
            "out sink 1>1"));
  }

  @Test
  void resultsGoIntoFilesAndSeveralTables() throws Exception {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + "sinks:\n"
            + table("out", "totals", "d.t", "")
            + table("again", "totals", "d.again", "")
            + "  - {name: csv, module: files, input: totals, parameters: {path: out, format:"
            + " csv}}\n";

    RunReport report = runs.run(config);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(runs.rows("SELECT * FROM d.t ORDER BY name"), contains("Ada|15", "Grace|20"));
    assertThat(runs.rows("SELECT * FROM d.again ORDER BY name"), contains("Ada|15", "Grace|20"));
    assertThat(
        runs.files(".csv").stream().map(QueryNodesTest::sortedLines).toList(),
        is(List.of(List.of("Ada,15", "Grace,20", "name,total"))));
    assertThat(
        ConfigRuns.steps(report),
        contains(
            "orders source 3>3",
            "customers source 3>3",
            "totals sql 6>2",
            "out sink 2>2",
            "again sink 2>2",
            "csv sink 2>2"));
  }

  private static List<String> sortedLines(Path file) {
    try {
      return Files.readAllLines(file).stream().sorted().toList();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void queriesReadQueries() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + """
              - {name: best, module: sql, input: totals, parameters: {sql: "SELECT MAX(total) AS best FROM totals"}}
              - {name: winners, module: sql, inputs: [totals, best], parameters: {sql: "SELECT name FROM totals JOIN best ON total = best.best"}}
            """
            + "sinks:\n"
            + table("out", "winners", "d.t", "");

    RunReport report = runs.run(config);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(runs.rows("SELECT * FROM d.t"), contains("Grace"));
    assertThat(
        ConfigRuns.steps(report),
        contains(
            "orders source 3>3",
            "customers source 3>3",
            "totals sql 6>2",
            "best sql 2>1",
            "winners sql 3>1",
            "out sink 1>1"));
  }

  @Test
  void queriesReadTransformedResults() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + """
              - {name: large, module: filter, inputs: [totals], parameters: {where: "total > 15"}}
              - {name: counted, module: sql, input: large, parameters: {sql: "SELECT COUNT(*) AS n FROM large"}}
            """
            + "sinks:\n"
            + table("out", "counted", "d.t", "")
            + table("rest", "large", "d.large", "");

    RunReport report = runs.run(config);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(runs.rows("SELECT * FROM d.t"), contains("1"));
    assertThat(runs.rows("SELECT * FROM d.large"), contains("Grace|20"));
  }

  @Test
  void oneSourceIsReadTwiceUnderTwoNames() {
    String config =
        SOURCES
            + """
            transforms:
              - name: pairs
                module: beamsql
                inputs: [orders, orders]
                inputs_alias: [a, b]
                sql: SELECT a.id AS one, b.id AS other FROM a JOIN b ON a.customer = b.customer AND a.id < b.id
            """
            + "sinks:\n"
            + table("out", "pairs", "d.t", "")
            + table("people", "customers", "d.people", "");

    RunReport report = runs.run(config);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(runs.rows("SELECT * FROM d.t"), contains("1|3"));
    assertThat(ConfigRuns.steps(report).get(2), is("pairs sql 3>1"));
  }

  @Test
  void aSourceIsReadByAQueryAndBySinks() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + "sinks:\n"
            + table("out", "totals", "d.t", "")
            + table("raw", "orders", "d.orders", "");

    RunReport report = runs.run(config);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(runs.rows("SELECT count(*) FROM d.orders"), contains("3"));
    assertThat(runs.rows("SELECT count(*) FROM d.t"), contains("2"));
  }

  @Test
  void anInputWithoutRowsIsATableWithoutRows() {
    String config =
        SOURCES
            + """
            transforms:
              - {name: none, module: filter, inputs: [orders], parameters: {where: "id > 100"}}
              - {name: left, module: sql, inputs: [customers, none], parameters: {sql: "SELECT name, none.amount FROM customers LEFT JOIN none ON none.customer = customers.id"}}
              - {name: counted, module: sql, input: none, parameters: {sql: "SELECT COUNT(*) AS n FROM none"}}
              - {name: nothing, module: sql, input: none, parameters: {sql: "SELECT id FROM none"}}
              - {name: kept, module: filter, input: nothing, parameters: {where: "id > 0"}}
            """
            + "sinks:\n"
            + table("out", "left", "d.t", "")
            + table("count", "counted", "d.count", "")
            + table("empty", "kept", "d.empty", "");

    RunReport report = runs.run(config);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(runs.rows("SELECT count(*), count(amount) FROM d.t"), contains("3|0"));
    assertThat(runs.rows("SELECT n FROM d.count"), contains("0"));
    assertThat(runs.rows("SELECT id FROM d.empty"), is(List.of()));
  }

  @Test
  void aQueryThatFailsPublishesNothingAndNamesItsLine() {
    String config =
        SOURCES
            + """
            transforms:
              - name: broken
                module: sql
                inputs: [orders]
                sql: SELECT id, CAST(CONCAT('x', CAST(id AS STRING)) AS INT64) AS n FROM orders
            """
            + "sinks:\n"
            + table("raw", "orders", "d.raw", "")
            + table("out", "broken", "d.t", "");

    RunReport report = runs.run(config);

    assertThat(report.status(), is(RunStatus.FAILED));
    assertThat(report.exitCode(), is(3));
    assertThat(report.error().step(), is("broken"));
    assertThat(report.error().line(), is(11));
    assertThat(report.error().message(), containsString("query `broken`"));
    assertThat(
        runs.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'd'"),
        is(List.of()));
    assertThat(runs.files(".parquet"), is(List.of()));
  }

  @Test
  void aQueryThatFailsBeforeThePublishNamesItsLine() {
    String config =
        SOURCES
            + """
            transforms:
              - name: broken
                module: sql
                inputs: [orders]
                sql: SELECT id, CAST(CONCAT('x', CAST(id AS STRING)) AS INT64) AS n FROM orders
              - {name: kept, module: filter, input: broken, parameters: {where: "n > 0"}}
            """
            + "sinks:\n"
            + table("raw", "orders", "d.raw", "")
            + table("out", "kept", "d.t", "");

    RunReport report = runs.run(config);

    assertThat(report.exitCode(), is(3));
    assertThat(report.error().step(), is("broken"));
    assertThat(report.error().line(), is(11));
    assertThat(
        runs.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'd'"),
        is(List.of()));
  }

  @Test
  void resultsAreConvertedToTheTableThatIsThere() {
    String sinks = "sinks:\n" + table("out", "totals", "d.t", "");
    runs.run(
        SOURCES
            + """
            transforms:
              - {name: totals, module: select, inputs: [orders], parameters: {columns: {total: "CAST(amount AS NUMERIC)", name: "'x'"}}}
            """
            + sinks
            + table("more", "customers", "d.more", ""));

    RunReport report = runs.run(SOURCES + "transforms:\n" + TOTALS + sinks);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(
        runs.rows("SELECT total, name FROM d.t ORDER BY name"),
        contains("15.000000000|Ada", "20.000000000|Grace"));
  }

  @Test
  void anEmptyResultLeavesTheTableWhenAskedTo() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + "sinks:\n"
            + table("out", "totals", "d.t", ", on_empty: keep");
    runs.run(config);

    RunReport none = runs.run(config.replace("c.id\n", "c.id AND c.id > 100\n"));
    RunReport some = runs.run(config.replace("c.id\n", "c.id AND c.id = 8\n"));

    assertThat(String.valueOf(none.error()), none.tables().get(0).rowsAfter(), is(2L));
    assertThat(none.tables().get(0).rowsWritten(), is(0L));
    assertThat(some.tables().get(0).rowsAfter(), is(1L));
    assertThat(runs.rows("SELECT * FROM d.t"), contains("Grace|20"));
  }

  @Test
  void rowsOfAResultAreRejectedOneByOneBehindTheQuery() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + """
              - {name: shares, module: select, inputs: [totals], parameters: {columns: {name: name, share: "100 / (total - 15)"}}}
            """
            + "sinks:\n"
            + table("out", "shares", "d.t", "")
            + "errors: {max_rows: 1}\n";

    RunReport report = runs.run(config);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.REJECTED_ROWS));
    assertThat(runs.rows("SELECT name FROM d.t"), contains("Grace"));
    assertThat(runs.rows("SELECT step FROM tributary.rejected"), contains("shares"));
  }

  @Test
  void tooManyRejectedRowsStopTheRunBeforeAnyQuery() {
    String config =
        SOURCES
            + """
            transforms:
              - {name: inverse, module: select, inputs: [orders], parameters: {columns: {i: "1 / (id - 1)"}}}
              - {name: counted, module: sql, inputs: [inverse], parameters: {sql: "SELECT COUNT(*) AS n FROM inverse"}}
              - {name: kept, module: filter, inputs: [counted], parameters: {where: "n > 0"}}
            """
            + "sinks:\n"
            + table("out", "kept", "d.t", "")
            + table("people", "customers", "d.people", "");

    RunReport report = runs.run(config);

    assertThat(report.exitCode(), is(3));
    assertThat(report.error().step(), is("inverse"));
    assertThat(ConfigRuns.steps(report).toString(), not(containsString("counted sql 2")));
  }

  @Test
  void aResultWithAColumnThatIsToBeRejectedIsStaged() {
    String sinks =
        "sinks:\n" + table("out", "totals", "d.t", ", on_schema_change: {columns: reject}");
    runs.run(
        SOURCES
            + "transforms:\n"
            + TOTALS
                .replace(", SUM(o.amount) AS total", "")
                .replace("GROUP BY c.name", "WHERE o.id > 0 GROUP BY c.name")
            + sinks);

    RunReport report =
        runs.run(
            SOURCES
                + "errors: {max_rows: 1}\ntransforms:\n"
                + TOTALS.replace("SUM(o.amount)", "NULLIF(SUM(o.amount), 15)")
                + sinks);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.REJECTED_ROWS));
    assertThat(runs.rows("SELECT * FROM d.t"), contains("Ada"));
  }

  @Test
  void newColumnsOfAResultEvolveItsTable() {
    String sinks =
        "sinks:\n" + table("out", "totals", "d.t", ", on_schema_change: {columns: evolve}");
    runs.run(SOURCES + "transforms:\n" + TOTALS.replace(", SUM(o.amount) AS total", "") + sinks);

    RunReport report = runs.run(SOURCES + "transforms:\n" + TOTALS + sinks);

    assertThat(String.valueOf(report.error()), report.status(), is(RunStatus.SUCCEEDED));
    assertThat(runs.rows("SELECT * FROM d.t ORDER BY name"), contains("Ada|15", "Grace|20"));
  }

  @Test
  void mistakesInAQueryAreToldAtTheirPlace() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS.replace("o.amount", "o.amout")
            + "sinks:\n"
            + table("out", "totals", "d.t", "");

    assertThat(runs.mistakes(config), containsString("job.yaml:17:30: error TR20"));
  }

  @Test
  void aPreviewRunsQueriesOverASample() {
    String config =
        SOURCES
            + "transforms:\n"
            + TOTALS
            + """
              - {name: large, module: filter, inputs: [totals], parameters: {where: "total > 15"}}
            """
            + "sinks:\n"
            + table("out", "large", "d.t", "");

    var preview = runs.preview(config, "large", 10);

    assertThat(preview.rows().stream().map(ConfigRuns::text).toList(), is(List.of("Grace|20")));
    assertThat(preview.sampled(), is(List.of()));
    assertThat(preview.read(), is(6L));
  }
}
