package io.tributary.row;

import java.io.IOException;

/**
 * Writes rows of one schema to one file. Used by one thread. The file counts only after {@link
 * #close()} returned; {@link #abort} gives it up without completing it.
 */
public interface RowWriter extends AutoCloseable {

  /** Writes a row; consumes it before it returns. */
  void write(Row row) throws IOException;

  /** Rows written so far. */
  long rows();

  /** Completes the file. Calling it again does nothing. */
  @Override
  void close() throws IOException;

  /**
   * Releases what the writer holds and leaves the file incomplete; close does nothing afterwards.
   */
  void abort() throws IOException;
}
