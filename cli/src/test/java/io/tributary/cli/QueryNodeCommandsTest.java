package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands show of a query over several inputs. */
class QueryNodeCommandsTest {
  @TempDir Path folder;
  private CommandLineProbe tributary;
  private String config;

  @BeforeEach
  void probe() {
    tributary = new CommandLineProbe(folder);
    tributary.file(
        "orders.csv",
        "id,customer\n"
            + IntStream.rangeClosed(1, 1500)
                .mapToObj(i -> i + "," + i % 2 + "\n")
                .collect(Collectors.joining()));
    config =
        tributary.file(
            "job.yaml",
            """
            name: job
            sources:
              - {name: orders, module: files, parameters: {path: orders.csv}}
              - {name: names, module: create, parameters: {rows: [{id: 0, name: Ada}, {id: 1, name: Grace}]}}
            transforms:
              - name: totals
                module: sql
                inputs: [orders, names]
                inputs_alias: [o, names]
                sql: totals.sql
            sinks:
              - {name: table, module: bigquery, input: totals, parameters: {table: mart.totals, create_disposition: CREATE_IF_NEEDED}}
            """);
    query("COUNT(*)");
  }

  private void query(String aggregate) {
    tributary.file(
        "totals.sql",
        "-- orders per name\nSELECT names.name, "
            + aggregate
            + " AS n\nFROM o JOIN names ON names.id = o.customer\nGROUP BY names.name\n");
  }

  private CommandLineProbe.Result run(String... args) {
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--warehouse";
    all[args.length + 1] = tributary.warehouse();
    return tributary.run(all);
  }

  @Test
  void aPreviewSaysThatAQuerySawASample() {
    var text = run("preview", config, "--node", "totals");
    var json = run("preview", config, "--node", "totals", "--format", "json");

    assertThat(text.err() + text.out(), text.code(), is(ExitCode.DONE));
    assertThat(text.out(), containsString("500"));
    assertThat(
        text.err(),
        containsString("the query saw the first 1,000 rows of orders only; a run sees all"));
    assertThat(json.json().at("/node").asText(), is("totals"));
    assertThat(json.json().at("/rows/0/n").asInt(), is(500));
    assertThat(json.json().at("/schema/1/type").asText(), is("INT64"));
    assertThat(json.json().at("/sampled/0").asText(), is("orders"));
    assertThat(json.json().at("/sampled").size(), is(1));
  }

  @Test
  void aPreviewOfWholeSourcesIsNoSample() {
    tributary.file("orders.csv", "id,customer\n1,0\n2,0\n3,1\n");

    var text = run("preview", config);
    var json = run("preview", config, "--format", "json");

    assertThat(text.out(), containsString("Ada"));
    assertThat(text.err(), containsString("2 rows at table, from 5 rows read"));
    assertThat(text.err(), not(containsString("sample")));
    assertThat(json.json().at("/sampled").size(), is(0));
  }

  @Test
  void aPlanShowsWhatAQueryReadsAndGives() {
    var text = run("plan", config);
    var json = run("plan", config, "--format", "json");

    assertThat(
        text.err() + text.out(),
        text.out(),
        containsString("transform totals (sql), from orders as o, names\n  name  STRING\n"));
    assertThat(json.json().at("/nodes/2/name").asText(), is("totals"));
    assertThat(json.json().at("/nodes/2/inputs/1").asText(), is("names"));
    assertThat(json.json().at("/nodes/2/schema/1/name").asText(), is("n"));
  }

  @Test
  void anErrorOfAQueryIsToldInItsFile() {
    query("SUM(o.custmer)");

    var plan = run("plan", config);

    assertThat(plan.code(), is(ExitCode.WRONG_INPUT));
    assertThat(plan.out() + plan.err(), containsString("totals.sql:2:26: error TR2"));
    assertThat(plan.out() + plan.err(), containsString("did you mean `customer`?"));
  }

