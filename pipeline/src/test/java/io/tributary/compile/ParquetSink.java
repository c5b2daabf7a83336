package io.tributary.compile;

import io.tributary.module.TableSink;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.format.ParquetRowWriter;
import io.tributary.spec.Problems;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import java.io.IOException;
import java.util.Optional;

/** Stages rows as every table sink does, and never publishes. */
record ParquetSink() implements TableSink {
  @Override
  public String extension() {
    return ".parquet";
  }

  @Override
  public RowWriter open(Schema schema, String path) throws IOException {
    return new ParquetRowWriter(schema, path);
  }

  @Override
  public TableName table() {
    return TableName.parse("d.t");
  }

  @Override
  public TableWrite write(
      Schema input, Optional<TableDescription> existing, String folder, Problems problems) {
    throw new UnsupportedOperationException("stages only");
  }
}
