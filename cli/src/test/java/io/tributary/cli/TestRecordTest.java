package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRecordTest {
  private static final String CONFIG =
      """
      # rows of people
      sources:
        - {name: people, module: files, parameters: {path: people.csv}}
      transforms:
        - {name: adults, module: filter, inputs: [people], parameters: {where: "age >= 18"}}
      sinks:
        - {name: out, module: files, input: adults, parameters: {path: out, format: csv}}
      """;

  @TempDir Path folder;
  private CommandLineProbe tributary;

  @BeforeEach
  void probe() {
    tributary = new CommandLineProbe(folder);
    tributary.file(
        "people.csv", "id,age,email,born\n1,20,a@x.org,2000-01-02\n2,10,,\n3,30,a@x.org,\n");
  }

  @Test
  void realRowsBecomeATestThatPasses() throws IOException {
    String config = tributary.file("a.yaml", CONFIG);

    var result = tributary.run("test", config, "--record", "people", "--mask", "EMAIL");

    assertThat(result.err(), is("test `recorded rows of people` added to " + config + "\n"));
    assertThat(result.code(), is(ExitCode.DONE));
    assertThat(
        Files.readString(Path.of(config)),
        is(
            CONFIG
                + """

                tests:
                  - name: recorded rows of people
                    mock:
                      people:
                        schema: "id:INT64, age:INT64, email:STRING, born:DATE"
                        rows:
                          - {id: 1, age: 20, email: masked-1, born: "2000-01-02"}
                          - {id: 2, age: 10}
                          - {id: 3, age: 30, email: masked-1}
                    expect:
                      adults:
                        - {id: 1, age: 20, email: masked-1, born: "2000-01-02"}
                        - {id: 3, age: 30, email: masked-1}
                """));
    Files.delete(folder.resolve("people.csv"));
    assertThat(tributary.run("test", config).out(), endsWith("1 test, 1 passed, 0 failed\n"));
  }

  @Test
  void aSecondTestIsAddedBelowTheFirst() throws IOException {
    String first =
        """
        tests:
        - name: a
          mock: {people: [{age: 18}]}
          expect:
            adults:
            - {age: 18} # grown up
        # the end
        """;
    String config = tributary.file("a.yaml", CONFIG + first);

    tributary.run("test", config, "--record", "people", "--rows", "1");
    tributary.run("test", config, "--record", "adults", "--rows", "1");

    assertThat(
        Files.readString(Path.of(config)),
        is(
            CONFIG
                + first.replace("# the end\n", "")
                + """
                - name: recorded rows of people
                  mock:
                    people:
                      schema: "id:INT64, age:INT64, email:STRING, born:DATE"
                      rows:
                        - {id: 1, age: 20, email: "a@x.org", born: "2000-01-02"}
                  expect:
                    adults:
                      - {id: 1, age: 20, email: "a@x.org", born: "2000-01-02"}
                - name: recorded rows of adults
                  mock:
                    adults:
                      schema: "id:INT64, age:INT64, email:STRING, born:DATE"
                      rows:
                        - {id: 1, age: 20, email: "a@x.org", born: "2000-01-02"}
                  expect:
                    out:
                      - {id: 1, age: 20, email: "a@x.org", born: "2000-01-02"}
                # the end
                """));
  }

  @Test
  void everyPlaceForATestIsFound() throws IOException {
    String json =
        """
        {
          "sources": [{"name": "people", "module": "files", "path": "people.csv"}],
          "sinks": [{"name": "out", "module": "files", "input": "people", "path": "out", "format": "csv"}]
        }
        """;
    for (String text :
        new String[] {
          CONFIG + "tests: []\n",
          CONFIG + "tests:\n",
          CONFIG + "tests: # none yet",
          CONFIG + "tests: [{name: a, mock: {people: [{age: 18}]}, expect: {out: [{age: 18}]}}]\n",
          CONFIG.stripTrailing(),
          CONFIG.replace("\n", "\r\n"),
        }) {
      check(tributary.file("a.yaml", text));
    }
    check(tributary.file("a.json", json));
    check(tributary.file("a.json", json.replace("\"}]\n}", "\"}],\n  \"tests\": []\n}")));
    assertThat(
        Files.readString(folder.resolve("a.json")),
        containsString(
            """
              "tests": [
                {
                  "name": "recorded rows of people",
                  "mock": {
                    "people": {"schema": "id:INT64, age:INT64, email:STRING, born:DATE", "rows": [
            """));
  }

  private void check(String config) throws IOException {
    var result = tributary.run("test", config, "--record", "people");
    var again = tributary.run("test", config, "--record", "people");
    var tests = tributary.run("test", config, "--format", "json");

    String text = Files.readString(Path.of(config));
    assertThat(result.err() + text, result.code(), is(ExitCode.DONE));
    assertThat(again.err(), containsString("test `recorded rows of people (2)` added"));
    assertThat(text, tests.json().at("/failed").intValue(), is(0));
    assertThat(text, tests.json().at("/passed").intValue() >= 2, is(true));
  }

  @Test
  void secretsAndWhatIsCalledLikeOneGetPlaceholders() throws IOException {
    tributary.with(Map.of("TRIBUTARY_SECRET_SHOP", "s3cr3t"));
    tributary.file(
        "people.ndjson",
        """
        {"id": 1, "note": "the password is s3cr3t!", "api_key": "k", "place": {"zip": 5, "Token": 7}, "tags": ["a", "s3cr3t"]}
        """);
    String config =
        tributary.file(
            "a.yaml",
            """
            sources:
              - {name: people, module: files, parameters: {path: people.ndjson}}
              - name: other
                module: mysql
                parameters: {host: h, database: d, user: u, password: "${secret:shop}", table: t}
            sinks:
              - {name: out, module: files, input: people, parameters: {path: out, format: ndjson}}
              - {name: others, module: files, input: other, parameters: {path: others, format: ndjson}}
            """);

    var result = tributary.run("test", config, "--record", "people");

    String text = Files.readString(Path.of(config));
    assertThat(result.err(), result.code(), is(ExitCode.DONE));
    assertThat(text, not(containsString("s3cr3t")));
    assertThat(
        text,
        containsString(
            "- {id: 1, note: masked-1, api_key: masked-2, place: {zip: 5, Token: 3}, tags: [a,"
                + " masked-4]}"));
  }

  @Test
  void rowsThatAreRejectedAreCounted() throws IOException {
    String config = tributary.file("a.yaml", CONFIG.replace("age >= 18", "id / (age - 20) > 0"));

    var result = tributary.run("test", config, "--record", "people");

    assertThat(result.err(), result.code(), is(ExitCode.DONE));
    assertThat(Files.readString(Path.of(config)), endsWith("    rejected:\n      adults: 1\n"));
  }

  @Test
  void whatCannotBeRecordedIsSaid() {
    String config = tributary.file("a.yaml", CONFIG);

    assertThat(
        tributary.run("test", config, "--record", "out").err(),
        containsString("`out` is a sink, which gives no rows"));
    assertThat(
        tributary.run("test", config, "--record", "peopel").err(),
        containsString("did you mean `people`?"));
    assertThat(
        tributary.run("test", config, "--record", "people", "--rows", "0").err(),
        containsString("--rows is 0; it may be 1 to 1,000"));
    assertThat(
        tributary.run("test", config, "--record", "people", "--update").err(),
        containsString("--record is for one config, without --update and --only"));
    assertThat(tributary.run("test", config, "--rows", "5").err(), containsString("--record"));
  }
}