  @Test
  void aPlanOfAWrongConfigTellsAllThatLintTells() {
    String wrong =
        tributary.file(
            "wrong.yaml",
            """
            name: wrong
            sources:
              - {name: names, module: create, parameters: {rows: [{id: 0, name: Ada}]}}
              - {name: shop, module: mysql, profile: shop, parameters: {table: orders}}
            transforms:
              - {name: empty, module: sql, inputs: [names], sql: ""}
              - {name: keyword, module: sql, inputs: [names], sql: "SELECT id, group FROM names"}
            sinks:
              - {name: a, module: bigquery, input: empty, mode: append, parameters: {table: mart.a}}
              - {name: b, module: bigquery, input: keywrd, parameters: {table: mart.b}}
            """);

    var lint = tributary.run("lint", wrong);
    var plan = run("plan", wrong);
    var graph = tributary.run("graph", wrong);

    for (String place : List.of("6:54: error TR121", "7:68: error TR121", "10:40: error TR110")) {
      assertThat(lint.out(), containsString("wrong.yaml:" + place));
      assertThat(plan.err(), containsString("wrong.yaml:" + place));
    }
    assertThat(lint.out(), containsString("wrong.yaml:4:42: warning TR115"));
    assertThat(plan.err(), containsString("wrong.yaml:4:42: error TR115"));
    assertThat(graph.err(), containsString("wrong.yaml:4:42: error TR115"));
    assertThat(plan.code(), is(ExitCode.WRONG_INPUT));
  }

  @Test
  void anInputThatAQueryDoesNotReadIsAWarning() {
    tributary.file("totals.sql", "SELECT name FROM names");

    var plan = run("plan", config);

    assertThat(plan.code(), is(ExitCode.DONE));
    assertThat(
        plan.out() + plan.err(),
        containsString(
            "job.yaml:8:14: warning TR112: the query of transform `totals` does not read its"
                + " input `o`"));
  }

  @Test
  void aRunShowsEachWarningOnceWhetherThePlanFailsOrNot() {
    String spare = "warning TR112: nothing reads source `spare`";
    String unread = "warning TR112: the query of transform `one` does not read its input `a`";
    String sources =
        """
        sources:
          - {name: a, module: create, parameters: {rows: [{id: 0}]}}
          - {name: spare, module: create, parameters: {rows: [{id: 0}]}}
        transforms:
          - {name: one, module: sql, inputs: [a], sql: "SELECT 1 AS n"}
        sinks:
          - {name: t, module: bigquery, input: one, parameters: {table: mart.%s}}
        """;

    var good =
        run(
            "run",
            tributary.file("a.yaml", sources.formatted("a, create_disposition: CREATE_IF_NEEDED")));
    var wrong = run("run", tributary.file("b.yaml", sources.formatted("b")));

    assertThat(good.err() + good.out(), good.code(), is(ExitCode.DONE));
    assertThat(wrong.code(), is(ExitCode.WRONG_INPUT));
    for (String err : List.of(good.err(), wrong.err())) {
      assertThat(err.split(Pattern.quote(spare), -1).length, is(2));
      assertThat(err.split(Pattern.quote(unread), -1).length, is(2));
    }
  }

  @Test
  void aRunReportsAQueryAsAStep() {
    var result = run("run", config, "--report", folder.resolve("r.json").toString());

    assertThat(result.err() + result.out(), result.code(), is(ExitCode.DONE));
    assertThat(result.out().replaceAll(" +", " "), containsString(" totals sql 1,502 2 0 0 "));
    assertThat(result.out().replaceAll(" +", " "), containsString(" table sink 2 2 0 0 "));
  }

  @Test
  void aGraphDrawsAQueryBelowEachOfItsInputs() {
    var ascii = tributary.run("graph", config);
    var mermaid = tributary.run("graph", config, "--format", "mermaid");

    assertThat(
        ascii.out(),
        is(
            """
            orders (source files)
            └─ totals (transform sql)
               └─ table (sink bigquery)
            names (source create)
            └─ totals (transform sql) (see above)
            """));
    assertThat(mermaid.out(), containsString("n0 --> n2\n  n1 --> n2\n  n2 --> n3\n"));
  }
}
