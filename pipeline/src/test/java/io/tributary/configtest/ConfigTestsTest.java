package io.tributary.configtest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.DiagnosticText;
import io.tributary.configtest.Difference.Line;
import io.tributary.configtest.TestResult.Failure;
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

class ConfigTestsTest {
  private static final String CONFIG =
      """
      args: {status: Won}
      sources:
        - {name: leads, module: mysql, parameters: {profile: nowhere, table: crm.leads}}
        - name: days
          module: files
          parameters: {path: "${env:FOLDER}/days.csv", schema: "day:DATE, hours:NUMERIC(5,2)"}
      transforms:
        - {name: won, module: filter, input: leads, parameters: {where: "status = '${args.status}'"}}
        - name: short
          module: select
          input: won
          parameters: {columns: {id: id, at: "CURRENT_TIMESTAMP()", n: "CAST(n AS INT64)"}}
      sinks:
        - name: table
          module: bigquery
          input: won
          parameters: {table: mart.won, create_disposition: CREATE_IF_NEEDED, column_names: safe}
        - {name: file, module: files, input: days, parameters: {path: out, format: csv}}
        - name: shorts
          module: bigquery
          input: short
          parameters: {table: mart.shorts, create_disposition: CREATE_IF_NEEDED}
      tests:
      """;

  @TempDir Path folder;

