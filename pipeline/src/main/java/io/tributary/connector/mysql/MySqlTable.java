package io.tributary.connector.mysql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table or view, as the database stores it.
 *
 * @param schema null for the connection's own database
 */
record MySqlTable(@Nullable String schema, String name) implements Serializable {

  /**
   * Reads {@code name} or {@code schema.name}; a part that holds a dot or a blank stands in
   * backticks or double quotes, which are doubled inside.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static MySqlTable parse(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder part = new StringBuilder();
      at = readPart(text, at, part);
      if (part.isEmpty()) {
        throw wrong(text);
      }
      parts.add(part.toString());
      if (at == text.length()) {
        break;
      }
      if (text.charAt(at) != '.') {
        throw wrong(text);
      }
      at++;
    }
    if (parts.size() > 2) {
      throw wrong(text);
    }
    return parts.size() == 1
        ? new MySqlTable(null, parts.get(0))
        : new MySqlTable(parts.get(0), parts.get(1));
  }

  /** Appends the part that begins at {@code at}; returns where it ends. */
  private static int readPart(String text, int at, StringBuilder part) {
    char quote = at < text.length() ? text.charAt(at) : 0;
    if (quote != '`' && quote != '"') {
      int end = at;
      while (end < text.length() && ".`\" \t\n".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      part.append(text, at, end);
      return end;
    }
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != quote) {
        part.append(c);
      } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
        part.append(c);
        i++;
      } else {
        return i + 1;
      }
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "`"
            + text
            + "` is not a table name; write name or schema.name, with backticks around a part that"
            + " holds a dot or a blank");
  }

  /** The name for use in SQL, quoted. */
  String sql() {
    return schema == null ? quote(name) : quote(schema) + "." + quote(name);
  }

  /** A name for use in SQL. */
  static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
