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
import io.tributary.spec.Environment;
import io.tributary.spec.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
  private static final String SINK =
      "sinks: [{name: out, module: bigquery, input: in, table: d.t}]\n";

  @TempDir Path folder;
  private ConfigFolder files;

  @BeforeEach
  void setUp() {
    files = new ConfigFolder(folder);
  }

  @Test
  void variablesAndArgumentsAreReplacedInValues() {
    files.set("DIR", "/data").with(args(Map.of("day", "2024-05-06"), true));

    Loaded loaded =
        files.load(
            "a.yaml",
            """
            args: {day: 2024-01-01, kind: csv}
            sources:
            - name: in
              module: files
              path: ["${env:DIR}/${args.day}.${args.kind}", "$${env:DIR}", "${env:NO:-a b}", "$x{"]
              header: ${env:HEADER:-false}
            """
                + SINK);

    assertThat(files.shown(loaded), is(""));
    Files parameters = (Files) loaded.config().nodes().get(0).parameters();
    assertThat(parameters.path(), contains("/data/2024-05-06.csv", "${env:DIR}", "a b", "$x{"));
    assertThat(parameters.header(), is(false));
  }

  @Test
  void aVariableWithoutValueIsAWarningOrAnError() {
    String text =
        "args: {day: }\n"
            + "sources: [{name: in, module: files, path: \"x${env:NO}\", header:"
            + " \"${args.day}\"}]\n"
            + SINK;

    assertThat(
        files.messages("a.yaml", text),
        is(
            """
            a.yaml:2:45: warning TR113: environment variable `NO` is not set
                2 | sources: [{name: in, module: files, path: "x${env:NO}", header: "${args.day}"}]
                  |                                             ^^^^^^^^^ set it, add it to .env, or give a\
             default: `${env:NO:-…}`
            a.yaml:2:66: warning TR113: argument `day` has no value
                2 | sources: [{name: in, module: files, path: "x${env:NO}", header: "${args.day}"}]
                  |                                                                  ^^^^^^^^^^^ give it with\
             `--arg day=…`, or a default below `args`
            """));
    assertThat(files.load("a.yaml").config(), is(nullValue()));
    assertThat(files.with(args(Map.of(), true)).load("a.yaml").diagnostics().errors(), is(2));
  }

  @Test
  void theRestOfANodeWithAnUnknownValueIsChecked() {
    assertThat(
        files.places(
            "a.yaml",
            "sources: [{name: in, module: files, path: \"${env:NO}\", timeout: soon}]\n" + SINK),
        contains("1:44 TR113", "1:65 TR104"));
  }

  @Test
  void wrongFormsSayTheRightOne() {
    assertThat(
        files.messages(
            "a.yaml", "sources: [{name: in, module: files, path: \"${HOME}\"}]\n" + SINK),
        containsString("error TR008: `${HOME}` is not a reference"));
    assertThat(fixOf("${HOME}"), is("did you mean `${env:HOME}`?"));
    assertThat(fixOf("${env.HOME}"), is("did you mean `${env:HOME}`?"));
    assertThat(fixOf("${arg.day}"), is("did you mean `${args.day}`?"));
    assertThat(fixOf("${secrets:db}"), is("did you mean `${secret:db}`?"));
    assertThat(fixOf("${whatever}"), containsString("write `${env:NAME}`"));
    assertThat(fixOf("${env:X"), containsString("write `${env:NAME}`"));
  }

  @Test
  void anArgumentThatNobodyUsesIsAnError() {
    files.with(args(Map.of("dya", "1", "used", "2", "declared", "3"), false));

    assertThat(
        files.messages(
            "a.yaml",
            "args: {day: 1, declared: x}\n"
                + "sources: [{name: in, module: files, path: \"${args.used}\"}]\n"
                + SINK),
        is(
            """
            --arg:1:1: error TR126: the config has no argument `dya`
                1 | dya
                  | ^^^ did you mean `day`?
               valid here: day, declared, used
            """));
  }

  @Test
  void eachUnknownArgumentIsShownInALineOfItsOwn() {
    files.with(args(Map.of("dya", "1", "zone", "2"), false));

    assertThat(
        files.messages(
            "a.yaml",
            "args: {day: 1}\nsources: [{name: in, module: files, path: \"${args.day}\"}]\n" + SINK),
        is(
            """
            --arg:1:1: error TR126: the config has no argument `dya`
                1 | dya
                  | ^^^ did you mean `day`?
               valid here: day
            --arg:2:1: error TR126: the config has no argument `zone`
                2 | zone
                  | ^^^^ remove it, or use it as `${args.zone}`
               valid here: day
            """));
  }

  @Test
  void secretsStayReferences() {
    files.set("PASSWORD", "hunter2");

    assertThat(password("${secret:shop-db}"), is(Secret.named("shop-db")));
    assertThat(password("${env:PASSWORD}"), is(Secret.env("PASSWORD")));
    assertThat(password("${env:NO:-x}").kind(), is(Secret.Kind.MEMORY));
    assertThat(
        password("x${env:PASSWORD}").reveal(new Environment(Map.of(), folder)), is("xhunter2"));
  }

  @Test
  void aLiteralSecretIsAWarningThatDoesNotShowIt() {
    String messages = files.messages("a.yaml", mysql("hunter2"));

    assertThat(
        messages,
        is(
            """
            a.yaml:1:88: warning TR114: a secret stands in the file as text
                1 | sources: [{name: in, module: mysql, host: h, database: d, user: u, table: t,\
             password: *********}]
                  |                                                                             \
                       ^^^^^^^^^ write\
             `${secret:name}` or `${env:NAME}`, and keep the text elsewhere
            """));
    assertThat(
        files.load("a.yaml").config().nodes().get(0).parameters().toString(),
        not(containsString("hunter2")));
  }

  @Test
  void aSecretNeverShowsInAnyMessage() {
    assertThat(
        files.messages("a.yaml", mysql("hunter2").replace("password:", "pasword:")),
        not(containsString("hunter2")));
    assertThat(
        files.messages("b.yaml", mysql("hunter2").replace("module: mysql", "module: mysqll")),
        not(containsString("hunter2")));
    assertThat(
        files.messages("c.yaml", mysql("hunter2").replace("table: t", "table: t: u")),
        not(containsString("hunter2")));
    assertThat(
        files.messages("d.yaml", mysql("hunter2").replace("\"hunter2\"", "[hunter2, x]")),
        not(containsString("hunter2")));
  }

  @Test
  void aSecretStandsOnlyWhereOneIsExpected() {
    assertThat(
        files.places(
            "a.yaml", "sources: [{name: in, module: files, path: [a, \"${secret:x}\"]}]\n" + SINK),
        contains("1:47 TR008"));
    assertThat(files.places("b.yaml", mysql("x${secret:db}")), contains("1:88 TR008"));
  }

  @Test
  void anAnyFieldMayHoldASecretInside() {
    Loaded loaded =
        files.load(
            "a.yaml",
            "sources: [{name: in, module: files, path: a, rows: [{t: \"${secret:x}\", n: 1.10}]}]\n"
                + SINK);

    assertThat(loaded.diagnostics().all(), is(empty()));
    assertThat(
        ((Files) loaded.config().nodes().get(0).parameters()).rows(),
        is(List.of(Map.of("t", Secret.named("x"), "n", 1.1))));
  }

  private Secret password(String text) {
    Loaded loaded = files.load("p.yaml", mysql(text));
    return ((Database) loaded.config().nodes().get(0).parameters()).password();
  }

  private static String mysql(String password) {
    return "sources: [{name: in, module: mysql, host: h, database: d, user: u, table: t, password:"
        + " \""
        + password
        + "\"}]\n"
        + SINK;
  }

  private String fixOf(String reference) {
    return files
        .load(
            "f.yaml", "sources: [{name: in, module: files, path: \"" + reference + "\"}]\n" + SINK)
        .diagnostics()
        .all()
        .get(0)
        .fix();
  }

  private static Options args(Map<String, String> args, boolean required) {
    return new Options(args, null, Map.of(), required);
  }
}
