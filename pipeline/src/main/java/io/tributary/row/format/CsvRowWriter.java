package io.tributary.row.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.tributary.row.Row;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as CSV (RFC 4180) in UTF-8, with a header and line feeds. NULL is an empty cell
 * without quotes, an empty text is {@code ""}; other cells have quotes only where they need them.
 * Bytes are base64, dates and times ISO 8601, RECORD and ARRAY are JSON. Not thread-safe.
 */
public final class CsvRowWriter implements RowWriter {
  private static final QuoteStrategy EMPTY_TEXT_IN_QUOTES =
      new QuoteStrategy() {
        @Override
        public boolean quoteEmpty(int line, int field) {
          return true;
        }
      };

  /** The text of a value that is not NULL. */
  private interface CellText {
    String of(Row row, int column);
  }

  private final TextFile file;
  private final CsvWriter out;
  private final CellText[] cells;
  private final @Nullable String[] record;
  private long rows;
  private boolean ended;

  /** Begins a file with its header; what is at the path is replaced. */
  public CsvRowWriter(Schema schema, String path, Compression compression) throws IOException {
    RowJson json = new RowJson(schema);
    this.cells =
        schema.columns().stream().map(column -> text(column.type(), json)).toArray(CellText[]::new);
    this.record = new String[cells.length];
    this.file = TextFile.create(path, compression);
    this.out =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .quoteStrategy(EMPTY_TEXT_IN_QUOTES)
            .build(file.out(), StandardCharsets.UTF_8);
    out.writeRecord(schema.names());
  }

  @Override
  public void write(Row row) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      record[i] = row.isNull(i) ? null : cells[i].of(row, i);
    }
    try {
      out.writeRecord(record);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    rows++;
  }

  private static CellText text(Type type, RowJson json) {
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
      case BYTES -> CsvRowWriter::base64;
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

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      try {
        out.close();
      } finally {
        file.close();
      }
    }
  }

  @Override
  public void abort() throws IOException {
    if (!ended) {
      ended = true;
      file.abort();
    }
  }
}
