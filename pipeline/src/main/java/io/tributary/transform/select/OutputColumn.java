package io.tributary.transform.select;

import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.SqlText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column that comes out.
 *
 * @param key where it stands below {@code columns}: its name in a map, its index in a list
 * @param expression what it is; null for a column of the input that keeps its name
 */
record OutputColumn(String name, Object key, @Nullable SqlText expression) implements Serializable {

  /** A map from names to expressions, or a list of names of the input; null when it is neither. */
  static @Nullable List<OutputColumn> parse(Object plain, Problems problems) {
    if (plain instanceof Map<?, ?> map) {
      return ofMap(map, problems);
    }
    if (plain instanceof List<?> list) {
      return ofList(list, problems);
    }
    problems.error(
        Code.TR104,
        "expected a map from names to SQL expressions or a list of names, found "
            + Field.describe(plain),
        "write {id: id, net: \"amount / 1.19\"} or [id, amount]");
    return null;
  }

  private static @Nullable List<OutputColumn> ofMap(Map<?, ?> map, Problems problems) {
    int before = problems.errors();
    List<OutputColumn> columns = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            columns.add(new OutputColumn(name, name, SqlText.of(String.valueOf(value))));
          } else {
            problems
                .at(name)
                .error(
                    Code.TR104,
                    "expected a SQL expression, found " + Field.describe(value),
                    "write the name of a column, or an expression in quotes");
          }
        });
    return problems.errors() == before ? List.copyOf(columns) : null;
  }

  private static @Nullable List<OutputColumn> ofList(List<?> list, Problems problems) {
    int before = problems.errors();
    List<OutputColumn> columns = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      if (item instanceof String || item instanceof Number) {
        columns.add(new OutputColumn(String.valueOf(item), i, null));
      } else {
        problems
            .at(i)
            .error(
                Code.TR104,
                "expected the name of a column, found " + Field.describe(item),
                "write a name; for an expression, make `columns` a map from names to expressions");
      }
    }
    return problems.errors() == before ? List.copyOf(columns) : null;
  }
}
