package io.tributary.config;

import io.tributary.spec.Code;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a text is JSON (RFC 8259), so that a {@code .json} file holds nothing but that,
 * though YAML's parser reads it. Comments and trailing commas are reported all; any other mistake
 * ends the check.
 */
final class JsonSyntax {
  private static final Pattern LITERAL =
      Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final SourceText source;
  private final int depth;
  private final Reporter reporter;
  private final Deque<Integer> open = new ArrayDeque<>();
  private int position;
  private boolean right = true;

  private JsonSyntax(SourceText source, int depth, Reporter reporter) {
    this.source = source;
    this.depth = depth;
    this.reporter = reporter;
  }

  /** Whether a text is JSON; else the reasons were reported. */
  static boolean check(SourceText source, int depth, Reporter reporter) {
    JsonSyntax syntax = new JsonSyntax(source, depth, reporter);
    syntax.blanks();
    return syntax.position == source.length() || syntax.run();
  }

  /**
   * The text with spaces for tabs outside of texts: JSON may be indented with tabs, YAML may not.
   */
  static String withoutTabs(SourceText source) {
    StringBuilder text = new StringBuilder(source.text().length());
    boolean quoted = false;
    for (int i = 0; i < source.length(); i++) {
      int c = source.at(i);
      if (quoted && c == '\\') {
        text.appendCodePoint(c);
        i++;
        c = source.at(i);
      } else if (c == '"') {
        quoted = !quoted;
      }
      text.appendCodePoint(c == '\t' && !quoted ? ' ' : c);
    }
    return text.toString();
  }

  private boolean run() {
    boolean going = value();
    while (going && !open.isEmpty()) {
      blanks();
      int c = source.at(position);
      int close = source.at(open.peek()) == '{' ? '}' : ']';
      if (c == close) {
        position++;
        open.pop();
      } else if (c == ',') {
        int comma = position++;
        blanks();
        if (source.at(position) == close) {
          right = false;
          reporter.error(
              Code.TR007,
              new Extent(source, comma, comma + 1),
              "JSON does not allow a comma before `" + (char) close + "`",
              "remove the comma");
        } else {
          going = close == '}' ? member() : value();
        }
      } else {
        going = refuse("expected `,` or `" + (char) close + "`", hint());
      }
    }
    blanks();
    if (going && position < source.length()) {
      going = refuse("there is more text after the end of the JSON value", "remove it");
    }
    return going && right;
  }

  /** Reads a value, or opens a map or list together with what comes first in it. */
  private boolean value() {
    blanks();
    int c = source.at(position);
    if (c == '"') {
      return text();
    }
    if (c != '{' && c != '[') {
      return literal();
    }
    if (open.size() == depth) {
      reporter.error(
          Code.TR005,
          new Extent(source, position, position + 1),
          "maps and lists are nested deeper than " + depth,
          "this is the parser's limit; write the config simpler");
      return false;
    }
    open.push(position++);
    blanks();
    int close = c == '{' ? '}' : ']';
    if (source.at(position) == close) {
      return true;
    }
    return c == '{' ? member() : value();
  }

  private boolean member() {
    blanks();
    if (source.at(position) != '"') {
      return refuse("expected a key in double quotes", "write keys as \"key\"");
    }
    if (!text()) {
      return false;
    }
    blanks();
    if (source.at(position) != ':') {
      return refuse("expected `:` after the key", null);
    }
    position++;
    return value();
  }

  private boolean text() {
    int start = position++;
    while (source.at(position) != '"') {
      int c = source.at(position);
      if (c < 0 || c == '\n' || c == '\r') {
        reporter.error(
            Code.TR002,
            new Extent(source, start, position),
            "the text that begins here is not closed in its line",
            "close it with `\"`; write line breaks as \\n");
        return false;
      }
      if (c == '\\' && "\"\\/bfnrtu".indexOf(source.at(position + 1)) < 0) {
        return refuse("wrong escape in a text", "write a backslash as \\\\");
      }
      position += c == '\\' ? 2 : 1;
    }
    position++;
    return true;
  }

  private boolean literal() {
    int end = position;
    while (source.at(end) >= 0 && " \t\r\n,:{}[]\"".indexOf(source.at(end)) < 0) {
      end++;
    }
    String word = source.slice(position, end);
    if (LITERAL.matcher(word).matches()) {
      position = end;
      return true;
    }
    if (end == position) {
      return refuse("expected a value", open.isEmpty() ? "a config in JSON begins with `{`" : null);
    }
    boolean reference = word.equals("$") && source.at(end) == '{';
    while (reference
        && source.at(end - 1) != '}'
        && source.at(end) >= 0
        && source.at(end) != '\n') {
      end++;
    }
    reporter.error(
        reference ? Code.TR009 : Code.TR002,
        new Extent(source, position, end),
        reference
            ? "`${…}` must stand in double quotes"
            : "`" + word + "` is neither a number, true, false or null nor text in double quotes",
        "put it in double quotes");
    return false;
  }

  /** Passes over blanks, and over comments after reporting them. */
  private void blanks() {
    while (true) {
      int c = source.at(position);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        position++;
      } else if (c == '#'
          || c == '/' && (source.at(position + 1) == '/' || source.at(position + 1) == '*')) {
        comment(c == '/' && source.at(position + 1) == '*');
      } else {
        return;
      }
    }
  }

  private void comment(boolean block) {
    int start = position;
    while (source.at(position) >= 0
        && (block
            ? !(source.at(position) == '*'
                && source.at(position + 1) == '/'
                && position > start + 1)
            : source.at(position) != '\n' && source.at(position) != '\r')) {
      position++;
    }
    position = Math.min(source.length(), block ? position + 2 : position);
    right = false;
    reporter.error(
        Code.TR007,
        new Extent(source, start, position),
        "JSON does not allow comments",
        "use the key `description`, or write the config in YAML (.yaml)");
  }

  private @Nullable String hint() {
    int opened = open.peek();
    return "the `"
        + (char) source.at(opened)
        + "` in line "
        + source.span(opened, opened).line()
        + " is still open";
  }

  private boolean refuse(String message, @Nullable String fix) {
    boolean over = position >= source.length();
    reporter.error(
        Code.TR002,
        new Extent(source, position, position + 1),
        message + (over ? ", but the file ends here" : ""),
        fix);
    return false;
  }
}
