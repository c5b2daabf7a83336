package io.tributary.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouse.RunLock;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLocksTest {
  private static final Instant NOW = Instant.parse("2024-05-01T02:00:00Z");
  private static final String CONFIG = "orders.yaml";

  @TempDir Path folder;

  private RunLocks at(Instant now) {
    return new RunLocks(folder, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** Puts a lock file where the lock of the config is. */
  private void leave(LockFile lock) throws IOException {
    assertThat(at(NOW).tryLock(CONFIG, "any").isPresent(), is(true));
    try (var files = Files.newDirectoryStream(folder, "*.lock")) {
      lock.write(files.iterator().next());
    }
  }

  @Test
  void ofManyThreadsOneGetsTheLockThatADeadRunLeft() throws Exception {
    LockFile mine = LockFile.ofThisProcess(CONFIG, "dead", NOW);
    leave(new LockFile(CONFIG, "dead", 999_999_999, 1, mine.host(), NOW));
    int threads = 8;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Optional<RunLock>>> tries = new ArrayList<>();

    for (int i = 0; i < threads; i++) {
      String runId = "run-" + i;
      tries.add(
          executor.submit(
              () -> {
                start.await();
                return at(NOW).tryLock(CONFIG, runId);
              }));
    }
    start.countDown();

    int taken = 0;
    for (Future<Optional<RunLock>> attempt : tries) {
      taken += attempt.get().isPresent() ? 1 : 0;
    }
    executor.shutdown();
    assertThat(taken, is(1));
  }

  @Test
  void ofTwoProcessesOneGetsTheLockAndAKilledOneGivesItUp() throws Exception {
    String address = "duckdb:" + folder.resolve("w.duckdb");
    Warehouse warehouse = Warehouses.at(address);
    try (ChildProcess first = new ChildProcess(LockHolder.class, address, CONFIG, "r1");
        ChildProcess second = new ChildProcess(LockHolder.class, address, CONFIG, "r2")) {
      first.line();
      second.line();
      first.tell("try");
      second.tell("try");
      String firstAnswer = first.line();
      String secondAnswer = second.line();

      assertThat(List.of(firstAnswer, secondAnswer), containsInAnyOrder("taken", "refused"));
      ChildProcess holder = firstAnswer.equals("taken") ? first : second;
      String runId = firstAnswer.equals("taken") ? "r1" : "r2";
      assertThat(
          warehouse.lockHolder(CONFIG).orElseThrow(),
          containsString("run " + runId + " (process " + holder.pid() + " on "));
      assertThat(warehouse.isAlive(runId), is(true));
      assertThat(warehouse.tryLock(CONFIG, "r3").isPresent(), is(false));

      holder.kill();

      assertThat(warehouse.isAlive(runId), is(false));
      RunLock lock = warehouse.tryLock(CONFIG, "r3").orElseThrow();
      lock.close();
    }
  }

  @Test
  void aProcessThatGotTheIdOfADeadOneDoesNotHoldItsLock() throws Exception {
    LockFile mine = LockFile.ofThisProcess(CONFIG, "dead", NOW);
    leave(new LockFile(CONFIG, "dead", mine.pid(), mine.processStart() - 60_000, mine.host(), NOW));

    assertThat(at(NOW).holder(CONFIG), is(Optional.empty()));
    assertThat(at(NOW).tryLock(CONFIG, "next").isPresent(), is(true));
  }

  @Test
  void aClockThatWasSetByASecondTakesNoLockFromALivingRun() throws Exception {
    LockFile mine = LockFile.ofThisProcess(CONFIG, "living", NOW);
    leave(new LockFile(CONFIG, "living", mine.pid(), mine.processStart() - 1000, mine.host(), NOW));

    assertThat(at(NOW).tryLock(CONFIG, "next").isPresent(), is(false));
    assertThat(at(NOW).livingRuns(), contains("living"));
  }

  @Test
  void aRunOnAnotherMachineHoldsItsLockForFiveMinutesAfterARenewal() throws Exception {
    leave(new LockFile(CONFIG, "elsewhere", 1, 1, "another-host", NOW));
    Instant soon = NOW.plus(Duration.ofMinutes(5)).minusMillis(1);
    Instant later = NOW.plus(Duration.ofMinutes(5));

    assertThat(at(soon).tryLock(CONFIG, "next").isPresent(), is(false));
    assertThat(at(soon).livingRuns(), contains("elsewhere"));
    assertThat(at(later).livingRuns(), is(empty()));
    assertThat(at(later).tryLock(CONFIG, "next").isPresent(), is(true));
  }

  @Test
  void aLockThatAnotherRunHasTakenOverIsNotReleased() throws Exception {
    RunLock lost = at(NOW).tryLock(CONFIG, "lost").orElseThrow();
    leaveWithoutLocking(new LockFile(CONFIG, "elsewhere", 1, 1, "another-host", NOW));

    lost.close();

    assertThat(at(NOW).livingRuns(), contains("elsewhere"));
  }

  private void leaveWithoutLocking(LockFile lock) throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*.lock")) {
      lock.write(files.iterator().next());
    }
  }

  @Test
  void locksOfDeadRunsAndBrokenFilesAreRemoved() throws Exception {
    LockFile mine = LockFile.ofThisProcess(CONFIG, "dead", NOW);
    leave(new LockFile(CONFIG, "dead", 999_999_999, 1, mine.host(), NOW));
    Files.writeString(folder.resolve("broken.lock"), "");
    RunLock living = at(NOW).tryLock("other.yaml", "living").orElseThrow();

    at(NOW).removeDead();

    assertThat(at(NOW).livingRuns(), contains("living"));
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".lock")).count(), is(1L));
    }
    living.close();
  }
}
