package io.tributary.warehouse.duckdb;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses a type as DuckDB writes it. Used once, by one thread. */
final class TypeText {
  private final String text;
  private int at;

  TypeText(String text) {
    this.text = text;
  }

  /** The type, or empty when we have none like it. */
  Optional<Type> type() {
    Optional<Type> type = scalarOrStruct();
    while (at < text.length() && text.charAt(at) == '[') {
      at = text.indexOf(']', at) + 1; // a fixed length is the same to us
      type = type.filter(element -> element.kind() != Kind.ARRAY).map(Type::array);
    }
    return type;
  }

  private Optional<Type> scalarOrStruct() {
    String name = name();
    String arguments = "";
    if (at < text.length() && text.charAt(at) == '(') {
      if (name.equals("STRUCT")) {
        return struct();
      }
      int open = at;
      skipParentheses();
      arguments = text.substring(open + 1, at - 1);
    }
    return scalar(name, arguments);
  }

  private static Optional<Type> scalar(String name, String arguments) {
    return switch (name) {
      case "BOOLEAN" -> Optional.of(Type.BOOL);
      case "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "HUGEINT",
          "NULL" ->
          Optional.of(Type.INT64);
      case "UBIGINT" -> Optional.of(Type.numeric(20, 0));
      case "FLOAT", "DOUBLE" -> Optional.of(Type.FLOAT64);
      case "DECIMAL" -> {
        String[] numbers = arguments.split(",");
        yield Optional.of(
            Type.numeric(
                Integer.parseInt(numbers[0].strip()), Integer.parseInt(numbers[1].strip())));
      }
      case "VARCHAR", "ENUM", "UUID" -> Optional.of(Type.STRING);
      case "JSON" -> Optional.of(Type.JSON);
      case "BLOB" -> Optional.of(Type.BYTES);
      case "DATE" -> Optional.of(Type.DATE);
      case "TIME" -> Optional.of(Type.TIME);
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" -> Optional.of(Type.DATETIME);
      case "TIMESTAMP WITH TIME ZONE" -> Optional.of(Type.TIMESTAMP);
      default -> Optional.empty();
    };
  }

  private Optional<Type> struct() {
    List<Column> fields = new ArrayList<>();
    boolean known = true;
    do {
      at++; // the opening parenthesis, or a comma
      skipSpaces();
      String name = fieldName();
      skipSpaces();
      Optional<Type> type = type();
      known &= type.isPresent();
      type.ifPresent(t -> fields.add(Column.nullable(name, t)));
    } while (text.charAt(at) == ',');
    at++;
    return known ? Optional.of(Type.record(Schema.of(fields))) : Optional.empty();
  }

  private String fieldName() {
    if (text.charAt(at) != '"') {
      int start = at;
      at = text.indexOf(' ', at);
      return text.substring(start, at);
    }
    int start = at;
    skipQuoted('"');
    return text.substring(start + 1, at - 1).replace("\"\"", "\"");
  }

  /** Up to a bracket, parenthesis or comma; quotes around {@code "NULL"} are dropped. */
  private String name() {
    int start = at;
    while (at < text.length() && "[(,)".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).strip().replace("\"", "");
  }

  private void skipParentheses() {
    int depth = 0;
    do {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        skipQuoted(c);
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at++;
    } while (depth > 0);
  }

  private void skipQuoted(char quote) {
    at++;
    while (text.charAt(at) != quote || at + 1 < text.length() && text.charAt(at + 1) == quote) {
      at += text.charAt(at) == quote ? 2 : 1;
    }
    at++;
  }

  private void skipSpaces() {
    while (text.charAt(at) == ' ') {
      at++;
    }
  }
}
