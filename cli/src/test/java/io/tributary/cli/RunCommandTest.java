package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans, previews, runs and looks at what was published. */
class RunCommandTest {
  private static final String TWO_BRANCHES =
      """
      name: branches
      errors: {max_rows: 5, max_rate: 90%}
      sources:
        - {name: a, module: create, parameters: {rows: [{n: 1}, {n: 2}, {n: 0}]}}
      transforms:
        - {name: inverse, module: select, inputs: [a], parameters: {columns: {i: "10 / n"}}}
        - {name: same, module: select, inputs: [a], parameters: {columns: [n]}}
      sinks:
        - {name: inverses, module: bigquery, input: inverse, mode: replace, parameters: {table: d.inverses, create_disposition: CREATE_IF_NEEDED}}
        - {name: sames, module: bigquery, input: same, mode: replace, parameters: {table: d.sames, create_disposition: CREATE_IF_NEEDED}}
      """;

  @TempDir Path folder;
  private CommandLineProbe tributary;

  @BeforeEach
  void probe() {
    tributary = new CommandLineProbe(folder);
  }

  private CommandLineProbe.Result run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--warehouse");
    all.add(tributary.warehouse());
    return tributary.run(all.toArray(String[]::new));
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  private String reportFile() {
    return folder.resolve("report.json").toString();
  }

  @Test
  void aSinkThatCannotDeliverItsColumnsStopsThePlan() {
    String config =
        tributary.file(
            "files.yaml",
            """
            sources:
              - {name: a, module: create, parameters: {rows: [{n: 1.5}]}}
            sinks:
              - {name: out, module: files, input: a, parameters: {path: out, format: csv, partition_by: [day, n]}}
            """);

    for (String command : List.of("plan", "run")) {
      var result = run(command, config);

      assertThat(result.err(), containsString("error TR201: column `day` does not exist"));
      assertThat(result.err(), containsString("error TR214: column `n` is FLOAT64"));
      assertThat(result.code(), is(ExitCode.WRONG_INPUT));
      assertThat(result.out(), is(""));
    }
  }

  @Test
  void thePlanTellsTheModeOfFiles() {
    String config =
        tributary.file(
            "files.yaml",
            """
            sources:
              - {name: a, module: create, parameters: {rows: [{n: 1}]}}
            sinks:
              - {name: out, module: files, input: a, parameters: {path: out, format: csv}}
            """);

    var plan = run("plan", config, "--format", "json");

    assertThat(plan.json().at("/sinks/0/mode").asText(), is("replace"));
  }

  @Test
  void aRunReportsEveryStepAndTableAndWhatToTryNext() {
    var result = run("run", tributary.config());

    assertThat(result.err() + result.out(), result.code(), is(ExitCode.DONE));
    assertThat(result.out(), containsString("of numbers: succeeded in "));
    assertThat(result.out().replaceAll(" +", " "), containsString(" large transform 3 2 1 0 "));
    assertThat(
        result.out().replaceAll(" +", " "),
        containsString(" mart.numbers replace new 2 2 2 0 0\n"));
    assertThat(
        result.out(),
        containsString(
            "  ./tributary query \"SELECT * FROM mart.numbers LIMIT 10\" --warehouse "
                + tributary.warehouse()));
  }

  @Test
  void whatWasPublishedCanBeAsked() {
    run("run", tributary.config());

    var table = run("query", "SELECT n, word FROM mart.numbers ORDER BY n");
    var csv = run("query", "SELECT n, word FROM mart.numbers ORDER BY n", "--format", "csv");
    var json = run("query", "SELECT n, word FROM mart.numbers ORDER BY n", "--format", "JSON");

    assertThat(table.out(), is("n:INT64  word:STRING\n      2  two\n      3  NULL\n"));
    assertThat(table.err(), is("2 rows\n"));
    assertThat(csv.out(), is("n,word\n2,two\n3,\n"));
    assertThat(csv.err(), is(""));
    assertThat(json.err(), is(""));
    assertThat(json.out(), is("[\n{\"n\":2,\"word\":\"two\"},\n{\"n\":3,\"word\":null}\n]\n"));
  }

