package io.tributary.row.format;

import io.tributary.row.Row;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.storage.Storages;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Writes rows of any schema to one Parquet file, compressed with zstd at level 1, in row groups of
 * about 32 MB. How types are written says {@link ParquetTypes}. Not thread-safe.
 *
 * <p>Built on parquet-hadoop without Hadoop: of Hadoop only class names in signatures are used.
 */
final class NestedParquetWriter implements RowWriter {
  private static final int ROW_GROUP_BYTES = 32 << 20;

  private final StorageOutputFile file;
  private final ZstdCodecs codecs = new ZstdCodecs();
  private final RowWriteSupport support;
  private final ParquetWriter<Row> writer;
  private long rows;
  private boolean ended;

  /**
   * Begins a file; what is at the path is replaced.
   *
   * @throws IllegalArgumentException when the path's scheme is not supported
   */
  NestedParquetWriter(Schema schema, String path) throws IOException {
    this.file = new StorageOutputFile(Storages.of(path), path);
    this.support = new RowWriteSupport(schema, path);
    try {
      this.writer = open(schema);
    } catch (IOException | RuntimeException e) {
      try {
        file.closeStream();
      } catch (IOException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
  }

  private ParquetWriter<Row> open(Schema schema) throws IOException {
    Builder builder =
        new Builder(file, support)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(codecs)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize((long) ROW_GROUP_BYTES)
            .withDictionaryEncoding(false)
            .withPageWriteChecksumEnabled(false)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
    for (String column : ParquetTypes.repetitiveColumns(schema)) {
      builder = builder.withDictionaryEncoding(column, true);
    }
    return builder.build();
  }

  @Override
  public void write(Row row) throws IOException {
    support.checkRequired(row, rows);
    writer.write(row);
    rows++;
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
    ended = true;
    try {
      writer.close(); // releases the codecs, too
    } finally {
      file.closeStream();
    }
  }

  @Override
  public void abort() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    codecs.release();
    file.closeStream(); // without a footer the file cannot be read
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final RowWriteSupport support;

    Builder(OutputFile file, RowWriteSupport support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }

    @Override
    @SuppressWarnings(
        "deprecation") // abstract in Parquet, but not called with a configuration of its own
    protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
      throw new UnsupportedOperationException("Hadoop is not used");
    }
  }
}
