package io.tributary.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntaxTest {
  @TempDir Path folder;
  private ConfigFolder files;

  @BeforeEach
  void setUp() {
    files = new ConfigFolder(folder);
  }

  @Test
  void anUnquotedReferenceInAFlowMapIsNamed() {
    assertThat(
        files.messages("a.yaml", "sources:\n- {name: a, path: ${env:X}, module: files}\n"),
        is(
            """
            a.yaml:2:19: error TR009: in a `{…}` or `[…]` of YAML, a `${…}` must stand in quotes
                2 | - {name: a, path: ${env:X}, module: files}
                  |                   ^^^^^^^^ put the whole value in double quotes
            """));
    assertThat(files.places("b.yaml", "sources: [a${env:X}b]\n"), contains("1:12 TR009"));
    assertThat(files.places("c.json", "{\"sources\": ${env:X}}"), contains("1:13 TR009"));
  }

  @Test
  void aCommentThatCutsSqlOffIsNamed() {
    assertThat(
        files.messages("a.yaml", "sources:\n- query: SELECT a # all\n    FROM t\n"),
        is(
            """
            a.yaml:2:19: error TR010: the unquoted text ends here, because ` #` begins a comment,\
             but the next line goes on
                2 | - query: SELECT a # all
                  |                   ^ write the text as a block (`|`) or in quotes
            """));
  }

  @Test
  void anUnquotedPatternThatBeginsWithAStarIsNamed() {
    assertThat(
        files.messages("a.yaml", "sources:\n- path: *.csv\n"),
        is(
            """
            a.yaml:2:9: error TR002: an unquoted text cannot begin with `*`, which stands for an alias
                2 | - path: *.csv
                  |         ^ put the text in quotes
            """));
    assertThat(files.places("b.yaml", "sources: [{path: **/*.csv}]\n"), contains("1:18 TR002"));
  }

  @Test
  void aTabIsNamed() {
    assertThat(
        files.messages("a.yaml", "sources:\n\t- name: a\n"),
        is(
            """
            a.yaml:2:1: error TR011: YAML does not allow tabs for indentation
                2 |  - name: a
                  | ^ indent with spaces
            """));
  }

  @Test
  void jsonMayBeIndentedWithTabs() {
    assertThat(
        files.places("a.json", "{\n\t\"sources\": [\n\t\t1],\n\t\"sinks\": [\"\\t\"]}"),
        contains("3:3 TR104", "4:12 TR104"));
  }

  @Test
  void commentsAndTrailingCommasOfJsonAreAllReported() {
    assertThat(
        files.places("a.json", "{ // c\n \"sources\": [1, 2,], /* x\n */ \"sinks\": [],\n # y\n}"),
        contains("1:3 TR007", "2:18 TR007", "2:22 TR007", "3:16 TR007", "4:2 TR007"));
  }

  @Test
  void jsonIsNothingButJson() {
    assertThat(files.places("a.json", "sources: []\n"), contains("1:1 TR002"));
    assertThat(files.places("b.json", "{'sources': []}"), contains("1:2 TR002"));
    assertThat(files.places("c.json", "{\"sources\": [tru]}"), contains("1:14 TR002"));
    assertThat(files.places("d.json", "{\"sources\": [01]}"), contains("1:14 TR002"));
    assertThat(files.places("e.json", "{\"a\": 1 \"b\": 2}"), contains("1:9 TR002"));
    assertThat(files.places("f.json", "{\"a\": \"x\ny\"}"), contains("1:7 TR002"));
    assertThat(files.places("g.json", "{\"a\": 1} x"), contains("1:10 TR002"));
    assertThat(files.places("h.json", "{\"a\": [1, 2}"), contains("1:12 TR002"));
    assertThat(files.places("i.json", "{\"a\": \"\\q\"}"), contains("1:8 TR002"));
    assertThat(files.places("j.json", "{\"a\" 1}"), contains("1:6 TR002"));
    assertThat(files.places("k.json", "{\"a\": "), contains("1:7 TR002"));
  }

  @Test
  void anUnclosedBracketSaysWhereItWasOpened() {
    assertThat(
        files.messages("a.json", "{\"sources\": [\n  {\"name\": \"a\"\n]}\n"),
        is(
            """
            a.json:3:1: error TR002: expected `,` or `}`
                3 | ]}
                  | ^ the `{` in line 2 is still open
            """));
    assertThat(
        files.messages("b.yaml", "sources: [a, b\nsinks: []\n"),
        is(
            """
            b.yaml:2:6: error TR002: expected `,` or `]`
                2 | sinks: []
                  |      ^ the `[` in line 1 is still open
            """));
  }

  @Test
  void yamlMistakesAreSaidInPlainWords() {
    assertThat(
        files.messages("a.yaml", "sources: \"abc\n"),
        containsString("a.yaml:1:10: error TR002: the quoted text that begins here is not closed"));
    assertThat(
        files.messages("b.yaml", "a: b: c\n"),
        containsString("b.yaml:1:5: error TR002: a `:` is not allowed here"));
    assertThat(
        files.messages("c.yaml", "a: @b\n"),
        containsString("c.yaml:1:4: error TR002: an unquoted text cannot begin with `@`"));
    assertThat(
        files.messages("d.yaml", "a: \"\\q\"\n"),
        containsString("error TR002: `\\q` is no escape in double quotes"));
    assertThat(
        files.messages("e.yaml", "a: 1\nb\nc: 2\n"),
        containsString("e.yaml:2:1: error TR002: this line is neither `key: value`"));
    assertThat(
        files.messages("f.yaml", "a:\n  b: 1\n c: 2\n"),
        containsString("f.yaml:3:2: error TR002: this does not fit the lines above"));
    assertThat(
        files.messages("g.yaml", "a: {b: "),
        containsString("expected a value, but the file ends here"));
    assertThat(
        files.messages("h.yaml", "a: x\u0007y\n"),
        containsString("h.yaml:1:5: error TR002: a control character (U+0007) stands in the text"));
    assertThat(
        files.messages("i.yaml", "a: *b\n"),
        containsString("i.yaml:1:4: error TR002: alias `*b` names no value"));
  }

  @Test
  void duplicateKeysAreAllReported() {
    assertThat(
        files.messages("a.yaml", "sources: []\nsources: []\nsinks: []\nsinks: 1\n"),
        containsString(
            """
            a.yaml:2:1: error TR003: key `sources` occurs twice; it stands in line 1 already
                2 | sources: []
                  | ^^^^^^^ remove one of the two
            """));
    assertThat(
        files.places("b.json", "{\"sources\": [], \"sinks\": [], \"sinks\": 1, \"sources\": 2}"),
        contains("1:2 TR101", "1:17 TR101", "1:30 TR003", "1:42 TR003"));
  }

  @Test
  void mergeKeysAreRefusedWithoutFollowUps() {
    assertThat(
        files.places(
            "a.yaml",
            """
            sources:
            - &a {name: a, module: files, path: x}
            - <<: *a
              name: b
            sinks:
            - {name: c, module: bigquery, input: a, table: d.t}
            - {name: d, module: bigquery, input: b, table: d.u}
            """),
        contains("3:3 TR006"));
  }

  @Test
  void aliasesStandForWhatTheyName() {
    assertThat(
        files.places(
            "a.yaml",
            """
            sources:
            - {name: a, module: files, path: &p [x, y]}
            - {name: b, module: files, path: *p}
            sinks:
            - {name: c, module: bigquery, input: a, table: d.t}
            - {name: d, module: bigquery, input: b, table: d.u}
            """),
        is(List.of()));
  }

  @Test
  void limitsOfTheParserHold() {
    String nested = "a: " + "[".repeat(100) + "]".repeat(100) + "\n";
    String aliases = "a: &a 1\nb: [" + "*a, ".repeat(101) + "*a]\n";
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
    }

    assertThat(files.places("a.yaml", nested), contains("1:67 TR005"));
    assertThat(
        files.places("a.json", "{\"a\": " + "[".repeat(100) + "]".repeat(100) + "}"),
        contains("1:70 TR005"));
    assertThat(files.places("b.yaml", aliases), contains("2:405 TR005"));
    assertThat(files.places("c.yaml", bomb.toString()), contains("5:9 TR005"));
    assertThat(
        files.write("d.yaml", new byte[6 * 1024 * 1024]).load("d.yaml").diagnostics().errors(),
        is(1));
  }

  @Test
  void otherEncodingsAreNamed() {
    files.write("a.yaml", "sources: []\n".getBytes(StandardCharsets.UTF_16));
    files.write("b.yaml", "sources: []\n".getBytes(StandardCharsets.UTF_16LE));
    files.write("c.yaml", "sources: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(
        files.shown(files.load("a.yaml")),
        is(
            """
            a.yaml:1:1: error TR004: the file is encoded as UTF-16 (big-endian)
               save it as UTF-8
            """));
    assertThat(
        files.shown(files.load("b.yaml")), containsString("encoded as UTF-16 (little-endian)"));
    assertThat(
        files.shown(files.load("c.yaml")),
        containsString("c.yaml:1:10: error TR004: the bytes here are not UTF-8"));
  }

  @Test
  void aByteOrderMarkAndCarriageReturnsDoNotMovePlaces() {
    assertThat(
        files.places("a.yaml", "\uFEFFsourcez: []\r\nsinks: []\r\nnoam: x\r\n"),
        contains("1:1 TR102", "2:1 TR101", "3:1 TR102"));
  }

  @Test
  void columnsCountCodePoints() {
    assertThat(
        files.messages("a.json", "{\"sources\": [\"\uD83D\uDE00\uD83D\uDE00\", 1], \"sinks\": []}"),
        containsString("a.json:1:20: error TR104"));
  }

  @Test
  void moreDocumentsAreAnError() {
    assertThat(
        files.places("a.yaml", "---\nsources: []\nsinks: []\n---\nx: 1\n"),
        contains("2:1 TR101", "3:1 TR101", "4:1 TR012"));
  }

  @Test
  void whatIsNoConfigSaysSo() {
    assertThat(files.places("a.yaml", ""), contains("1:1 TR013"));
    assertThat(files.places("b.yaml", "- sources\n"), contains("1:1 TR013"));
    assertThat(files.places("c.json", "{\"hello\": 1}"), contains("1:1 TR013"));
    assertThat(files.load("c.json").isConfig(), is(false));
    assertThat(files.load("d.yaml", "sources: [\n").isConfig(), is(true));
    assertThat(files.load("e.yaml", "a: [\n").isConfig(), is(false));
  }

  @Test
  void aMissingFileSaysSo() {
    assertThat(
        files.shown(files.load("none.yaml")),
        is("none.yaml:1:1: error TR001: the file does not exist\n   check the path\n"));
  }
}
