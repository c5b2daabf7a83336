package io.tributary.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.TestCatalog.Database;
import io.tributary.config.TestCatalog.Files;
import io.tributary.config.TestCatalog.Table;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Secret;
import io.tributary.spec.Severity;
import io.tributary.spec.WriteMode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinderTest {
  private static final String SINK =
      "sinks:\n- {name: out, module: bigquery, input: in, table: d.t}\n";
  private static final String SOURCE = "sources:\n- {name: in, module: files, path: a.csv}\n";

  @TempDir Path folder;
  private ConfigFolder files;

  @BeforeEach
  void setUp() {
    files = new ConfigFolder(folder);
  }

  @Test
  void everyShapeIsTyped() {
    Loaded loaded =
        files.load(
            "a.yaml",
            """
            sources:
            - name: in
              module: files
              path: 2024
              header: "FALSE"
              timeout: 15min
              max_size: 64MiB
              headers: {version: 1.10, on: yes, octal: 010}
              rows: [{a: 1, b: 1.5, c: 12345678901234567890, d: true, e: ~, f: "1", g: 0x1F, h: no}]
            """
                + SINK);

    assertThat(files.shown(loaded), is(""));
    Files parameters = (Files) loaded.config().nodes().get(0).parameters();
    assertThat(parameters.path(), contains("2024"));
    assertThat(parameters.header(), is(false));
    assertThat(parameters.timeout(), is(Duration.ofMinutes(15)));
    assertThat(parameters.maxSize(), is(64L * 1024 * 1024));
    assertThat(parameters.headers(), is(Map.of("version", "1.10", "on", "yes", "octal", "010")));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("a", 1L);
    row.put("b", 1.5);
    row.put("c", new BigInteger("12345678901234567890"));
    row.put("d", true);
    row.put("e", null);
    row.put("f", "1");
    row.put("g", 31L);
    row.put("h", "no");
    assertThat(parameters.rows(), is(List.of(row)));
  }

  @Test
  void keysStandInTheNodeOrInItsParametersWhichWin() {
    Loaded loaded =
        files.load(
            "a.yaml",
            SOURCE
                + """
                sinks:
                - name: out
                  module: bigquery
                  inputs: in
                  mode: append
                  table: d.t
                  parameters: {mode: merge, merge_keys: id}
                """);

    assertThat(
        loaded.config().nodes().get(1).parameters(),
        is(new Table("d.t", WriteMode.MERGE, false, List.of("id"))));
    assertThat(
        files.shown(loaded),
        is(
            """
            a.yaml:7:3: warning TR118: key `mode` stands in `parameters`, too, which wins
                7 |   mode: append
                  |   ^^^^ remove one of the two
            """));
  }

  @Test
  void aKeyWithoutValueCountsAsAbsent() {
    assertThat(
        files.places(
            "a.yaml",
            SOURCE
                + """
                sinks:
                - name: out
                  module: bigquery
                  input: in
                  table:
                  clustering: ~
                  parameters:
                """),
        contains("7:3 TR101"));
  }

  @Test
  void wrongPartsOfListsAndMapsAreShown() {
    assertThat(
        files.places(
            "a.yaml",
            """
            sources:
            - name: in
              module: files
              path: [a, {b: c}]
              headers:
                x: 1
                y: [2]
            """
                + SINK),
        contains("4:13 TR104", "7:8 TR104"));
  }

  @Test
  void aMistypedKeyIsNotMissedByTheModuleToo() {
    assertThat(
        files.places(
            "a.yaml", mysql("host: h, database: d, user: u, password: \"${secret:p}\", tabel: t")),
        contains("2:85 TR102"));
  }

  @Test
  void whatIsNoNodeIsSaid() {
    assertThat(
        files.places("a.yaml", "sources: [1, [x]]\nsinks: {a: b}\ntransforms: x\n"),
        contains("1:11 TR104", "1:14 TR104", "2:8 TR104", "3:13 TR104"));
    assertThat(
        files.places(
            "b.yaml", "sources:\n- {}\n- {name: [a], module: {b: c}, parameters: x}\n" + SINK),
        contains("2:3 TR101", "2:3 TR101", "3:10 TR104", "3:23 TR104", "3:43 TR104"));
  }

  @Test
  void namesAreCheckedAndUnique() {
    assertThat(
        files.places(
            "a.yaml",
            """
            sources:
            - {name: in, module: files, path: a}
            - {name: 1st, module: files, path: a}
            - {name: in, module: files, path: a}
            """
                + SINK),
        contains("3:10 TR124", "4:10 TR109"));
  }

  @Test
  void aModuleInTheWrongListSaysWhereItBelongs() {
    assertThat(
        files.messages("a.yaml", "sources:\n- {name: in, module: filter, where: x}\n" + SINK),
        containsString(
            """
            a.yaml:2:22: error TR103: module `filter` is a transform, not a source
                2 | - {name: in, module: filter, where: x}
                  |                      ^^^^^^ move the node to `transforms`, or use a source
               valid here: files, mysql, postgres
            """));
  }

  @Test
  void olderNamesOfModulesAreAccepted() {
    assertThat(
        files.places(
            "a.yaml",
            SOURCE
                + "transforms:\n- {name: t, module: beamsql, input: in, sql: SELECT 1}\n"
                + SINK.replace("input: in", "input: t")),
        is(empty()));
  }

  @Test
  void whatThisVersionDoesNotCarryOutIsSaid() {
    assertThat(
        files.messages("a.yaml", SOURCE + SINK + "notify: {}\nrun: {}\njob_name: x\n"),
        containsString("5:1: error TR127: `notify` is not carried out by this version"));
    assertThat(
        files.places("a.yaml", SOURCE + SINK + "notify: {}\nrun: {}\njob_name: x\n"),
        contains("5:1 TR127", "6:1 TR127", "7:1 TR127"));
    assertThat(files.load("a.yaml").diagnostics().warnings(), is(1));
  }

  @Test
  void aModuleThatCannotReadInIncrementsIsNamedOnceUnlessItIsSwitchedOff() {
    String source =
        "sources:\n"
            + "- {name: in, module: files, path: a, incremental: %s,\n"
            + "   incremental_column: x}\n";

    assertThat(
        files.messages("a.yaml", source.formatted("true") + SINK),
        is(
            """
            a.yaml:2:38: error TR128: module `files` cannot read in increments
                2 | - {name: in, module: files, path: a, incremental: true,
                  |                                      ^^^^^^^^^^^ remove the key, or read with one of:\
             mysql, postgres
            """));
    assertThat(
        files.places("b.yaml", source.formatted("{cursor: x}") + SINK), contains("2:38 TR128"));
    assertThat(files.places("c.yaml", source.formatted("false") + SINK), is(empty()));
    assertThat(
        files.places("d.yaml", source.replace("incremental: %s,", "") + SINK),
        contains("3:4 TR128"));
  }

  @Test
  void scheduleAndErrorsAreTyped() {
    PipelineConfig config =
        files
            .load(
                "a_b.yaml",
                SOURCE
                    + SINK
                    + """
                    timezone: Asia/Tokyo
                    schedule: {cron: " */5  1-3 * jan mon ", enable: "false", timezone: UTC}
                    errors: {max_rate: 1.5%}
                    """)
            .config();

    assertThat(config.name(), is("a_b"));
    assertThat(config.schedule().name(), is("a_b"));
    assertThat(config.schedule().cron(), is("*/5 1-3 * jan mon"));
    assertThat(config.schedule().timezone().getId(), is("UTC"));
    assertThat(config.timezone().getId(), is("Asia/Tokyo"));
    assertThat(config.errors(), is(new ErrorPolicy(0.015, Long.MAX_VALUE)));
    assertThat(errors("{max_rows: 10}"), is(new ErrorPolicy(1, 10)));
    assertThat(errors("{max_rate: 0.01, max_rows: \"5\"}"), is(new ErrorPolicy(0.01, 5)));
    assertThat(errors("{}"), is(ErrorPolicy.NONE));
  }

  @Test
  void theWrongFieldOfACronExpressionIsShown() {
    assertThat(
        files.messages("a.yaml", SOURCE + SINK + "schedule: {name: x, cron: \"61 2 * *  mo\"}\n"),
        is(
            """
            a.yaml:5:28: error TR119: `61` is not a valid minute
                5 | schedule: {name: x, cron: "61 2 * *  mo"}
                  |                            ^^ write 0 to 59; also `*`, lists `1,2`, ranges `1-5` and\
             steps `*/2`
            a.yaml:5:38: error TR119: `mo` is not a valid day of week
                5 | schedule: {name: x, cron: "61 2 * *  mo"}
                  |                                      ^^ write 0 to 7, 0 and 7 are Sunday; also `*`,\
             lists `1,2`, ranges `1-5` and steps `*/2`
            """));
    assertThat(
        files.places("b.yaml", SOURCE + SINK + "schedule: {cron: \"0 2 * * * *\"}\n"),
        contains("5:18 TR119"));
    assertThat(
        files.places("c.yaml", SOURCE + SINK + "schedule: {cron: 5}\n"), contains("5:18 TR119"));
    assertThat(
        files.places("d.yaml", SOURCE + SINK + "schedule: {name: x}\n"), contains("5:11 TR101"));
  }

  @Test
  void ratesAndCountsAreInRange() {
    assertThat(
        files.places("a.yaml", SOURCE + SINK + "errors: {max_rate: 2, max_rows: -1}\n"),
        contains("5:20 TR106", "5:33 TR106"));
    assertThat(
        files.places("b.yaml", SOURCE + SINK + "errors: {max_rate: some, max_rows: 1.5, x: 1}\n"),
        contains("5:20 TR104", "5:36 TR104", "5:41 TR102"));
    assertThat(
        files.places("c.yaml", SOURCE + SINK + "errors: 5\nschedule: []\nargs: 1\n"),
        contains("5:9 TR104", "6:11 TR104", "7:7 TR104"));
  }

  @Test
  void aCityIsEnoughToFindATimeZone() {
    assertThat(
        files.messages("a.yaml", SOURCE + SINK + "timezone: berlin\n"),
        containsString("did you mean `Europe/Berlin`?"));
    assertThat(files.places("b.yaml", SOURCE + SINK + "timezone: [UTC]\n"), contains("5:11 TR120"));
  }

  @Test
  void profilesAreMergedBelowParameters() {
    files.write(
        "p.yaml",
        "shop: {host: db, port: 3307, database: shop, user: u, password: \"${env:P}\"}\n");
    files.set("P", "x").with(new Options(Map.of(), folder.resolve("p.yaml"), Map.of(), true));

    Loaded loaded = files.load("a.yaml", mysql("profile: shop, host: other, table: t"));

    assertThat(files.shown(loaded), is(""));
    assertThat(
        loaded.config().nodes().get(0).parameters(),
        is(new Database("other", 3307, "shop", "u", Secret.env("P"), "t", null, null)));
  }

  @Test
  void problemsWithValuesOfAProfileAreShownInItsFile() {
    files.write(
        ".connections.json",
        "{\"shop\": {\"host\": \"db\", \"database\": \"d\", \"user\": \"u\", \"password\":"
            + " \"${secret:p}\"}}");
    Loaded loaded = files.load("a.yaml", mysql("profile: shop, table: t"));

    loaded.config().nodes().get(0).problems().at("host").error(Code.TR210, "gone", null);
    loaded.config().nodes().get(0).problems().at("name").error(Code.TR211, "who", null);

    assertThat(
        files.shown(loaded),
        is(
            """
            .connections.json:1:19: error TR210: gone
                1 | {"shop": {"host": "db", "database": "d", "user": "u", "password": "${secret:p}"}}
                  |                   ^^^^
            a.yaml:2:10: error TR211: who
                2 | - {name: in, module: mysql, profile: shop, table: t}
                  |          ^^
            """));
  }

  @Test
  void mistakesInAProfileAreShownInItsFile() {
    files.write(
        ".connections.json",
        "{\"shop\": {\"hots\": \"db\", \"port\": 0, \"database\": \"d\", \"user\": \"u\","
            + " \"password\": \"${env:P}\"},\n \"bad\": 1}");
    files.set("P", "x");

    assertThat(
        files.places("a.yaml", mysql("profile: shop, table: t")),
        contains("1:11 TR102", "1:33 TR106"));
    assertThat(
        files.shown(files.load("a.yaml")),
        containsString(
            ".connections.json:1:11: error TR102: unknown key `hots` in profile `shop`"));
    assertThat(files.places("b.yaml", mysql("profile: bad, table: t")), contains("2:9 TR104"));
  }

  @Test
  void anUnknownProfileIsAWarningWithoutFileAndAnErrorWithItOrWhenItIsNeeded() {
    files.write("p.json", "{\"shop\": {}}");

    String without = files.messages("a.yaml", mysql("profile: shp, table: t, tabel: t"));
    files.with(new Options(Map.of(), null, Map.of(), true));
    String required = files.messages("a.yaml", mysql("profile: shp, table: t"));
    files.with(new Options(Map.of(), folder.resolve("p.json"), Map.of(), true));
    String with = files.messages("a.yaml", mysql("profile: shp, table: t"));

    assertThat(
        without,
        containsString(
            "a.yaml:2:38: warning TR115: unknown profile `shp`: there is no .connections.json"));
    assertThat(without, containsString("unknown key `tabel`"));
    assertThat(without, not(containsString("TR101")));
    assertThat(
        required,
        containsString(
            "a.yaml:2:38: error TR115: unknown profile `shp`: there is no .connections.json"));
    assertThat(
        with,
        is(
            """
            a.yaml:2:38: error TR115: unknown profile `shp`: it is not in p.json
                2 | - {name: in, module: mysql, profile: shp, table: t}
                  |                                      ^^^ did you mean `shop`?
            """));
  }

  @Test
  void aProfileFileThatWasNamedMustBeRight() {
    files.with(new Options(Map.of(), folder.resolve("none.json"), Map.of(), true));
    assertThat(
        files.messages("a.yaml", SOURCE + SINK), containsString("none.json:1:1: error TR001"));

    files
        .write("p.json", "[1]")
        .with(new Options(Map.of(), folder.resolve("p.json"), Map.of(), true));
    assertThat(files.messages("a.yaml", SOURCE + SINK), containsString("p.json:1:1: error TR104"));
  }

  @Test
  void queriesAreReadFromSqlFilesAndKeepTheirPlaces() {
    files.write("q.sql", "-- caf\u00e9 \uD83D\uDE00\nSELECT '${env:X:-y}', x\nFROM t\n");
    Loaded loaded =
        files.load(
            "a.yaml",
            mysql("host: h, database: d, user: u, password: \"${secret:p}\", query: q.sql"));

    assertThat(files.shown(loaded), is(""));
    Database parameters = (Database) loaded.config().nodes().get(0).parameters();
    String sql = parameters.query().text();
    assertThat(sql, is("-- caf\u00e9 \uD83D\uDE00\nSELECT 'y', x\nFROM t\n"));
    Problems place = loaded.config().nodes().get(0).problems().at("query");
    place.within(sql.indexOf(", x") + 2, 1).error(Code.TR217, "wrong", null);
    assertThat(
        files.shown(loaded),
        containsString(
            """
            q.sql:2:23: error TR217: wrong
                2 | SELECT '${env:X:-y}', x
                  |                       ^
            """));
  }

  @Test
  void aMissingSqlFileIsAnError() {
    assertThat(
        files.messages(
            "a.yaml",
            mysql("host: h, database: d, user: u, password: \"${secret:p}\", query: q.sql")),
        containsString("a.yaml:2:92: error TR116: the file `q.sql` does not exist"));
  }

  @Test
  void unquotedSqlThatAnCommentCutsOffIsAWarning() {
    assertThat(
        files.messages(
            "a.yaml",
            SOURCE
                + """
                transforms:
                - name: t
                  module: filter
                  input: in
                  where: a = 1 # kept, but SQL
                - name: s
                  module: select
                  input: t
                  columns:
                    a: a     # kept
                    b: f('x #y')
                """
                + SINK.replace("input: in", "input: s")),
        is(
            """
            a.yaml:7:16: warning TR010: the unquoted text ends here, because ` #` begins a comment
                7 |   where: a = 1 # kept, but SQL
                  |                ^ put the text in quotes or in a block (`|`), or the comment in a line of its\
             own
            a.yaml:13:13: warning TR010: the unquoted text ends here, because ` #` begins a comment
               13 |     b: f('x #y')
                  |             ^ put the text in quotes or in a block (`|`), or the comment in a line of its own
            """));
  }

  @Test
  void problemsOfNodesFindTheirPlaces() {
    Loaded loaded =
        files.load(
            "a.yaml",
            SOURCE
                + """
                sinks:
                - name: out
                  module: bigquery
                  input: "in"
                  parameters:
                    table: d.t
                    merge_keys: [id, "na${env:M:-m}e"]
                """);
    Problems problems = loaded.config().nodes().get(1).problems();

    problems.error(Code.TR201, "node", null);
    problems.at("name").error(Code.TR202, "name", null);
    problems.at("inputs").at(0).error(Code.TR203, "input", null);
    problems.at("table").onKey().error(Code.TR204, "key", null);
    problems.at("merge_keys").at(1).within(3, 1).error(Code.TR205, "offset", null);
    problems.at("merge_keys").at(1).within(2, 1).error(Code.TR206, "reference", null);
    problems.at("merge_keys").at(9).error(Code.TR207, "no such index", null);
    problems.at("labels").at("x").error(Code.TR208, "no such key", null);
    problems.at("table").replaceable(Severity.WARNING, Code.TR209, "what", "d.u");

    assertThat(
        loaded.diagnostics().all().stream()
            .map(d -> d.span() + "-" + d.span().endColumn() + " " + d.message())
            .map(text -> text.substring(text.indexOf("yaml:") + 5))
            .toList(),
        is(
            Arrays.asList(
                "4:9-12 node",
                "4:9-12 name",
                "4:9-12 no such key",
                "6:10-14 input",
                "8:5-10 key",
                "8:12-15 what",
                "9:17-39 no such index",
                "9:25-36 reference",
                "9:36-37 offset")));
    assertThat(problems.errors(), is(8));
  }

  @Test
  void valuesOfTheCommandLineTakeThePlaceOfTheFiles() {
    Map<String, String> sets =
        Map.of(
            "sinks.out.mode", "merge",
            "sinks.out.merge_keys", "id",
            "errors.max_rows", "5",
            "sources.in.parameters.header", "false");
    files.with(new Options(Map.of(), null, sets, true));

    PipelineConfig config =
        files
            .load(
                "a.yaml",
                "sources:\n- {name: in, module: files, parameters: {path: a}}\n"
                    + SINK.replace("table: d.t", "parameters: {table: d.t, mode: replace}"))
            .config();

    assertThat(((Files) config.nodes().get(0).parameters()).header(), is(false));
    assertThat(
        config.nodes().get(1).parameters(),
        is(new Table("d.t", WriteMode.MERGE, false, List.of("id"))));
    assertThat(config.errors(), is(new ErrorPolicy(1, 5)));
  }

  @Test
  void mistakesInValuesOfTheCommandLineAreShownThere() {
    assertThat(
        set("sinks.ouut.mode", "merge"),
        is(
            """
            --set:1:7: error TR126: there is no node `ouut`
                1 | sinks.ouut.mode=merge
                  |       ^^^^ did you mean `out`?
               valid here: out
            """));
    assertThat(set("sinks.out.mode", "apend"), containsString("--set:1:16: error TR105"));
    assertThat(set("sinks.out.moed", "x"), containsString("--set:1:11: error TR102"));
    assertThat(set("sinks.out", "x"), containsString("--set:1:7: error TR126"));
    assertThat(set("sinks.out.table.x", "x"), containsString("--set:1:17: error TR126"));
    assertThat(set("sinks..x", "x"), containsString("--set:1:7: error TR126"));
    assertThat(set("transforms.x.y", "x"), containsString("--set:1:1: error TR126"));
    assertThat(set("timezone", "Berlin"), containsString("--set:1:10: error TR120"));
  }

  @Test
  void eachWrongSettingIsShownInALineOfItsOwn() {
    Map<String, String> sets = Map.of("timezone", "Berlin", "sinks.out.mode", "apend");
    files.with(new Options(Map.of(), null, sets, true));

    String messages = files.messages("a.yaml", SOURCE + SINK);

    assertThat(messages, containsString("--set:1:16: error TR105"));
    assertThat(messages, containsString("    1 | sinks.out.mode=apend"));
    assertThat(messages, containsString("--set:2:10: error TR120"));
    assertThat(messages, containsString("    2 | timezone=Berlin"));
  }

  @Test
  void aConfigThatIsNotRightIsNotGiven() {
    assertThat(files.load("a.yaml", SOURCE + SINK + "x: 1\n").config(), is(nullValue()));
  }

  private String set(String path, String value) {
    files.with(new Options(Map.of(), null, Map.of(path, value), true));
    return files.messages("a.yaml", SOURCE + SINK);
  }

  private ErrorPolicy errors(String text) {
    return files.load("e.yaml", SOURCE + SINK + "errors: " + text + "\n").config().errors();
  }

  private static String mysql(String keys) {
    return "sources:\n- {name: in, module: mysql, " + keys + "}\n" + SINK;
  }
}
