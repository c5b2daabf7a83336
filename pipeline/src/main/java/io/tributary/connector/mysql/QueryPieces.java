package io.tributary.connector.mysql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Cuts a query text into the pieces that are read in parallel. */
final class QueryPieces {
  private static final String SEPARATOR = "--sep--";

  /**
   * One query.
   *
   * @param sql without closing semicolon
   * @param offset where it begins in the whole text, in UTF-16 units
   */
  record Piece(String sql, int offset) implements Serializable {}

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private int begin;
  private int contentEnd;

  private QueryPieces(String text) {
    this.text = text;
  }

  /**
   * The queries between {@code --sep--} marks, each without a closing {@code ;} and what follows
   * it. A mark inside a literal, a quoted name or a comment is text. A piece without any SQL is
   * returned as an empty one.
   */
  static List<Piece> of(String text) {
    QueryPieces scan = new QueryPieces(text);
    scan.run();
    return List.copyOf(scan.pieces);
  }

  private void run() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith(SEPARATOR, at)) {
        endPiece(at);
        at += SEPARATOR.length();
        begin = at;
        contentEnd = at;
      } else if (c == '\'' || c == '"' || c == '`') {
        at = afterQuoted(at);
        contentEnd = at;
      } else if (c == '#' || beginsDashComment(at)) {
        at = after("\n", at);
      } else if (text.startsWith("/*", at)) {
        at = after("*/", at + 2);
      } else {
        at++;
        if (c != ';' && !Character.isWhitespace(c)) {
          contentEnd = at;
        }
      }
    }
    endPiece(text.length());
  }

  /** MySQL takes {@code --} for a comment only when white space or the end follows. */
  private boolean beginsDashComment(int at) {
    return text.startsWith("--", at)
        && (at + 2 == text.length() || Character.isWhitespace(text.charAt(at + 2)));
  }

  private int after(String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  private int afterQuoted(int from) {
    char quote = text.charAt(from);
    for (int i = from + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '`') {
        i++;
      } else if (c == quote) {
        return i + 1; // a doubled quote begins the next literal at once: the same to us
      }
    }
    return text.length();
  }

  private void endPiece(int end) {
    int from = begin;
    while (from < end && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    pieces.add(new Piece(text.substring(from, Math.max(from, contentEnd)), from));
  }
}
