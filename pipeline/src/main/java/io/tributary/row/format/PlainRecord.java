package io.tributary.row.format;

import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Puts maps of plain values into rows of one schema. Keys are matched without regard to case. Not
 * thread-safe.
 */
public final class PlainRecord {
  private final Schema schema;
  private final PlainColumn[] columns;

  public PlainRecord(Schema schema) {
    this.schema = schema;
    this.columns =
        schema.columns().stream()
            .map(column -> PlainColumn.of(column.type()))
            .toArray(PlainColumn[]::new);
  }

  /**
   * Fills a row; columns without a key become NULL.
   *
   * @param what how messages call a column: {@code column} or {@code field}
   * @throws IllegalArgumentException at a key that is no column, or a value that does not fit; the
   *     message names it
   */
  public void read(Map<?, ?> plain, RowBuilder out, String what) {
    out.clear();
    for (Map.Entry<?, ?> entry : plain.entrySet()) {
      String key = String.valueOf(entry.getKey());
      OptionalInt position = schema.find(key);
      if (position.isEmpty()) {
        throw new IllegalArgumentException("has the key `" + key + "`, which the schema lacks");
      }
      int column = position.getAsInt();
      if (!out.isNull(column)) {
        throw new IllegalArgumentException(
            "has the key `" + key + "` twice, in upper and lower case");
      }
      try {
        columns[column].read(entry.getValue(), out, column);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(what + " `" + key + "` " + e.getMessage(), e);
      }
    }
    for (int i = 0; i < columns.length; i++) {
      if (out.isNull(i) && !schema.column(i).nullable()) {
        throw new IllegalArgumentException(
            what + " `" + schema.column(i).name() + "` is REQUIRED, but has no value");
      }
    }
  }
}
