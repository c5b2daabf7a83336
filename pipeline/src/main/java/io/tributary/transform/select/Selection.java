package io.tributary.transform.select;

import io.tributary.module.RowFunction;
import io.tributary.module.RowTransform.Planned;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.sql.RowAssignment;
import io.tributary.sql.RowException;
import java.util.List;

/**
 * A planned select: one value per column of its schema. The row it hands on shares memory with the
 * row it was made of.
 */
record Selection(Schema schema, List<SelectedColumn> values) implements Planned {
  Selection {
    values = List.copyOf(values);
  }

  @Override
  public RowFunction open() {
    RowAssignment[] assignments =
        values.stream().map(SelectedColumn::open).toArray(RowAssignment[]::new);
    RowBuilder selected = new RowBuilder(schema);
    return (row, out) -> apply(assignments, selected, row, out);
  }

  private void apply(
      RowAssignment[] assignments, RowBuilder selected, Row row, RowFunction.Output out) {
    for (int i = 0; i < assignments.length; i++) {
      try {
        assignments[i].assign(row, selected, i);
      } catch (RowException e) {
        out.reject(row, "column `" + schema.column(i).name() + "`: " + e.getMessage());
        return;
      }
    }
    out.emit(selected);
  }
}
