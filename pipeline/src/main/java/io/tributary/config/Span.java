package io.tributary.config;

/**
 * A place in a file. Lines and columns count from 1; a column counts Unicode code points; the end
 * is exclusive.
 *
 * @param file as the user named it
 */
public record Span(String file, int line, int column, int endLine, int endColumn) {

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
