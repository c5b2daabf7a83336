package io.tributary.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.testing.MariaDb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users trust a run to do, seen from outside. */
class RunTest {
  private static final String WITH_BAD_CELLS = "id,amount\n1,10\n2,ten\n3,30\n4,\n5,5O\n";

  @TempDir Path folder;

  @Test
  void rowsThatCannotBeReadFailTheRunAndAreKept() throws IOException {
    Files.writeString(folder.resolve("in.csv"), WITH_BAD_CELLS);
    config("", "");

    Tributary.Result result = tributary().run("run", "job.yaml", "--report", "report.json");

    assertThat(result.toString(), result.exitCode(), is(3));
    assertThat(tables(), is(List.of()));
    assertThat(rejectedRows(), is("2"));
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(report.get("status").asText(), is("failed"));
    assertThat(report.get("error").get("step").asText(), is("input"));
    assertThat(report.get("error").get("line").asInt(), is(2));
  }

  @Test
  void rejectedRowsWithinTheLimitLetTheRunGoOn() throws IOException {
    Files.writeString(folder.resolve("in.csv"), WITH_BAD_CELLS);
    config("", "errors: {max_rows: 2}");

    Tributary.Result result = tributary().run("run", "job.yaml", "--report", "report.json");

    assertThat(result.toString(), result.exitCode(), is(4));
    assertThat(
        Table.rows(warehouse(), "SELECT id, amount FROM d.t ORDER BY id"),
        is(List.of("1|10", "3|30", "4|null")));
    assertThat(rejectedRows(), is("2"));
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(report.get("status").asText(), is("rejected_rows"));
    assertThat(report.get("steps").get(0).get("in").asInt(), is(5));
    assertThat(report.get("steps").get(0).get("rejected").asInt(), is(2));
    assertThat(report.get("sinks").get(0).get("rowsAfter").asInt(), is(3));
  }

  @Test
  void rowsThatDoNotFitTheTableAreRejectedOneByOne() throws IOException {
    Files.writeString(folder.resolve("in.csv"), "id,amount\n1,10\n2,\n3,30\n");
    config("schema: \"id:INT64,amount:NUMERIC(3,1)\"", "errors: {max_rate: 50%}");
    Tributary.Result first = tributary().run("run", "job.yaml");
    assertThat(first.toString(), first.exitCode(), is(0));
    Files.writeString(folder.resolve("in.csv"), "id,amount\n1,10\n2,1000\n3,30\n");

    Tributary.Result second = tributary().run("run", "job.yaml");

    assertThat(second.toString(), second.exitCode(), is(4));
    assertThat(Table.rows(warehouse(), "SELECT id FROM d.t ORDER BY id"), is(List.of("1", "3")));
    assertThat(
        Table.rows(warehouse(), "SELECT step, reason FROM tributary.rejected"),
        is(List.of("out|column `amount`: 1000 (INT64) does not fit NUMERIC(3,1)")));
  }

  @Test
  void fiveMistakesGiveFiveDiagnosticsAtOnce() throws IOException {
    Files.writeString(
        folder.resolve("job.yaml"),
        """
        name: five
        timezone: Europe/Berln
        sources:
          - {name: input, module: files, parameters: {pth: in.csv}}
        transforms:
          - {name: kept, module: filter, inputs: [inptu], parameters: {where: "id >"}}
        sinks:
          - {name: out, module: bigquery, input: kept, mode: merge, parameters: {table: d.t}}
        """);

    Tributary.Result result = tributary().run("lint", "job.yaml");

    assertThat(result.exitCode(), is(2));
    String text = result.stdout() + result.stderr();
    assertThat(text, stringContainsInOrder("job.yaml:2:11: error TR120", "Europe/Berlin"));
    assertThat(
        text, stringContainsInOrder("job.yaml:4:47: error TR102", "`pth`", "did you mean `path`?"));
    assertThat(text, stringContainsInOrder("job.yaml:6:43: error TR110", "did you mean `input`?"));
    assertThat(text, containsString("job.yaml:6:75: error TR121"));
    assertThat(text, stringContainsInOrder("job.yaml:8:54: error TR108", "merge_keys"));
    assertThat(text, containsString("5 errors, 0 warnings"));
    assertThat(text, not(containsString("Exception")));
  }

  @Test
  void aSecondRunOfTheSameConfigSaysSoOrWaits() throws Exception {
    writeLongInput();
    config("", "");
    Tributary.Running first = tributary().start("run", "job.yaml");
    await(() -> isStaged(name -> name.startsWith("2"))); // a folder called after the run

    Tributary.Result second = tributary().run("run", "job.yaml");
    Tributary.Result patient = tributary().run("run", "job.yaml", "--wait");

    assertThat(second.toString(), second.exitCode(), is(1));
    assertThat(second.stdout(), containsString("is being run already"));
    assertThat(patient.toString(), patient.exitCode(), is(0));
    assertThat(first.process().waitFor(2, TimeUnit.MINUTES), is(true));
    assertThat(first.result().toString(), first.result().exitCode(), is(0));
    assertThat(
        Table.rows(warehouse(), "SELECT count(*) FROM tributary.publishes"), is(List.of("2")));
  }

