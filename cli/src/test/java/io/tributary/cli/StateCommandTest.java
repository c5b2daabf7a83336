package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cursors at the command line: a first config fills a table, a second reads it in increments. */
class StateCommandTest {
  @TempDir Path folder;
  private CommandLineProbe probe;
  private String config;

  @BeforeEach
  void setUp() {
    probe = new CommandLineProbe(folder);
    String filled =
        probe.file(
            "fill.yaml",
            """
            sources:
            - name: numbers
              module: create
              parameters: {rows: [{n: 1}, {n: 2}, {n: 3}]}
            sinks:
            - {name: t, module: bigquery, input: numbers, table: d.numbers, create_disposition: CREATE_IF_NEEDED}
            """);
    config =
        probe.file(
            "job.yaml",
            """
            sources:
            - {name: numbers, module: bigquery, table: d.numbers, incremental: {cursor: n}}
            sinks:
            - {name: all, module: bigquery, input: numbers, table: d.all, mode: append,
               create_disposition: CREATE_IF_NEEDED}
            - {name: latest, module: bigquery, input: numbers, table: d.latest, mode: merge,
               merge_keys: [n], create_disposition: CREATE_IF_NEEDED}
            """);
    assertThat(run("run", filled).code(), is(ExitCode.DONE));
  }

  @Test
  void planAndReportShowTheRangeAndListTheCursors() throws IOException {
    CommandLineProbe.Result plan = run("plan", config);
    JsonNode json = run("plan", config, "--format", "json").json();
    String report = folder.resolve("report.json").toString();
    CommandLineProbe.Result done = run("run", config, "--report", report);

    assertThat(plan.out(), containsString("  reads n before 4\n"));
    assertThat(json.at("/nodes/0/cursor/before").asText(), is("4"));
    assertThat(done.out(), containsString("sink all: numbers n before 4"));
    JsonNode cursor = new ObjectMapper().readTree(Path.of(report).toFile()).at("/cursors/0");
    assertThat(
        cursor.toString(),
        is(
            "{\"source\":\"numbers\",\"column\":\"n\",\"from\":null,\"to\":\"4\",\"sink\":\"all\"}"));
    JsonNode listed = run("state", "list", "--format", "json").json().get("cursors");
    assertThat(listed.size(), is(2));
    assertThat(listed.get(0).get("config").asText(), is("job"));
    assertThat(listed.get(0).get("value").asText(), is("4"));
  }

  @Test
  void aCursorIsSetAndForgottenAndNoDataIsTouched() {
    run("run", config);

    CommandLineProbe.Result set = run("state", "set", config, "2", "--sink", "all");
    CommandLineProbe.Result shown = run("state", "show", config, "--sink", "all");
    run("run", config);
    CommandLineProbe.Result reset = run("state", "reset", config, "--source", "numbers");

    assertThat(
        set.out(),
        is(
            """
            source numbers, sink all: n 4 -> 2
            note: sink `all` appends: the rows from 2 on are added again
            only the ledger was changed; no data was touched
            """));
    assertThat(shown.out(), containsString("state set"));
    assertThat(rows("all"), is("5"));
    assertThat(rows("latest"), is("3"));
    assertThat(reset.out(), containsString("source numbers, sink latest: n 4 -> unknown\n"));
    assertThat(run("state", "show", config).out(), containsString("no cursors"));
  }

  @Test
  void wrongValuesAndNamesAreRefused() {
    assertThat(run("state", "set", config, "soon").code(), is(ExitCode.WRONG_INPUT));
    assertThat(run("state", "set", config, "soon").err(), containsString("write a whole number"));
    assertThat(
        run("state", "set", config, "1", "--sink", "al").err(),
        containsString("did you mean `all`?"));
    assertThat(
        run("state", "show", config, "--source", "x").err(),
        containsString("`x` is no incremental source"));
  }

  @Test
  void cursorsAreNotChangedWhileTheConfigRuns() {
    run("run", config);
    Warehouse warehouse = Warehouses.at(probe.warehouse());

    try (Warehouse.RunLock lock = warehouse.tryLock("job", "run-1").orElseThrow()) {
      CommandLineProbe.Result refused = run("state", "reset", config);

      assertThat(lock.toString(), refused.code(), is(ExitCode.TRY_AGAIN));
      assertThat(refused.err(), containsString("config `job` is being run"));
    }
  }

  @Test
  void aSliceMovesNoCursorAndNeedsAnIncrementalSource() {
    run("run", config);

    CommandLineProbe.Result slice = run("run", config, "--from", "2", "--to", "3", "--only", "all");
    CommandLineProbe.Result refused = run("run", probe.config(), "--from", "2");

    assertThat(slice.out(), containsString("n from 2 to before 3, moves no cursor"));
    assertThat(rows("all"), is("4"));
    assertThat(
        run("state", "show", config, "--format", "json").json().at("/cursors/0/value").asText(),
        is("4"));
    assertThat(refused.code(), is(ExitCode.WRONG_INPUT));
    assertThat(refused.err(), containsString("need a source that is read in increments"));
  }

  private String rows(String table) {
    return run("query", "SELECT count(*) AS n FROM d." + table, "--format", "csv")
        .out()
        .lines()
        .skip(1)
        .findFirst()
        .orElseThrow();
  }

  private CommandLineProbe.Result run(String... args) {
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--warehouse";
    all[args.length + 1] = probe.warehouse();
    return probe.run(all);
  }
}
