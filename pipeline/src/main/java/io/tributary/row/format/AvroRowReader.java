package io.tributary.row.format;

import io.tributary.row.ReadNotes;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.storage.Storages;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema.Field;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Rows of an Avro file, or of the blocks that begin in a part of it, in order. Columns are found by
 * name; how each type is read says {@link AvroScalar}. Holds one block at a time. Not thread-safe.
 */
public final class AvroRowReader implements RowReader {

  /** A field of the file that no column wants. */
  private static final int NO_COLUMN = -1;

  private final String path;
  private final Schema schema;
  private final long to;
  private final long size;
  private final ReadNotes notes;
  private final DataFileReader<GenericRecord> file;
  private final List<org.apache.avro.Schema> skipped = new ArrayList<>();
  private final AvroField.Reader[] readers;
  private final int[] columns;
  private final ReadLosses losses = new ReadLosses();
  private BinaryDecoder block = DecoderFactory.get().binaryDecoder(new byte[0], null);
  private long left; // rows of the block that are not read yet
  private long number; // of the current row among those of the part, from 1

  /**
   * Opens a part of a file.
   *
   * @param schema the columns to read, in this order; the file may have more
   * @param from the first byte of the part
   * @param to the first byte after it; any number past the end reads all
   * @throws IOException when the file cannot be read as that; the message names it
   */
  public AvroRowReader(String path, Schema schema, long from, long to, ReadNotes notes)
      throws IOException {
    this.path = path;
    this.schema = schema;
    this.to = Math.min(to, Long.MAX_VALUE / 2); // the library adds to it
    this.notes = notes;
    this.size = Storages.of(path).size(path);
    this.file = AvroContents.open(path);
    try {
      List<Field> fields = file.getSchema().getFields();
      this.readers = new AvroField.Reader[fields.size()];
      this.columns = new int[fields.size()];
      int found = 0;
      for (int i = 0; i < readers.length; i++) {
        found += open(fields.get(i), i) ? 1 : 0;
      }
      if (found != schema.size()) {
        throw new IOException(
            path + " does not have all of the columns " + String.join(", ", schema.names()));
      }
      if (from > 0) {
        file.sync(from);
      }
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private boolean open(Field field, int index) throws IOException {
    OptionalInt column = schema.find(field.name());
    columns[index] = column.orElse(NO_COLUMN);
    skipped.add(field.schema());
    if (column.isPresent()) {
      try {
        readers[index] =
            AvroField.of(field.schema(), schema.type(column.getAsInt()))
                .opener()
                .open(field.name(), losses);
      } catch (IllegalArgumentException e) {
        throw new IOException(path + ": column `" + field.name() + "` " + e.getMessage(), e);
      }
    }
    return column.isPresent();
  }

  @Override
  public boolean next(RowBuilder out) throws IOException {
    while (advance()) {
      out.clear();
      read(out);
      String misfit = losses.takeMisfit();
      if (misfit == null) {
        return true;
      }
      notes.reject(
          path + " row " + number + " after byte " + file.previousSync() + ": " + misfit,
          RowJson.text(out));
    }
    losses.tally(notes);
    return false;
  }

  private boolean advance() throws IOException {
    try {
      while (left == 0) {
        if (!file.hasNext()) { // also when the file was cut off within a block
          if (file.previousSync() != size) {
            throw new EOFException("the file ends within a block");
          }
          return false;
        }
        if (file.pastSync(to)) {
          return false;
        }
        ByteBuffer bytes = file.nextBlock();
        left = file.getBlockCount();
        number = 0;
        block =
            DecoderFactory.get()
                .binaryDecoder(
                    bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), null);
      }
    } catch (IOException | AvroRuntimeException e) {
      throw broken(e);
    }
    left--;
    number++;
    return true;
  }

  private void read(RowBuilder out) throws IOException {
    try {
      for (int i = 0; i < readers.length; i++) {
        if (columns[i] == NO_COLUMN) {
          GenericDatumReader.skip(skipped.get(i), block);
        } else {
          readers[i].read(block, out, columns[i]);
        }
      }
    } catch (IOException | RuntimeException e) { // broken bytes give either
      throw broken(e);
    }
  }

  private IOException broken(Exception cause) {
    return new IOException(
        path
            + " cannot be read at row "
            + number
            + " after byte "
            + file.previousSync()
            + ": "
            + cause.getMessage(),
        cause);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
