package io.tributary.warehouse;

import io.tributary.row.Schema;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that one run publishes, or, when it failed, all that is kept of it.
 *
 * @param run with its final status
 * @param rejected staged files of rows with the schema {@link RejectedRows#SCHEMA}
 * @param cursors how far the sinks have come with it
 */
public record Publication(
    RunEntry run,
    List<Table> tables,
    List<StepCount> steps,
    List<StagedFile> rejected,
    List<Delivery> deliveries,
    List<CursorMove> cursors) {

  /**
   * The rows of one table sink: those of staged files, or the result of a query that is run within
   * the publish.
   *
   * @param schema of the staged files or, column by column, of the query's result
   * @param files none when there is a query
   * @param leftOut columns that the rows had before they were staged
   * @param query null when the rows are in the files
   */
  public record Table(
      String sink,
      TableWrite write,
      Schema schema,
      List<StagedFile> files,
      List<ColumnChange> leftOut,
      @Nullable StagedQuery query) {
    public Table {
      files = List.copyOf(files);
      leftOut = List.copyOf(leftOut);
    }

    /** The rows of staged files, with all their columns. */
    public Table(String sink, TableWrite write, Schema schema, List<StagedFile> files) {
      this(sink, write, schema, files, List.of(), null);
    }

    /** The rows of staged files; 0 for a query, whose rows are not known before it is run. */
    public long rows() {
      return files.stream().mapToLong(StagedFile::rows).sum();
    }
  }

  public Publication {
    tables = List.copyOf(tables);
    steps = List.copyOf(steps);
    rejected = List.copyOf(rejected);
    deliveries = List.copyOf(deliveries);
    cursors = List.copyOf(cursors);
  }

  /** A publication that moves no cursor. */
  public Publication(
      RunEntry run,
      List<Table> tables,
      List<StepCount> steps,
      List<StagedFile> rejected,
      List<Delivery> deliveries) {
    this(run, tables, steps, rejected, deliveries, List.of());
  }

  /** The rows that a sink's table may hold already; empty when there can be none. */
  public Optional<CursorMove> overlap(String sink) {
    return cursors.stream()
        .filter(move -> move.overlap() != null && move.sink().equals(sink))
        .findFirst();
  }
}
