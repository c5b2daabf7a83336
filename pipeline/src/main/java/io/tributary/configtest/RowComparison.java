package io.tributary.configtest;

import io.tributary.configtest.Difference.Cell;
import io.tributary.configtest.Difference.Heading;
import io.tributary.configtest.Difference.Kind;
import io.tributary.configtest.Difference.Line;
import io.tributary.row.Row;
import io.tributary.row.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of a node with those that were expected, each of them once. Rows that are equal
 * are set off against each other first; of the others, those that have most values in common are
 * shown as one row that changed.
 */
final class RowComparison {
  /** Finding the most similar rows takes the square of their number. */
  private static final int MOST_PAIRED = 500;

  private final List<Heading> columns = new ArrayList<>();
  private final List<List<@Nullable Object>> expected = new ArrayList<>();
  private final List<List<@Nullable Object>> actual = new ArrayList<>();
  private final List<boolean[]> compared = new ArrayList<>();

  /**
   * @param only the columns to be compared, of which the node may lack some; empty means all
   */
  RowComparison(Schema schema, List<Map<?, ?>> expectedRows, List<Row> rows, List<String> only) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    if (only.isEmpty()) {
      schema.names().forEach(name -> add(name, schema, positions));
    } else {
      only.forEach(name -> add(name, schema, positions));
    }
    for (Map<?, ?> row : expectedRows) {
      row.keySet().forEach(key -> add(String.valueOf(key), schema, positions));
    }
    expectedRows.forEach(row -> addExpected(row, schema, positions));
    rows.forEach(row -> addActual(row, schema));
  }

  private void add(String name, Schema schema, Map<String, Integer> positions) {
    OptionalInt at = schema.find(name);
    String own = at.isPresent() ? schema.column(at.getAsInt()).name() : name;
    if (positions.putIfAbsent(own, columns.size()) == null) {
      columns.add(new Heading(own, at.isPresent() ? schema.type(at.getAsInt()).toString() : ""));
    }
  }

  private void addExpected(Map<?, ?> row, Schema schema, Map<String, Integer> positions) {
    List<@Nullable Object> values = new ArrayList<>();
    columns.forEach(column -> values.add(null));
    boolean[] named = new boolean[columns.size()];
    row.forEach(
        (key, value) -> {
          OptionalInt at = schema.find(String.valueOf(key));
          String own = at.isPresent() ? schema.column(at.getAsInt()).name() : String.valueOf(key);
          int position = positions.get(own);
          named[position] = true;
          values.set(
              position,
              at.isPresent() ? PlainValue.written(schema.type(at.getAsInt()), value) : value);
        });
    expected.add(values);
    compared.add(named);
  }

  private void addActual(Row row, Schema schema) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Heading column : columns) {
      OptionalInt at = schema.find(column.name());
      values.add(
          at.isPresent()
              ? PlainValue.of(schema.type(at.getAsInt()), row.get(at.getAsInt()))
              : null);
    }
    actual.add(values);
  }

  /** Columns that were expected, which the node does not have. */
  List<String> unknownColumns() {
    return columns.stream().filter(column -> column.type().isEmpty()).map(Heading::name).toList();
  }

  /** The first of the rows, counted from 1, that is another than expected; 0 if there is none. */
  int firstOutOfOrder() {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  /** How the rows differ; without lines if they are the same in any order. */
  Difference difference() {
    Map<List<@Nullable Object>, Deque<Integer>> unmatched = new HashMap<>();
    for (int i = 0; i < actual.size(); i++) {
      unmatched.computeIfAbsent(actual.get(i), row -> new ArrayDeque<>()).add(i);
    }
    List<Integer> missing = new ArrayList<>();
    List<Integer> unexpected = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      Deque<Integer> same = unmatched.getOrDefault(expected.get(i), new ArrayDeque<>());
      if (same.poll() == null) {
        missing.add(i);
      }
    }
    unmatched.values().forEach(unexpected::addAll);
    unexpected.sort(null);
    return new Difference(columns, lines(missing, unexpected));
  }

  /** Each expected row that no row has, of which only the columns it names are compared. */
  Difference missing() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      List<@Nullable Object> wanted = expected.get(i);
      boolean[] named = compared.get(i);
      if (actual.stream().noneMatch(row -> agrees(wanted, row, named))) {
        List<Cell> cells = new ArrayList<>();
        for (int c = 0; c < named.length; c++) {
          cells.add(new Cell(wanted.get(c), null, named[c]));
        }
        lines.add(new Line(Kind.MISSING, cells));
      }
    }
    return new Difference(columns, lines);
  }

  private static boolean agrees(
      List<@Nullable Object> wanted, List<@Nullable Object> row, boolean[] named) {
    for (int c = 0; c < named.length; c++) {
      if (named[c] && !Objects.equals(wanted.get(c), row.get(c))) {
        return false;
      }
    }
    return true;
  }

  /** Takes the most similar rows together; the others are missing or unexpected. */
  private List<Line> lines(List<Integer> missing, List<Integer> unexpected) {
    List<Line> lines = new ArrayList<>();
    boolean paired = missing.size() <= MOST_PAIRED && unexpected.size() <= MOST_PAIRED;
    for (int row : missing) {
      int similar = paired ? mostSimilar(row, unexpected) : -1;
      if (similar >= 0) {
        unexpected.remove((Integer) similar);
        lines.add(line(Kind.CHANGED, expected.get(row), actual.get(similar)));
      } else {
        lines.add(line(Kind.MISSING, expected.get(row), null));
      }
    }
    for (int row : unexpected) {
      lines.add(line(Kind.UNEXPECTED, null, actual.get(row)));
    }
    return lines;
  }

  /** The row with most equal values, which must be half of all at least; -1 if there is none. */
  private int mostSimilar(int row, List<Integer> candidates) {
    int best = -1;
    int most = Math.max(1, (columns.size() + 1) / 2) - 1;
    for (int candidate : candidates) {
      int equal = 0;
      for (int c = 0; c < columns.size(); c++) {
        equal += Objects.equals(expected.get(row).get(c), actual.get(candidate).get(c)) ? 1 : 0;
      }
      if (equal > most) {
        most = equal;
        best = candidate;
      }
    }
    return best;
  }

  private Line line(
      Kind kind, @Nullable List<@Nullable Object> before, @Nullable List<@Nullable Object> after) {
    List<Cell> cells = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      cells.add(
          new Cell(
              before == null ? null : before.get(c), after == null ? null : after.get(c), true));
    }
    return new Line(kind, cells);
  }
}
