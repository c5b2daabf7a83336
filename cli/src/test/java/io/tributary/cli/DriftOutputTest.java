package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users and scripts see of columns that change. */
class DriftOutputTest {
  private static final String CONFIG =
      """
      name: prices
      sources:
        - {name: in, module: create, parameters: {schema: "%s", rows: [{id: 1}]}}
      sinks:
        - name: out
          module: bigquery
          input: in
          mode: merge
          merge_keys: [id]
          parameters: {table: mart.prices, create_disposition: CREATE_IF_NEEDED, on_schema_change: {columns: %s, types: evolve}}
      """;

  @TempDir Path folder;

  private CommandLineProbe.Result run(String... args) {
    CommandLineProbe tributary = new CommandLineProbe(folder);
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--warehouse", tributary.warehouse()));
    return tributary.run(all.toArray(String[]::new));
  }

  private String config(String schema, String columns) {
    return new CommandLineProbe(folder).file("prices.yaml", CONFIG.formatted(schema, columns));
  }

  @Test
  void theChangesAreInThePlanTheReportAndTheLedger() throws IOException {
    run("run", config("id:INT64, price:INT64", "freeze"));
    String config = config("id:INT64, price:NUMERIC(10,2), note:STRING", "evolve");
    Path report = folder.resolve("report.json");

    var plan = run("plan", config);
    var planJson = run("plan", config, "--format", "json");
    var first = run("run", config, "--report", report.toString());
    var second = run("plan", config, "--format", "json");
    String id = first.out().split(" ")[1];
    var show = run("runs", "show", id);

    assertThat(plan.code(), is(ExitCode.DONE));
    assertThat(
        plan.out(), containsString("  change: column `price` widened: INT64 to NUMERIC(21,2)\n"));
    assertThat(
        planJson.json().at("/sinks/0/changes").toString(),
        is(
            "[{\"column\":\"price\",\"change\":\"widened\",\"detail\":\"INT64 to NUMERIC(21,2)\"},"
                + "{\"column\":\"note\",\"change\":\"added\",\"detail\":\"STRING\"}]"));
    String told =
        "drift: sink out, mart.prices: column `price` widened: INT64 to NUMERIC(21,2)\n"
            + "drift: sink out, mart.prices: column `note` added: STRING\n";
    assertThat(first.out(), containsString(told));
    assertThat(show.out(), containsString(told));
    assertThat(
        new ObjectMapper().readTree(report.toFile()).at("/drift/1").toString(),
        is(
            "{\"sink\":\"out\",\"table\":\"mart.prices\",\"column\":\"note\",\"change\":\"added\","
                + "\"detail\":\"STRING\"}"));
    assertThat(second.json().at("/sinks/0/changes").toString(), is("[]"));
  }

  @Test
  void aColumnThatIsLeftOutIsToldByEachRun() {
    run("run", config("id:INT64", "freeze"));
    String config = config("id:INT64, note:STRING", "drop");
    String told = "column `note` dropped: STRING of the rows; the table lacks it";

    var first = run("run", config);
    var second = run("run", config);

    assertThat(first.out(), containsString("drift: sink out, mart.prices: " + told));
    assertThat(second.out(), containsString("note: sink `out`, as before: " + told));
    assertThat(second.out(), not(containsString("drift:")));
  }

  @Test
  void aWrongPolicyIsFoundByLint() {
    CommandLineProbe tributary = new CommandLineProbe(folder);

    var result = tributary.run("lint", config("id:INT64", "evolv, tpyes: freeze"));
    var noMap =
        tributary.run(
            "lint", config("id:INT64", "freeze"), "--set", "sinks.out.on_schema_change=evolve");

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(
        result.out(),
        containsString(
            "error TR105: `evolv` is not allowed here; valid here: evolve, freeze, drop, reject"));
    assertThat(
        result.out(), containsString("error TR102: unknown key `tpyes` in `on_schema_change`"));
    assertThat(result.out(), containsString("did you mean `types`?"));
    assertThat(noMap.out(), containsString("expected a map of columns, types, found \"evolve\""));
  }
}
