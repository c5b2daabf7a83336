package io.tributary.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file, addressed by code points: what the parser's marks and a user's columns count.
 * Knows which parts are secret and never shows them. Not thread-safe.
 */
final class SourceText {
  /** What looks like a secret even where no module says so, as in a file that does not parse. */
  private static final Pattern SECRET_LIKE =
      Pattern.compile(
          "(?i)(?<!\\$\\{)(?:password|passwd|secret|token|api_?key)[\"']?[ \\t]*[:=][ \\t]*"
              + "(\"(?!\\$\\{)[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"?|'(?!\\$\\{)[^']*'?|(?![\"']|\\$\\{)[^\\s,}]+)");

  /** How far around a part secrets are looked for: a line may be a whole file. */
  private static final int MASK_CONTEXT = 500;

  private final String file;
  private final String text;
  private final int[] codePoints;
  private final int[] lineStarts;
  private final List<int[]> masks = new ArrayList<>();

  SourceText(String file, String text) {
    this.file = file;
    this.text = text;
    this.codePoints = text.codePoints().toArray();
    this.lineStarts = lineStarts(codePoints);
  }

  String file() {
    return file;
  }

  String text() {
    return text;
  }

  /** How many code points there are. */
  int length() {
    return codePoints.length;
  }

  /** The code point at an index, or -1 past either end. */
  int at(int index) {
    return index >= 0 && index < codePoints.length ? codePoints[index] : -1;
  }

  String slice(int start, int end) {
    return new String(codePoints, start, Math.max(0, end - start));
  }

  /** The place of the code points from {@code start} to before {@code end}, kept in the file. */
  Span span(int start, int end) {
    int from = Math.max(0, Math.min(start, codePoints.length));
    int to = Math.max(from, Math.min(end, codePoints.length));
    int line = line(from);
    int endLine = line(to);
    return new Span(
        file, line + 1, from - lineStarts[line] + 1, endLine + 1, to - lineStarts[endLine] + 1);
  }

  /** Hides a part from {@link #line(int)}. */
  void mask(int start, int end) {
    masks.add(new int[] {start, end});
  }

  /** How many code points a line, counted from 1, has without its line break. */
  int lineLength(int number) {
    int start = lineStarts[number - 1];
    int end = number < lineStarts.length ? lineStarts[number] : codePoints.length;
    while (end > start && (codePoints[end - 1] == '\n' || codePoints[end - 1] == '\r')) {
      end--;
    }
    return end - start;
  }

  /** A part of a line, with what is secret as asterisks. */
  int[] shown(int number, int first, int last) {
    int start = lineStarts[number - 1];
    int from = Math.max(0, first - MASK_CONTEXT);
    int to = Math.min(lineLength(number), last + MASK_CONTEXT);
    int[] shown = Arrays.copyOfRange(codePoints, start + from, start + to);
    String text = new String(shown, 0, shown.length);
    Matcher matcher = SECRET_LIKE.matcher(text);
    while (matcher.find()) {
      hide(shown, text.codePointCount(0, matcher.start(1)), text.codePointCount(0, matcher.end(1)));
    }
    for (int[] mask : masks) {
      hide(shown, mask[0] - start - from, mask[1] - start - from);
    }
    return Arrays.copyOfRange(shown, first - from, last - from);
  }

  private static void hide(int[] shown, int from, int to) {
    for (int i = Math.max(0, from); i < Math.min(to, shown.length); i++) {
      shown[i] = '*';
    }
  }

  private int line(int index) {
    int found = Arrays.binarySearch(lineStarts, index);
    return found >= 0 ? found : -found - 2;
  }

  private static int[] lineStarts(int[] codePoints) {
    List<Integer> starts = new ArrayList<>();
    starts.add(0);
    for (int i = 0; i < codePoints.length; i++) {
      boolean carriageReturnOnly =
          codePoints[i] == '\r' && (i + 1 == codePoints.length || codePoints[i + 1] != '\n');
      if (codePoints[i] == '\n' || carriageReturnOnly) {
        starts.add(i + 1);
      }
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
