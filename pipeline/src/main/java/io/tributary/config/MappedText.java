package io.tributary.config;

import java.util.Arrays;

/**
 * A text, and for each of its UTF-16 units where it comes from: code points from {@code starts[i]}
 * to before {@code ends[i]} of the source. Arrays are not copied: whoever makes one gives them
 * away.
 */
record MappedText(SourceText source, String text, int[] starts, int[] ends) {

  /** A text that is the source itself. */
  static MappedText of(SourceText source) {
    Builder builder = new Builder(source);
    for (int i = 0; i < source.length(); i++) {
      builder.add(source.at(i), i, i + 1);
    }
    return builder.build();
  }

  /** Where units from {@code offset} come from; kept inside when there are fewer. */
  Extent extent(int offset, int length) {
    if (text.isEmpty()) {
      return new Extent(source, 0, 0);
    }
    int first = Math.max(0, offset);
    if (first >= starts.length) {
      int end = ends[ends.length - 1];
      return new Extent(source, end, end);
    }
    int last = Math.min(first + length, starts.length) - 1;
    return new Extent(source, starts[first], last < first ? starts[first] : ends[last]);
  }

  /** The same without what comes after the first units. */
  MappedText first(int units) {
    return new MappedText(
        source, text.substring(0, units), Arrays.copyOf(starts, units), Arrays.copyOf(ends, units));
  }

  /** Collects a text piece by piece. */
  static final class Builder {
    private final SourceText source;
    private final StringBuilder text = new StringBuilder();
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int recorded;

    Builder(SourceText source) {
      this.source = source;
    }

    /** Adds a code point, or a single UTF-16 unit, that comes from a part of the source. */
    void add(int codePoint, int start, int end) {
      text.appendCodePoint(codePoint);
      record(start, end);
    }

    /** Adds a text that as a whole stands for a part of the source. */
    void add(String piece, int start, int end) {
      text.append(piece);
      record(start, end);
    }

    /** Adds units of another text, with their places. */
    void add(MappedText from, int first, int last) {
      for (int i = first; i < last; i++) {
        text.append(from.text.charAt(i));
        record(from.starts[i], from.ends[i]);
      }
    }

    private void record(int start, int end) {
      int from = recorded;
      int to = text.length();
      if (to > starts.length) {
        starts = Arrays.copyOf(starts, Math.max(to, 2 * starts.length));
        ends = Arrays.copyOf(ends, starts.length);
      }
      Arrays.fill(starts, from, to, start);
      Arrays.fill(ends, from, to, end);
      recorded = to;
    }

    MappedText build() {
      return new MappedText(
          source,
          text.toString(),
          Arrays.copyOf(starts, text.length()),
          Arrays.copyOf(ends, text.length()));
    }
  }
}
