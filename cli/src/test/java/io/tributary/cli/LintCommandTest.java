package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
  private static final String UNUSED =
      """
      sources:
        - {name: a, module: create, parameters: {rows: [{n: 1}]}}
        - {name: b, module: create, parameters: {rows: [{n: 1}]}}
      sinks:
        - {name: t, module: bigquery, input: a, mode: replace, parameters: {table: d.t, create_disposition: CREATE_IF_NEEDED}}
      """;

  private static final String WRONG =
      """
      transforms:
        - {colums: {a: b}, name: s, module: select, inputs: [numbers]}
      sources:
        - {name: numbers, module: create, parameters: {rows: [{n: 1}]}}
      sinks:
        - {name: t, module: bigquery, input: s, mode: replace, parameters: {table: d.t}}
      """;

  @TempDir Path folder;
  private CommandLineProbe tributary;

  @BeforeEach
  void probe() {
    tributary = new CommandLineProbe(folder);
  }

  @Test
  void aRightConfigHasNoDiagnostics() {
    var result = tributary.run("lint", tributary.config());

    assertThat(result.out(), is("0 errors, 0 warnings in 1 file\n"));
    assertThat(result.code(), is(ExitCode.DONE));
  }

  @Test
  void anErrorShowsItsPlaceAndEndsWithTwo() {
    String config = tributary.file("c.yaml", WRONG);

    var result = tributary.run("lint", config);

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.out(), containsString(config + ":2:6: error TR102: unknown key `colums`"));
    assertThat(result.err(), is(""));
  }

  @Test
  void aWarningFailsOnlyWhereItIsAskedTo() {
    String config = tributary.file("c.yaml", UNUSED);

    var lenient = tributary.run("lint", config);
    var strict = tributary.run("lint", config, "--strict");

    assertThat(lenient.out(), containsString("warning TR112"));
    assertThat(lenient.code(), is(ExitCode.DONE));
    assertThat(strict.code(), is(ExitCode.WRONG_INPUT));
  }

  @Test
  void jsonHasTheDiagnosticsOfEveryFileAndTheirCounts() {
    String right = tributary.config();
    String wrong = tributary.file("wrong.yaml", WRONG);

    var result = tributary.run("lint", right, wrong, "--format", "json");

    JsonNode json = result.json();
    assertThat(json.at("/files/0/file").textValue(), is(right));
    assertThat(json.at("/files/0/diagnostics").size(), is(0));
    assertThat(json.at("/files/1/file").textValue(), is(wrong));
    JsonNode first = json.at("/files/1/diagnostics/0");
    assertThat(first.at("/line").intValue(), is(2));
    assertThat(first.at("/severity").textValue(), is("error"));
    assertThat(json.at("/errors").intValue(), is(json.at("/files/1/diagnostics").size()));
    assertThat(json.at("/warnings").intValue(), is(0));
    assertThat(result.out().endsWith("}\n"), is(true));
  }

  @Test
  void githubAnnotatesTheLine() {
    String config = tributary.file("c.yaml", UNUSED);

    var result = tributary.run("lint", config, "--format", "github");

    assertThat(result.out(), startsWith("::warning file=" + config + ",line=3"));
  }

  @Test
  void ofAFolderAllConfigsAreCheckedAndWhatIsNoneIsNamed() {
    tributary.config();
    tributary.file("below/c.yaml", UNUSED);
    String other = tributary.file("below/package.json", "{\"name\": \"x\"}");

    var result = tributary.run("lint", folder.toString());

    assertThat(result.out(), containsString("0 errors, 1 warning in 2 files"));
    assertThat(result.err(), containsString("skipped " + other));
  }

  @Test
  void valuesOfTheCommandLineAreUsed() {
    String config =
        tributary.file(
            "c.yaml",
            """
            sources:
              - {name: a, module: create, parameters: {rows: [{n: "${args.n}"}]}}
            sinks:
              - {name: t, module: bigquery, input: a, mode: replace, parameters: {table: d.t, create_disposition: CREATE_IF_NEEDED}}
            """);

    var without = tributary.run("lint", config);
    var with = tributary.run("lint", config, "--arg", "n=1=1");
    var changed = tributary.run("lint", config, "--arg", "n=1", "--set", "sinks.t.mode=other");

    assertThat(without.out(), containsString("warning TR113"));
    assertThat(with.out(), is("0 errors, 0 warnings in 1 file\n"));
    assertThat(changed.code(), is(ExitCode.WRONG_INPUT));
  }

  @Test
  void missingSchemaFilesAreFoundOffline() {
    String config =
        tributary.file(
            "c.yaml",
            """
            sources:
              - {name: a, module: files, parameters: {path: in.csv, schema: in.json}}
            sinks:
              - {name: t, module: bigquery, input: a, parameters: {table: d.t, schema: out.json}}
            """);

    var missing = tributary.run("lint", config);
    tributary.file("in.json", "[]");
    tributary.file("out.json", "[]");
    var there = tributary.run("lint", config);

    assertThat(missing.code(), is(ExitCode.WRONG_INPUT));
    assertThat(missing.out(), containsString("2:65: error TR116: the file in.json does not exist"));
    assertThat(
        missing.out(), containsString("4:76: error TR116: the file out.json does not exist"));
    assertThat(there.code(), is(ExitCode.DONE));
  }
}
