package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to a real process. */
class StopSignalTest {
  private static final int ROWS = 3_000_000;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalDuringTheReadEndsTheRunAndNothingIsPublished(String signal, int code)
      throws IOException, InterruptedException {
    writeInput();
    Process process =
        start("run", "config.yaml", "--warehouse", "duckdb:w.duckdb", "--report", "report.json");
    awaitFile(folder.resolve("w.duckdb"), process);

    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);

    assertThat(ended, is(true));
    assertThat(errors(), process.exitValue(), is(code));
    assertThat(errors(), containsString("stopping; nothing will be published"));
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(report.at("/status").textValue(), is("interrupted"));
    assertThat(report.at("/sinks").size(), is(0));
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private void writeInput() throws IOException {
    try (var out = Files.newBufferedWriter(folder.resolve("input.csv"), StandardCharsets.UTF_8)) {
      out.write("id,text\n");
      for (int i = 0; i < ROWS; i++) {
        out.write(i + ",row " + i + "\n");
      }
    }
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        sources:
          - {name: input, module: files, parameters: {path: input.csv, schema: [{name: id, type: INT64}, {name: text, type: STRING}]}}
        sinks:
          - {name: t, module: bigquery, input: input, mode: replace, parameters: {table: d.t, create_disposition: CREATE_IF_NEEDED}}
        """);
  }

  private Process start(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(heedingInterrupts());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.tributary.cli.Main"));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  /** A build that was started in the background passes on that SIGINT is ignored. */
  private static List<String> heedingInterrupts() throws IOException, InterruptedException {
    List<String> prefix = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(prefix);
    trial.add("true");
    return new ProcessBuilder(trial).start().waitFor() == 0 ? prefix : List.of();
  }

  /** The warehouse is made when the run begins to read. */
  private void awaitFile(Path file, Process process) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(file)) {
      boolean ended = process.waitFor(20, TimeUnit.MILLISECONDS);
      assertThat("ended too early: " + errors(), ended, is(false));
      assertThat("no run within a minute", System.nanoTime() < deadline, is(true));
    }
  }
}
