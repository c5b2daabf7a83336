package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command. */
class CommandsTest {
  @TempDir Path folder;
  private CommandLineProbe tributary;

  @BeforeEach
  void probe() {
    tributary = new CommandLineProbe(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lint",
        "plan",
        "preview",
        "run",
        "test",
        "state",
        "query",
        "runs",
        "runs list",
        "runs show",
        "runs resume",
        "graph",
        "list",
        "docs",
        "schema",
        "version"
      })
  void everyCommandHasHelpWithAnExampleOfItself(String command) {
    var result = tributary.run((command + " --help").split(" "));

    assertThat(result.code(), is(ExitCode.DONE));
    assertThat(result.out(), startsWith("Usage: tributary " + command));
    assertThat(result.out(), containsString("Example:\n  ./tributary " + command));
    assertThat(result.out(), endsWith("\n"));
    assertThat(result.err(), is(""));
  }

  @Test
  void helpListsTheCommandsInTheOrderOfTheirUse() {
    var result = tributary.run("--help");

    String commands = result.out().replaceAll("(?s).*Commands:\n(.*?)\n\n.*", "$1");
    assertThat(
        commands
            .lines()
            .filter(line -> line.matches("  \\S.*"))
            .map(line -> line.split(" +")[1])
            .toList(),
        is(
            java.util.List.of(
                "lint", "test", "plan", "preview", "run", "query", "runs", "state", "graph", "list",
                "docs", "schema", "version")));
  }

  @Test
  void withoutACommandTheHelpGoesToStandardError() {
    var result = tributary.run();

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.out(), is(""));
    assertThat(result.err(), startsWith("Usage: tributary"));
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheLikelyOne() {
    var result = tributary.run("lnt", "x.yaml");

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.out(), is(""));
    assertThat(result.err(), containsString("'lnt'"));
    assertThat(result.err(), containsString("Did you mean: tributary lint"));
  }

  @Test
  void anUnknownOptionNamesTheHelpOfTheCommand() {
    var result = tributary.run("run", "x.yaml", "--waite");

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.err(), containsString("--waite"));
    assertThat(result.err(), containsString("see ./tributary run --help"));
  }

  @Test
  void anOptionThatIsNoPairIsNamedOnce() {
    var result = tributary.run("run", "x.yaml", "--arg", "day");

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.err(), startsWith("error: Value for option '--arg' (NAME=VALUE) should be"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lint", "plan", "preview", "run", "graph"})
  void aMissingConfigIsADiagnosticAndNothingRuns(String command) {
    String missing = folder.resolve("missing.yaml").toString();

    var result = tributary.run(command, missing);

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.out() + result.err(), containsString(missing + ":1:1: error TR001"));
    assertThat(result.out() + result.err(), not(containsString("\tat ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"query 1", "runs", "runs show r", "runs resume r"})
  void aMissingWarehouseIsSaidAndNotMade(String command) {
    var result = tributary.run((command + " --warehouse " + tributary.warehouse()).split(" "));

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.err(), containsString("there is no warehouse at " + tributary.warehouse()));
    assertThat(folder.resolve("w.duckdb").toFile().exists(), is(false));
  }

  @Test
  void aWarehouseOfAnotherKindIsRefusedWithTheKindsThereAre() {
    var result = tributary.run("query", "SELECT 1", "--warehouse", "oracle:x");

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.err(), containsString("oracle:x"));
    assertThat(result.err(), containsString("duckdb:PATH"));
  }

  @Test
  void theVersionGoesToStandardOutput() {
    var result = tributary.run("version");

    assertThat(result.code(), is(ExitCode.DONE));
    assertThat(result.out(), startsWith("tributary "));
  }

  @Test
  void listNamesEveryModuleWithWhatItDoes() {
    var result = tributary.run("list");

    assertThat(result.code(), is(ExitCode.DONE));
    assertThat(result.out(), containsString("source     files "));
    assertThat(result.out(), containsString("transform  filter "));
    assertThat(result.out(), containsString("sink       bigquery "));
  }

  @Test
  void docsOfAModuleNameItsKeys() {
    var result = tributary.run("docs", "source", "files");

    assertThat(result.code(), is(ExitCode.DONE));
    assertThat(result.out(), containsString("`path`"));
  }

  @Test
  void docsOfAnUnknownModuleNameTheLikelyOne() {
    var result = tributary.run("docs", "source", "file");

    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
    assertThat(result.err(), containsString("did you mean `files`?"));
  }

  @Test
  void theSchemaIsJson() {
    var result = tributary.run("schema");

    assertThat(result.code(), is(ExitCode.DONE));
    assertThat(result.json().at("/properties").has("sources"), is(true));
  }
}
