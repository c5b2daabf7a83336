package io.tributary.transform.select;

import io.tributary.module.RowFunction;
import io.tributary.module.RowTransform.Planned;
import io.tributary.row.ColumnCopies;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.sql.RowAssignment;
import io.tributary.sql.RowException;
import java.util.ArrayList;
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
    List<ColumnCopies.Pair> copied = new ArrayList<>();
    List<Integer> computed = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isCopied()) {
        copied.add(new ColumnCopies.Pair(values.get(i).position(), i));
      } else {
        computed.add(i);
      }
    }
    return new Selector(
        schema,
        new ColumnCopies(schema, copied),
        computed.stream().mapToInt(Integer::intValue).toArray(),
        computed.stream().map(i -> values.get(i).open()).toArray(RowAssignment[]::new));
  }

  /** Fills its row again and again. */
  private static final class Selector implements RowFunction {
    private final ColumnCopies copies;
    private final int[] columns;
    private final RowAssignment[] assignments;
    private final RowBuilder selected;

    /**
     * @param columns those that are computed, by {@code assignments}
     */
    Selector(Schema schema, ColumnCopies copies, int[] columns, RowAssignment[] assignments) {
      this.copies = copies;
      this.columns = columns;
      this.assignments = assignments;
      this.selected = new RowBuilder(schema);
    }

    @Override
    public void apply(Row row, Output out) {
      for (int i = 0; i < columns.length; i++) {
        try {
          assignments[i].assign(row, selected, columns[i]);
        } catch (RowException e) {
          String name = selected.schema().column(columns[i]).name();
          out.reject(row, "column `" + name + "`: " + e.getMessage());
          return;
        }
      }
      copies.copy(row, selected);
      out.emit(selected);
    }
  }
}