  @Test
  void aTestPassesWhenTheRowsAreThoseThatWereExpected() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                mock: {leads: [{id: 1, status: Won}, {id: 2, status: Lost}, {id: 3, status: Won}]}
                expect: {won: [{id: 3, status: Won}, {id: 1, status: Won}]}
            """);

    assertThat(said(result), result.status(), is(Status.PASSED));
  }

  @Test
  void rowsThatDifferAreTakenTogetherBySimilarity() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                mock:
                  leads:
                    - {id: 1, status: Won, city: Rome}
                    - {id: 2, status: Won, city: Oslo}
                    - {id: 3, status: Won, city: Bonn}
                expect:
                  won:
                    - {id: 2, status: Won, city: Bern}
                    - {id: 3, status: Won, city: Bonn}
                    - {id: 9, status: Lost, city: Kiel}
            """);

    Failure failure = result.failures().get(0);
    assertThat(failure.node(), is("won"));
    assertThat(failure.place().line(), is(31));
    assertThat(
        failure.message(),
        is("1 row missing, 1 row unexpected, 1 row changed; 3 expected, 3 found"));
    assertThat(
        lines(failure),
        contains("CHANGED 2 Won Bern>Oslo", "MISSING 9 Lost Kiel", "UNEXPECTED 1 Won Rome"));
  }

  @Test
  void theSameRowTwiceIsNotTheSameAsOnce() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                mock: {leads: [{id: 1, status: Won}, {id: 1, status: Won}]}
                expect: {won: [{id: 1, status: Won}]}
            """);

    assertThat(lines(result.failures().get(0)), contains("UNEXPECTED 1 Won"));
  }

  @Test
  void aTextIsNoNumberAndNothingIsNotEmptyText() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                mock: {leads: {schema: "id:INT64, status:STRING, city:STRING", rows: [{id: 1, status: Won}]}}
                expect: {won: [{id: "1", status: Won, city: ""}]}
            """);

    assertThat(
        lines(result.failures().get(0)),
        contains("MISSING \"1\" Won \"\"", "UNEXPECTED 1 Won null"));
  }

  @Test
  void theOrderMattersWhereItIsAskedFor() throws IOException {
    String test =
        """
          - name: a
            mock: {leads: [{id: 1, status: Won}, {id: 2, status: Won}]}
            expect: {won: {rows: [{id: %d, status: Won}, {id: %d, status: Won}], ordered: true}}
        """;

    assertThat(only(test.formatted(1, 2)).status(), is(Status.PASSED));
    assertThat(
        only(test.formatted(2, 1)).failures().get(0).message(),
        is("the rows are in another order, from row 1 on"));
  }

  @Test
  void lessThanAllRowsAndColumnsCanBeCompared() throws IOException {
    String mock =
        """
          - name: a
            mock: {leads: [{id: 1, status: Won, n: "5"}, {id: 2, status: Won, n: "6"}]}
        """;

    assertThat(
        only(mock + "    expect: {short: {rows: [{n: 6}, {n: 5}], columns: [n]}}\n").status(),
        is(Status.PASSED));
    assertThat(
        only(mock + "    expect: {short: {contains: [{n: 6}]}}\n").status(), is(Status.PASSED));
    assertThat(only(mock + "    expect: {short: {count: 2}}\n").status(), is(Status.PASSED));
    assertThat(
        only(mock + "    expect: {short: {count: 3}}\n").failures().get(0).message(),
        is("2 rows, expected 3"));
    Failure missing =
        only(mock + "    expect: {short: {contains: [{n: 6}, {n: 7}]}}\n").failures().get(0);
    assertThat(missing.message(), is("1 row missing, of 2 rows"));
    assertThat(lines(missing), contains("MISSING   7"));
  }

  @Test
  void theMomentIsFixedAndArgumentsCanBeGiven() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                now: 2030-05-06T00:00:00Z
                args: {status: Lost}
                mock: {leads: [{id: 1, status: Won, n: "1"}, {id: 2, status: Lost, n: "2"}]}
                expect: {short: [{id: 2, at: "2030-05-06T00:00:00Z", n: 2}]}
            """);

    assertThat(said(result), result.status(), is(Status.PASSED));
  }

  @Test
  void theSchemaOfTheSourceGivesTheTypesOfItsMock() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                mock: {days: [{day: 2024-01-31, hours: "7.5"}]}
                expect: {file: [{day: "2024-01-31", hours: 7.50}]}
            """);

    assertThat(said(result), result.status(), is(Status.PASSED));
  }

  @Test
  void aSinkShowsTheColumnsThatItWrites() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                mock: {leads: [{id: 1, status: Won, "first name": Ada}]}
                expect: {table: [{id: 1, status: Won, first_name: Ada}]}
            """);

    assertThat(said(result), result.status(), is(Status.PASSED));
  }

  @Test
  void aMockOfATransformCutsOffWhatItReads() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                mock: {won: [{id: 1, n: "1"}]}
                expect: {short: {contains: [{id: 1, n: 1}]}}
            """);

    assertThat(said(result), result.status(), is(Status.PASSED));
  }

  @Test
  void rejectedRowsFailATestThatDoesNotExpectThem() throws IOException {
    String test =
        """
          - name: a
            mock: {leads: [{id: 1, status: Won, n: one}, {id: 2, status: Won, n: "2"}]}
            expect: {short: {count: 1}}
        """;

    Failure failure = only(test).failures().get(0);
    assertThat(failure.node(), is("short"));
    assertThat(failure.message(), containsString("1 row rejected, expected none: "));
    assertThat(only(test + "    rejected: {short: 1}\n").status(), is(Status.PASSED));
    assertThat(only(test + "    rejected: {short: [INT64]}\n").status(), is(Status.PASSED));
    assertThat(
        only(test + "    rejected: {short: 2}\n").failures().get(0).message(),
        containsString("1 row rejected, expected 2"));
    assertThat(
        only(test + "    rejected: {short: [nonsense]}\n").failures().get(0).message(),
        containsString("no row was rejected because of `nonsense`"));
  }

  @Test
  void aColumnThatTheNodeDoesNotHaveIsNamed() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                mock: {leads: [{id: 1, status: Won}]}
                expect: {won: [{id: 1, statuss: Won}]}
            """);

    assertThat(
        result.failures().get(0).message(),
        is("there is no column `statuss`; did you mean `status`?"));
  }

  @Test
  void aConfigThatCannotBePlannedBreaksTheTest() throws IOException {
    TestResult result =
        only(
            """
              - name: a
                mock: {leads: [{id: 1, state: Won}]}
                expect: {won: []}
            """);

    assertThat(result.status(), is(Status.BROKEN));
    assertThat(said(result), containsString(":8:"));
    assertThat(said(result), containsString("error TR201: unknown column `status`"));
  }

  @Test
  void whatDoesNotFitTheConfigIsFoundBeforeAnythingRuns() throws IOException {
    FileResult result =
        run(
            """
              - name: a
                mock: {leeds: [{id: 1}], days: [{day: 2024-01-31}]}
                expect: {wonn: [], short: []}
              - name: b
                mock: {days: [{day: someday, hour: 1}]}
                expect: {file: []}
              - name: c
                mock: {leads: []}
                expect: {won: []}
              - name: d
                mock: {leads: [{id: 1}, {id: one}], table: []}
                expect: {won: []}
            """);

    String text = new DiagnosticText(false).of(result.loaded().diagnostics().onlyErrors());
    assertThat(result.tests(), is(empty()));
    assertThat(
        text.lines().filter(line -> line.contains(" error ")).map(this::withoutFolder).toList(),
        contains(
            "a.yaml:25:12: error TR140: the test mocks `leeds`, which the config does not have",
            "a.yaml:25:30: error TR141: no expectation of the test needs the mock of `days`",
            "a.yaml:26:14: error TR140: the test expects rows of `wonn`, which the config does not"
                + " have",
            "a.yaml:26:24: error TR142: source `leads`, which `short` needs, is not mocked",
            "a.yaml:28:25: error TR104: column `day` is DATE, but the value is not a DATE such as"
                + " 2024-01-31",
            "a.yaml:28:34: error TR201: `schema` has no column `hour`",
            "a.yaml:31:12: error TR216: a mock without rows needs a schema",
            "a.yaml:34:34: error TR104: `id` is text here, but a number in row 1",
            "a.yaml:34:41: error TR141: `table` is a sink, which gives no rows"));
  }

  @Test
  void aNodeThatNeedsAVariableWithoutValueIsNamed() throws IOException {
    Path file = folder.resolve("b.yaml");
    Files.writeString(
        file,
        """
        sources: [{name: in, module: files, parameters: {path: x.csv}}]
        transforms: [{name: t, module: filter, input: in, parameters: {where: "a = ${args.x}"}}]
        sinks: [{name: out, module: files, input: t, parameters: {path: out, format: csv}}]
        tests:
          - {name: without, mock: {in: [{a: 1}]}, expect: {t: []}}
          - {name: with, args: {x: 2}, mock: {in: [{a: 1}]}, expect: {t: []}}
        """);

    List<TestResult> results = tests().run(file, name -> true).tests();

    assertThat(results.get(0).status(), is(Status.BROKEN));
    assertThat(
        said(results.get(0)),
        containsString("error TR113: transform `t` has a variable without a value"));
    assertThat(said(results.get(1)), results.get(1).status(), is(Status.PASSED));
  }

  @Test
  void aSinkMayWriteWhereAVariableSaysAndNeedNotMakeItsTable() throws IOException {
    Path file = folder.resolve("b.yaml");
    Files.writeString(
        file,
        """
        sources: [{name: in, module: mysql, parameters: {host: h, port: "${env:PORT}", database: d, user: u, password: "${env:PW}", table: t}}]
        transforms: [{name: t, module: filter, input: in, parameters: {where: "a = '${env:X}'"}}]
        sinks:
          - {name: out, module: bigquery, input: in, parameters: {table: "${env:PROJECT}.mart.won"}}
          - name: typed
            module: bigquery
            input: in
            parameters: {table: "mart.typed", schema: "a:NUMERIC(5,2)"}
          - {name: filtered, module: bigquery, input: t, parameters: {table: mart.filtered}}
        tests:
          - name: sinks
            mock: {in: [{a: 1}]}
            expect: {typed: [{a: 1}], %s}
          - {name: filter, mock: {in: [{a: b}]}, expect: {t: []}}
        """);
    String text = Files.readString(file);

    Files.writeString(file, text.formatted("in: [{a: 1}]"));
    assertThat(tests().run(file, "sinks"::equals).tests().get(0).status(), is(Status.PASSED));
    Files.writeString(file, text.replace("port: \"${env:PORT}\", ", "").formatted("out: [{a: 1}]"));
    List<TestResult> results = tests().run(file, name -> true).tests();
    assertThat(said(results.get(0)), results.get(0).status(), is(Status.PASSED));
    assertThat(
        said(results.get(1)),
        containsString("error TR113: transform `t` has a variable without a value"));
  }

  @Test
  void queriesRunWithoutAWarehouse() throws IOException {
    Path file = folder.resolve("b.yaml");
    Files.writeString(
        file,
        """
        sources:
          - {name: orders, module: mysql, parameters: {profile: p, table: orders}}
          - {name: people, module: mysql, parameters: {profile: p, table: people}}
        transforms:
          - name: totals
            module: sql
            inputs: [orders, people]
            parameters:
              sql: |
                SELECT p.name, SUM(o.amount) AS total, MAX(o.day) AS last, CURRENT_DATE() AS today
                FROM orders o JOIN people p ON p.id = o.person GROUP BY p.name
          - {name: large, module: filter, input: totals, parameters: {where: "total > 5"}}
        sinks:
          - {name: table, module: bigquery, input: large, parameters: {table: mart.large}}
        tests:
          - name: joined and summed
            mock:
              orders:
                schema: "person:INT64, amount:NUMERIC(10,2), day:DATE"
                rows: [{person: 1, amount: 2.5, day: 2024-01-01}, {person: 1, amount: 4, day: 2024-01-02}, {person: 2, amount: 1}]
              people: [{id: 1, name: Ada}, {id: 2, name: Grace}, {id: 3, name: Edsger}]
            expect:
              totals:
                - {name: Ada, total: 6.50, last: 2024-01-02, today: 2024-01-01}
                - {name: Grace, total: 1, today: 2024-01-01}
              table: [{name: Ada, total: 6.5, last: 2024-01-02, today: 2024-01-01}]
          - {name: not all is mocked, mock: {orders: [{person: 1}]}, expect: {totals: []}}
        """);

    FileResult wrong = tests().run(file, name -> true);
    Files.writeString(file, Files.readString(file).replaceAll(" {2}- \\{name: not all.*\n", ""));
    TestResult result = tests().run(file, name -> true).tests().get(0);

    assertThat(said(result), result.status(), is(Status.PASSED));
    assertThat(
        new DiagnosticText(false).of(wrong.loaded().diagnostics().onlyErrors()),
        containsString("error TR142: source `people`, which `totals` needs, is not mocked"));
  }

  @Test
  void nothingIsWritten() throws IOException {
    only("  - {name: a, mock: {won: [{id: 1, n: \"1\"}]}, expect: {shorts: {count: 1}}}\n");

    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList(), contains("a.yaml"));
    }
  }

  private TestResult only(String tests) throws IOException {
    FileResult result = run(tests);
    assertThat(
        new DiagnosticText(false).of(result.loaded().diagnostics().onlyErrors()),
        result.loaded().diagnostics().errors(),
        is(0));
    assertThat(result.tests().size(), is(1));
    return result.tests().get(0);
  }

  private FileResult run(String tests) throws IOException {
    Path file = folder.resolve("a.yaml");
    Files.writeString(file, CONFIG + tests);
    return tests().run(file, name -> true);
  }

  private ConfigTests tests() {
    return new ConfigTests(Registry.load(), new Environment(Map.of(), folder), Options.NONE);
  }

  private static String said(TestResult result) {
    return new DiagnosticText(false).of(result.diagnostics()) + result.failures();
  }

  private static List<String> lines(Failure failure) {
    return failure.difference().lines().stream().map(ConfigTestsTest::text).toList();
  }

  private static String text(Line line) {
    StringBuilder text = new StringBuilder(line.kind().name());
    line.cells()
        .forEach(
            cell -> {
              String expected = io.tributary.config.FlowText.YAML.of(cell.expected());
              String actual = io.tributary.config.FlowText.YAML.of(cell.actual());
              text.append(' ');
              if (cell.compared()) {
                text.append(
                    switch (line.kind()) {
                      case MISSING -> expected;
                      case UNEXPECTED -> actual;
                      case CHANGED -> expected.equals(actual) ? actual : expected + ">" + actual;
                    });
              }
            });
    return text.toString();
  }

  private String withoutFolder(String line) {
    return line.replace(folder + "/", "");
  }
}
