package io.tributary.row;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The ordered, typed columns of a stream of rows. Column names are unique without regard to case,
 * as in BigQuery and DuckDB. Immutable, serializable.
 */
public final class Schema implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Column> columns;
  private final Map<String, Integer> positions;

  private Schema(List<Column> columns) {
    this.columns = List.copyOf(columns);
    this.positions = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (positions.put(key(columns.get(i).name()), i) != null) {
        throw new IllegalArgumentException("column `" + columns.get(i).name() + "` occurs twice");
      }
    }
  }

  /**
   * A schema of the given columns.
   *
   * @throws IllegalArgumentException when two columns have the same name
   */
  public static Schema of(List<Column> columns) {
    return new Schema(columns);
  }

  public static Schema of(Column... columns) {
    return new Schema(List.of(columns));
  }

  public List<Column> columns() {
    return columns;
  }

  public int size() {
    return columns.size();
  }

  public Column column(int position) {
    return columns.get(position);
  }

  public Type type(int position) {
    return columns.get(position).type();
  }

  /** The position of a column, found without regard to case; empty when there is none. */
  public OptionalInt find(String name) {
    Integer position = positions.get(key(name));
    return position == null ? OptionalInt.empty() : OptionalInt.of(position);
  }

  /** The position of a column that is known to exist. */
  public int position(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException("no column `" + name + "` in " + this));
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema schema && schema.columns.equals(columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return columns.stream().map(Column::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
