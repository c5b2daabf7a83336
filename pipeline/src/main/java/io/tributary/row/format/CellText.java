package io.tributary.row.format;

import io.tributary.row.Row;
import io.tributary.row.Type;
import io.tributary.row.Type.Slot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The text of a value that is not NULL, as it stands in CSV; chosen once per column. */
@FunctionalInterface
public interface CellText {
  String of(Row row, int column);

  /**
   * Bytes are base64, dates and times ISO 8601, RECORD and ARRAY are JSON.
   *
   * @param json of the rows' schema
   */
  static CellText of(Type type, RowJson json) {
    return switch (type.kind()) {
      case BOOL -> (row, i) -> row.longAt(i) != 0 ? "true" : "false";
      case INT64 -> (row, i) -> Long.toString(row.longAt(i));
      case FLOAT64 -> (row, i) -> Double.toString(row.doubleAt(i));
      case NUMERIC, BIGNUMERIC ->
          type.slot() == Slot.LONG
              ? (row, i) -> BigDecimal.valueOf(row.longAt(i), type.scale()).toPlainString()
              : (row, i) -> ((BigDecimal) row.objectAt(i)).toPlainString();
      case STRING, JSON, GEOGRAPHY ->
          (row, i) ->
              new String(row.bytes(i), row.offset(i), row.length(i), StandardCharsets.UTF_8);
      case BYTES -> CellText::base64;
      case DATE -> (row, i) -> TimeText.date(row.longAt(i));
      case TIME -> (row, i) -> TimeText.time(row.longAt(i));
      case DATETIME -> (row, i) -> TimeText.dateTime(row.longAt(i));
      case TIMESTAMP -> (row, i) -> TimeText.timestamp(row.longAt(i));
      case RECORD, ARRAY -> json::valueText;
    };
  }

  private static String base64(Row row, int column) {
    int from = row.offset(column);
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOfRange(row.bytes(column), from, from + row.length(column)));
  }
}
