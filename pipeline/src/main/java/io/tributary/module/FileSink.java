package io.tributary.module;

import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import java.io.IOException;
import java.util.List;

/** Writes files, which become visible by renames after the tables of the run were published. */
public non-sealed interface FileSink extends Sink {

  /**
   * The same sink with a relative path taken from a folder: that of the config.
   *
   * @param warehouse address of the one that knows the runs, as several may deliver to one folder
   */
  FileSink resolvedAgainst(String configFolder, String warehouse);

  /** Reports rows that cannot be written there as they are. */
  void check(Schema schema, Problems problems);

  /** What a run will do there, in a few words. */
  String action();

  /** The folder for the staged files of a run: in the same file system as the destination. */
  String stagingFolder(String runId);

  /** Runs of the same warehouse whose staged files are there. */
  List<String> stagedRuns() throws IOException;

  /** Whether files of runs are there already. */
  boolean hasFiles() throws IOException;

  /** What will be written to, for the plan and the report. */
  String destination();

  /** What makes the files visible. Decided before the publish, kept in the ledger with it. */
  Delivery delivery(String runId, String sinkName, List<StagedFile> files) throws IOException;
}
