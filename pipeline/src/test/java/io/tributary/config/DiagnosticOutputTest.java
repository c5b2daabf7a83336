package io.tributary.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.ConfigLoader.Loaded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticOutputTest {
  private static final String TEXT =
      "sources: [{name: in, module: files, path: a}]\n"
          + "sinks: [{name: out, module: bigquery, input: in, \"tabel\": d.t, mode: 50%,a}]\n"
          + "job_name: x\n";

  @TempDir Path folder;
  private ConfigFolder files;

  @BeforeEach
  void setUp() {
    files = new ConfigFolder(folder);
  }

  @Test
  void jsonHasTheShapeThatScriptsRelyOn() throws IOException {
    Loaded loaded = files.load("x.yaml", TEXT.replace(", mode: 50%,a", ""));

    String json = DiagnosticJson.of(List.of(loaded)).replace(folder + "/", "");

    assertThat(
        new ObjectMapper().readTree(json),
        is(
            new ObjectMapper()
                .readTree(
                    """
                    {"files": [{"file": "x.yaml", "diagnostics": [
                      {"code": "TR102", "severity": "error", "file": "x.yaml",
                       "line": 2, "column": 50, "endLine": 2, "endColumn": 57,
                       "message": "unknown key `tabel` in sink `out` (module bigquery)",
                       "fix": "did you mean `table`?",
                       "replacements": [{"line": 2, "column": 51, "endLine": 2, "endColumn": 56,
                                         "text": "table"}]},
                      {"code": "TR127", "severity": "warning", "file": "x.yaml",
                       "line": 3, "column": 1, "endLine": 3, "endColumn": 9,
                       "message": "`job_name` names a Dataflow job; this version runs locally and\
                     does not use it",
                       "fix": null, "replacements": []}]}],
                     "errors": 1, "warnings": 1}
                    """)));
  }

  @Test
  void githubGetsOneEscapedLineEach() {
    Loaded loaded = files.load("x,y.yaml", TEXT);

    assertThat(
        DiagnosticGithub.of(List.of(loaded)).replace(folder + "/", "").lines().toList(),
        is(
            List.of(
                "::error file=x%2Cy.yaml,line=2,endLine=2,col=50,endColumn=57,title=TR102::unknown"
                    + " key `tabel` in sink `out` (module bigquery); did you mean `table`?",
                "::error file=x%2Cy.yaml,line=2,endLine=2,col=70,endColumn=73,title=TR105::`50%25`"
                    + " is not allowed here; valid here: replace, append, merge",
                "::error file=x%2Cy.yaml,line=2,endLine=2,col=74,endColumn=75,title=TR102::unknown"
                    + " key `a` in sink `out` (module bigquery); remove it",
                "::warning"
                    + " file=x%2Cy.yaml,line=3,endLine=3,col=1,endColumn=9,title=TR127::`job_name`"
                    + " names a Dataflow job; this version runs locally and does not use it")));
  }

  @Test
  void textEndsWithASum() {
    Loaded loaded = files.load("x.yaml", TEXT);

    assertThat(
        new DiagnosticText(false).of(List.of(loaded)),
        containsString("\n3 errors, 1 warning in 1 file\n"));
  }

  @Test
  void coloursAreShownOnlyWhenAskedFor() {
    Diagnostics diagnostics = files.load("x.yaml", TEXT).diagnostics();

    assertThat(new DiagnosticText(false).of(diagnostics), not(containsString("\u001B")));
    assertThat(
        new DiagnosticText(true).of(diagnostics),
        containsString("\u001B[1;31merror TR102\u001B[0m"));
    assertThat(
        new DiagnosticText(true).of(diagnostics), containsString("\u001B[1;33m^^^^^^^^\u001B[0m"));
  }

  @Test
  void longLinesAreShownAroundTheSpan() {
    String text =
        "{\"sources\": [{\"name\": \"in\", \"module\": \"files\", \"path\": \""
            + "x".repeat(90)
            + "\"}], "
            + "\"sinkz\": 1, \"description\": \""
            + "y".repeat(90)
            + "\"}";

    assertThat(
        files.messages("x.json", text),
        containsString(
            "    1 | …"
                + "x".repeat(25)
                + "\"}], \"sinkz\": 1, \"description\": \""
                + "y".repeat(52)
                + "…\n"
                + "      |                                ^^^^^^^ did you mean `sinks`?\n"));
  }

  @Test
  void controlCharactersOfTheFileDoNotReachTheTerminal() {
    String messages =
        files.messages(
            "x.yaml",
            "sources: [{name: in, module: files, path: a, header: \"\\e[31m\\n\"}]\nsinks: []\n");

    assertThat(messages, containsString("expected true or false, found \"\uFFFD[31m\uFFFD\""));
  }

  @Test
  void aSpanOfMoreLinesIsUnderlinedInItsFirst() {
    assertThat(
        files.messages(
            "x.yaml", "sources: [{name: in, module: files, path: a}]\nsinks:\n  a: b  \n  c: d\n"),
        containsString(
            """
                3 |   a: b \s
                  |   ^^^^ write a list of maps
            """
                .stripTrailing()));
  }
}
