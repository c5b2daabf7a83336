package io.tributary.graph;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.DiagnosticText;
import io.tributary.config.NodeConfig;
import io.tributary.config.TestCatalog;
import io.tributary.spec.Code;
import io.tributary.spec.Environment;
import io.tributary.spec.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintTest {
  private static final String SOURCE = "sources:\n- {name: in, module: files, path: a.csv}\n";
  private static final String SINK =
      "sinks:\n- {name: out, module: bigquery, input: in, table: d.t}\n";

  @TempDir Path folder;
  private Lint lint;

  @BeforeEach
  void setUp() {
    Environment environment = new Environment(Map.of(), folder);
    lint =
        new Lint(
            new ConfigLoader(new TestCatalog(), environment, Options.NONE),
            (sql, problems) -> {
              int at = sql.text().indexOf("((");
              if (at >= 0) {
                problems.within(at, 2).report(Severity.ERROR, Code.TR121, "odd", null);
              }
            },
            (query, problems) -> {
              int at = query.text().indexOf("SELCT");
              if (at >= 0) {
                problems.within(at, 5).error(Code.TR121, "no query", null);
              }
            });
  }

  @Test
  void unknownInputsAreFoundWithTheLikelyOne() {
    assertThat(
        messages(SOURCE + SINK.replace("input: in", "input: inn")),
        is(
            """
            a.yaml:4:40: error TR110: unknown input `inn` of sink `out`
                4 | - {name: out, module: bigquery, input: inn, table: d.t}
                  |                                        ^^^ did you mean `in`?
            """));
    assertThat(
        messages(SOURCE + SINK.replace("input: in", "input: other")),
        containsString("write one of: in"));
    assertThat(
        messages(SOURCE + SINK + "- {name: b, module: bigquery, input: out, table: d.b}\n"),
        containsString("error TR110: input `out` of sink `b` is a sink, which gives no rows"));
  }

  @Test
  void cyclesAreNamedOnce() {
    assertThat(
        messages(
            SOURCE
                + """
                transforms:
                - {name: a, module: filter, inputs: [c], where: x}
                - {name: b, module: filter, input: a, where: x}
                - {name: c, module: filter, input: b, where: x}
                - {name: d, module: filter, input: d, where: x}
                """
                + SINK.replace("input: in", "input: c")),
        is(
            """
            a.yaml:2:10: warning TR112: nothing reads source `in`
                2 | - {name: in, module: files, path: a.csv}
                  |          ^^ let a sink or transform read it, or remove it
            a.yaml:4:38: error TR111: the nodes form a cycle: `a` reads `c`, which reads `b`,\
             which reads `a`
                4 | - {name: a, module: filter, inputs: [c], where: x}
                  |                                      ^ let one of them read a source
            a.yaml:7:36: error TR111: the nodes form a cycle: `d` reads `d`
                7 | - {name: d, module: filter, input: d, where: x}
                  |                                    ^ let one of them read a source
            """));
  }

  @Test
  void sourcesHaveNoInputsAndOthersOne() {
    assertThat(
        places(
            SOURCE.replace("path: a.csv", "path: a.csv, input: x")
                + "transforms:\n- {name: t, module: filter, inputs: [in, in], where: x}\n"
                + "- {name: u, module: filter, where: x}\n"
                + SINK.replace("input: in", "input: t")
                + "- {name: o, module: bigquery, input: u, table: d.u}\n"),
        contains("2:42 TR108", "4:42 TR104", "5:10 TR101"));
  }

  @Test
  void aQueryReadsSeveralNodesByNamesOfTheirOwn() {
    String query = "transforms:\n- {name: t, module: sql, inputs: [in, in], sql: SELECT 1%s}\n";
    String sink = SINK.replace("input: in", "input: t");

    assertThat(places(SOURCE + query.formatted(", inputs_alias: [a, b]") + sink), is(empty()));
    assertThat(
        messages(SOURCE + query.formatted("") + sink),
        is(
            """
            a.yaml:4:39: error TR109: two tables of the query of transform `t` are called `in`\
             (case does not matter)
                4 | - {name: t, module: sql, inputs: [in, in], sql: SELECT 1}
                  |                                       ^^ give each input a name of its own in\
             `inputs_alias`
            """));
    assertThat(
        messages(SOURCE + query.formatted(", inputs_alias: [a, A]") + sink),
        containsString(
            "4:77: error TR109: two tables of the query of transform `t` are called `A`"));
    assertThat(
        messages(SOURCE + query.formatted(", inputs_alias: [a]") + sink),
        containsString("4:73: error TR108: transform `t` has 2 inputs, but 1 in `inputs_alias`"));
  }

  @Test
  void aQueryThatIsWrongElsewhereMayStillReadSeveralNodes() {
    String sink = SINK.replace("input: in", "input: t");

    assertThat(
        places(SOURCE + "transforms:\n- {name: t, module: sql, inputs: [in, in]}\n" + sink),
        contains("4:10 TR101"));
    assertThat(
        places(SOURCE + "transforms:\n- {name: t, module: sqll, inputs: [in, in]}\n" + sink),
        contains("4:21 TR103"));
  }

  @Test
  void theSyntaxOfAQueryIsCheckedWhereItStands() throws IOException {
    String transform = "transforms:\n- {name: t, module: sql, inputs: [in], sql: %s}\n";
    String sink = SINK.replace("input: in", "input: t");
    Files.writeString(folder.resolve("q.sql"), "-- a query\nSELCT 1\n");

    assertThat(places(SOURCE + transform.formatted("\"SELCT 1\"") + sink), contains("4:46 TR121"));
    assertThat(
        messages(SOURCE + transform.formatted("q.sql") + sink),
        containsString("q.sql:2:1: error TR121: no query"));
    assertThat(
        messages(SOURCE + transform.formatted("other.sql") + sink),
        containsString("a.yaml:4:45: error TR116"));
  }

  @Test
  void anUnusedNodeIsAWarningUnlessItsReaderIsUnclear() {
    String unused = "- {name: more, module: files, path: b.csv}\n";

    assertThat(places(SOURCE + unused + SINK), contains("3:10 TR112"));
    assertThat(
        places(SOURCE + unused + SINK.replace("input: in", "input: mroe")),
        contains("2:10 TR112", "5:40 TR110"));
    assertThat(
        places(SOURCE + unused + SINK.replace("input: in", "input: {a: b}")),
        contains("5:40 TR104"));
    assertThat(places(SOURCE + "sinks: []\n"), contains("3:1 TR101"));
  }

  @Test
  void appendingAWholeSourceMustBeMeant() {
    assertThat(
        messages(SOURCE + SINK.replace("table: d.t", "table: d.t, mode: append")),
        containsString("a.yaml:4:62: error TR117: mode append with a source that is read whole"));
    assertThat(
        places(
            SOURCE
                + SINK.replace("table: d.t", "table: d.t, mode: append, allow_full_append: true")),
        is(empty()));
  }

  @Test
  void twoSinksMayNotWriteToOneTable() {
    assertThat(
        messages(SOURCE + SINK + "- {name: b, module: bigquery, input: in, table: d.t}\n"),
        containsString("a.yaml:5:49: error TR123: sink `out` writes to `d.t`, too"));
  }

  @Test
  void expressionsAreCheckedAtTheirPlaces() {
    assertThat(
        places(
            SOURCE
                + """
                transforms:
                - name: t
                  module: filter
                  input: in
                  where: |
                    a
                    AND ((b
                - name: s
                  module: select
                  input: t
                  columns: {x: "a\\t((", y: b}
                """
                + SINK.replace("input: in", "input: s")),
        contains("9:9 TR121", "13:20 TR121"));
  }

  @Test
  void wiringIsCheckedBesideOtherMistakes() {
    assertThat(
        places(SOURCE + SINK.replace("input: in", "input: inn, tabel: x") + "nmae: x\n"),
        contains("4:40 TR110", "4:45 TR102", "5:1 TR102"));
    assertThat(
        places(SOURCE.replace("a.csv", "\"${env:NO}\"") + SINK.replace("input: in", "input: inn")),
        contains("2:36 TR113", "4:40 TR110"));
  }

  @Test
  void aFolderIsCheckedAndWhatIsNoConfigIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("sub/.hidden"));
    Files.writeString(folder.resolve("sub/a.yml"), SOURCE + SINK);
    Files.writeString(folder.resolve("b.yaml"), "sources: [\n");
    Files.writeString(folder.resolve("other.json"), "{\"hello\": 1}");
    Files.writeString(folder.resolve("broken.json"), "{\"hello\": 1");
    Files.writeString(folder.resolve("readme.txt"), "sources:");
    Files.writeString(folder.resolve(".connections.json"), "{}");
    Files.writeString(folder.resolve("sub/.hidden/c.yaml"), "sources: [\n");

    Lint.Result result = lint.check(List.of(folder));

    assertThat(
        result.files().stream().map(Loaded::file).map(this::relative).toList(),
        contains("b.yaml", "sub/a.yml"));
    assertThat(
        result.skipped().stream().map(this::relative).toList(),
        contains("broken.json", "other.json"));
    assertThat(result.errors(), is(1));
    assertThat(result.warnings(), is(0));
    assertThat(
        lint.check(List.of(folder.resolve("other.json"))).files().get(0).diagnostics().errors(),
        is(1));
  }

  @Test
  void theGraphHasNodesAfterTheirInputs() throws IOException {
    Loaded loaded =
        load(
            SOURCE
                + """
                transforms:
                - {name: late, module: filter, input: early, where: x}
                - {name: early, module: filter, input: in, where: x}
                """
                + SINK.replace("input: in", "input: late")
                + "- {name: raw, module: bigquery, input: in, table: d.raw}\n");

    Graph graph = Graph.of(loaded.config());

    assertThat(graph, is(notNullValue()));
    assertThat(names(graph.nodes()), contains("in", "early", "late", "out", "raw"));
    assertThat(names(graph.consumers("in")), contains("early", "raw"));
    assertThat(graph.node("late").inputs(), contains("early"));
    assertThrows(IllegalArgumentException.class, () -> graph.node("none"));
  }

  @Test
  void aGraphThatIsNotRightIsNotGiven() throws IOException {
    Loaded loaded = load(SOURCE + SINK.replace("input: in", "input: inn"));

    assertThat(Graph.of(loaded.config()), is(nullValue()));
    assertThat(loaded.diagnostics().errors(), is(1));
  }

  private static List<String> names(List<NodeConfig> nodes) {
    return nodes.stream().map(NodeConfig::name).toList();
  }

  private Loaded load(String text) throws IOException {
    Path file = folder.resolve("a.yaml");
    Files.writeString(file, text);
    return new ConfigLoader(new TestCatalog(), new Environment(Map.of(), folder), Options.NONE)
        .load(file);
  }

  private Loaded check(String text) {
    try {
      Path file = folder.resolve("a.yaml");
      Files.writeString(file, text);
      return lint.check(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String messages(String text) {
    return relative(new DiagnosticText(false).of(check(text).diagnostics()));
  }

  private List<String> places(String text) {
    return check(text).diagnostics().all().stream()
        .map(d -> d.span().line() + ":" + d.span().column() + " " + d.code())
        .toList();
  }

  private String relative(String text) {
    return text.replace(folder + "/", "");
  }
}
