package io.tributary.compile;

import io.tributary.storage.StagedFile;
import io.tributary.warehouse.StepCount;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which files of a split count, and their numbers: the only thing that leaves a fused stage.
 * Files that no record names were written by attempts that failed.
 *
 * @param step the source, or the query whose result is read
 * @param split the number of the split among those of its source; {@link #RESULT} for a query that
 *     was run
 * @param counts of the source and of every step after it
 * @param files staged files by sink, or by the step whose rows queries read
 * @param rejected staged file of rejected rows; empty when there were none
 * @param tallies what the source counted besides rows
 * @param cursors of the rows that were read; null when there were none, or the source has no cursor
 */
public record CompletionRecord(
    String step,
    int split,
    List<StepCount> counts,
    Map<String, List<StagedFile>> files,
    List<StagedFile> rejected,
    Map<String, Long> tallies,
    @Nullable CursorSpan cursors)
    implements Serializable {
  /** Stands for a query's result as a whole, in place of the number of a split. */
  static final int RESULT = -1;

  public CompletionRecord {
    counts = List.copyOf(counts);
    files = Map.copyOf(files);
    rejected = List.copyOf(rejected);
    tallies = Map.copyOf(tallies);
  }

  /** Of a source without a cursor. */
  CompletionRecord(
      String step,
      int split,
      List<StepCount> counts,
      Map<String, List<StagedFile>> files,
      List<StagedFile> rejected,
      Map<String, Long> tallies) {
    this(step, split, counts, files, rejected, tallies, null);
  }
}
