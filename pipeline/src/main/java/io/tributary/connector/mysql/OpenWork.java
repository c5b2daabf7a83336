package io.tributary.connector.mysql;

import io.tributary.failure.TransientException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was under way on a server at a moment and may still add rows of before that moment:
 * transactions that have changed rows, and statements that have not got so far yet. Rows get their
 * time when their statement begins, and are seen when its transaction has ended.
 *
 * <p>Source: MariaDB and MySQL documentation of {@code information_schema.innodb_trx} (its rows are
 * up to 0.1 seconds old) and {@code information_schema.processlist}.
 */
final class OpenWork {
  /** InnoDB makes a new list of its transactions when the last one was asked for so long ago. */
  private static final Duration LIST_AGE = Duration.ofMillis(120);

  /** Statements that change nothing; one that calls a function that does counts once it has. */
  private static final Pattern READS =
      Pattern.compile(
          "[\\s(]*(select|show|explain|describe|desc|checksum|analyze)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Commands of connections that do not execute a statement of a client. */
  private static final Set<String> IDLE =
      Set.of(
          "sleep",
          "daemon",
          "binlog dump",
          "binlog dump gtid",
          "slave_io",
          "slave_sql",
          "slave_worker");

  private final Connection connection;
  private final Instant moment;
  private final boolean isMariaDb;
  private final Set<Long> statements = new HashSet<>();
  private final Set<String> transactions = new HashSet<>();
  private final Map<String, Transaction> open = new HashMap<>();
  private final Map<Long, Running> running = new HashMap<>();

  /**
   * @param connection on which nothing else happens; its time zone is changed
   * @param moment by the server's clock
   */
  OpenWork(Connection connection, Instant moment) throws SQLException {
    this.connection = connection;
    this.moment = moment;
    this.isMariaDb = !SchemaReader.hasNativeJson(connection);
  }

  /** Something that has not ended. */
  record Blocker(Instant since, String describe) {}

  private record Transaction(String id, long connection, Instant since, boolean hasChanged) {
    Blocker blocker() {
      return new Blocker(
          since, "transaction " + id + " (connection " + connection + ", since " + since + ")");
    }
  }

  /**
   * @param isEarly whether it was begun before the moment
   */
  private record Running(long connection, Instant since, boolean isEarly, boolean mayWrite) {
    Blocker blocker() {
      return new Blocker(
          since, "a statement of connection " + connection + " (since " + since + ")");
    }
  }

  /** Whether the user may see the transactions of others. */
  boolean isVisible() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // the server shows the start of transactions in its own zone
      statement.execute("SET SESSION time_zone = 'SYSTEM'");
      statement.executeQuery("SELECT COUNT(*) FROM information_schema.innodb_trx").close();
      return true;
    } catch (SQLException e) {
      if (MySqlErrors.isPrivilegeMissing(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Waits until all of it has ended.
   *
   * @return the oldest that has not ended in time
   */
  Optional<Blocker> await(Duration patience) throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    // seen in a list, it tells that the list was made after the moment
    execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
    boolean begun = false;
    while (true) {
      pause(LIST_AGE);
      if (look()) {
        if (begun) {
          follow();
        } else {
          begin();
          begun = true;
        }
        if (statements.isEmpty() && transactions.isEmpty()) {
          execute("COMMIT");
          return Optional.empty();
        }
      }
      if (System.nanoTime() - deadline >= 0) {
        execute("COMMIT");
        return Optional.of(begun ? oldest() : unknown());
      }
    }
  }

  /** Reads both lists; whether that of the transactions is a new one. */
  private boolean look() throws SQLException {
    running.clear();
    open.clear();
    // in this order: a statement that ends in between has its transaction in the second list
    String elapsed = isMariaDb ? "time_ms" : "time * 1000";
    String sql =
        "SELECT id, command, user, LEFT(info, 200), "
            + elapsed
            + ", UNIX_TIMESTAMP(SYSDATE(6)), CONNECTION_ID() FROM information_schema.processlist";
    long own = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        own = row.getLong(7);
        String command = String.valueOf(row.getString(2)).toLowerCase(Locale.ROOT);
        boolean isClient = !IDLE.contains(command) && !"system user".equals(row.getString(3));
        if (isClient && row.getLong(1) != own) {
          Running found = running(row);
          running.put(found.connection(), found);
        }
      }
    }
    boolean isNew = false;
    sql =
        "SELECT trx_id, trx_mysql_thread_id, UNIX_TIMESTAMP(trx_started), trx_rows_modified FROM"
            + " information_schema.innodb_trx";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        if (row.getLong(2) == own) {
          isNew = true;
        } else {
          Transaction found =
              new Transaction(
                  row.getString(1),
                  row.getLong(2),
                  Instant.ofEpochSecond(row.getLong(3)),
                  row.getLong(4) > 0);
          open.put(found.id(), found);
        }
      }
    }
    return isNew;
  }

  private Running running(ResultSet row) throws SQLException {
    long micros = row.getBigDecimal(6).movePointRight(6).longValue();
    Instant now = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
    double elapsed = row.getDouble(5);
    // MySQL tells whole seconds only, cut off
    Instant since = now.minusNanos((long) ((elapsed + (isMariaDb ? 1 : 1000)) * 1e6));
    String info = row.getString(4);
    return new Running(
        row.getLong(1),
        since,
        since.isBefore(moment),
        info == null || !READS.matcher(info).matches());
  }

  /** What may hold rows of before the moment. */
  private void begin() {
    for (Running statement : running.values()) {
      if (statement.isEarly() && statement.mayWrite()) {
        statements.add(statement.connection());
      }
    }
    for (Transaction transaction : open.values()) {
      if (transaction.hasChanged() || statements.contains(transaction.connection())) {
        transactions.add(transaction.id());
      }
    }
  }

  /** Leaves out what has ended; a statement that got so far now has a transaction. */
  private void follow() {
    for (Transaction transaction : open.values()) {
      if (statements.contains(transaction.connection())) {
        transactions.add(transaction.id());
      }
    }
    statements.removeIf(
        connectionId -> {
          Running now = running.get(connectionId);
          return now == null || !now.isEarly();
        });
    transactions.retainAll(open.keySet());
  }

  private Blocker oldest() {
    List<Blocker> blockers = new ArrayList<>();
    for (String id : transactions) {
      blockers.add(open.containsKey(id) ? open.get(id).blocker() : unknown());
    }
    for (Long id : statements) {
      blockers.add(running.containsKey(id) ? running.get(id).blocker() : unknown());
    }
    return blockers.stream().min(Comparator.comparing(Blocker::since)).orElseGet(this::unknown);
  }

  /** When no list could be had, for instance because another client asks for it all the time. */
  private Blocker unknown() {
    return new Blocker(moment, "what was under way at " + moment);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("interrupted while waiting for open transactions", e);
    }
  }
}
