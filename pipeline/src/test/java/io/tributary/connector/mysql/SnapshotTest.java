package io.tributary.connector.mysql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.spec.Secret;
import io.tributary.spec.SqlText;
import io.tributary.testing.MariaDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All splits of a run show one moment, whoever writes meanwhile. */
class SnapshotTest {
  private static final String DATABASE = "snapshot_test";
  private static final int ACCOUNTS = 2000;
  private static final long TOTAL = ACCOUNTS * 100L;

  private final MariaDb server = MariaDb.required();

  @BeforeEach
  void createAccounts() {
    server.database(DATABASE);
    server.execute(
        "USE " + DATABASE,
        "CREATE TABLE accounts (id int NOT NULL PRIMARY KEY, amount int NOT NULL)",
        "INSERT INTO accounts SELECT seq, 100 FROM seq_1_to_" + ACCOUNTS,
        "CREATE TABLE old (id int NOT NULL PRIMARY KEY, amount int) ENGINE=MyISAM",
        "INSERT INTO old SELECT seq, 100 FROM seq_1_to_" + ACCOUNTS,
        "CREATE OR REPLACE USER poor IDENTIFIED BY 'p'",
        "GRANT SELECT ON " + DATABASE + ".* TO poor",
        "CREATE OR REPLACE USER locker IDENTIFIED BY 'p'",
        "GRANT SELECT, LOCK TABLES ON " + DATABASE + ".* TO locker");
  }

  @Test
  void writesBetweenTwoSplitsAreNotSeen() throws Exception {
    try (Reading reading = reading(Map.of())) {
      List<KeyRange> splits = reading.splits(400);
      assertThat(reading.begin(splits.size()), is(Optional.empty()));
      long total = sum(reading.rows(splits.subList(0, 1)));

      moveMoneyFromTheEndToTheBeginning();
      total += sum(reading.rows(splits.subList(1, splits.size())));

      assertThat(total, is(TOTAL));
    }
  }

  @Test
  void withoutASnapshotTheSameWritesAreSeen() throws Exception {
    try (Reading reading = reading(Map.of("snapshot", "off"))) {
      List<KeyRange> splits = reading.splits(400);
      assertThat(reading.begin(splits.size()), is(Optional.empty()));
      long total = sum(reading.rows(splits.subList(0, 1)));

      moveMoneyFromTheEndToTheBeginning();
      total += sum(reading.rows(splits.subList(1, splits.size())));

      assertThat(total, is(not(TOTAL)));
    }
  }

