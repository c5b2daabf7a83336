package io.tributary.cli;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.Schema;
import java.util.ArrayList;
import java.util.List;

/** Rows as a table whose headings name the type of each column: {@code id:INT64}. */
final class RowTable {
  private final TextTable table = new TextTable();
  private final Schema schema;

  RowTable(Schema schema) {
    this.schema = schema;
    for (Column column : schema.columns()) {
      table.column(
          column.name() + ":" + column.type(),
          CellText.isNumber(column.type()) ? TextTable.Align.RIGHT : TextTable.Align.LEFT);
    }
  }

  void add(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      cells.add(CellText.shortened(row.get(i)));
    }
    table.add(cells);
  }

  void printTo(Console console) {
    table.print(console.out(), console.outStyle(), "");
  }
}
