package io.tributary.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.testing.MariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing is lost and nothing comes twice while other clients keep writing: some commit each
 * statement, some keep their transactions open for up to a second, and some give up what they
 * wrote.
 */
class ConcurrentWritersTest {
  private static final int RUNS = 10;

  @TempDir Path folder;

  private final MariaDb server = MariaDb.required();

  @ParameterizedTest
  @ValueSource(strings = {"TIMESTAMP(6)", "DATETIME(6)", "DATETIME"})
  void afterTheLastRunAMergedTableEqualsTheSource(String type) throws Exception {
    String fraction = type.endsWith("(6)") ? "(6)" : "";
    table(
        "updated_at "
            + type
            + " NOT NULL DEFAULT CURRENT_TIMESTAMP"
            + fraction
            + " ON UPDATE CURRENT_TIMESTAMP"
            + fraction
            + ", KEY (updated_at)");
    Runs runs = new Runs(folder, "writers");
    String config = config("updated_at", "mode: merge, merge_keys: [id]");

    whileOthersWrite(
        true,
        () -> {
          for (int i = 0; i < RUNS; i++) {
            runs.run(config);
          }
        });
    settle(fraction);
    runs.run(config);

    assertThat(runs.rows("SELECT id, v FROM d.t ORDER BY id"), is(source()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"created_at", "id"})
  void anAppendedTableHasEveryInsertedRowOnce(String cursor) throws Exception {
    table("created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), KEY (created_at)");
    Runs runs = new Runs(folder, "writers");
    String config = config(cursor, "mode: append");

    whileOthersWrite(
        false,
        () -> {
          for (int i = 0; i < RUNS; i++) {
            runs.run(config);
          }
        });
    settle("(6)");
    runs.run(config);

    assertThat(runs.rows("SELECT id, v FROM d.t ORDER BY id"), is(source()));
  }

  @Test
  void whatALongTransactionHoldsIsLeftToTheNextRun() throws Exception {
    table("created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), KEY (created_at)");
    Runs runs = new Runs(folder, "writers");
    String config = config("created_at", "mode: append");
    try (Connection writer = server.connect();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO writers.t (v) VALUES (1)");
      server.execute("INSERT INTO writers.t (v) VALUES (2)");

      RunReport first = runs.run(config);
      writer.commit();
      settle("(6)");
      RunReport second = runs.run(config);

      assertThat(first.tables().get(0).rowsAfter(), is(0L));
      assertThat(
          first.notes().toString(), first.notes().toString().contains("still open"), is(true));
      assertThat(second.tables().get(0).rowsAfter(), is(2L));
    }
  }

  private void table(String cursor) {
    server.database("writers");
    server.execute(
        "CREATE TABLE writers.t (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, v BIGINT NOT NULL, "
            + cursor
            + ")");
  }

  private static String config(String cursor, String mode) {
    return String.format(
        """
        name: writers
        sources:
          - {name: rows, module: mysql, profile: db, table: t, incremental: {cursor: %s}}
        sinks:
          - {name: out, module: bigquery, input: rows, %s,
             table: d.t, create_disposition: CREATE_IF_NEEDED}
        """,
        cursor, mode);
  }

  /** Lets the unit of a cursor's column pass, whose rows are left to the next run. */
  private void settle(String fraction) {
    server.execute("SELECT SLEEP(" + (fraction.isEmpty() ? "1.1" : "0.01") + ")");
  }

  private interface Work {
    void run() throws Exception;
  }

  private void whileOthersWrite(boolean updates, Work work) throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    List<Callable<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int seed = i;
      writers.add(() -> single(new Random(seed), updates, ended));
      writers.add(() -> longer(new Random(100 + seed), updates, ended));
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      List<Future<Void>> running = new ArrayList<>();
      writers.forEach(writer -> running.add(threads.submit(writer)));
      work.run();
      ended.set(true);
      for (Future<Void> writer : running) {
        writer.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a writer failed", e.getCause());
    } finally {
      ended.set(true);
      threads.shutdown();
      threads.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private Void single(Random random, boolean updates, AtomicBoolean ended) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setCatalog("writers");
      while (!ended.get()) {
        statement.execute(statement(random, updates));
        statement.execute("SELECT SLEEP(0.002)");
      }
    }
    return null;
  }

  private Void longer(Random random, boolean updates, AtomicBoolean ended) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setCatalog("writers");
      connection.setAutoCommit(false);
      while (!ended.get()) {
        int statements = 1 + random.nextInt(4);
        for (int i = 0; i < statements; i++) {
          statement.execute(statement(random, false));
          statement.execute("SELECT SLEEP(" + random.nextInt(250) / 1000.0 + ")");
        }
        if (updates) {
          statement.execute(statement(random, true));
        }
        if (random.nextInt(8) == 0) {
          connection.rollback();
        } else {
          connection.commit();
        }
      }
    }
    return null;
  }

  private static String statement(Random random, boolean updates) {
    int value = random.nextInt(1_000_000);
    return updates && random.nextBoolean()
        ? "UPDATE t SET v = " + value + " WHERE id = " + (1 + random.nextInt(400))
        : "INSERT INTO t (v) VALUES (" + value + ")";
  }

  private List<String> source() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        var result = statement.executeQuery("SELECT id, v FROM writers.t ORDER BY id")) {
      while (result.next()) {
        rows.add(result.getLong(1) + "|" + result.getLong(2));
      }
    }
    return rows;
  }
}
