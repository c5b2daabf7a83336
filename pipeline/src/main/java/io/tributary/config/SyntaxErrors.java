package io.tributary.config;

import io.tributary.spec.Code;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Says in plain words what the YAML parser stumbled over. */
final class SyntaxErrors {
  private static final Pattern ESCAPE = Pattern.compile("unknown escape character (.)");

  private final SourceText source;
  private final Reporter reporter;

  private SyntaxErrors(SourceText source, Reporter reporter) {
    this.source = source;
    this.reporter = reporter;
  }

  /** Whether all characters may stand in a document; else the first one was reported. */
  static boolean onlyPrintable(SourceText source, Reporter reporter) {
    for (int i = 0; i < source.length(); i++) {
      if (!StreamReader.isPrintable(source.at(i))) {
        reporter.error(
            Code.TR002,
            new Extent(source, i, i + 1),
            "a control character (U+%04X) stands in the text".formatted(source.at(i)),
            "remove it; in quotes it can be written as an escape");
        return false;
      }
    }
    return true;
  }

  static void report(YamlEngineException e, SourceText source, Reporter reporter) {
    new SyntaxErrors(source, reporter).explain(e);
  }

  private void explain(YamlEngineException e) {
    if (!(e instanceof MarkedYamlEngineException marked)) {
      add(Code.TR002, 0, "this is not valid YAML: " + firstLine(e.getMessage()), null);
      return;
    }
    int at = marked.getProblemMark().or(marked::getContextMark).map(Mark::getIndex).orElse(0);
    int from = marked.getContextMark().map(Mark::getIndex).orElse(at);
    String problem = String.valueOf(marked.getProblem());
    String context = String.valueOf(marked.getContext());
    if (!trap(at, problem)) {
      plain(at, from, problem, context);
    }
  }

  /** The mistakes that YAML makes easy. */
  private boolean trap(int at, String problem) {
    if (source.at(at) == '{' && source.at(at - 1) == '$') {
      int close = at;
      while (source.at(close) >= 0 && source.at(close) != '}' && source.at(close) != '\n') {
        close++;
      }
      reporter.error(
          Code.TR009,
          new Extent(source, at - 1, Math.min(close + 1, source.length())),
          "in a `{…}` or `[…]` of YAML, a `${…}` must stand in quotes",
          "put the whole value in double quotes");
      return true;
    }
    if (problem.contains("\\t(TAB)") || source.at(at) == '\t') {
      int end = at;
      while (source.at(end) == '\t') {
        end++;
      }
      reporter.error(
          Code.TR011,
          new Extent(source, at, end),
          "YAML does not allow tabs for indentation",
          "indent with spaces");
      return true;
    }
    int comment = commentBefore(at);
    if (comment >= 0 && (problem.startsWith("expected <block end>") || problem.contains("':'"))) {
      reporter.error(
          Code.TR010,
          new Extent(source, comment, comment + 1),
          "the unquoted text ends here, because ` #` begins a comment, but the next line goes on",
          "write the text as a block (`|`) or in quotes");
      return true;
    }
    return false;
  }

  private void plain(int at, int from, String problem, String context) {
    Matcher escape = ESCAPE.matcher(problem);
    if (problem.startsWith("mapping values are not allowed")) {
      add(
          Code.TR002,
          at,
          "a `:` is not allowed here",
          "indent the line like the keys beside it, or put a text that contains `: ` in quotes");
    } else if (problem.startsWith("found unexpected end of stream")) {
      add(Code.TR002, from, "the quoted text that begins here is not closed", "close the quotes");
    } else if (problem.startsWith("expected ',' or")) {
      char close = problem.charAt(problem.indexOf("or '") + 4);
      add(
          Code.TR002,
          at,
          "expected `,` or `" + close + "`" + atEnd(at),
          "the `" + (close == '}' ? '{' : '[') + "` in line " + line(from) + " is still open");
    } else if (context.equals("while scanning an alias")) {
      add(
          Code.TR002,
          star(at),
          "an unquoted text cannot begin with `*`, which stands for an alias",
          "put the text in quotes");
    } else if (problem.contains("cannot start any token")) {
      add(
          Code.TR002,
          at,
          "an unquoted text cannot begin with `" + Character.toString(source.at(at)) + "`",
          "put the text in quotes");
    } else if (escape.find()) {
      add(
          Code.TR002,
          at,
          "`\\" + escape.group(1) + "` is no escape in double quotes",
          "write a backslash as `\\\\`, or use single quotes");
    } else if (problem.contains("could not find expected ':'")) {
      add(
          Code.TR002,
          from,
          "this line is neither `key: value` nor the continuation of a text",
          "add the `:`, or indent it if it belongs to the text above");
    } else if (problem.startsWith("expected <block end>")) {
      add(
          Code.TR002,
          at,
          "this does not fit the lines above",
          "check the indentation, and that texts are closed and quoted");
    } else if (problem.startsWith("expected the node content")) {
      add(
          Code.TR002,
          at,
          "expected a value" + atEnd(at),
          "the value in line " + line(from) + " is not complete");
    } else {
      add(
          Code.TR002,
          at,
          firstLine(context.equals("null") ? problem : problem + " " + context),
          null);
    }
  }

  /** The first of the {@code *} at and directly before a place. */
  private int star(int at) {
    int i = at;
    while (source.at(i - 1) == '*') {
      i--;
    }
    return i;
  }

  /** Where a comment cuts the line before a place off after a text; -1 if none does. */
  private int commentBefore(int at) {
    int lineStart = at;
    while (lineStart > 0 && source.at(lineStart - 1) != '\n') {
      lineStart--;
    }
    int i = lineStart - 2;
    int hash = -1;
    while (i > 0 && source.at(i) != '\n') {
      if (source.at(i) == '#' && (source.at(i - 1) == ' ' || source.at(i - 1) == '\t')) {
        hash = i;
      }
      i--;
    }
    return hash > 0 && !source.slice(i + 1, hash).isBlank() && indent(lineStart) > indent(i + 1)
        ? hash
        : -1;
  }

  private int indent(int lineStart) {
    int i = lineStart;
    while (source.at(i) == ' ') {
      i++;
    }
    return i - lineStart;
  }

  private int line(int index) {
    return source.span(index, index).line();
  }

  private String atEnd(int at) {
    return at >= source.length() ? ", but the file ends here" : "";
  }

  private void add(Code code, int at, String message, @Nullable String fix) {
    boolean visible = source.at(at) >= 0 && !Character.isWhitespace(source.at(at));
    reporter.error(code, new Extent(source, at, visible ? at + 1 : at), message, fix);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
