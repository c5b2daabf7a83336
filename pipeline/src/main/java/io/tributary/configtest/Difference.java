package io.tributary.configtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows by which what a node gave differs from what was expected, side by side.
 *
 * @param columns that were compared
 */
public record Difference(List<Heading> columns, List<Line> lines) {

  /**
   * A column.
   *
   * @param type empty for one that the node does not have
   */
  public record Heading(String name, String type) {}

  /** What is wrong with a row. */
  public enum Kind {
    MISSING,
    UNEXPECTED,
    CHANGED
  }

  /** A row; its cells stand below the columns. */
  public record Line(Kind kind, List<Cell> cells) {
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /**
   * One value.
   *
   * @param expected null for NULL, and in a row that was not expected
   * @param actual null for NULL, and in a row that is missing
   * @param compared false where an expected row does not say what the value is
   */
  public record Cell(@Nullable Object expected, @Nullable Object actual, boolean compared) {}

  public Difference {
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
  }

  public long count(Kind kind) {
    return lines.stream().filter(line -> line.kind() == kind).count();
  }
}
