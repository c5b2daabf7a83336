package io.tributary.connector.mysql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Connection;

/** A connection for one split: its own, or one of a snapshot, to be given back. */
record Lease(Connection connection, @Nullable Snapshot snapshot) {

  /** Whether other splits will use the connection afterwards. */
  boolean isShared() {
    return snapshot != null;
  }

  /** Ends a query whose rows are not all wanted; the server stops working on it. */
  void cancel() throws SQLException {
    if (snapshot == null) {
      connection.abort(Runnable::run);
    } else {
      connection.cancelCurrentQuery(); // the snapshot must outlive it
    }
  }

  /** Gives the connection back, or closes it. */
  void end() throws SQLException {
    if (snapshot == null) {
      connection.close();
    } else {
      snapshot.giveBack(connection);
    }
  }

  /** Gives up a connection that was lost. */
  void lose() {
    if (snapshot != null) {
      snapshot.lose(connection);
    }
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // it was lost before: nothing is left to be released
    }
  }
}
