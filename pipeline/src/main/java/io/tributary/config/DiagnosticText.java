package io.tributary.config;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.spec.Severity;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Shows diagnostics to people: the place, the line with the span underlined, the fix beside it.
 * Lines longer than a screen are shown around the span. Immutable.
 */
public final class DiagnosticText {
  private static final int WIDTH = 110;
  private static final int WORDS = 12;
  private static final String RED = "\u001B[1;31m";
  private static final String YELLOW = "\u001B[1;33m";
  private static final String PLAIN = "\u001B[0m";

  private final boolean colour;

  /**
   * @param colour whether the text goes to a terminal that shows colours
   */
  public DiagnosticText(boolean colour) {
    this.colour = colour;
  }

  /** All diagnostics of some files, and a line that sums them up. */
  public String of(Collection<Loaded> files) {
    StringBuilder text = new StringBuilder();
    int errors = 0;
    int warnings = 0;
    for (Loaded file : files) {
      text.append(of(file.diagnostics()));
      errors += file.diagnostics().errors();
      warnings += file.diagnostics().warnings();
    }
    return text.append(count(errors, "error"))
        .append(", ")
        .append(count(warnings, "warning"))
        .append(" in ")
        .append(count(files.size(), "file"))
        .append('\n')
        .toString();
  }

  /** All diagnostics of one file, each ended by a line break. */
  public String of(Diagnostics diagnostics) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics.all()) {
      append(text, diagnostic, diagnostics.source(diagnostic.span().file()));
    }
    return text.toString();
  }

  private void append(StringBuilder text, Diagnostic diagnostic, @Nullable SourceText source) {
    text.append(diagnostic.span())
        .append(": ")
        .append(painted(diagnostic.severity(), diagnostic.severity() + " " + diagnostic.code()))
        .append(": ")
        .append(harmless(diagnostic.message()))
        .append('\n');
    if (source != null && source.length() > 0) {
      frame(text, diagnostic, source);
    } else if (diagnostic.fix() != null) {
      text.append("   ").append(harmless(diagnostic.fix())).append('\n');
    }
    if (!diagnostic.valid().isEmpty()) {
      boolean more = diagnostic.valid().size() > WORDS;
      text.append("   valid here: ")
          .append(
              String.join(", ", more ? diagnostic.valid().subList(0, WORDS) : diagnostic.valid()))
          .append(more ? " …" : "")
          .append('\n');
    }
  }

  private void frame(StringBuilder text, Diagnostic diagnostic, SourceText source) {
    Span span = diagnostic.span();
    int length = source.lineLength(span.line());
    int from = span.column() - 1;
    int first = length <= WIDTH ? 0 : Math.max(0, Math.min(from - 30, length - WIDTH));
    int last = Math.min(length, first + WIDTH);
    int[] line = source.shown(span.line(), first, last);
    int to =
        span.endLine() > span.line()
            ? first + endOfText(line)
            : Math.min(span.endColumn() - 1, last);
    String number = String.valueOf(span.line());
    text.append(" ".repeat(Math.max(0, 5 - number.length())))
        .append(number)
        .append(" | ")
        .append(first > 0 ? "…" : "");
    for (int codePoint : line) {
      text.appendCodePoint(Character.isISOControl(codePoint) ? ' ' : codePoint);
    }
    text.append(last < length ? "…" : "")
        .append('\n')
        .append("      | ")
        .append(" ".repeat(Math.max(0, from - first + (first > 0 ? 1 : 0))))
        .append(painted(diagnostic.severity(), "^".repeat(Math.max(1, to - from))));
    if (diagnostic.fix() != null) {
      text.append(' ').append(harmless(diagnostic.fix()));
    }
    text.append('\n');
  }

  /** Without characters that a terminal would obey: values of the file stand in messages. */
  private static String harmless(String text) {
    return text.replaceAll("\\p{Cntrl}", "�");
  }

  private static int endOfText(int[] line) {
    int end = line.length;
    while (end > 0 && Character.isWhitespace(line[end - 1])) {
      end--;
    }
    return end;
  }

  private String painted(Severity severity, String text) {
    return colour ? (severity == Severity.ERROR ? RED : YELLOW) + text + PLAIN : text;
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
