package io.tributary.connector.mysql;

/**
 * How many rows a split should have.
 *
 * @param least rows below which splitting is not worth a connection
 * @param most rows above which a failed split costs too much to read again
 * @param splits how many splits a table between the two is cut into
 */
record SplitSize(long least, long most, int splits) {

  /** For tables of any size: 50,000 to 1,000,000 rows, and a few splits per connection. */
  static SplitSize forConnections(int connections) {
    return new SplitSize(50_000, 1_000_000, Math.max(2, connections * 5 / 2));
  }

  /** Rows of each split of so many rows. */
  long rowsPerSplit(long rows) {
    return Math.min(most, Math.max(least, rows / splits));
  }
}
