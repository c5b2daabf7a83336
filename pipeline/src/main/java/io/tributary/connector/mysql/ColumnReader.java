package io.tributary.connector.mysql;

import io.tributary.row.RowBuilder;

/** Reads one value, which is not NULL, from the current packet into a row. Used by one thread. */
@FunctionalInterface
interface ColumnReader {

  /**
   * Reads the value at the packet's position and moves past it, also when it cannot be accepted.
   *
   * @throws UnreadableValueException when the row must be rejected
   */
  void read(RowPacket in, int column, RowBuilder out) throws UnreadableValueException;
}