  @Test
  void aTerminatedRunPublishesNothingAndCleansUp() throws Exception {
    writeLongInput();
    config("", "");
    Tributary.Running running = tributary().start("run", "job.yaml");
    await(() -> isStaged(name -> name.endsWith(".parquet")));

    running.process().destroy();

    assertThat(running.process().waitFor(1, TimeUnit.MINUTES), is(true));
    assertThat(running.result().toString(), running.result().exitCode(), is(143));
    assertThat(tables(), is(List.of()));
    assertThat(
        Table.rows(warehouse(), "SELECT status FROM tributary.runs"), is(List.of("interrupted")));
    try (Stream<Path> left = Files.walk(folder.resolve(".tributary"))) {
      assertThat(left.filter(path -> path.toString().endsWith(".parquet")).toList(), is(List.of()));
    }
    Tributary.Result again = tributary().run("run", "job.yaml");
    assertThat(again.toString(), again.exitCode(), is(0));
  }

  @Test
  void aSecretIsNowhereToBeRead() throws IOException {
    MariaDb server = MariaDb.required();
    server.database("secrets");
    server.execute(
        "CREATE TABLE secrets.t (id INT PRIMARY KEY)", "INSERT INTO secrets.t VALUES (1)");
    String template =
        """
        sources:
          - {name: input, module: mysql, parameters: {host: %s, port: %d, database: secrets, user: %s, password: "${secret:db}", table: %s}}
        sinks:
          - {name: out, module: bigquery, input: input, parameters: {table: d.t, create_disposition: CREATE_IF_NEEDED}}
        """;
    Files.writeString(
        folder.resolve("good.yaml"),
        String.format(template, server.host(), server.port(), server.user(), "t"));
    Files.writeString(
        folder.resolve("bad.yaml"),
        String.format(template, server.host(), server.port(), server.user(), "nothing"));
    Files.writeString(
        folder.resolve("denied.yaml"),
        String.format(template, server.host(), server.port(), "nobody", "t"));
    Tributary tributary = new Tributary(folder, Map.of("TRIBUTARY_SECRET_DB", server.password()));

    StringBuilder output = new StringBuilder();
    for (String config : List.of("good.yaml", "bad.yaml", "denied.yaml")) {
      for (String command : List.of("lint", "plan", "preview")) {
        output.append(tributary.run(command, config));
      }
      output.append(tributary.run("run", config, "--debug", "--report", config + ".report.json"));
    }

    assertThat(Table.rows(warehouse(), "SELECT id FROM d.t"), is(List.of("1")));
    assertThat(output.toString(), containsString("nothing"));
    assertThat(output.toString(), not(containsString(server.password())));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
            file.toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1),
            not(containsString(server.password())));
      }
    }
  }

  private Tributary tributary() {
    return new Tributary(folder, Map.of());
  }

  private Path warehouse() {
    return folder.resolve("tributary.duckdb");
  }

  private void config(String parameter, String top) throws IOException {
    Files.writeString(
        folder.resolve("job.yaml"),
        """
        sources:
          - {name: input, module: files, parameters: {path: in.csv, schema: "id:INT64,amount:INT64"}}
        sinks:
          - name: out
            module: bigquery
            input: input
            parameters:
              table: d.t
              create_disposition: CREATE_IF_NEEDED
              %s
        %s
        """
            .formatted(parameter, top));
  }

  /** Enough rows for a run to be met on its way. */
  private void writeLongInput() throws IOException {
    StringBuilder csv = new StringBuilder("id,amount\n");
    IntStream.range(0, 3_000_000).forEach(i -> csv.append(i).append(",7\n"));
    Files.writeString(folder.resolve("in.csv"), csv);
  }

  private List<String> tables() {
    return Table.rows(
        warehouse(),
        "SELECT table_name FROM information_schema.tables WHERE table_schema NOT LIKE"
            + " 'tributary%'");
  }

  private String rejectedRows() {
    return Table.rows(warehouse(), "SELECT count(*) FROM tributary.rejected WHERE step = 'input'")
        .get(0);
  }

  /** Whether a file or folder below {@code .tributary} has such a name. */
  private boolean isStaged(Predicate<String> name) throws IOException {
    Path staging = folder.resolve(".tributary");
    if (!Files.exists(staging)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(staging)) {
      return files.anyMatch(path -> name.test(path.getFileName().toString()));
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.holds()) {
      assertThat("in time", System.nanoTime() < deadline, is(true));
      Thread.sleep(20);
    }
  }
}
