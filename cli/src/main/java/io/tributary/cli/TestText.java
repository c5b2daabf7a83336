package io.tributary.cli;

import io.tributary.config.DiagnosticText;
import io.tributary.config.FlowText;
import io.tributary.configtest.Difference;
import io.tributary.configtest.Difference.Cell;
import io.tributary.configtest.Difference.Heading;
import io.tributary.configtest.Difference.Kind;
import io.tributary.configtest.Difference.Line;
import io.tributary.configtest.FileResult;
import io.tributary.configtest.TestResult;
import io.tributary.configtest.TestResult.Failure;
import io.tributary.configtest.TestResult.Status;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows how tests ended, and by which rows those that failed differ from what was expected. */
final class TestText {
  private static final int MOST_LINES = 50;
  private static final int SAME = 40;
  private static final int CHANGED = 120;

  private final PrintWriter out;
  private final Style style;

  TestText(Console console) {
    this.out = console.out();
    this.style = console.outStyle();
  }

  void print(List<FileResult> files) {
    for (FileResult file : files) {
      out.println(style.strong(file.file()));
      if (file.loaded().diagnostics().errors() > 0) {
        out.print(
            new DiagnosticText(style.coloured()).of(file.loaded().diagnostics().onlyErrors()));
      }
      file.tests().forEach(this::print);
    }
    out.println(summary(files));
    out.flush();
  }

  private void print(TestResult test) {
    String mark =
        switch (test.status()) {
          case PASSED -> style.good("passed");
          case FAILED -> style.bad("FAILED");
          case BROKEN -> style.bad("BROKEN");
        };
    out.println("  " + mark + "  " + test.name());
    for (Failure failure : test.failures()) {
      out.println(
          "    "
              + failure.place()
              + ": "
              + style.strong(failure.node())
              + ": "
              + failure.message());
      Difference difference = failure.difference();
      if (difference != null) {
        print(difference);
      }
    }
    out.print(new DiagnosticText(style.coloured()).of(test.diagnostics()));
  }

  private void print(Difference difference) {
    TextTable table = new TextTable().left(" ");
    for (Heading column : difference.columns()) {
      table.left(column.type().isEmpty() ? column.name() : column.name() + ":" + column.type());
    }
    for (Line line : difference.lines().stream().limit(MOST_LINES).toList()) {
      List<String> cells = new ArrayList<>();
      cells.add(
          switch (line.kind()) {
            case MISSING -> "-";
            case UNEXPECTED -> "+";
            case CHANGED -> "~";
          });
      line.cells().forEach(cell -> cells.add(text(line.kind(), cell)));
      table.add(
          cells,
          text ->
              switch (line.kind()) {
                case MISSING -> style.bad(text);
                case UNEXPECTED -> style.good(text);
                case CHANGED -> style.doubtful(text);
              });
    }
    table.print(out, style, "      ");
    int more = difference.lines().size() - MOST_LINES;
    if (more > 0) {
      out.println("      and " + Numbers.count(more, "row", "rows") + " more");
    }
  }

  private static String text(Kind kind, Cell cell) {
    if (!cell.compared()) {
      return "";
    }
    return switch (kind) {
      case MISSING -> shortened(written(cell.expected()), 0, SAME);
      case UNEXPECTED -> shortened(written(cell.actual()), 0, SAME);
      case CHANGED -> changed(written(cell.expected()), written(cell.actual()));
    };
  }

  private static String changed(String expected, String actual) {
    if (expected.equals(actual)) {
      return shortened(actual, 0, SAME);
    }
    int same = 0;
    while (same < Math.min(expected.length(), actual.length())
        && expected.charAt(same) == actual.charAt(same)) {
      same++;
    }
    int from = same > CHANGED / 2 ? same - SAME / 2 : 0;
    return shortened(expected, from, CHANGED) + " → " + shortened(actual, from, CHANGED);
  }

  /** As in a config, so that text is told from numbers. */
  private static String written(@Nullable Object value) {
    return FlowText.YAML.of(value);
  }

  private static String shortened(String text, int from, int most) {
    String rest = text.substring(Math.min(from, text.length()));
    String cut =
        rest.codePointCount(0, rest.length()) <= most
            ? rest
            : rest.substring(0, rest.offsetByCodePoints(0, most - 1)) + "…";
    return from > 0 ? "…" + cut : cut;
  }

  private static String summary(List<FileResult> files) {
    long tests = files.stream().mapToLong(file -> file.tests().size()).sum();
    long wrong = files.stream().filter(file -> file.loaded().diagnostics().errors() > 0).count();
    StringBuilder text = new StringBuilder(Numbers.count(tests, "test", "tests"));
    text.append(", ").append(Numbers.count(count(files, Status.PASSED))).append(" passed");
    text.append(", ").append(Numbers.count(count(files, Status.FAILED))).append(" failed");
    long broken = count(files, Status.BROKEN);
    if (broken > 0) {
      text.append(", ").append(Numbers.count(broken)).append(" broken");
    }
    if (wrong > 0) {
      text.append("; ").append(Numbers.count(wrong, "config", "configs")).append(" with errors");
    }
    return text.toString();
  }

  private static long count(List<FileResult> files, Status status) {
    return files.stream().mapToLong(file -> file.count(status)).sum();
  }
}
