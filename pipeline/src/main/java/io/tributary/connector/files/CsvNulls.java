package io.tributary.connector.files;

import io.tributary.connector.files.CsvRecords.Cells;
import java.util.List;

/** Which cells are NULL: those without quotes that are one of {@code null_values}. */
record CsvNulls(String[] values) {
  CsvNulls(List<String> values) {
    this(values.toArray(String[]::new));
  }

  boolean isNull(Cells cells, int cell) {
    if (cells.isQuoted(cell)) {
      return false;
    }
    for (String value : values) {
      if (cells.is(cell, value)) {
        return true;
      }
    }
    return false;
  }
}
