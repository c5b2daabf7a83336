package io.tributary.row;

import java.io.IOException;

/**
 * The rows of one split, in order, read one at a time into a row that the caller owns. Used by one
 * thread.
 */
public interface RowReader extends AutoCloseable {

  /**
   * Fills {@code out} with the next row.
   *
   * @return false when there are no more rows; {@code out} is then undefined
   * @throws IOException when the source fails; the message names the object, the split and the row
   *     count
   */
  boolean next(RowBuilder out) throws IOException;

  /**
   * Releases what the reader holds; before the last row it cancels what is under way. May be called
   * twice.
   */
  @Override
  void close() throws IOException;
}
