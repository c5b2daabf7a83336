package io.tributary.compile;

import io.tributary.module.FileSink;
import io.tributary.row.Schema;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.TableWrite;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done once all splits were read. Serializable.
 *
 * @param barrier what must add up before
 * @param configHash SHA-256 of the config's text, in hex
 * @param cursors how far the run brings the sinks
 */
record PublishSpec(
    String config,
    String configHash,
    String runner,
    Instant startedAt,
    String warehouse,
    BarrierSpec barrier,
    List<Table> tables,
    List<Files> files,
    List<CursorMove> cursors)
    implements Serializable {

  /**
   * A table sink.
   *
   * @param schema of its staged files or, column by column, of the query's result
   * @param leftOut columns that the rows had before they were staged
   * @param query the query that fills the table within the publish; null when its rows are staged
   */
  record Table(
      String step,
      TableWrite write,
      Schema schema,
      List<ColumnChange> leftOut,
      @Nullable QuerySpec query)
      implements Serializable {
    Table {
      leftOut = List.copyOf(leftOut);
    }
  }

  /** A sink of files. */
  record Files(String step, FileSink sink) implements Serializable {}

  PublishSpec {
    tables = List.copyOf(tables);
    files = List.copyOf(files);
    cursors = List.copyOf(cursors);
  }

  String runId() {
    return barrier.runId();
  }
}
