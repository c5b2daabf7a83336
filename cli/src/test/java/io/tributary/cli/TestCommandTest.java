package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
  private static final String PASSES =
      "\n"
          + "  - {name: keeps large ones, mock: {numbers: [{n: 1}, {n: 2}]}, expect: {large: [{n:"
          + " 2}]}}";
  private static final String FAILS =
      """

        - name: is wrong
          mock: {numbers: [{n: 1, word: one}, {n: 2, word: two}, {n: 4, word: four}]}
          expect:
            large: [{n: 2, word: "2"}, {n: 3, word: three}]
      """;

  @TempDir Path folder;
  private CommandLineProbe tributary;

  @BeforeEach
  void probe() {
    tributary = new CommandLineProbe(folder);
  }

  @Test
  void testsThatPassEndWithZero() {
    var result = tributary.run("test", tested(PASSES));

    assertThat(
        result.out(),
        is(
            """
            %s
              passed  keeps large ones
            1 test, 1 passed, 0 failed
            """
                .formatted(folder.resolve("tested.yaml"))));
    assertThat(result.err(), is(""));
    assertThat(result.code(), is(ExitCode.DONE));
  }

  @Test
  void aTestThatFailsShowsTheRowsThatDifferAndEndsWithThree() {
    String config = tested(PASSES + FAILS);

    var result = tributary.run("test", config);

    assertThat(
        result.out(),
        endsWith(
            """
              FAILED  is wrong
                %s:17:7: large: 1 row missing, 1 row unexpected, 1 row changed; 2 expected, 2 found
                     n:INT64  word:STRING
                  ~  2        "2" → two
                  -  3        three
                  +  4        four
            2 tests, 1 passed, 1 failed
            """
                .formatted(config)));
    assertThat(result.code(), is(ExitCode.FAILED));
  }

  @Test
  void scriptsGetTheSameAsJson() {
    var result = tributary.run("test", tested(PASSES + FAILS), "--format", "json");

    JsonNode json = result.json();
    assertThat(json.at("/tests").intValue(), is(2));
    assertThat(json.at("/passed").intValue(), is(1));
    assertThat(json.at("/failed").intValue(), is(1));
    assertThat(json.at("/broken").intValue(), is(0));
    JsonNode failed = json.at("/files/0/tests/1");
    assertThat(failed.at("/name").asText(), is("is wrong"));
    assertThat(failed.at("/status").asText(), is("failed"));
    assertThat(failed.at("/failures/0/node").asText(), is("large"));
    assertThat(failed.at("/failures/0/line").intValue(), is(17));
    JsonNode changed = failed.at("/failures/0/rows/0");
    assertThat(changed.at("/kind").asText(), is("changed"));
    assertThat(changed.at("/expected/word").asText(), is("2"));
    assertThat(changed.at("/actual/word").asText(), is("two"));
    assertThat(failed.at("/failures/0/rows/1/actual").isNull(), is(true));
  }

  @Test
  void oneTestCanBeChosen() {
    String config = tested(PASSES + FAILS);

    var chosen = tributary.run("test", config, "--only", "keeps large ones");
    var unknown = tributary.run("test", config, "--only", "nothing");
    var mistyped = tributary.run("test", config, "--only", "keeps large one");

    assertThat(chosen.out(), endsWith("1 test, 1 passed, 0 failed\n"));
    assertThat(chosen.code(), is(ExitCode.DONE));
    assertThat(unknown.err(), containsString("there is no test `nothing`\n  the tests are: keeps"));
    assertThat(mistyped.err(), containsString("did you mean `keeps large ones`?"));
    assertThat(unknown.code(), is(ExitCode.WRONG_INPUT));
  }

  @Test
  void anUpdateMakesFailedTestsPass() throws IOException {
    String config = tested(PASSES + FAILS);

    var result = tributary.run("test", config, "--update");

    assertThat(result.err(), is("1 expectation rewritten in " + config + "\n"));
    assertThat(result.out(), endsWith("2 tests, 2 passed, 0 failed\n"));
    assertThat(result.code(), is(ExitCode.DONE));
    assertThat(
        Files.readString(Path.of(config)),
        containsString("      large: [{n: 2, word: two}, {n: 4, word: four}]\n"));
  }

  @Test
  void aConfigWithErrorsIsWrongInputAndTheOthersAreTested() {
    tested(PASSES);
    String wrong = tributary.file("wrong.yaml", "sources: [{name: x}]\n");

    var result = tributary.run("test", folder.toString());

    assertThat(result.out(), containsString("passed  keeps large ones"));
    assertThat(result.out(), containsString(wrong + ":1:18: error TR101"));
    assertThat(result.out(), endsWith("1 test, 1 passed, 0 failed; 1 config with errors\n"));
    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
  }

  @Test
  void aTestThatCannotBePlannedIsBroken() {
    var result =
        tributary.run(
            "test", tested("\n  - {name: a, mock: {numbers: [{m: 1}]}, expect: {large: []}}\n"));

    assertThat(result.out(), containsString("  BROKEN  a\n"));
    assertThat(result.out(), containsString("error TR201: unknown column `n`"));
    assertThat(result.out(), endsWith("1 test, 0 passed, 0 failed, 1 broken\n"));
    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
  }

  @Test
  void aFolderMayHaveConfigsWithoutTestsButAConfigThatIsNamedMayNot() {
    String config = tributary.config();

    var inFolder = tributary.run("test", folder.toString());
    var named = tributary.run("test", config);

    assertThat(inFolder.out(), is("0 tests, 0 passed, 0 failed\n"));
    assertThat(
        inFolder.err(),
        is(
            "1 config has no tests\n"
                + "hint: write rows of sources and what comes of them below `tests`\n"));
    assertThat(inFolder.code(), is(ExitCode.DONE));
    assertThat(named.err(), containsString("error: " + config + " has no tests"));
    assertThat(named.code(), is(ExitCode.WRONG_INPUT));
  }

  @Test
  void aFileThatIsNotThereIsWrongInput() {
    var result = tributary.run("test", folder.resolve("nothing.yaml").toString());

    assertThat(result.out(), containsString("error TR001: the file does not exist"));
    assertThat(result.code(), is(ExitCode.WRONG_INPUT));
  }

  private String tested(String tests) {
    return tributary.file(
        "tested.yaml",
        """
        name: numbers
        sources:
          - {name: numbers, module: mysql, parameters: {profile: unknown, table: t.numbers}}
        transforms:
          - {name: large, module: filter, inputs: [numbers], parameters: {where: "n > 1"}}
        sinks:
          - name: table
            module: bigquery
            input: large
            mode: replace
            parameters: {table: "mart.numbers", create_disposition: CREATE_IF_NEEDED}
        tests:\
        """
            + tests);
  }
}
