package io.tributary.module;

import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.PlainColumn;
import io.tributary.row.format.PlainJson;
import io.tributary.row.format.PlainRecord;
import io.tributary.row.format.TypeDetection;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Suggestions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows that stand in a config: maps from column to plain value. A column that a row does not have
 * is NULL there. Serializable.
 */
public final class GivenRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Map<?, ?>> rows; // plain values: all of them serializable

  public GivenRows(List<? extends Map<?, ?>> rows) {
    this.rows = new ArrayList<>(rows);
  }

  /** The rows of a plain value; null after reporting what is wrong with it. */
  public static @Nullable GivenRows parse(@Nullable Object plain, Problems problems) {
    if (!(plain instanceof List<?> list)) {
      problems.error(
          Code.TR104,
          "expected a list of maps, found " + Field.describe(plain),
          "write one map per row");
      return null;
    }
    int errors = problems.errors();
    List<Map<?, ?>> rows = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> row) {
        rows.add(row);
      } else {
        problems
            .at(i)
            .error(
                Code.TR104,
                "a row is a map from column to value, found " + Field.describe(list.get(i)),
                "write {column: value}");
      }
    }
    return problems.errors() > errors ? null : new GivenRows(rows);
  }

  public List<Map<?, ?>> rows() {
    return List.copyOf(rows);
  }

  /**
   * The narrowest schema that holds all values; null after reporting why there is none.
   *
   * @param problems at the list of rows
   */
  public @Nullable Schema detect(Problems problems) {
    if (!new ValueKinds(problems).agree(rows)) {
      return null;
    }
    TypeDetection detection = new TypeDetection();
    rows.forEach(row -> detection.add(row, false));
    Type type = detection.type();
    if (type.kind() != Type.Kind.RECORD) {
      problems.error(
          Code.TR216,
          rows.stream().allMatch(Map::isEmpty)
              ? "there is no column in `rows`"
              : "`rows` has two keys that differ in upper and lower case only, an empty key, or too"
                  + " many keys",
          "write the columns in `schema`");
      return null;
    }
    return type.recordFields();
  }

  /**
   * Whether every value fits its column; else says where it does not.
   *
   * @param problems at the list of rows
   */
  public boolean fit(Schema columns, Problems problems) {
    int errors = problems.errors();
    RowBuilder slot = new RowBuilder(columns);
    List<PlainColumn> readers =
        columns.columns().stream().map(column -> PlainColumn.of(column.type())).toList();
    for (int i = 0; i < rows.size(); i++) {
      slot.clear();
      for (Map.Entry<?, ?> entry : rows.get(i).entrySet()) {
        String key = String.valueOf(entry.getKey());
        Problems place = problems.at(i).at(key);
        OptionalInt column = columns.find(key);
        if (column.isEmpty()) {
          place
              .onKey()
              .error(
                  Code.TR201,
                  "`schema` has no column `" + key + "`",
                  Suggestions.nearest(key, columns.names())
                      .map(name -> "did you mean `" + name + "`?")
                      .orElse("add it to `schema`, or remove it here"));
          continue;
        }
        try {
          readers.get(column.getAsInt()).read(entry.getValue(), slot, column.getAsInt());
        } catch (IllegalArgumentException e) {
          place.error(
              Code.TR104,
              "column `"
                  + key
                  + "` is "
                  + columns.type(column.getAsInt())
                  + ", but the value "
                  + e.getMessage(),
              null);
        }
      }
      checkRequired(columns, rows.get(i), slot, problems.at(i));
    }
    return problems.errors() == errors;
  }

  private static void checkRequired(
      Schema columns, Map<?, ?> row, RowBuilder slot, Problems problems) {
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.column(i).name();
      boolean given =
          row.keySet().stream()
              .anyMatch(key -> name.equalsIgnoreCase(String.valueOf(key)) && row.get(key) != null);
      if (!columns.column(i).nullable() && slot.isNull(i) && !given) {
        problems.error(
            Code.TR104, "column `" + name + "` is REQUIRED, but has no value", "give it a value");
      }
    }
  }

  /**
   * Gives out the rows with the types of a schema.
   *
   * @param reject is told the reason and the row as JSON where a row does not fit
   */
  public RowReader open(Schema columns, BiConsumer<String, String> reject) {
    PlainRecord record = new PlainRecord(columns);
    return new RowReader() {
      private int at;

      @Override
      public boolean next(RowBuilder out) {
        while (at < rows.size()) {
          Map<?, ?> row = rows.get(at++);
          try {
            record.read(row, out, "column");
            return true;
          } catch (IllegalArgumentException e) {
            reject.accept("row " + at + ": " + e.getMessage(), PlainJson.text(row));
          }
        }
        return false;
      }

      @Override
      public void close() {}
    };
  }
}
