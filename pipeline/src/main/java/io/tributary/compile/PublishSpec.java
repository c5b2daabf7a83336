package io.tributary.compile;

import io.tributary.config.ErrorPolicy;
import io.tributary.module.FileSink;
import io.tributary.row.Schema;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.TableWrite;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is to be done once all splits were read. Serializable.
 *
 * @param steps names of all steps, in the order of the report
 * @param splits how many splits each source has
 * @param feeds which step feeds each transform and sink
 * @param configHash SHA-256 of the config's text, in hex
 */
record PublishSpec(
    String runId,
    String config,
    String configHash,
    String runner,
    Instant startedAt,
    String warehouse,
    List<String> steps,
    Map<String, Integer> splits,
    Map<String, String> feeds,
    List<Table> tables,
    List<Files> files,
    ErrorPolicy errors)
    implements Serializable {

  /**
   * A table sink and the schema of its staged files.
   *
   * @param leftOut columns that the rows had before they were staged
   */
  record Table(String step, TableWrite write, Schema schema, List<ColumnChange> leftOut)
      implements Serializable {
    Table {
      leftOut = List.copyOf(leftOut);
    }
  }

  /** A sink of files. */
  record Files(String step, FileSink sink) implements Serializable {}

  PublishSpec {
    steps = List.copyOf(steps);
    splits = Map.copyOf(splits);
    feeds = Map.copyOf(feeds);
    tables = List.copyOf(tables);
    files = List.copyOf(files);
  }
}
