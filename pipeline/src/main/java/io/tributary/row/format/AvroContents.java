package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema.Field;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the header of an Avro file says is in it.
 *
 * @param columns those that can be read, in the order of the file
 * @param unreadable what is wrong with each of the others, as a sentence about it
 */
public record AvroContents(List<Column> columns, List<String> unreadable) {
  private static final int SYNC_BYTES = 16;

  public AvroContents {
    columns = List.copyOf(columns);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Reads the header of a file.
   *
   * @param wanted types to read columns as, by name; null for their own
   * @throws IOException when it is not an Avro file of records; the message names it
   */
  public static AvroContents of(String path, @Nullable Schema wanted) throws IOException {
    try (DataFileReader<GenericRecord> file = open(path)) {
      List<Column> columns = new ArrayList<>();
      List<String> unreadable = new ArrayList<>();
      for (Field field : file.getSchema().getFields()) {
        String name = field.name();
        OptionalInt position = wanted == null ? OptionalInt.empty() : wanted.find(name);
        try {
          AvroField found =
              AvroField.of(
                  field.schema(),
                  wanted == null || position.isEmpty() ? null : wanted.type(position.getAsInt()));
          if (columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name))) {
            throw new IllegalArgumentException("occurs twice, in upper and lower case");
          }
          columns.add(new Column(name, found.type(), found.nullable(), field.doc()));
        } catch (IllegalArgumentException e) {
          unreadable.add("column `" + name + "` " + e.getMessage());
        }
      }
      return new AvroContents(columns, unreadable);
    }
  }

  static DataFileReader<GenericRecord> open(String path) throws IOException {
    AvroInput input = AvroInput.open(path);
    try {
      DataFileReader<GenericRecord> file = new DataFileReader<>(input, new GenericDatumReader<>());
      if (file.getSchema().getType() != org.apache.avro.Schema.Type.RECORD) {
        throw new IOException(
            "it holds values of type " + file.getSchema().getType().getName() + ", not records");
      }
      return file;
    } catch (IOException | AvroRuntimeException e) {
      input.close();
      throw new IOException(path + " cannot be read as Avro: " + e.getMessage(), e);
    }
  }

  /**
   * The number of rows that the blocks of a file say they have, each up to its end.
   *
   * @throws IOException when the file is not complete; the message names it
   */
  public static long rows(String path) throws IOException {
    long begin;
    byte[] sync = new byte[SYNC_BYTES];
    try (DataFileReader<GenericRecord> file = open(path)) {
      begin = file.previousSync();
    }
    try (InputStream in = Storages.of(path).open(path, begin - SYNC_BYTES)) {
      BinaryDecoder blocks = DecoderFactory.get().binaryDecoder(in, null);
      blocks.readFixed(sync);
      long rows = 0;
      byte[] end = new byte[SYNC_BYTES];
      while (!blocks.isEnd()) {
        rows += blocks.readLong();
        blocks.skipFixed(Math.toIntExact(blocks.readLong()));
        blocks.readFixed(end);
        if (!Arrays.equals(sync, end)) {
          throw new IOException("a block has no end");
        }
      }
      return rows;
    } catch (IOException e) {
      throw new IOException(path + " is not a complete Avro file", e);
    }
  }
}
