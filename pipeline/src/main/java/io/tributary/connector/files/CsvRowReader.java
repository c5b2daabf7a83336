package io.tributary.connector.files;

import io.tributary.connector.files.CsvRecords.Cells;
import io.tributary.failure.PermanentException;
import io.tributary.module.ReadContext;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.format.PlainJson;
import io.tributary.row.format.TextColumn;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV file, or of a part of one, in order; a row that does not fit the schema is
 * rejected. Not thread-safe.
 */
final class CsvRowReader implements RowReader {
  private final String path;
  private final Schema schema;
  private final CsvRecords records;
  private final CsvNulls nulls;
  private final ReadContext context;
  private final int[] cellOf; // position in the file of each column
  private final TextColumn[] columns;
  private final boolean[] emptyIsValue;

  CsvRowReader(FileSplit part, FilesParameters parameters, Schema schema, ReadContext context)
      throws IOException {
    this.path = part.path();
    this.schema = schema;
    this.context = context;
    this.nulls = new CsvNulls(parameters.nullValues());
    this.columns =
        schema.columns().stream().map(c -> TextColumn.of(c.type())).toArray(TextColumn[]::new);
    this.emptyIsValue = new boolean[schema.size()];
    for (int i = 0; i < emptyIsValue.length; i++) {
      emptyIsValue[i] =
          switch (schema.type(i).kind()) {
            case STRING, GEOGRAPHY, BYTES -> true;
            case BOOL, INT64, FLOAT64, NUMERIC, BIGNUMERIC, JSON -> false;
            case DATE, TIME, DATETIME, TIMESTAMP, RECORD, ARRAY -> false;
          };
    }
    this.records = CsvRecords.of(part, parameters);
    try {
      this.cellOf = cells(records.names());
    } catch (RuntimeException e) {
      records.close();
      throw e;
    }
  }

  private int[] cells(List<String> names) {
    int[] cells = new int[schema.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i;
    }
    if (names.isEmpty()) {
      return cells;
    }
    for (int i = 0; i < cells.length; i++) {
      String column = schema.column(i).name();
      cells[i] = CsvHeader.find(names, column);
      if (cells[i] < 0 || names.size() != cells.length) {
        throw new PermanentException(
            path
                + ": the header is "
                + String.join(", ", names)
                + ", which are not the columns "
                + String.join(", ", schema.names())
                + " of the plan; the file was changed, run the config again");
      }
    }
    return cells;
  }

  @Override
  public boolean next(RowBuilder out) throws IOException {
    while (records.next(columns.length)) {
      Cells cells = records.cells();
      String reason =
          cells.size() == columns.length
              ? read(cells, out)
              : "the row has " + cells.size() + " cells instead of " + columns.length;
      if (reason == null) {
        return true;
      }
      context.reject(path + " line " + cells.line() + ": " + reason, json(cells));
    }
    return false;
  }

  /** Null, or why the record is not a row. */
  private @Nullable String read(Cells cells, RowBuilder out) {
    for (int i = 0; i < columns.length; i++) {
      int cell = cellOf[i];
      if (nulls.isNull(cells, cell) || cells.isEmpty(cell) && !emptyIsValue[i]) {
        if (!schema.column(i).nullable()) {
          return "column `" + schema.column(i).name() + "` is REQUIRED, but the cell is NULL";
        }
        out.setNull(i);
        continue;
      }
      try {
        columns[i].read(cells.characters(), cells.from(cell), cells.to(cell), out, i);
      } catch (IllegalArgumentException e) {
        return "column `" + schema.column(i).name() + "` " + e.getMessage();
      }
    }
    return null;
  }

  /**
   * The record as it stands in the file: all cells as text, and what has no column as {@code
   * column_7}.
   */
  private String json(Cells cells) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    for (int cell = 0; cell < cells.size(); cell++) {
      texts.put(name(cell), nulls.isNull(cells, cell) ? null : cells.text(cell));
    }
    return PlainJson.text(texts);
  }

  private String name(int cell) {
    for (int i = 0; i < cellOf.length; i++) {
      if (cellOf[i] == cell) {
        return schema.column(i).name();
      }
    }
    return "column_" + (cell + 1);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
