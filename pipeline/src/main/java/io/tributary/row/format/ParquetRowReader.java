package io.tributary.row.format;

import io.tributary.row.ReadNotes;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Parquet file, in order: staged ones, and those of other writers. Columns are found by
 * name; how each type is read says {@link ParquetScalar}. Holds one row group, compressed, at a
 * time. Not thread-safe.
 */
public final class ParquetRowReader implements RowReader {
  private final String path;
  private final @Nullable ReadNotes notes;
  private final int endGroup;
  private final ParquetFileReader file;
  private final MessageColumnIO columns;
  private final ReadLosses losses = new ReadLosses();
  private final ParquetConverters.Target target;
  private final Materializer materializer;
  private @Nullable RecordReader<Boolean> records;
  private int group;
  private long left; // rows of the current row group that are not read yet
  private long number; // of the current row in the file, from 1

  /**
   * Opens a staged file. What does not fit its column is an error.
   *
   * @param schema the columns to read, in this order; the file may have more
   * @throws IOException when the file cannot be read as that; the message names it
   */
  public ParquetRowReader(String path, Schema schema) throws IOException {
    this(path, schema, 0, Integer.MAX_VALUE, null);
  }

  /**
   * Opens some row groups of a file that anyone may have written.
   *
   * @param endGroup the first row group not to read; any number past the last reads all
   * @param notes is told rows that do not fit; null when that is an error
   */
  public ParquetRowReader(
      String path, Schema schema, int firstGroup, int endGroup, @Nullable ReadNotes notes)
      throws IOException {
    this.path = path;
    this.notes = notes;
    this.group = firstGroup;
    this.file = ParquetContents.open(path);
    try {
      this.endGroup = Math.min(endGroup, file.getRowGroups().size());
      for (int i = 0; i < Math.min(firstGroup, this.endGroup); i++) {
        number += file.getRowGroups().get(i).getRowCount();
      }
      MessageType all = file.getFileMetaData().getSchema();
      List<ParquetField> fields = new ArrayList<>();
      MessageType requested = requested(all, schema, fields);
      file.setRequestedSchema(requested);
      this.columns =
          new ColumnIOFactory(file.getFileMetaData().getCreatedBy()).getColumnIO(requested, all);
      this.target = new ParquetConverters.Target(new RowBuilder(schema), "", losses);
      this.materializer = new Materializer(new ParquetConverters.Root(fields, target));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private MessageType requested(MessageType all, Schema schema, List<ParquetField> fields)
      throws IOException {
    List<Type> requested = new ArrayList<>();
    for (Type field : all.getFields()) {
      OptionalInt column = schema.find(field.getName());
      if (column.isPresent()) {
        try {
          fields.add(ParquetField.of(field, schema.type(column.getAsInt()), notes == null));
        } catch (IllegalArgumentException e) {
          throw new IOException(path + ": column `" + field.getName() + "` " + e.getMessage(), e);
        }
        requested.add(field);
      }
    }
    if (requested.size() != schema.size()) {
      List<String> found = requested.stream().map(Type::getName).toList();
      throw new IOException(
          path
              + " has the columns "
              + String.join(", ", found)
              + " of the expected "
              + String.join(", ", schema.names()));
    }
    return new MessageType(all.getName(), requested);
  }

  @Override
  public boolean next(RowBuilder out) throws IOException {
    while (advance()) {
      out.clear();
      target.begin(out);
      read();
      target.end();
      String misfit = losses.takeMisfit();
      if (misfit == null) {
        return true;
      }
      String reason = path + " row " + number + ": " + misfit;
      if (notes == null) {
        throw new IOException(reason);
      }
      notes.reject(reason, RowJson.text(out));
    }
    if (notes != null) {
      losses.tally(notes);
    }
    return false;
  }

  /** Goes to the next row; false when there is none. */
  private boolean advance() throws IOException {
    while (left == 0) {
      if (group >= endGroup) {
        return false;
      }
      left = file.getRowGroups().get(group).getRowCount();
      if (left > 0) { // the library refuses to read an empty one
        records = records(group);
      }
      group++;
    }
    left--;
    number++;
    return true;
  }

  private RecordReader<Boolean> records(int rowGroup) throws IOException {
    try {
      PageReadStore pages = file.readRowGroup(rowGroup);
      return columns.getRecordReader(pages, materializer);
    } catch (IOException | RuntimeException e) { // the library throws either at what is broken
      throw broken(e);
    }
  }

  private void read() throws IOException {
    try {
      if (records != null) {
        records.read();
      }
    } catch (RuntimeException e) { // the library has no one exception for broken pages
      throw broken(e);
    }
  }

  private IOException broken(Exception cause) {
    return new IOException(
        path + " cannot be read after row " + number + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Rows go to the target as they are read, so there is nothing to make of them. */
  private static final class Materializer extends RecordMaterializer<Boolean> {
    private final GroupConverter root;

    Materializer(GroupConverter root) {
      this.root = root;
    }

    @Override
    public Boolean getCurrentRecord() {
      return true;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }
}
