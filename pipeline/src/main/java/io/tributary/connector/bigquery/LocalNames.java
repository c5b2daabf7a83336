package io.tributary.connector.bigquery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * A query whose table names are written without their project, each part in its own quotes, so that
 * a warehouse with one project understands them; a closing {@code ;} is left out. Quoted text and
 * comments stay as they are. Immutable.
 *
 * <p>{@code `p:d.t`}, {@code `p.d.t`}, {@code `p`.d.t} and, after FROM and JOIN, {@code p-1.d.t}
 * become {@code `d`.`t`}.
 */
final class LocalNames {
  /** Functions whose arguments have a FROM that no table follows. */
  private static final Set<String> FROM_ARGUMENT =
      Set.of("EXTRACT", "TRIM", "SUBSTRING", "OVERLAY");

  private final String query;
  private final StringBuilder text = new StringBuilder();
  private final int[] origin;
  private int origins;

  LocalNames(String query) {
    this.query = withoutSemicolon(query);
    this.origin = new int[this.query.length() * 3 + 1];
    rewrite();
  }

  /** The query as it is sent. */
  String text() {
    return text.toString();
  }

  /** Where a character of {@link #text} stands in the query as the user wrote it. */
  int original(int offset) {
    return offset >= 0 && offset < origins ? origin[offset] : Math.min(offset, query.length());
  }

  /** Comments and white space may follow the semicolon. */
  private static String withoutSemicolon(String query) {
    int last = -1;
    int at = 0;
    while (at < query.length()) {
      int end = endOfSpaceOrComment(query, at);
      if (end == at) {
        end = endOfToken(query, at);
        last = at;
      }
      at = end;
    }
    return last >= 0 && query.charAt(last) == ';'
        ? query.substring(0, last) + " " + query.substring(last + 1)
        : query;
  }

  private void rewrite() {
    Deque<String> calls = new ArrayDeque<>();
    String before = "";
    int at = 0;
    while (at < query.length()) {
      int end = endOfSpaceOrComment(query, at);
      if (end > at) {
        copy(at, end);
        at = end;
        continue;
      }
      boolean tableFollows =
          (before.equals("FROM") || before.equals("JOIN"))
              && (calls.isEmpty() || !FROM_ARGUMENT.contains(calls.peek()));
      end = endOfName(at, tableFollows);
      if (end > at) {
        writeName(at, end);
        before = "";
      } else {
        end = endOfToken(query, at);
        copy(at, end);
        String token = query.substring(at, end).toUpperCase(Locale.ROOT);
        if (token.equals("(")) {
          calls.push(before);
        } else if (token.equals(")") && !calls.isEmpty()) {
          calls.pop();
        }
        before = token;
      }
      at = end;
    }
  }

  /** The end of a table name that has to be rewritten, else {@code at}. */
  private int endOfName(int at, boolean tableFollows) {
    boolean quoted = query.charAt(at) == '`';
    if (!quoted && !tableFollows) {
      return at;
    }
    int end = at;
    int parts = 0;
    while (true) {
      int partEnd = endOfPart(end);
      if (partEnd == end) {
        return at;
      }
      boolean path = query.charAt(end) == '`' && partsOf(end, partEnd).length > 1;
      parts += path ? partsOf(end, partEnd).length : 1;
      end = partEnd;
      if (path && !tableFollows || end + 1 >= query.length() || query.charAt(end) != '.') {
        break;
      }
      end++;
    }
    boolean isPath = quoted && partsOf(at, endOfPart(at)).length > 1;
    return isPath || tableFollows && parts > 2 ? end : at;
  }

  private int endOfPart(int at) {
    if (at >= query.length()) {
      return at;
    }
    if (query.charAt(at) == '`') {
      int close = query.indexOf('`', at + 1);
      return close < 0 ? at : close + 1;
    }
    int end = at;
    while (end < query.length()
        && (Character.isLetterOrDigit(query.charAt(end)) || "_-".indexOf(query.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }

  private String[] partsOf(int at, int end) {
    return query.substring(at, end).replace("`", "").split("[.:]");
  }

  private void writeName(int at, int end) {
    String[] parts = partsOf(at, end);
    write("`" + parts[parts.length - 2] + "`.`" + parts[parts.length - 1] + "`", at);
  }

  private void write(String replacement, int at) {
    for (int i = 0; i < replacement.length(); i++) {
      origin[origins++] = at;
    }
    text.append(replacement);
  }

  private void copy(int from, int to) {
    for (int i = from; i < to; i++) {
      origin[origins++] = i;
    }
    text.append(query, from, to);
  }

  private static int endOfSpaceOrComment(String sql, int at) {
    int end = at;
    while (end < sql.length()) {
      if (Character.isWhitespace(sql.charAt(end))) {
        end++;
      } else if (sql.startsWith("--", end)) {
        int line = sql.indexOf('\n', end);
        end = line < 0 ? sql.length() : line + 1;
      } else if (sql.startsWith("/*", end)) {
        int close = sql.indexOf("*/", end + 2);
        end = close < 0 ? sql.length() : close + 2;
      } else {
        return end;
      }
    }
    return end;
  }

  /** The end of a quoted text, a word, or a single character. */
  private static int endOfToken(String sql, int at) {
    char first = sql.charAt(at);
    if (first == '\'' || first == '"' || first == '`') {
      int close = sql.indexOf(first, at + 1);
      return close < 0 ? sql.length() : close + 1; // a doubled quote begins the next quoted text
    }
    int end = at;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
      end++;
    }
    return Math.max(end, at + 1);
  }
}
