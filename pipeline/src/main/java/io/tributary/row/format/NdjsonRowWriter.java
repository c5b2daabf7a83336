package io.tributary.row.format;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.row.Row;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import java.io.IOException;

/**
 * Writes rows as one JSON object per line, in UTF-8; values as {@link RowJson} says. Not
 * thread-safe.
 */
public final class NdjsonRowWriter implements RowWriter {
  private final WrittenFile file;
  private final RowJson json;
  private final JsonGenerator out;
  private long rows;

  /** Begins a file; what is at the path is replaced. */
  public NdjsonRowWriter(Schema schema, String path, Compression compression) throws IOException {
    this.json = new RowJson(schema);
    this.file = WrittenFile.create(path, compression);
    this.out = new JsonFactory().createGenerator(file.out(), JsonEncoding.UTF8);
    out.setRootValueSeparator(null);
  }

  @Override
  public void write(Row row) throws IOException {
    json.write(row, out);
    out.writeRaw('\n');
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
