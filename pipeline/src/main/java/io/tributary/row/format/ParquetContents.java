package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * What the footer of a Parquet file says is in it.
 *
 * @param columns those that can be read, in the order of the file
 * @param unreadable what is wrong with each of the others, as a sentence about it
 * @param rowGroups the number of rows of each row group
 */
public record ParquetContents(List<Column> columns, List<String> unreadable, List<Long> rowGroups) {
  public ParquetContents {
    columns = List.copyOf(columns);
    unreadable = List.copyOf(unreadable);
    rowGroups = List.copyOf(rowGroups);
  }

  /** The contents of a file, its columns as they are; see {@link #of(String, Schema)}. */
  public static ParquetContents of(String path) throws IOException {
    return of(path, null);
  }

  /**
   * Reads the footer of a file.
   *
   * @param wanted types to read columns as, by name; null for their own
   * @throws IOException when it is not a complete Parquet file; the message names it
   */
  public static ParquetContents of(String path, @Nullable Schema wanted) throws IOException {
    try (ParquetFileReader reader = open(path)) {
      List<Column> columns = new ArrayList<>();
      List<String> unreadable = new ArrayList<>();
      for (Type field : reader.getFileMetaData().getSchema().getFields()) {
        try {
          ParquetField found = ParquetField.of(field, type(wanted, field.getName()), false);
          if (columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(found.name()))) {
            throw new IllegalArgumentException("occurs twice, in upper and lower case");
          }
          columns.add(new Column(found.name(), found.type(), found.nullable(), null));
        } catch (IllegalArgumentException e) {
          unreadable.add("column `" + field.getName() + "` " + e.getMessage());
        }
      }
      return new ParquetContents(
          columns,
          unreadable,
          reader.getRowGroups().stream().map(BlockMetaData::getRowCount).toList());
    }
  }

  private static io.tributary.row.@Nullable Type type(@Nullable Schema wanted, String column) {
    OptionalInt position = wanted == null ? OptionalInt.empty() : wanted.find(column);
    return wanted == null || position.isEmpty() ? null : wanted.type(position.getAsInt());
  }

  static ParquetFileReader open(String path) throws IOException {
    try {
      return ParquetFileReader.open(
          new StorageInputFile(path),
          ParquetReadOptions.builder(new PlainParquetConfiguration())
              .withCodecFactory(new ParquetDecompression())
              .build());
    } catch (RuntimeException e) { // how the library says that a file is not Parquet
      throw new IOException(path + " is not a complete Parquet file: " + e.getMessage(), e);
    }
  }
}
