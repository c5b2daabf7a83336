package io.tributary.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows in aligned columns, with a heading. Not thread-safe. */
final class TextTable {
  private static final String GAP = "  ";

  /** Where a cell stands in its column. */
  enum Align {
    LEFT,
    RIGHT
  }

  private final List<String> headings = new ArrayList<>();
  private final List<Align> alignments = new ArrayList<>();
  private final List<Line> rows = new ArrayList<>();

  private record Line(List<String> cells, UnaryOperator<String> paint) {}

  TextTable left(String heading) {
    return column(heading, Align.LEFT);
  }

  TextTable right(String heading) {
    return column(heading, Align.RIGHT);
  }

  TextTable column(String heading, Align align) {
    headings.add(heading);
    alignments.add(align);
    return this;
  }

  /** Adds a row; one cell for each column. */
  void add(List<String> cells) {
    add(cells, UnaryOperator.identity());
  }

  /**
   * As {@link #add(List)}.
   *
   * @param paint what makes the finished line coloured
   */
  void add(List<String> cells, UnaryOperator<String> paint) {
    if (cells.size() != headings.size()) {
      throw new IllegalStateException(cells.size() + " cells for columns " + headings);
    }
    rows.add(new Line(List.copyOf(cells), paint));
  }

  void add(String... cells) {
    add(List.of(cells));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * @param indent before each line
   */
  void print(PrintWriter to, Style style, String indent) {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(headings.get(i));
      for (Line row : rows) {
        widths[i] = Math.max(widths[i], width(row.cells().get(i)));
      }
    }
    to.println(indent + style.strong(line(headings, widths)));
    for (Line row : rows) {
      to.println(indent + row.paint().apply(line(row.cells(), widths)));
    }
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - width(cells.get(i)));
      line.append(i == 0 ? "" : GAP);
      line.append(
          alignments.get(i) == Align.LEFT ? cells.get(i) + padding : padding + cells.get(i));
    }
    return line.toString().stripTrailing();
  }

  /** Code points, which is what most terminals give one place each. */
  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
