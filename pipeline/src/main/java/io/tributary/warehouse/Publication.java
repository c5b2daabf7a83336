package io.tributary.warehouse;

import io.tributary.row.Schema;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import java.util.List;

/**
 * All that one run publishes, or, when it failed, all that is kept of it.
 *
 * @param run with its final status
 * @param rejected staged files of rows with the schema {@link RejectedRows#SCHEMA}
 */
public record Publication(
    RunEntry run,
    List<Table> tables,
    List<StepCount> steps,
    List<StagedFile> rejected,
    List<Delivery> deliveries) {

  /**
   * The rows of one table sink.
   *
   * @param schema of the staged files
   * @param leftOut columns that the rows had before they were staged
   */
  public record Table(
      String sink,
      TableWrite write,
      Schema schema,
      List<StagedFile> files,
      List<ColumnChange> leftOut) {

    /** All columns of the rows are in the staged files. */
    public Table(String sink, TableWrite write, Schema schema, List<StagedFile> files) {
      this(sink, write, schema, files, List.of());
    }

    public Table {
      files = List.copyOf(files);
      leftOut = List.copyOf(leftOut);
    }

    public long rows() {
      return files.stream().mapToLong(StagedFile::rows).sum();
    }
  }

  public Publication {
    tables = List.copyOf(tables);
    steps = List.copyOf(steps);
    rejected = List.copyOf(rejected);
    deliveries = List.copyOf(deliveries);
  }
}
