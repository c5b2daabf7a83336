package io.tributary.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.TestConfig.Expectation;
import io.tributary.config.TestConfig.Form;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBinderTest {
  private static final String CONFIG =
      """
      args: {day: "2024-01-31"}
      sources: [{name: in, module: files, path: "${env:FOLDER}/a.csv"}]
      sinks: [{name: out, module: bigquery, input: in, table: d.t}]
      tests:
      """;

  @TempDir Path folder;
  private ConfigFolder files;

  @BeforeEach
  void setUp() {
    files = new ConfigFolder(folder);
  }

  @Test
  void everyPartOfATestIsRead() {
    TestConfig test =
        only(
            """
            - name: all of it
              now: 2024-02-01T00:00:00+01:00
              args: {day: 2024-02-02}
              mock:
                in: {schema: "id:INT64, day:DATE", rows: [{id: 1, day: "${args.day}"}]}
              expect:
                in: {rows: [{id: 1}], columns: [id], ordered: true}
                out: {contains: [{id: 1}]}
              rejected: {in: ["too long", "too short"], out: 3}
            """);

    assertThat(test.name(), is("all of it"));
    assertThat(test.now(), is(Instant.parse("2024-01-31T23:00:00Z")));
    assertThat(test.args(), is(Map.of("day", "2024-02-02")));
    assertThat(test.isComplete(), is(true));
    assertThat(String.valueOf(test.mocks().get(0).schema()), is("(id INT64, day DATE)"));
    assertThat(test.mocks().get(0).rows().rows(), contains(Map.of("id", 1L, "day", "2024-01-31")));
    Expectation first = test.expectations().get(0);
    assertThat(first.form(), is(Form.ORDERED));
    assertThat(first.columns(), contains("id"));
    assertThat(first.rows(), contains(Map.of("id", 1L)));
    assertThat(first.place().line(), is(11));
    assertThat(test.expectations().get(1).form(), is(Form.CONTAINS));
    assertThat(test.rejections().get(0).reasons(), contains("too long", "too short"));
    assertThat(test.rejections().get(0).count(), is(2L));
    assertThat(test.rejections().get(1).reasons(), is(nullValue()));
    assertThat(test.rejections().get(1).count(), is(3L));
  }

  @Test
  void whatATestDoesNotSayIsAlwaysTheSame() {
    TestConfig test = only("- {name: a, mock: {in: [{id: 1}]}, expect: {out: []}}\n");

    assertThat(test.now(), is(Instant.parse("2024-01-01T00:00:00Z")));
    assertThat(test.args(), is(Map.of()));
    assertThat(test.mocks().get(0).schema(), is(nullValue()));
    assertThat(test.expectations().get(0).form(), is(Form.ROWS));
    assertThat(test.expectations().get(0).rows(), is(empty()));
    assertThat(test.expectations().get(0).columns(), is(empty()));
  }

  @Test
  void aVariableWithoutValueMattersOnlyWhereItStands() {
    Loaded outside = load("- {name: a, mock: {in: [{id: 1}]}, expect: {out: [{id: 1}]}}\n");
    Loaded inside =
        load("- {name: a, mock: {in: [{id: \"${env:X}\"}]}, expect: {out: [{id: 1}]}}\n");

    assertThat(outside.config(), is(nullValue())); // the path is not known
    assertThat(outside.tests().tests().get(0).isComplete(), is(true));
    assertThat(outside.tests().config(), is(notNullValue()));
    assertThat(
        outside.tests().config().nodes().stream().map(NodeConfig::name).toList(), contains("out"));
    assertThat(inside.tests().tests().get(0).isComplete(), is(false));
    assertThat(inside.diagnostics().errors(), is(0));
  }

  @Test
  void argumentsOfTheLoaderReachTheRows() {
    files.with(new Options(Map.of("day", "later"), null, Map.of(), false));

    TestConfig test = only("- {name: a, mock: {in: [{d: \"${args.day}\"}]}, expect: {out: []}}\n");

    assertThat(test.mocks().get(0).rows().rows(), contains(Map.of("d", "later")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`  x` | 5:3 TR104",
        "- x | 5:3 TR104",
        "- {mock: {}, expect: {out: []}} | 5:3 TR101",
        "- {name: a} | 5:10 TR101",
        "- {name: a, expect: {}} | 5:10 TR101",
        "- {name: ' ', expect: {out: []}} | 5:10 TR124",
        "- {name: a, mok: {}, expect: {out: []}} | 5:13 TR102",
        "- {name: a, now: tomorrow, expect: {out: []}} | 5:18 TR107",
        "- {name: a, args: [x], expect: {out: []}} | 5:19 TR104",
        "- {name: a, args: {dya: x}, expect: {out: []}} | 5:20 TR126",
        "- {name: a, args: {day: [x]}, expect: {out: []}} | 5:25 TR104",
        "- {name: a, mock: [x], expect: {out: []}} | 5:19 TR104",
        "- {name: a, mock: {in: 5}, expect: {out: []}} | 5:24 TR104",
        "- {name: a, mock: {in: [5]}, expect: {out: []}} | 5:25 TR104",
        "- {name: a, mock: {in: {}}, expect: {out: []}} | 5:20 TR101",
        "- {name: a, mock: {in: {rows: [], shema: x}}, expect: {out: []}} | 5:35 TR102",
        "- {name: a, mock: {in: {rows: [], schema: 'id:INTT'}}, expect: {out: []}} | 5:43 TR125",
        "- {name: a, mock: {in: [{x: '${secret:x}'}]}, expect: {out: []}} | 5:29 TR008",
        "- {name: a, expect: {out: 5}} | 5:27 TR104",
        "- {name: a, expect: {out: }} | 5:26 TR104",
        "- {name: a, expect: {out: [5]}} | 5:28 TR104",
        "- {name: a, expect: {out: {}}} | 5:22 TR101",
        "- {name: a, expect: {out: {rows: [], count: 1}}} | 5:22 TR108",
        "- {name: a, expect: {out: {rows: 5}}} | 5:34 TR104",
        "- {name: a, expect: {out: {rowz: []}}} | 5:28 TR102",
        "- {name: a, expect: {out: {count: x}}} | 5:35 TR104",
        "- {name: a, expect: {out: {count: -1}}} | 5:35 TR104",
        "- {name: a, expect: {out: {count: 1, columns: [x]}}} | 5:38 TR108",
        "- {name: a, expect: {out: {contains: [], ordered: true}}} | 5:42 TR108",
        "- {name: a, expect: {out: {rows: [], columns: x}}} | 5:47 TR104",
        "- {name: a, expect: {out: {rows: [], ordered: x}}} | 5:47 TR104",
        "- {name: a, expect: {out: []}, rejected: {out: }} | 5:47 TR104",
        "- {name: a, expect: {out: []}, rejected: {out: [1]}} | 5:48 TR104",
        "- {name: a, expect: {out: []}, rejected: {out: x}} | 5:48 TR104",
      })
  void whatIsWrongIsReportedAtItsPlace(String tests, String places) {
    List<String> found =
        load(tests + "\n").diagnostics().all().stream()
            .filter(diagnostic -> diagnostic.span().line() > 4)
            .map(d -> d.span().line() + ":" + d.span().column() + " " + d.code())
            .toList();

    assertThat(String.join(", ", found), is(places));
  }

  @Test
  void namesOfTestsAreUnique() {
    Loaded loaded =
        load("- {name: a, expect: {out: []}}\n- {name: b, expect: {out: []}}\n- {name: a}\n");

    assertThat(loaded.tests().tests(), hasSize(2));
    assertThat(
        files.shown(loaded),
        org.hamcrest.Matchers.containsString(
            "error TR109: two tests have the name `a`; the first stands in line 5"));
  }

  private TestConfig only(String tests) {
    Loaded loaded = load(tests);
    assertThat(files.shown(loaded), loaded.diagnostics().errors(), is(0));
    assertThat(loaded.tests().tests(), hasSize(1));
    return loaded.tests().tests().get(0);
  }

  private Loaded load(String tests) {
    return files.load("a.yaml", CONFIG + tests);
  }
}
