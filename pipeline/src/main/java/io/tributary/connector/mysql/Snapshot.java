package io.tributary.connector.mysql;

import io.tributary.connector.mysql.MySqlCatalog.Table;
import io.tributary.connector.mysql.MySqlParameters.SnapshotMode;
import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.module.ReadContext;
import io.tributary.module.RunResources;
import io.tributary.spec.Environment;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Connection;

/**
 * Connections whose transactions all see the database as of one moment. Thread-safe.
 *
 * <p>They begin while writers are held back by a lock, which is given up at once. A transaction
 * without {@code WITH CONSISTENT SNAPSHOT} would see the moment of its first read instead.
 */
final class Snapshot implements AutoCloseable {
  /** How long other sessions may be made to wait for the lock, when it is not free. */
  private static final int LOCK_WAIT_SECONDS = 10;

  private final Deque<Connection> free = new ArrayDeque<>();
  private final List<Connection> all = new ArrayList<>();

  private Snapshot() {}

  /**
   * Begins a snapshot for a run of several splits and keeps it in {@link RunResources}.
   *
   * @return what the report should say when there is none
   * @throws PermanentException when one is required but cannot be had
   */
  static Optional<String> begin(
      MySqlParameters parameters, String id, String runId, int splits, Environment environment) {
    if (parameters.snapshot() == SnapshotMode.OFF || splits < 2) {
      return Optional.empty(); // one query is consistent by itself
    }
    Snapshot snapshot = new Snapshot();
    String where = "mysql " + parameters.subject() + ": beginning a snapshot";
    try (Connection locking = MySqlConnection.open(parameters.login(), environment)) {
      for (int i = Math.min(splits, parameters.maxConnections()); i > 0; i--) {
        snapshot.add(MySqlConnection.open(parameters.login(), environment));
      }
      Optional<String> obstacle = lock(locking, parameters.table());
      if (obstacle.isEmpty()) {
        snapshot.start();
        RunResources.put(runId, key(id), snapshot);
        return Optional.empty(); // closing the connection unlocks
      }
      snapshot.close();
      if (parameters.snapshot() == SnapshotMode.REQUIRED) {
        throw new PermanentException(where + " is not possible: " + obstacle.get());
      }
      return Optional.of(
          "mysql "
              + parameters.subject()
              + ": its "
              + splits
              + " splits are read at slightly different moments: "
              + obstacle.get());
    } catch (SQLException e) {
      snapshot.closeAfter(e);
      throw MySqlErrors.from(e, where);
    }
  }

  private static String key(String id) {
    return "mysql snapshot " + id;
  }

  /** Holds back writers until the connection is closed; else says why it cannot. */
  private static Optional<String> lock(Connection connection, @Nullable MySqlTable name)
      throws SQLException {
    if (name != null) {
      Optional<Table> table = new MySqlCatalog(connection).table(name);
      if (table.isPresent() && !table.get().hasSnapshots()) {
        return Optional.of("engine " + table.get().engine() + " has no snapshots");
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION lock_wait_timeout = " + LOCK_WAIT_SECONDS);
      try {
        statement.execute("FLUSH TABLES WITH READ LOCK");
        return Optional.empty();
      } catch (SQLException e) {
        return name == null
            ? obstacle(e, "a query needs the RELOAD privilege")
            : lockTable(statement, name);
      }
    }
  }

  private static Optional<String> lockTable(Statement statement, MySqlTable name)
      throws SQLException {
    try {
      statement.execute("LOCK TABLES " + name.sql() + " READ");
      return Optional.empty();
    } catch (SQLException e) {
      return obstacle(e, "it needs the privilege RELOAD or LOCK TABLES");
    }
  }

  private static Optional<String> obstacle(SQLException e, String need) throws SQLException {
    if (MySqlErrors.isConnectionLost(e)) {
      throw e;
    }
    return Optional.of(MySqlErrors.message(e) + " (" + need + ")");
  }

  private void start() throws SQLException {
    for (Connection connection : all) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
      }
    }
  }

  /** A connection of the run's snapshot, waiting for a free one; or a new one. */
  static Lease lease(MySqlParameters parameters, String id, KeyRange range, ReadContext context) {
    Optional<Snapshot> found = RunResources.find(context.runId(), key(id), Snapshot.class);
    if (found.isPresent()) {
      Connection connection = found.get().take();
      if (connection != null) {
        return new Lease(connection, found.get());
      }
      if (parameters.snapshot() == SnapshotMode.REQUIRED) {
        throw new TransientException(
            "mysql "
                + parameters.subject()
                + " range "
                + range
                + ": all connections of the snapshot were lost; run again");
      }
      context.tally("splits of " + parameters.subject() + " read outside of the lost snapshot", 1);
    } else if (parameters.snapshot() == SnapshotMode.REQUIRED
        && !range.isAll()
        && !context.isSample()) {
      throw new PermanentException(
          "mysql "
              + parameters.subject()
              + ": `snapshot: required` holds within one process, and this one has not begun it");
    }
    try {
      return new Lease(MySqlConnection.open(parameters.login(), context.environment()), null);
    } catch (SQLException e) {
      throw MySqlErrors.from(e, "mysql " + parameters.subject() + " range " + range);
    }
  }

  private synchronized void add(Connection connection) {
    all.add(connection);
    free.add(connection);
  }

  /** Null when no connection is left. */
  private synchronized @Nullable Connection take() {
    try {
      while (free.isEmpty() && !all.isEmpty()) {
        wait();
      }
      return free.poll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("interrupted while waiting for a connection", e);
    }
  }

  synchronized void giveBack(Connection connection) {
    if (all.contains(connection)) {
      free.add(connection);
      notifyAll();
    }
  }

  synchronized void lose(Connection connection) {
    all.remove(connection);
    notifyAll();
  }

  /** Ends the transactions. */
  @Override
  public synchronized void close() throws SQLException {
    SQLException first = null;
    for (Connection connection : all) {
      try {
        connection.close();
      } catch (SQLException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    all.clear();
    free.clear();
    notifyAll();
    if (first != null) {
      throw first;
    }
  }

  private void closeAfter(SQLException cause) {
    try {
      close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
