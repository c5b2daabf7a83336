package io.tributary.configtest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.DiagnosticText;
import io.tributary.configtest.TestResult.Status;
import io.tributary.module.Registry;
import io.tributary.spec.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectationUpdateTest {
  private static final String CONFIG =
      """
      # a comment
      sources: [{name: in, module: files, parameters: {path: x.csv}}]
      transforms: [{name: big, module: filter, input: in, parameters: {where: "n > 1"}}]
      sinks: [{name: out, module: files, input: big, parameters: {path: out, format: csv}}]
      tests:
      """;

  /** Values that are easily read as others, with the types that hold them. */
  private static final String NASTY_SCHEMA =
      "id:INT64, s:STRING, b:BOOL, f:FLOAT64, n:NUMERIC(38,9), w:BIGNUMERIC(60,20), x:BYTES,"
          + " d:DATE, t:TIME, dt:DATETIME, ts:TIMESTAMP, j:JSON, r:STRUCT<a INT64, b STRING>,"
          + " l:ARRAY<STRING>, rl:ARRAY<STRUCT<d DATE>>";

  @TempDir Path folder;

  @Test
  void rowsInBracketsStayInBrackets() throws IOException {
    assertThat(
        updated(
            """
            - name: a   # stays
              mock: {in: [{n: 1}, {n: 2}, {n: 3}]}
              expect: {big: [{n: 5}], out: []}  # stays, too
            """),
        is(
            """
            - name: a   # stays
              mock: {in: [{n: 1}, {n: 2}, {n: 3}]}
              expect: {big: [{n: 2}, {n: 3}], out: [{n: 2}, {n: 3}]}  # stays, too
            """));
  }

  @Test
  void rowsInLinesStayInLines() throws IOException {
    assertThat(
        updated(
            """
            - name: a
              mock: {in: [{n: 1}, {n: 2}, {n: 3}]}
              expect:
                big:
                - {n: 5}      # a row's comment goes with it
                - n: 6
                # what follows stays
                out:
                  rows:
                    - {n: 2}
                    - {n: 3}
                    - {n: 4}
                  # here, too

            # and here
            - name: b
              mock: {in: [{n: 1}]}
              expect:
                big:
                - {n: 1}
            """),
        is(
            """
            - name: a
              mock: {in: [{n: 1}, {n: 2}, {n: 3}]}
              expect:
                big:
                - {n: 2}
                - {n: 3}
                # what follows stays
                out:
                  rows:
                    - {n: 2}
                    - {n: 3}
                  # here, too

            # and here
            - name: b
              mock: {in: [{n: 1}]}
              expect:
                big:
                  []
            """));
  }

  @Test
  void manyRowsGetALineEach() throws IOException {
    String rows =
        "[{n: 2, city: Llanfairpwllgwyngyll}, {n: 3, city: Llanfairpwllgwyngyll}, {n: 4, city:"
            + " Llanfairpwllgwyngyll}]";

    assertThat(
        updated("- name: a\n  mock: {in: %s}\n  expect:\n    big: []\n".formatted(rows)),
        is(
            """
            - name: a
              mock: {in: %s}
              expect:
                big:
                  - {n: 2, city: Llanfairpwllgwyngyll}
                  - {n: 3, city: Llanfairpwllgwyngyll}
                  - {n: 4, city: Llanfairpwllgwyngyll}
            """
                .formatted(rows)));
    assertThat(
        updated("- name: a\n  mock: {in: %s}\n  expect: {big: []}\n".formatted(rows)),
        is(
            """
            - name: a
              mock: {in: %s}
              expect: {big: [
                {n: 2, city: Llanfairpwllgwyngyll},
                {n: 3, city: Llanfairpwllgwyngyll},
                {n: 4, city: Llanfairpwllgwyngyll}]}
            """
                .formatted(rows)));
  }

  @Test
  void formsKeepTheirShape() throws IOException {
    assertThat(
        updated(
            """
            - name: a
              mock: {in: [{n: 3, m: 1}, {n: 2, m: null}]}
              expect:
                in: {count: 7}
                big: {rows: [{n: 5}], columns: [n]}
                out: {rows: [{n: 2}, {n: 3, m: 1}], ordered: true}
            """),
        containsString(
            """
                in: {count: 2}
                big: {rows: [{n: 3}, {n: 2}], columns: [n]}
                out: {rows: [{n: 3, m: 1}, {n: 2}], ordered: true}
            """));
  }

  @Test
  void whatCannotBeRewrittenIsLeftAndSaid() throws IOException {
    String tests =
        """
        - name: a
          mock: {in: &rows [{n: 3}, {n: 1}]}
          expect: {big: *rows, out: {contains: [{n: 5}]}}
        """;
    Path file = write(tests);

    ExpectationUpdate update = ExpectationUpdate.of(tests().run(file, name -> true), tests());

    assertThat(update.rewritten(), is(0));
    assertThat(
        update.left().stream().map(text -> text.replace(file.toString(), "FILE")).toList(),
        contains(
            "`big` of test `a` in FILE is not rewritten: its rows stand behind an alias",
            "`out` of test `a` in FILE is not rewritten: `contains` names a part of the rows"
                + " only"));
    assertThat(Files.readString(file), is(CONFIG + tests));
  }

  @Test
  void everyValueIsReadAsItWasWritten() throws IOException {
    String rows =
        """
        [
              {id: 1, s: "quote \\" and ' and \\\\ and \\n new line \\t tab", b: true, f: 0.1, n: 1.000000001, w: 12345678901234567890123456789.00000000000000000001},
              {id: 2, s: "null", x: "AAECAw==", d: "2024-02-29", t: "23:59:59.999999", dt: "2024-01-31T00:00:00", ts: "2024-03-31T02:30:00.000001+02:00"},
              {id: 3, s: "", b: false, f: 1.7976931348623157E308, n: -99999999999999999999999999999.999999999, j: {a: [1, 2.50, null, "x"], b: {}}},
              {id: 4, s: "é 漢 \\U0001F600 \\u2028 \\u0085 \\ufeff \\a", r: {a: 1, b: "no"}, l: ["1", "true", "~"], rl: [{d: "0001-01-01"}, {d: null}]},
              {id: 5, s: "$${env:HOME} and $$${args.x} and $HOME", f: .nan, j: "text"},
              {id: 6, s: " leading and trailing ", f: -.inf, j: 1e400, l: []},
              {id: 7, s: "# no comment", f: 5E-324, r: {}},
              {id: 8, s: "- no list: [x]", ts: "9999-12-31T23:59:59.999999Z", n: 0}]\
        """;
    String yaml =
        """
        - name: nasty
          mock:
            in: {schema: "%s", rows: %s}
          expect:
            in: []
            out: {rows: []}
        """
            .formatted(NASTY_SCHEMA, rows);

    String text = updated(yaml.replace("out: {rows: []}", "").stripTrailing() + "\n");

    assertThat(text, containsString("- {id: 2, s: \"null\", x: \"AAECAw==\", d: \"2024-02-29\""));
    assertThat(text, containsString("s: \"$${env:HOME} and $$${args.x} and $HOME\""));
    assertThat(text, containsString("n: 1.000000001, w: 12345678901234567890123456789.0"));
  }

  @Test
  void jsonStaysJson() throws IOException {
    Path file = folder.resolve("a.json");
    String config =
        """
        {
          "sources": [{"name": "in", "module": "files", "path": "x.csv"}],
          "sinks": [{"name": "out", "module": "files", "input": "in", "path": "out", "format": "csv"}],
          "tests": [
            {
              "name": "a",
              "mock": {"in": [{"s": "é \\" \\u2028 ${x"}, {"s": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, on Anglesey"}]},
              "expect": {
                "in": [],
                "out": {"count": 0}
              }
            }
          ]
        }
        """
            .replace("${x", "$${x");
    Files.writeString(file, config);

    ExpectationUpdate.of(tests().run(file, name -> true), tests());

    assertThat(
        Files.readString(file),
        is(
            config
                .replace(
                    "\"in\": [],",
                    """
                    "in": [
                              {"s": "é \\" \\u2028 $${x"},
                              {"s": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, on Anglesey"}
                            ],\
                    """)
                .replace("\"count\": 0", "\"count\": 2")));
  }

  @Test
  void lineEndsMarkAndPermissionsStay() throws IOException {
    Path file = folder.resolve("a.yaml");
    String config =
        "\uFEFF"
            + (CONFIG
                    + "- name: a\n"
                    + "  mock: {in: [{n: 2}, {n: 3}]}\n"
                    + "  expect:\n"
                    + "    big:\n"
                    + "    - {n: 2}\n"
                    + "# end")
                .replace("\n", "\r\n");
    Files.writeString(file, config);
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));

    ExpectationUpdate.of(tests().run(file, name -> true), tests());

    assertThat(
        Files.readString(file), is(config.replace("- {n: 2}\r\n", "- {n: 2}\r\n    - {n: 3}\r\n")));
    assertThat(
        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
        is("rw-r-----"));
    try (var files = Files.list(folder)) {
      assertThat(files.toList(), contains(file));
    }
  }

  /** The tests of a file after an update, which then pass and are not updated any more. */
  private String updated(String tests) throws IOException {
    Path file = write(tests);
    FileResult first = tests().run(file, name -> true);
    assertThat(new DiagnosticText(false).of(first.loaded().diagnostics().onlyErrors()), is(""));
    assertThat(first.count(Status.BROKEN), is(0L));

    ExpectationUpdate update = ExpectationUpdate.of(first, tests());

    assertThat(update.left(), is(empty()));
    FileResult again = tests().run(file, name -> true);
    assertThat(
        again.tests().stream().flatMap(test -> test.failures().stream()).toList(), is(List.of()));
    String text = Files.readString(file);
    assertThat(text.startsWith(CONFIG), is(true));
    return text.substring(CONFIG.length());
  }

  private Path write(String tests) throws IOException {
    Path file = folder.resolve("a.yaml");
    Files.writeString(file, CONFIG + tests);
    return file;
  }

  private ConfigTests tests() {
    return new ConfigTests(Registry.load(), new Environment(Map.of(), folder), Options.NONE);
  }
}
