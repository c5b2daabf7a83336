package io.tributary.config;

import io.tributary.config.Node.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds for each character of a scalar's value where it stands in the file, by reading the written
 * form again: quotes, escapes, folded lines and block scalars. The value itself is the parser's; if
 * the two should ever differ, the whole scalar is the place of each character.
 */
final class ScalarLayout {
  private final SourceText source;
  private final MappedText.Builder out;
  private final int end;

  private ScalarLayout(Scalar scalar) {
    this.source = scalar.extent().source();
    this.out = new MappedText.Builder(source);
    this.end = scalar.isBlock() ? withBlankLines(scalar.extent().end()) : scalar.inner().end();
  }

  /** The extent of a block scalar ends with its last text; its value may go on. */
  private int withBlankLines(int from) {
    int i = from;
    while (source.at(i) == ' ' || source.at(i) == '\t' || isBreak(source.at(i))) {
      i++;
    }
    return i;
  }

  static MappedText of(Scalar scalar) {
    ScalarLayout layout = new ScalarLayout(scalar);
    int start = scalar.inner().start();
    switch (scalar.style()) {
      case DOUBLE_QUOTED -> layout.flow(start, '"');
      case SINGLE_QUOTED -> layout.flow(start, '\'');
      case LITERAL -> layout.literal(layout.lines(start, scalar.text()));
      case FOLDED -> layout.folded(layout.lines(start, scalar.text()));
      default -> layout.flow(start, 0);
    }
    MappedText mapped = layout.out.build();
    if (mapped.text().startsWith(scalar.text())) {
      return mapped.first(scalar.text().length()); // what chomping takes away stands at the end
    }
    MappedText.Builder whole = new MappedText.Builder(layout.source);
    whole.add(scalar.text(), scalar.extent().start(), scalar.extent().end());
    return whole.build();
  }

  private void flow(int start, int quote) {
    int i = start;
    while (i < end) {
      int c = source.at(i);
      if (c == ' ' || c == '\t' || isBreak(c)) {
        i = whitespace(i);
      } else if (quote == '"' && c == '\\') {
        i = escape(i);
      } else if (quote == '\'' && c == '\'') {
        out.add('\'', i, i + 2);
        i += 2;
      } else {
        out.add(c, i, i + 1);
        i++;
      }
    }
  }

  /** One line break becomes a space, more become one line break fewer. */
  private int whitespace(int start) {
    int i = start;
    int breaks = 0;
    while (i < end && (source.at(i) == ' ' || source.at(i) == '\t' || isBreak(source.at(i)))) {
      if (isBreak(source.at(i))) {
        i = afterBreak(i);
        breaks++;
      } else {
        i++;
      }
    }
    if (breaks == 0) {
      for (int j = start; j < i; j++) {
        out.add(source.at(j), j, j + 1);
      }
    } else if (breaks == 1) {
      out.add(' ', start, i);
    } else {
      out.add("\n".repeat(breaks - 1), start, i);
    }
    return i;
  }

  private int escape(int start) {
    int c = source.at(start + 1);
    if (isBreak(c)) { // a line break that does not count, and the blank lines after it, which do
      int i = afterBreak(start + 1);
      int breaks = 0;
      while (i < end && (source.at(i) == ' ' || source.at(i) == '\t' || isBreak(source.at(i)))) {
        breaks += isBreak(source.at(i)) ? 1 : 0;
        i = isBreak(source.at(i)) ? afterBreak(i) : i + 1;
      }
      out.add("\n".repeat(breaks), start, i);
      return i;
    }
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    int after = Math.min(start + 2 + digits, end);
    if (digits > 0) {
      out.add(Integer.parseUnsignedInt(source.slice(start + 2, after), 16), start, after);
    } else {
      out.add(
          switch (c) {
            case '0' -> 0;
            case 'a' -> 0x07;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 0x0b;
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'e' -> 0x1b;
            case 'N' -> 0x85;
            case '_' -> 0xa0;
            case 'L' -> 0x2028;
            case 'P' -> 0x2029;
            default -> c;
          },
          start,
          after);
    }
    return after;
  }

  /** A line of a block scalar, without its indentation; {@code end} is before the line break. */
  private record Line(int start, int end, int next) {
    boolean isEmpty() {
      return start == end;
    }
  }

  private List<Line> lines(int start, String value) {
    int i = start;
    while (i < end && !isBreak(source.at(i))) {
      i++;
    }
    i = afterBreak(i);
    int indent = -1;
    List<Line> lines = new ArrayList<>();
    while (i < end) {
      int stop = i;
      while (stop < end && !isBreak(source.at(stop))) {
        stop++;
      }
      int first = i;
      while (first < stop && source.at(first) == ' ') {
        first++;
      }
      if (indent < 0 && first < stop) {
        indent = first - i - indentOfValue(value);
      }
      int from = indent < 0 ? first : Math.min(first, i + indent);
      int next = stop < end ? afterBreak(stop) : stop;
      lines.add(new Line(from, stop, next));
      i = next;
    }
    return lines;
  }

  /** Spaces before the first text of a value: those that an explicit indentation leaves. */
  private static int indentOfValue(String value) {
    int spaces = 0;
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '\n') {
        spaces = 0;
      } else if (value.charAt(i) == ' ') {
        spaces++;
      } else {
        return spaces;
      }
    }
    return 0;
  }

  private void literal(List<Line> lines) {
    for (Line line : lines) {
      copy(line);
      out.add('\n', line.end(), line.next());
    }
  }

  private void folded(List<Line> lines) {
    Line previous = null;
    List<Line> breaks = new ArrayList<>();
    for (Line line : lines) {
      if (!line.isEmpty()) {
        boolean keep = previous == null || isIndented(previous) || isIndented(line);
        if (!keep && breaks.size() == 1) {
          out.add(' ', breaks.get(0).end(), breaks.get(0).next());
        } else {
          breaks.stream()
              .skip(keep ? 0 : 1)
              .forEach(ended -> out.add('\n', ended.end(), ended.next()));
        }
        breaks.clear();
        copy(line);
        previous = line;
      }
      breaks.add(line);
    }
    breaks.forEach(ended -> out.add('\n', ended.end(), ended.next()));
  }

  private boolean isIndented(Line line) {
    return source.at(line.start()) == ' ' || source.at(line.start()) == '\t';
  }

  private void copy(Line line) {
    for (int i = line.start(); i < line.end(); i++) {
      out.add(source.at(i), i, i + 1);
    }
  }

  private static boolean isBreak(int c) {
    return c == '\n' || c == '\r';
  }

  private int afterBreak(int i) {
    return source.at(i) == '\r' && source.at(i + 1) == '\n' ? i + 2 : i + 1;
  }
}
