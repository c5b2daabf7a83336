package io.tributary.row;

import io.tributary.row.Type.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Schemas as users write them: as text, {@code "id:INT64, price:NUMERIC(12,2),
 * tags:ARRAY<STRING>"}, or as a list of maps with {@code name}, {@code type} and {@code mode}, the
 * form in which {@code bq show --schema} prints them.
 *
 * <p>Every method throws IllegalArgumentException with a message for the user when what is given is
 * no schema.
 */
public final class SchemaText {
  private static final Set<String> KEYS =
      Set.of("name", "type", "mode", "description", "fields", "precision", "scale", "maxLength");

  private SchemaText() {}

  /** Of a plain value: a text or a list. */
  public static Schema of(Object plain) {
    if (plain instanceof String text) {
      return parse(text);
    }
    if (plain instanceof List<?> list) {
      return fields(list, "");
    }
    throw new IllegalArgumentException(
        "a schema is a text \"name:TYPE, name:TYPE\" or a list of {name, type, mode}");
  }

  /**
   * Of the text form. Types may be nested: {@code ARRAY<INT64>}, {@code STRUCT<x INT64, y STRING>}.
   */
  public static Schema parse(String text) {
    List<Column> columns = new ArrayList<>();
    for (String part : split(text)) {
      int colon = part.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException(
            "`" + part.strip() + "` lacks a type; write `name:TYPE`");
      }
      columns.add(
          Column.nullable(
              name(part.substring(0, colon), part), parseType(part.substring(colon + 1))));
    }
    return Schema.of(columns);
  }

  /** Where the names begin in a text that {@link #parse} accepts, in UTF-16 units. */
  public static List<Integer> nameOffsets(String text) {
    List<Integer> offsets = new ArrayList<>();
    int start = 0;
    for (String part : split(text)) {
      offsets.add(start + part.length() - part.stripLeading().length());
      start += part.length() + 1;
    }
    return offsets;
  }

  /** A type as {@link Type#toString} writes it, or with an older name of BigQuery's. */
  public static Type parseType(String text) {
    String type = text.strip();
    String upper = type.toUpperCase(Locale.ROOT);
    if (upper.startsWith("ARRAY<")) {
      return array(parseType(inside(type)));
    }
    if (upper.startsWith("STRUCT<") || upper.startsWith("RECORD<")) {
      List<Column> fields = new ArrayList<>();
      for (String part : split(inside(type))) {
        String field = part.strip();
        int space = field.indexOf(' ');
        if (space < 0) {
          throw new IllegalArgumentException(
              "`" + field + "` in `" + type + "` lacks a type; write `name TYPE`");
        }
        fields.add(
            Column.nullable(
                name(field.substring(0, space), type), parseType(field.substring(space))));
      }
      return Type.record(Schema.of(fields));
    }
    return Type.parse(type);
  }

  /** The plain value that {@link #of} reads as the schema: a text if one can say all of it. */
  public static Object plain(Schema schema) {
    StringBuilder text = new StringBuilder();
    for (Column column : schema.columns()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(column.name())
          .append(':')
          .append(column.type());
    }
    try {
      if (parse(text.toString()).equals(schema)) {
        return text.toString();
      }
    } catch (IllegalArgumentException e) {
      return list(schema); // a name that the text form would take for another part
    }
    return list(schema);
  }

  private static List<Map<String, Object>> list(Schema schema) {
    List<Map<String, Object>> fields = new ArrayList<>();
    for (Column column : schema.columns()) {
      Type type = column.type().kind() == Kind.ARRAY ? column.type().elementType() : column.type();
      Map<String, Object> field = new LinkedHashMap<>();
      field.put("name", column.name());
      field.put("type", type.kind() == Kind.RECORD ? "RECORD" : type.toString());
      if (column.type().kind() == Kind.ARRAY || !column.nullable()) {
        field.put("mode", column.nullable() ? "REPEATED" : "REQUIRED");
      }
      if (type.kind() == Kind.RECORD) {
        field.put("fields", list(type.recordFields()));
      }
      fields.add(field);
    }
    return fields;
  }

  private static String inside(String type) {
    if (!type.endsWith(">")) {
      throw new IllegalArgumentException("type `" + type + "` lacks a closing `>`");
    }
    return type.substring(type.indexOf('<') + 1, type.length() - 1);
  }

  /** Splits at commas outside of parentheses and angle brackets. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '<') {
        depth++;
      } else if (c == ')' || c == '>') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static Schema fields(List<?> list, String above) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("a schema needs at least one field");
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof Map<?, ?> field)) {
        throw new IllegalArgumentException(
            "field " + (i + 1) + above + " is not a map of name, type and mode");
      }
      columns.add(column(field, "field " + (i + 1) + above));
    }
    return Schema.of(columns);
  }

  private static Column column(Map<?, ?> field, String place) {
    for (Object key : field.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw new IllegalArgumentException(
            place
                + " has an unknown key `"
                + key
                + "`; valid: name, type, mode, description, fields, precision, scale");
      }
    }
    String name = name(required(field, "name", place), place);
    String where = place + " (`" + name + "`)";
    Type type = type(field, required(field, "type", where), where);
    Object mode = field.get("mode");
    Object about = field.get("description");
    String description = about == null ? null : String.valueOf(about);
    return switch (mode == null ? "NULLABLE" : String.valueOf(mode).toUpperCase(Locale.ROOT)) {
      case "NULLABLE" -> new Column(name, type, true, description);
      case "REQUIRED" -> new Column(name, type, false, description);
      case "REPEATED" -> new Column(name, array(type), true, description);
      default ->
          throw new IllegalArgumentException(
              where + " has mode `" + mode + "`; valid: NULLABLE, REQUIRED, REPEATED");
    };
  }

  private static Type type(Map<?, ?> field, String text, String where) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    boolean record = word.equals("RECORD") || word.equals("STRUCT");
    if (record != (field.get("fields") != null)) {
      throw new IllegalArgumentException(
          record
              ? where + " is a " + word + " without `fields`"
              : where + " has `fields`, but its type is " + text);
    }
    if (record) {
      if (!(field.get("fields") instanceof List<?> nested)) {
        throw new IllegalArgumentException("`fields` of " + where + " is not a list");
      }
      return Type.record(fields(nested, " of " + where));
    }
    try {
      Type type = parseType(text);
      return field.get("precision") == null ? type : withPrecision(type, field);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  private static Type withPrecision(Type type, Map<?, ?> field) {
    if (!type.isDecimal()) {
      throw new IllegalArgumentException("`precision` is for NUMERIC and BIGNUMERIC only");
    }
    Object scale = field.get("scale");
    return Type.parse(
        type.kind() + "(" + field.get("precision") + "," + (scale == null ? 0 : scale) + ")");
  }

  private static Type array(Type element) {
    if (element.kind() == Kind.ARRAY) {
      throw new IllegalArgumentException("an ARRAY of ARRAYs is not a column type");
    }
    return Type.array(element);
  }

  private static String required(Map<?, ?> field, String key, String place) {
    @Nullable Object value = field.get(key);
    if (value == null) {
      throw new IllegalArgumentException(place + " lacks `" + key + "`");
    }
    return String.valueOf(value);
  }

  private static String name(String text, String place) {
    String name = text.strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column without name in `" + place.strip() + "`");
    }
    return name;
  }
}
