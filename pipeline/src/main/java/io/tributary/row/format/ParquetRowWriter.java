package io.tributary.row.format;

import io.tributary.row.Row;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.Type.Kind;
import java.io.IOException;

/**
 * Writes rows to one Parquet file, compressed with zstd at level 1; how types are written says
 * {@link ParquetTypes}. A schema without RECORD and ARRAY is written by a small writer of our own,
 * which takes less time; others by parquet-hadoop. Not thread-safe.
 */
public final class ParquetRowWriter implements RowWriter {
  private final RowWriter writer;

  /**
   * Begins a file; what is at the path is replaced.
   *
   * @throws IllegalArgumentException when the path's scheme is not supported
   */
  public ParquetRowWriter(Schema schema, String path) throws IOException {
    boolean flat =
        schema.columns().stream()
            .map(column -> column.type().kind())
            .noneMatch(kind -> kind == Kind.RECORD || kind == Kind.ARRAY);
    this.writer =
        flat ? new FlatParquetWriter(schema, path) : new NestedParquetWriter(schema, path);
  }

  /**
   * @throws io.tributary.failure.PermanentException when a column that is NOT NULL is NULL; the row
   *     is then not written
   */
  @Override
  public void write(Row row) throws IOException {
    writer.write(row);
  }

  @Override
  public long rows() {
    return writer.rows();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  @Override
  public void abort() throws IOException {
    writer.abort();
  }
}
