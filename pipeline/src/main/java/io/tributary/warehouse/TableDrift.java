package io.tributary.warehouse;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.spec.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A difference between the rows of a sink and the table they go to that cannot be bridged: tables
 * that exist keep their columns.
 *
 * @param column the column's name in the rows, or in the table when the rows lack it
 * @param message what is wrong, without a full stop
 * @param fix what to do about it
 */
public record TableDrift(String column, String message, String fix) {

  /** All such differences, by column; empty when the rows can be written. */
  public static List<TableDrift> between(Schema rows, TableDescription table) {
    List<TableDrift> found = new ArrayList<>();
    for (Column column : rows.columns()) {
      OptionalInt position = table.schema().find(column.name());
      if (position.isEmpty()) {
        found.add(added(column, table));
      } else {
        TableDrift retyped = retyped(column, table.schema().column(position.getAsInt()), table);
        if (retyped != null) {
          found.add(retyped);
        }
      }
    }
    for (Column column : table.schema().columns()) {
      if (rows.find(column.name()).isEmpty()) {
        found.add(
            new TableDrift(
                column.name(),
                "table `"
                    + table.name()
                    + "` has column `"
                    + column.name()
                    + "` ("
                    + column.type()
                    + "), which the rows lack",
                "add it in a select transform (`NULL` as its value, if that is meant), or drop it"
                    + " from the table"));
      }
    }
    return found;
  }

  private static TableDrift added(Column column, TableDescription table) {
    String nearest =
        Suggestions.nearest(column.name(), table.schema().names())
            .map(name -> "did you mean `" + name + "`? Else leave it out")
            .orElse("leave it out");
    return new TableDrift(
        column.name(),
        "column `"
            + column.name()
            + "` ("
            + column.type()
            + ") is not in the table `"
            + table.name()
            + "`",
        nearest + " in a select transform, or add it to the table");
  }

  private static @Nullable TableDrift retyped(
      Column column, Column target, TableDescription table) {
    if (Conversion.of(column.type(), target.type()) != Conversion.NEVER) {
      return null;
    }
    return new TableDrift(
        column.name(),
        "column `"
            + column.name()
            + "` is "
            + column.type()
            + ", but "
            + target.type()
            + " in the table `"
            + table.name()
            + "`, and cannot be converted without loss",
        "cast it to "
            + target.type()
            + " in a select transform, or change the column's type in the table");
  }
}
