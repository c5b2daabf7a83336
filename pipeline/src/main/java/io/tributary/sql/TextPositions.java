package io.tributary.sql;

import java.nio.charset.StandardCharsets;

/**
 * Turns the analyzer's positions in a text into UTF-16 offsets. It counts bytes of UTF-8 in trees,
 * and in messages lines and columns from 1: columns are code points, and a tab reaches to the next
 * multiple of eight.
 */
final class TextPositions {
  private static final int TAB = 8;

  private final String text;
  private final byte[] utf8;

  TextPositions(String text) {
    this.text = text;
    this.utf8 = text.getBytes(StandardCharsets.UTF_8);
  }

  int ofByte(int offset) {
    int end = Math.max(0, Math.min(offset, utf8.length));
    return new String(utf8, 0, end, StandardCharsets.UTF_8).length();
  }

  int ofLineAndColumn(int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      int end = endOfLine(at);
      if (end >= text.length()) {
        return Math.max(0, text.length() - 1);
      }
      at = end + (text.startsWith("\r\n", end) ? 2 : 1);
    }
    int end = endOfLine(at);
    int reached = 1;
    while (at < end && reached < column) {
      int point = text.codePointAt(at);
      reached = point == '\t' ? (reached - 1) / TAB * TAB + TAB + 1 : reached + 1;
      at += Character.charCount(point);
    }
    return Math.max(0, Math.min(at, text.length() - 1)); // the end is shown at the last character
  }

  private int endOfLine(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** Where the word before an offset begins; the offset itself when there is none. */
  int startOfWordBefore(int offset) {
    int end = endOfWordBefore(offset);
    int at = end;
    while (at > 0 && isOfWord(text.charAt(at - 1))) {
      at--;
    }
    return at == end ? offset : at;
  }

  /** The word before an offset; empty when there is none. */
  String wordBefore(int offset) {
    int end = endOfWordBefore(offset);
    return text.substring(Math.min(startOfWordBefore(offset), end), end);
  }

  private int endOfWordBefore(int offset) {
    int at = offset;
    while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static boolean isOfWord(char unit) {
    return Character.isLetterOrDigit(unit) || unit == '_';
  }

  /** The end of the word that begins at an offset; one character further when none does. */
  int endOfWord(int start) {
    int at = start;
    if (at < text.length() && text.charAt(at) == '`') {
      int close = text.indexOf('`', at + 1);
      return close < 0 ? text.length() : close + 1;
    }
    while (at < text.length() && isOfWord(text.charAt(at))) {
      at++;
    }
    return Math.min(text.length(), at == start ? at + 1 : at);
  }
}