  @Test
  void aBusyWriterNeverShowsAHalfDoneTransfer() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong transfers = new AtomicLong();
    Thread writer = new Thread(() -> transfer(stop, transfers), "writer");
    writer.start();
    try {
      for (int round = 0; round < 5; round++) {
        try (Reading reading = reading(Map.of("snapshot", "required"))) {
          List<KeyRange> splits = reading.splits(400);
          reading.begin(splits.size());
          long before = transfers.get();
          List<Row> rows = reading.rows(splits);
          while (transfers.get() == before && writer.isAlive()) {
            Thread.onSpinWait(); // writers go on while the snapshot is read
          }

          assertThat(rows.size(), is(ACCOUNTS));
          assertThat(sum(rows), is(TOTAL));
        }
      }
    } finally {
      stop.set(true);
      writer.join();
    }
    assertThat(transfers.get(), greaterThan(0L));
  }

  @Test
  void aUserWhoMayOnlyLockTheTableGetsASnapshot() throws Exception {
    try (Reading reading = reading(Map.of("user", "locker", "password", Secret.literal("p")))) {
      List<KeyRange> splits = reading.splits(400);
      assertThat(reading.begin(splits.size()), is(Optional.empty()));

      moveMoneyFromTheEndToTheBeginning();

      assertThat(sum(reading.rows(splits)), is(TOTAL));
    }
  }

  @Test
  void aUserWhoMayNotLockReadsWithoutAndTheReportSaysSo() throws Exception {
    try (Reading reading = reading(Map.of("user", "poor", "password", Secret.literal("p")))) {
      List<KeyRange> splits = reading.splits(400);

      String note = reading.begin(splits.size()).orElseThrow();

      assertThat(
          note,
          containsString(
              "mysql accounts: its " + splits.size() + " splits are read at slightly different"));
      assertThat(note, containsString("it needs the privilege RELOAD or LOCK TABLES"));
      assertThat(sum(reading.rows(splits)), is(TOTAL));
    }
  }

  @Test
  void aSnapshotThatIsRequiredButImpossibleStopsTheRun() throws Exception {
    try (Reading reading =
        reading(Map.of("user", "poor", "password", Secret.literal("p"), "snapshot", "required"))) {
      Exception e = assertThrows(PermanentException.class, () -> reading.begin(3));

      assertThat(e.getMessage(), containsString("mysql accounts: beginning a snapshot is not"));
    }
  }

  @Test
  void anEngineWithoutTransactionsHasNoSnapshot() throws Exception {
    try (Reading reading = reading(Map.of("table", "old"))) {
      assertThat(reading.begin(3).orElseThrow(), containsString("engine MyISAM has no snapshots"));
    }
  }

  @Test
  void oneSplitNeedsNoSnapshotEvenWhereItIsRequired() throws Exception {
    try (Reading reading =
        reading(Map.of("user", "poor", "password", Secret.literal("p"), "snapshot", "required"))) {
      assertThat(reading.begin(1), is(Optional.empty()));
      assertThat(sum(reading.rows(List.of(KeyRange.all(0)))), is(TOTAL));
    }
  }

  @Test
  void piecesOfAQueryShareASnapshot() throws Exception {
    Map<String, Object> keys = new HashMap<>();
    keys.put(
        "query",
        SqlText.of(
            "SELECT * FROM accounts WHERE id <= 1000\n--sep--\nSELECT * FROM accounts WHERE id >"
                + " 1000"));
    try (Reading reading = Reading.of(DATABASE, keys)) {
      assertThat(reading.begin(2), is(Optional.empty()));
      long total = sum(reading.rows(List.of(KeyRange.all(0))));

      moveMoneyFromTheEndToTheBeginning();
      total += sum(reading.rows(List.of(KeyRange.all(1))));

      assertThat(total, is(TOTAL));
    }
  }

  @Test
  void aSplitThatIsGivenUpEarlyLeavesTheSnapshotToTheNext() throws Exception {
    try (Reading reading = reading(Map.of("max_connections", 1))) {
      List<KeyRange> splits = reading.splits(400);
      reading.begin(splits.size());
      moveMoneyFromTheEndToTheBeginning();

      try (RowReader reader = reading.open(splits.get(0))) {
        reader.next(new RowBuilder(reading.schema()));
      }

      assertThat(sum(reading.rows(splits)), is(TOTAL));
    }
  }

  @Test
  void aLostConnectionOfTheSnapshotIsReplacedByAnotherOfIt() throws Exception {
    try (Reading reading = reading(Map.of("snapshot", "required", "max_connections", 2))) {
      List<KeyRange> splits = reading.splits(400);
      reading.begin(splits.size());
      moveMoneyFromTheEndToTheBeginning();
      kill(snapshotConnections().subList(0, 1));

      assertThrows(TransientException.class, () -> reading.rows(splits));

      assertThat(sum(reading.rows(splits)), is(TOTAL));
    }
  }

  @Test
  void aSnapshotThatIsLostAltogetherFailsTheRunThatRequiresIt() throws Exception {
    try (Reading reading = reading(Map.of("snapshot", "required", "max_connections", 1))) {
      List<KeyRange> splits = reading.splits(400);
      reading.begin(splits.size());
      kill(snapshotConnections());
      assertThrows(TransientException.class, () -> reading.rows(splits));

      Exception e = assertThrows(TransientException.class, () -> reading.rows(splits));

      assertThat(e.getMessage(), containsString("all connections of the snapshot were lost"));
    }
  }

  @Test
  void aSnapshotThatIsLostAltogetherIsCountedWhereItIsNotRequired() throws Exception {
    try (Reading reading = reading(Map.of("max_connections", 1))) {
      List<KeyRange> splits = reading.splits(400);
      reading.begin(splits.size());
      kill(snapshotConnections());
      assertThrows(TransientException.class, () -> reading.rows(splits));

      assertThat(sum(reading.rows(splits)), is(TOTAL));

      assertThat(
          reading.tallies,
          is(Map.of("splits of accounts read outside of the lost snapshot", (long) splits.size())));
    }
  }

  @Test
  void aProcessThatHasNotBegunARequiredSnapshotDoesNotReadRanges() throws Exception {
    try (Reading reading = reading(Map.of("snapshot", "required"))) {
      KeyRange range = reading.splits(400).get(0);

      assertThrows(PermanentException.class, () -> reading.open(range));
    }
  }

  @Test
  void theEndOfTheRunClosesTheConnections() throws Exception {
    try (Reading reading = reading(Map.of("max_connections", 3))) {
      reading.begin(5);
      assertThat(snapshotConnections().size(), is(3));
    }

    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!snapshotConnections().isEmpty()) {
      assertThat("still open", System.nanoTime() < deadline, is(true));
    }
  }

  private static Reading reading(Map<String, Object> keys) {
    Map<String, Object> all = new HashMap<>(Map.of("table", "accounts"));
    all.putAll(keys);
    return Reading.of(DATABASE, all);
  }

  private static long sum(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.longAt(1)).sum();
  }

  private void moveMoneyFromTheEndToTheBeginning() {
    server.execute(
        "USE " + DATABASE,
        "START TRANSACTION",
        "UPDATE accounts SET amount = amount + 50 WHERE id <= 400",
        "UPDATE accounts SET amount = amount - 50 WHERE id > 1600",
        "DELETE FROM accounts WHERE id = 1000",
        "INSERT INTO accounts VALUES (" + (ACCOUNTS + 1) + ", 999)",
        "COMMIT");
  }

  private void transfer(AtomicBoolean stop, AtomicLong transfers) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("USE " + DATABASE);
      connection.setAutoCommit(false);
      while (!stop.get()) {
        long n = transfers.get();
        statement.execute("UPDATE accounts SET amount = amount - 1 WHERE id = " + (1 + n % 100));
        statement.execute(
            "UPDATE accounts SET amount = amount + 1 WHERE id = " + (ACCOUNTS - n % 100));
        connection.commit();
        transfers.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Connections that have a transaction open. */
  private List<Long> snapshotConnections() throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id FROM information_schema.processlist WHERE db = '"
                    + DATABASE
                    + "' AND command = 'Sleep' ORDER BY id")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  private void kill(List<Long> connections) {
    connections.forEach(id -> server.execute("KILL " + id));
  }
}
