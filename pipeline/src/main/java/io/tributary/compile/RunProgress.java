package io.tributary.compile;

import io.tributary.failure.PermanentException;
import io.tributary.module.RunResources;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.StepCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come in this process: for the progress line, for what is kept of a run that
 * fails, and for stopping it. Where a worker is another process than the launcher, each has its
 * own. Thread-safe.
 */
public final class RunProgress implements AutoCloseable {
  private static final String KEY = "progress";

  private enum Publishing {
    NOT_BEGUN,
    BEGUN,
    CANCELLED
  }

  /** A moment's numbers. */
  public record Snapshot(
      long rows, long rejected, int splitsDone, int splits, boolean publishing) {}

  private final AtomicInteger splits;
  private final LongAdder rows = new LongAdder();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicInteger splitsDone = new AtomicInteger();
  private final AtomicReference<Publishing> publishing =
      new AtomicReference<>(Publishing.NOT_BEGUN);
  private final Map<String, Semaphore> connections;
  private final List<StagedFile> rejectedFiles = new ArrayList<>();
  private final Map<String, StepCount> counts = new LinkedHashMap<>();
  private final Map<String, Long> tallies = new LinkedHashMap<>();
  private volatile @Nullable Workers workers;
  private int attempts;
  private @Nullable PublishOutcome outcome;

  /**
   * @param splits of all sources
   * @param connections how many splits of a source may be read at once; sources without a limit are
   *     left out
   */
  private RunProgress(int splits, Map<String, Integer> connections) {
    this.splits = new AtomicInteger(splits);
    this.connections = new LinkedHashMap<>();
    connections.forEach((step, most) -> this.connections.put(step, new Semaphore(most)));
  }

  /** Begins the progress of a run in this process. */
  public static RunProgress begin(String runId, int splits, Map<String, Integer> connections) {
    RunProgress progress = new RunProgress(splits, connections);
    RunResources.put(runId, KEY, progress);
    return progress;
  }

  /** The progress of a run; a new one on a worker that is not the launcher. */
  static RunProgress of(String runId) {
    return RunResources.find(runId, KEY, RunProgress.class)
        .orElseGet(() -> begin(runId, 0, Map.of()));
  }

  public Snapshot snapshot() {
    return new Snapshot(
        rows.sum(),
        rejected.get(),
        splitsDone.get(),
        splits.get(),
        publishing.get() == Publishing.BEGUN);
  }

  void rowsRead(long more) {
    rows.add(more);
  }

  /** Counts a rejected row; returns how many there are. */
  long rowRejected() {
    return rejected.incrementAndGet();
  }

  /** Takes back the rejected rows of an attempt that will be repeated. */
  void forgetRejected(long count) {
    rejected.addAndGet(-count);
  }

  void acquireConnection(String step) throws InterruptedException {
    Semaphore permits = connections.get(step);
    if (permits != null) {
      permits.acquire();
    }
  }

  void releaseConnection(String step) {
    Semaphore permits = connections.get(step);
    if (permits != null) {
      permits.release();
    }
  }

  /**
   * Counts a query that was run.
   *
   * @param parts how many splits of its result are to be read, besides those known before
   */
  synchronized void queryDone(CompletionRecord record, int parts) {
    splits.addAndGet(parts);
    record.counts().forEach(count -> counts.merge(count.step(), count, StepCount::plus));
  }

  synchronized void splitDone(CompletionRecord record) {
    splitsDone.incrementAndGet();
    rejectedFiles.addAll(record.rejected());
    record.counts().forEach(count -> counts.merge(count.step(), count, StepCount::plus));
    record.tallies().forEach((what, times) -> tallies.merge(what, times, Long::sum));
  }

  /** Keeps the rejected rows of a split that failed for good. */
  synchronized void splitFailed(List<StagedFile> files) {
    rejectedFiles.addAll(files);
  }

  /** Staged files of all rejected rows so far. */
  public synchronized List<StagedFile> rejectedFiles() {
    return List.copyOf(rejectedFiles);
  }

  /** Counts of the steps, over the splits that are done. */
  public synchronized List<StepCount> counts() {
    return List.copyOf(counts.values());
  }

  /** What sources counted besides rows. */
  public synchronized Map<String, Long> tallies() {
    return Map.copyOf(tallies);
  }

  /** The runner's threads, where it runs in this process. */
  public void workers(Workers runners) {
    workers = runners;
  }

  /** Does what can use the whole machine, while the runner's other threads rest. */
  <T> T alone(Supplier<T> work) {
    Workers resting = workers;
    if (resting == null) {
      return work.get();
    }
    resting.rest();
    try {
      return work.get();
    } finally {
      resting.resume();
    }
  }

  synchronized void published(PublishOutcome result) {
    outcome = result;
  }

  /** What was published; null before that. */
  public synchronized @Nullable PublishOutcome outcome() {
    return outcome;
  }

  /** Whether the publish may begin: it may not once the run was cancelled. */
  boolean beginPublish() {
    return publishing.compareAndSet(Publishing.NOT_BEGUN, Publishing.BEGUN)
        || publishing.get() == Publishing.BEGUN;
  }

  /** Prevents the publish. False when it has begun already: the run will then end by itself. */
  public boolean cancel() {
    return publishing.compareAndSet(Publishing.NOT_BEGUN, Publishing.CANCELLED)
        || publishing.get() == Publishing.CANCELLED;
  }

  /** Whether the run is to end without a publish. */
  boolean isCancelled() {
    return publishing.get() == Publishing.CANCELLED;
  }

  /**
   * Lets an attempt at a split begin.
   *
   * @throws PermanentException when the run is to end without a publish
   */
  synchronized void beginAttempt() {
    if (isCancelled()) {
      throw new PermanentException("the run was stopped");
    }
    attempts++;
  }

  synchronized void endAttempt() {
    attempts--;
    notifyAll();
  }

  /**
   * Waits until no split of a cancelled run is being read.
   *
   * @return false when one still is after that time
   */
  public synchronized boolean awaitAttempts(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (attempts > 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  @Override
  public void close() {}
}
