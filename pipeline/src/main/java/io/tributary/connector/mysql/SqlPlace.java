package io.tributary.connector.mysql;

import io.tributary.spec.Problems;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SQL text that the user wrote, in which the words of a server's message are looked for.
 *
 * @param place where the text stands
 * @param text the SQL, or the part of it that is spoken of
 * @param offset where {@code text} begins at the place, in UTF-16 units
 */
record SqlPlace(Problems place, String text, int offset) {
  /** {@code … near 'FORM orders' at line 3}: the rest of the text, cut off at some length. */
  private static final Pattern NEAR = Pattern.compile("near '(.+)' at line \\d+$", Pattern.DOTALL);

  /**
   * Names in a message: {@code Unknown column 'o.statuss' in 'SELECT'}, {@code for table `orders`}.
   */
  private static final Pattern QUOTED = Pattern.compile("['`]([^'`]+)['`]");

  /** The whole text. */
  Problems all() {
    return text.isEmpty() ? place : place.within(offset, text.length());
  }

  /** Reports a refused statement at the words it was refused for. */
  void report(SQLException e, String subject) {
    MySqlErrors.reportStatement(e, subject, find(MySqlErrors.message(e)));
  }

  private Problems find(String message) {
    Matcher near = NEAR.matcher(message);
    if (near.find()) {
      String words = near.group(1);
      int at = text.indexOf(words);
      return at < 0 ? all() : place.within(offset + at, firstWord(words));
    }
    Matcher quoted = QUOTED.matcher(message);
    while (quoted.find()) {
      String name = quoted.group(1);
      int at = indexOfName(name);
      if (at < 0) { // the server may add the table to a column
        name = name.substring(name.lastIndexOf('.') + 1);
        at = indexOfName(name);
      }
      if (at >= 0) {
        return place.within(offset + at, name.length());
      }
    }
    return all();
  }

  private int indexOfName(String name) {
    Matcher matcher =
        Pattern.compile(
                "(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])", Pattern.CASE_INSENSITIVE)
            .matcher(text);
    return matcher.find() ? matcher.start() : -1;
  }

  private static int firstWord(String words) {
    int end = 0;
    while (end < words.length() && Character.isJavaIdentifierPart(words.charAt(end))) {
      end++;
    }
    return Math.max(1, end);
  }
}