  @Test
  void aLargeResultIsPrintedAsSeveralTables() {
    run("run", tributary.config());

    var result = run("query", "SELECT * FROM range(10001)");

    assertThat(result.out().lines().filter("range:INT64"::equals).count(), is(2L));
    assertThat(result.out().lines().count(), is(10_003L));
    assertThat(result.out(), endsWith("\nrange:INT64\n      10000\n"));
    assertThat(result.err(), is("10,001 rows\n"));
  }

  @Test
  void aQueryThatTheWarehouseRefusesEndsWithTwo() {
    run("run", tributary.config());

    var result = run("query", "SELECT nothing FROM mart.numbers");

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.err(), containsString("error: the warehouse refuses the query: "));
    assertThat(result.err(), containsString("nothing"));
  }

  @Test
  void theReportFileHasTheShapeThatScriptsRelyOn() throws IOException {
    run("run", tributary.config(), "--report", reportFile());

    JsonNode report = report();
    assertThat(report.at("/config").textValue(), is("numbers"));
    assertThat(report.at("/status").textValue(), is("succeeded"));
    assertThat(report.at("/runner").textValue(), is("direct"));
    assertThat(report.at("/warehouse").textValue(), startsWith("duckdb:"));
    assertThat(
        report.at("/steps/1").toString().replaceAll("\"millis\":\\d+", "\"millis\":0"),
        is(
            "{\"name\":\"large\",\"kind\":\"transform\",\"in\":3,\"out\":2,\"filtered\":1,"
                + "\"rejected\":0,\"millis\":0}"));
    assertThat(
        report.at("/sinks/0").toString(),
        startsWith(
            "{\"name\":\"table\",\"table\":\"mart.numbers\",\"mode\":\"replace\",\"rowsBefore\":0,"
                + "\"rowsWritten\":2,\"rowsAfter\":2,\"inserted\":2,\"updated\":0"));
    assertThat(report.at("/cursors").toString(), is("[]"));
    assertThat(report.at("/drift").toString(), is("[]"));
    assertThat(report.at("/error").isNull(), is(true));
    assertThat(
        java.time.Instant.parse(report.at("/startedAt").textValue())
            .isAfter(java.time.Instant.parse(report.at("/finishedAt").textValue())),
        is(false));
  }

  @Test
  void nothingButTheReportIsLeftBesideIt() throws IOException {
    run("run", tributary.config(), "--report", folder.resolve("reports.json").toString());

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(
          files
              .map(file -> file.getFileName().toString())
              .filter(n -> n.startsWith("reports"))
              .toList(),
          is(List.of("reports.json")));
    }
  }

  @Test
  void aConfigWithErrorsIsReportedAsAFailedRun() throws IOException {
    String config =
        tributary.file(
            "wrong.yaml",
            "sinks:\n"
                + "  - {name: a, module: bigqery}\n"
                + "sources: [{name: b, module: create, parameters: {rows: [{n: 1}]}}]\n");

    var result = run("run", config, "--report", reportFile());

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.out(), is(""));
    assertThat(report().at("/status").textValue(), is("failed"));
    assertThat(report().at("/error/line").intValue(), is(2));
    assertThat(report().at("/error/code").textValue(), startsWith("TR1"));
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidBeforeTheRun() {
    var result =
        run("run", tributary.config(), "--report", folder.resolve("no/report.json").toString());

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.err(), containsString("is no folder that can be written to"));
    assertThat(folder.resolve("w.duckdb").toFile().exists(), is(false));
  }

  @Test
  void anErrorOfThePlanEndsWithTwoAndNothingIsMade() {
    String config =
        tributary.file(
            "c.yaml",
            """
            sources:
              - {name: a, module: create, parameters: {rows: [{number: 1}]}}
            transforms:
              - {name: f, module: filter, inputs: [a], parameters: {where: "numbr > 1"}}
            sinks:
              - {name: t, module: bigquery, input: f, mode: replace, parameters: {table: d.t, create_disposition: CREATE_IF_NEEDED}}
            """);

    var run = run("run", config);
    var plan = run("plan", config, "--format", "json");

    assertThat(run.code(), is(ExitCode.WRONG_INPUT));
    assertThat(run.err(), allOf(containsString("c.yaml:4:"), containsString("error TR201")));
    assertThat(run.err(), containsString("`number`"));
    assertThat(folder.resolve("w.duckdb").toFile().exists(), is(false));
    assertThat(plan.code(), is(ExitCode.WRONG_INPUT));
    assertThat(plan.json().at("/diagnostics/0/code").textValue(), is("TR201"));
    assertThat(plan.json().at("/diagnostics/0/line").intValue(), is(4));
  }

  @Test
  void rejectedRowsWithinTheLimitEndWithFourAndCanBeLookedAt() throws IOException {
    String config = tributary.file("c.yaml", TWO_BRANCHES);

    var result = run("run", config, "--report", reportFile());

    assertThat(result.err() + result.out(), result.code(), is(ExitCode.REJECTED_ROWS));
    assertThat(report().at("/status").textValue(), is("rejected_rows"));
    assertThat(result.out(), containsString("1 row was rejected; to see why:"));
    var why = run("query", "SELECT step, row_json FROM tributary.rejected", "--format", "csv");
    assertThat(why.out(), containsString("inverse,"));
  }

  @Test
  void onlyRunsWhatIsConnectedWithTheNamedNodes() throws IOException {
    String config = tributary.file("c.yaml", TWO_BRANCHES);

    var result = run("run", config, "--only", "same", "--report", reportFile());

    assertThat(result.err() + result.out(), result.code(), is(ExitCode.DONE));
    List<String> steps = new ArrayList<>();
    report().at("/steps").forEach(step -> steps.add(step.at("/name").textValue()));
    assertThat(steps, is(List.of("a", "same", "sames")));
  }

  @Test
  void anUnknownNodeIsAnsweredWithTheLikelyOne() {
    var only = run("run", tributary.config(), "--only", "larg");
    var preview = run("preview", tributary.config(), "--node", "larg");

    assertThat(only.code(), is(ExitCode.WRONG_INPUT));
    assertThat(
        only.err(), is("error: TR126: the config has no node `larg`\n  did you mean `large`?\n"));
    assertThat(preview.code(), is(ExitCode.WRONG_INPUT));
    assertThat(preview.err(), is(only.err()));
  }

  @Test
  void previewShowsRowsAtANodeAndWritesNothing() {
    var sink = run("preview", tributary.config());
    var source = run("preview", tributary.config(), "--node", "numbers", "--rows", "1");

    assertThat(sink.out(), is("n:INT64  word:STRING\n      2  two\n      3  NULL\n"));
    assertThat(sink.err(), is("2 rows at table, from 3 rows read\n"));
    assertThat(source.out(), is("n:INT64  word:STRING\n      1  one\n"));
    assertThat(folder.resolve("w.duckdb").toFile().exists(), is(false));
  }

  @Test
  void planTellsSchemasSplitsAndWhatHappensToTheTable() {
    var before = run("plan", tributary.config());
    run("run", tributary.config());
    var after = run("plan", tributary.config());
    var json = run("plan", tributary.config(), "--format", "json").json();

    assertThat(before.code(), is(ExitCode.DONE));
    assertThat(
        before.out(), containsString("source numbers (create), read in 1 split\n  n     INT64\n"));
    assertThat(before.out(), containsString("transform large (filter), from numbers\n"));
    assertThat(before.out(), containsString("  mart.numbers: create\n"));
    assertThat(after.out(), containsString("  mart.numbers: replace; it has 2 rows now\n"));
    assertThat(json.at("/nodes/0/name").textValue(), is("numbers"));
    assertThat(json.at("/nodes/0/kind").textValue(), is("source"));
    assertThat(json.at("/nodes/1/inputs").toString(), is("[\"numbers\"]"));
    assertThat(
        json.at("/nodes/1/schema/0").toString(),
        is("{\"name\":\"n\",\"type\":\"INT64\",\"nullable\":true}"));
    assertThat(json.at("/sinks/0/table").textValue(), is("mart.numbers"));
    assertThat(json.at("/sinks/0/action").textValue(), is("replace"));
    assertThat(json.at("/sinks/0/rowsBefore").intValue(), is(2));
    assertThat(json.at("/diagnostics").toString(), is("[]"));
  }

  @Test
  void runsAreListedAndShown() throws IOException {
    run("run", tributary.config(), "--report", reportFile());
    String id = report().at("/runId").textValue();

    var list = run("runs");
    var show = run("runs", "show", id);
    var resume = run("runs", "resume", id);
    var unknown = run("runs", "show", "x");

    assertThat(list.out().replaceAll(" +", " "), containsString(id + " numbers succeeded 2"));
    assertThat(list.out(), is(run("runs", "list").out()));
    assertThat(show.out(), startsWith("run " + id + " of numbers\n  status:   succeeded\n"));
    assertThat(show.out().replaceAll(" +", " "), containsString(" large transform 3 2 1 0 "));
    assertThat(show.out().replaceAll(" +", " "), containsString(" table mart.numbers replace 2\n"));
    assertThat(resume.out(), is("run " + id + " (succeeded) left nothing to be finished\n"));
    assertThat(unknown.code(), is(ExitCode.WRONG_INPUT));
    assertThat(unknown.err(), containsString("the ledger has no run `x`"));
  }

  @Test
  void theGraphIsDrawnWithoutASource() {
    var tree = tributary.run("graph", tributary.config());
    var mermaid = tributary.run("graph", tributary.config(), "--format", "mermaid");

    assertThat(
        tree.out(),
        is(
            """
            numbers (source create)
            └─ large (transform filter)
               └─ table (sink bigquery)
            """));
    assertThat(mermaid.out(), startsWith("flowchart LR\n  n0([\"numbers<br/><i>create</i>\"])\n"));
    assertThat(mermaid.out(), containsString("  n0 --> n1\n  n1 --> n2\n"));
  }

  @Test
  void noTraceIsShownUnlessItIsAskedFor() {
    String config =
        tributary.file(
            "c.yaml",
            """
            sources:
              - {name: a, module: files, parameters: {path: nothing-here.csv}}
            sinks:
              - {name: t, module: bigquery, input: a, mode: replace, parameters: {table: d.t, create_disposition: CREATE_IF_NEEDED}}
            """);

    var result = run("run", config);

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.err(), containsString("nothing-here.csv"));
    assertThat(result.err() + result.out(), not(containsString("\tat ")));
  }

  @Test
  void aRunThatFailsLeavesNothingOfTheSplitsThatWereStillRead() throws IOException {
    run("run", tributary.config()); // makes the warehouse
    for (int file = 0; file < 60; file++) {
      tributary.file("many/" + file + ".csv", "n\n" + "1\n".repeat(20_000));
    }
    String config =
        tributary.file(
            "failing.yaml",
            """
            sources:
              - {name: bad, module: bigquery, parameters: {query: "SELECT CAST('broken' || i AS BIGINT) AS n FROM range(3) r(i)"}}
              - {name: many, module: files, parameters: {path: "many/*.csv", schema: [{name: n, type: INT64}]}}
            sinks:
              - {name: one, module: bigquery, input: bad, mode: replace, parameters: {table: d.one, create_disposition: CREATE_IF_NEEDED}}
              - {name: two, module: bigquery, input: many, mode: replace, parameters: {table: d.two, create_disposition: CREATE_IF_NEEDED}}
            """);

    var result = run("run", config);

    assertThat(result.err() + result.out(), containsString("broken0"));
    try (Stream<Path> left = Files.list(folder.resolve(".tributary"))) {
      assertThat(left.map(path -> path.getFileName().toString()).toList(), is(List.of("locks")));
    }
    assertThat(
        Thread.getAllStackTraces().values().stream()
            .flatMap(Arrays::stream)
            .map(StackTraceElement::getClassName)
            .anyMatch("io.tributary.compile.SplitAttempt"::equals),
        is(false));
  }

  @Test
  void aDeliveryWhoseFilesAreGoneIsGivenUpAndHoldsUpNoOtherRun() {
    run("run", tributary.config());
    run(
        "query",
        """
        INSERT INTO tributary.deliveries VALUES ('dead', 'files', '{"runId": "dead", "sink": "files",
          "moves": [{"from": "%1$s/.tributary-dead/a.csv", "to": "%1$s/part-00000.csv"}],
          "manifestPath": "%1$s/_manifest.json", "manifest": "{}", "obsolete": [],
          "stagingFolder": "%1$s/.tributary-dead"}', now(), NULL)\
        """
            .formatted(folder.resolve("gone")));

    var result = run("run", tributary.config());

    assertThat(result.err() + result.out(), result.code(), is(ExitCode.DONE));
    assertThat(
        result.err() + result.out(),
        containsString("the files of sink `files` of run dead could not be put in place"));
    assertThat(
        run(
                "query",
                "SELECT count(*) AS open FROM tributary.deliveries WHERE delivered_at IS NULL",
                "--format",
                "csv")
            .out(),
        is("open\n0\n"));
  }
}
