package io.tributary.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.Publishing;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes while they publish. */
class KilledPublishTest {
  private static final int KILLS = 10;
  private static final int LONGEST_MILLIS = 1000;

  @TempDir Path folder;

  @Test
  void tablesAndLedgerAgreeAfterEachKill() throws Exception {
    long seed = 20_261_121;
    Random random = new Random(seed);
    Warehouse warehouse = Warehouses.at("duckdb:" + folder.resolve("crash.duckdb"));

    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildProcess child = new ChildProcess(PublishLoop.class, warehouse.address())) {
        assertThat(child.line(), is("ready"));
        child.runFor(random.nextInt(LONGEST_MILLIS));
        child.kill();
      }
      try (WarehouseSession session = warehouse.open()) {
        check(session, "seed " + seed + ", kill " + kill);
        session.cleanDeadRuns();
        checkCleaned(session, warehouse);
      }
    }

    try (WarehouseSession session = warehouse.open()) {
      assertThat("published runs", succeeded(session).size(), is(greaterThan(KILLS / 2)));
    }
  }

  private static List<RunEntry> succeeded(WarehouseSession session) {
    return session.runs(Integer.MAX_VALUE).stream()
        .filter(run -> run.status() == RunStatus.SUCCEEDED)
        .toList();
  }

  private static void check(WarehouseSession session, String reason) {
    long total = 0;
    long latest = -1;
    long most = 0;
    for (RunEntry run : succeeded(session)) {
      long number = Long.parseLong(run.runId().substring("run-".length()));
      long rows = PublishLoop.rowsOf(number);
      assertThat(
          reason,
          session.publishes(run.runId()).stream().map(PublishedTable::rowsWritten).toList(),
          contains(rows, rows, rows));
      total += rows;
      latest = Math.max(latest, number);
      most = Math.max(most, rows);
    }
    assertThat(
        reason,
        Publishing.rows(session, "SELECT count(*) FROM tributary.publishes"),
        contains(List.of(3L * succeeded(session).size())));
    if (latest >= 0) {
      assertThat(
          reason,
          Publishing.rows(session, "SELECT count(*), min(run), max(run) FROM crash.replaced"),
          contains(List.of(PublishLoop.rowsOf(latest), latest, latest)));
      assertThat(
          reason,
          Publishing.rows(session, "SELECT count(*) FROM crash.appended"),
          contains(List.of(total)));
      assertThat(
          reason,
          Publishing.rows(session, "SELECT count(*), min(run), max(run) FROM crash.merged"),
          contains(List.of(most, latest, latest)));
    }
  }

  private static void checkCleaned(WarehouseSession session, Warehouse warehouse) throws Exception {
    assertThat(
        session.runs(Integer.MAX_VALUE).stream()
            .filter(run -> run.status() == RunStatus.RUNNING)
            .toList(),
        is(empty()));
    assertThat(
        Publishing.rows(
            session,
            "SELECT table_name FROM information_schema.tables WHERE table_schema ="
                + " 'tributary_staging'"),
        is(empty()));
    Path root = Path.of(warehouse.stagingFolder("any")).getParent();
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left.map(path -> path.getFileName().toString()).toList(), contains("locks"));
    }
    assertThat(warehouse.lockHolder(PublishLoop.CONFIG).isPresent(), is(false));
  }
}
