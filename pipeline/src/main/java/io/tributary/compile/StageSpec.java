package io.tributary.compile;

import io.tributary.module.RowTransform;
import io.tributary.module.Sink;
import io.tributary.module.Source;
import io.tributary.module.Split;
import io.tributary.row.CursorRange;
import io.tributary.row.Schema;
import io.tributary.warehouse.RowConversion;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does with one split of a source: read it, pass its rows through the transforms, and
 * write them to the files of the sinks. Serializable.
 *
 * @param stagedRejects folder for the staged rejected rows
 * @param cursor position of the cursor in the schema; null when the source is read whole
 */
record StageSpec(
    String runId,
    String step,
    Source<? extends Split> source,
    Schema schema,
    List<Branch> branches,
    String stagedRejects,
    String warehouse,
    long rejectLimit,
    @Nullable Integer cursor)
    implements Serializable {

  /**
   * What happens to the rows of a step: they go through a transform, into a sink, or to a query.
   */
  sealed interface Branch extends Serializable permits Through, Into, Staged {}

  /** Rows go through a transform, and what comes out of it goes on. */
  record Through(String step, RowTransform.Planned transform, List<Branch> branches)
      implements Branch {
    Through {
      branches = List.copyOf(branches);
    }
  }

  /**
   * Rows go into the staged files of a sink.
   *
   * @param schema of its staged files
   * @param conversion from the rows to that schema; null when they have it
   * @param folder of its staged files
   * @param range what it takes, by the cursors of the source's rows; null when it takes all
   */
  record Into(
      String step,
      Sink sink,
      Schema schema,
      @Nullable RowConversion conversion,
      String folder,
      @Nullable CursorRange range)
      implements Branch {}

  /**
   * Rows are staged for the queries that read them.
   *
   * @param step the source or transform that gives the rows
   * @param folder of the staged files
   */
  record Staged(String step, Schema schema, String folder) implements Branch {}

  StageSpec {
    branches = List.copyOf(branches);
  }

  /** Whether it reads the result of a query, whose rows are counted already. */
  boolean readsResult() {
    return source instanceof ResultSource;
  }
}
