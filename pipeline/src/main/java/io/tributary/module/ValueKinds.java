package io.tributary.module;

import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that the values of a column are all of one kind. Not thread-safe. */
final class ValueKinds {
  private record Seen(String kind, int row) {}

  private final Problems problems;
  private final Map<String, Seen> seen = new HashMap<>();

  ValueKinds(Problems problems) {
    this.problems = problems;
  }

  /** Whether they are; else says of each value that is not what its column holds before. */
  boolean agree(List<Map<?, ?>> rows) {
    int errors = problems.errors();
    for (int i = 0; i < rows.size(); i++) {
      fields("", rows.get(i), i, problems.at(i));
    }
    return problems.errors() == errors;
  }

  private void fields(String above, Map<?, ?> map, int row, Problems place) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      value(above + key, entry.getValue(), row, place.at(key));
    }
  }

  private void value(String column, @Nullable Object value, int row, Problems place) {
    if (value == null) {
      return;
    }
    String kind = kind(value);
    Seen before = seen.putIfAbsent(column, new Seen(kind, row));
    if (before != null && !before.kind().equals(kind)) {
      place.error(
          Code.TR104,
          "`"
              + column
              + "` is "
              + kind
              + " here, but "
              + before.kind()
              + " in row "
              + (before.row() + 1),
          "write values of one kind, or give a `schema`");
    } else if (value instanceof Map<?, ?> map) {
      fields(column + ".", map, row, place);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        value(column + "[]", list.get(i), row, place.at(i));
      }
    }
  }

  private static String kind(Object value) {
    if (value instanceof Map) {
      return "a map";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof Number) {
      return "a number";
    }
    return value instanceof Boolean ? "true or false" : "text";
  }
}
