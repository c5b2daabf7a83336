package io.tributary.row.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.tributary.row.Row;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  private final WrittenFile file;
  private final CsvWriter out;
  private final CellText[] cells;
  private final @Nullable String[] record;
  private long rows;

  /** Begins a file with its header; what is at the path is replaced. */
  public CsvRowWriter(Schema schema, String path, Compression compression) throws IOException {
    RowJson json = new RowJson(schema);
    this.cells =
        schema.columns().stream()
            .map(column -> CellText.of(column.type(), json))
            .toArray(CellText[]::new);
    this.record = new String[cells.length];
    this.file = WrittenFile.create(path, compression);
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

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    file.close(out);
  }

  @Override
  public void abort() throws IOException {
    file.abort();
  }
}
