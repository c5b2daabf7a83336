package io.tributary.connector.files;

import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.format.Compression;
import io.tributary.row.format.CsvRowWriter;
import io.tributary.row.format.NdjsonRowWriter;
import io.tributary.row.format.ParquetRowWriter;
import java.io.IOException;

/** How the sink writes rows. */
enum SinkFormat {
  CSV(".csv"),
  NDJSON(".ndjson"),
  PARQUET(".parquet");

  private final String ending;

  SinkFormat(String ending) {
    this.ending = ending;
  }

  String ending(Compression compression) {
    return ending + compression.extension();
  }

  RowWriter open(Schema schema, String path, Compression compression) throws IOException {
    return switch (this) {
      case CSV -> new CsvRowWriter(schema, path, compression);
      case NDJSON -> new NdjsonRowWriter(schema, path, compression);
      case PARQUET -> new ParquetRowWriter(schema, path);
    };
  }
}
