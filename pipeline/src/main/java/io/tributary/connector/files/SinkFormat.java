package io.tributary.connector.files;

import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.format.AvroRowWriter;
import io.tributary.row.format.CsvRowWriter;
import io.tributary.row.format.NdjsonRowWriter;
import io.tributary.row.format.ParquetRowWriter;
import java.io.IOException;
import java.util.Set;

/** How the sink writes rows. */
enum SinkFormat {
  CSV(".csv", SinkCompression.OF_TEXT),
  NDJSON(".ndjson", SinkCompression.OF_TEXT),
  PARQUET(".parquet", Set.of(SinkCompression.NONE)),
  AVRO(".avro", SinkCompression.OF_AVRO);

  private final String ending;
  private final Set<SinkCompression> compressions;

  SinkFormat(String ending, Set<SinkCompression> compressions) {
    this.ending = ending;
    this.compressions = compressions;
  }

  boolean takes(SinkCompression compression) {
    return compressions.contains(compression);
  }

  String ending(SinkCompression compression) {
    return switch (this) {
      case CSV, NDJSON -> ending + compression.ofText().extension();
      case PARQUET, AVRO -> ending;
    };
  }

  RowWriter open(Schema schema, String path, SinkCompression compression) throws IOException {
    return switch (this) {
      case CSV -> new CsvRowWriter(schema, path, compression.ofText());
      case NDJSON -> new NdjsonRowWriter(schema, path, compression.ofText());
      case PARQUET -> new ParquetRowWriter(schema, path);
      case AVRO -> new AvroRowWriter(schema, path, compression.ofAvro());
    };
  }
}
