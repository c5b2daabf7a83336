package io.tributary.config;

/** A part of a text: code points from {@code start} to before {@code end}. */
record Extent(SourceText source, int start, int end) {

  Span span() {
    return source.span(start, end);
  }

  Extent within(int from, int to) {
    return new Extent(source, from, to);
  }
}
