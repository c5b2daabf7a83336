package io.tributary.module;

import io.tributary.row.Row;
import io.tributary.storage.StagedFile;
import java.io.IOException;
import java.util.List;

/** The staged files that a sink writes for one split. Used by one thread. */
public interface StagedOutput {

  /** Writes a row; consumes it before it returns. */
  void write(Row row) throws IOException;

  /** Completes the files and says which there are; none without rows. */
  List<StagedFile> complete() throws IOException;

  /** Gives up what is not complete. */
  void abort() throws IOException;
}
