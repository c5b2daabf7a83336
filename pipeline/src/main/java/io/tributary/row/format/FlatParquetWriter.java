package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Slot;
import io.tributary.storage.Storages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Writes rows without RECORD and ARRAY to one Parquet file, column by column, without an object per
 * value. Row groups of 122,880 rows (what DuckDB reads at once), or less when they grow large.
 * Format: Apache Parquet, parquet.thrift. Not thread-safe.
 */
final class FlatParquetWriter implements RowWriter {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final int GROUP_ROWS = 122_880;
  private static final long GROUP_BYTES = 32 << 20;

  private final Schema schema;
  private final String path;
  private final RequiredColumns required;
  private final ColumnPages[] columns;
  private final PageCompression compression = new PageCompression();
  private final OutputStream file;
  private final OutputStream out;
  private final List<RowGroup> groups = new ArrayList<>();
  private long position;
  private long rows;
  private long groupRows;
  private boolean torn; // a row was written in part
  private boolean ended;

  FlatParquetWriter(Schema schema, String path) throws IOException {
    this.schema = schema;
    this.path = path;
    this.required = new RequiredColumns(schema, path);
    this.columns = new ColumnPages[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = pages(schema.column(i));
    }
    this.file = Storages.of(path).create(path);
    this.out = new BufferedOutputStream(file, 1 << 16);
    out.write(MAGIC); // kept in the buffer: cannot fail
    this.position = MAGIC.length;
  }

  private ColumnPages pages(Column column) {
    boolean nullable = column.nullable();
    Type type = column.type();
    return switch (type.kind()) {
      case BOOL -> new BitPages(nullable, compression);
      case INT64, TIME, DATETIME, TIMESTAMP ->
          new NumberPages(nullable, NumberWidth.INT64, compression);
      case DATE -> new NumberPages(nullable, NumberWidth.INT32, compression);
      case NUMERIC -> decimals(nullable, type);
      case FLOAT64 ->
          new PlainPages(
              nullable,
              (row, i, out) -> out.putLong(Double.doubleToRawLongBits(row.doubleAt(i))),
              compression);
      case BIGNUMERIC ->
          new PlainPages(
              nullable, (row, i, out) -> putText((BigDecimal) row.objectAt(i), out), compression);
      case STRING -> new BytesPages(nullable, new BytesDictionary(), compression);
      case JSON, GEOGRAPHY, BYTES -> new BytesPages(nullable, null, compression);
      case RECORD, ARRAY -> throw new IllegalStateException(type + " is not flat");
    };
  }

  private ColumnPages decimals(boolean nullable, Type type) {
    if (type.precision() <= ParquetTypes.INT32_DIGITS) {
      return new NumberPages(nullable, NumberWidth.INT32, compression);
    }
    if (type.slot() == Slot.LONG) {
      return new NumberPages(nullable, NumberWidth.INT64, compression);
    }
    return new PlainPages(
        nullable,
        (row, i, out) -> ParquetTypes.putFixed((BigDecimal) row.objectAt(i), out),
        compression);
  }

  private static void putText(BigDecimal value, ByteBuilder out) {
    byte[] text = ParquetTypes.canonical(value).getBytes(StandardCharsets.UTF_8);
    out.putInt(text.length);
    out.putBytes(text, 0, text.length);
  }

  @Override
  public void write(Row row) throws IOException {
    required.check(row, rows);
    boolean pageEnded = false;
    torn = true;
    for (int i = 0; i < columns.length; i++) {
      pageEnded |= row.isNull(i) ? columns[i].addNull() : columns[i].add(row, i);
    }
    rows++;
    groupRows++;
    torn = false;
    if (groupRows == GROUP_ROWS || pageEnded && keptBytes() >= GROUP_BYTES) {
      endGroup();
    }
  }

  private long keptBytes() {
    long bytes = 0;
    for (ColumnPages pages : columns) {
      bytes += pages.keptBytes();
    }
    return bytes;
  }

  private void endGroup() throws IOException {
    List<ColumnChunk> chunks = new ArrayList<>();
    long plainBytes = 0;
    for (int i = 0; i < columns.length; i++) {
      ColumnPages.Chunk chunk = columns[i].writeTo(out);
      ColumnMetaData about =
          new ColumnMetaData(
              ParquetSchemaElements.physicalType(schema.column(i)),
              chunk.encodings(),
              List.of(schema.column(i).name()),
              CompressionCodec.ZSTD,
              chunk.values(),
              chunk.plainBytes(),
              chunk.bytes(),
              position + chunk.dictionaryBytes());
      if (chunk.dictionaryBytes() > 0) {
        about.setDictionary_page_offset(position);
      }
      chunks.add(new ColumnChunk(position).setMeta_data(about));
      position += chunk.bytes();
      plainBytes += chunk.plainBytes();
    }
    groups.add(new RowGroup(chunks, plainBytes, groupRows));
    groupRows = 0;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      return;
    }
    if (torn) {
      abort();
      throw new IOException(path + " cannot be completed: a row of it was written in part");
    }
    ended = true;
    try (file) {
      if (groupRows > 0) {
        endGroup();
      }
      FileMetaData footer =
          new FileMetaData(1, ParquetSchemaElements.of(schema), rows, groups)
              .setCreated_by("tributary");
      ByteBuilder bytes = new ByteBuilder(1 << 12);
      Util.writeFileMetaData(footer, bytes);
      bytes.putInt(bytes.size());
      bytes.write(MAGIC, 0, MAGIC.length);
      bytes.writeTo(out);
      out.flush();
    } finally {
      compression.close();
    }
  }

  @Override
  public void abort() throws IOException {
    if (!ended) {
      ended = true;
      compression.close();
      file.close(); // without a footer the file cannot be read
    }
  }
}
