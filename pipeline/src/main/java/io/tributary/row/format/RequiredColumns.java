package io.tributary.row.format;

import io.tributary.failure.PermanentException;
import io.tributary.row.Row;
import io.tributary.row.Schema;
import java.util.stream.IntStream;

/**
 * Refuses NULL where a column promises that there is none: a file would hold another value, or be
 * unreadable.
 */
final class RequiredColumns {
  private final Schema schema;
  private final String place;
  private final int[] required;

  /**
   * @param place what messages say after the row's number
   */
  RequiredColumns(Schema schema, String place) {
    this.schema = schema;
    this.place = place;
    this.required =
        IntStream.range(0, schema.size()).filter(i -> !schema.column(i).nullable()).toArray();
  }

  /**
   * @param before how many rows were written before
   * @throws PermanentException when a column that is never NULL is
   */
  void check(Row row, long before) {
    for (int column : required) {
      if (row.isNull(column)) {
        throw new PermanentException(
            "column `"
                + schema.column(column).name()
                + "` is NOT NULL, but NULL in row "
                + (before + 1)
                + " of "
                + place);
      }
    }
  }
}
