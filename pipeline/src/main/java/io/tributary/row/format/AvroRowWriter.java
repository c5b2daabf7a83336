package io.tributary.row.format;

import io.tributary.row.Row;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes rows to one Avro file; how types are written says {@link AvroTypes}. Not thread-safe. */
public final class AvroRowWriter implements RowWriter {
  private static final int BLOCK_BYTES = 1 << 18;

  /** How blocks are compressed. */
  public enum Codec {
    NONE,
    ZSTD,
    SNAPPY,
    DEFLATE;

    private CodecFactory factory() {
      return switch (this) {
        case NONE -> CodecFactory.nullCodec();
        case ZSTD -> CodecFactory.zstandardCodec(1);
        case SNAPPY -> CodecFactory.snappyCodec();
        case DEFLATE -> CodecFactory.deflateCodec(6);
      };
    }
  }

  private final WrittenFile written;
  private final DataFileWriter<GenericRecord> file;
  private final AvroTypes.Cell[] cells;
  private final RequiredColumns required;
  private final ByteArrayOutputStream row = new ByteArrayOutputStream();
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(row, null);
  private long rows;

  /**
   * Begins a file; what is at the path is replaced.
   *
   * @throws IllegalArgumentException when a column has a name that Avro does not allow
   */
  public AvroRowWriter(Schema schema, String path, Codec codec) throws IOException {
    org.apache.avro.Schema record = record(schema);
    this.cells = AvroTypes.cells(schema);
    this.required = new RequiredColumns(schema, path);
    this.written = WrittenFile.create(path, Compression.NONE);
    try {
      this.file =
          new DataFileWriter<GenericRecord>(new GenericDatumWriter<>())
              .setCodec(codec.factory())
              .setSyncInterval(BLOCK_BYTES)
              .create(record, written.out());
    } catch (IOException | RuntimeException e) {
      written.abort();
      throw e;
    }
  }

  /** Names of columns and fields, as paths, that Avro does not allow. */
  public static List<String> wrongNames(Schema schema) {
    return AvroTypes.wrongNames(schema);
  }

  private static org.apache.avro.Schema record(Schema schema) {
    try {
      return AvroTypes.record("row", schema);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public void write(Row next) throws IOException {
    required.check(next, rows);
    row.reset();
    for (int i = 0; i < cells.length; i++) {
      cells[i].write(next, i, encoder);
    }
    encoder.flush();
    file.appendEncoded(ByteBuffer.wrap(row.toByteArray()));
    rows++;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    written.close(file);
  }

  @Override
  public void abort() throws IOException {
    written.abort();
  }
}
