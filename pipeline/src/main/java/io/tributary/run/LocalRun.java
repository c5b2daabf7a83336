package io.tributary.run;

import io.tributary.compile.PipelineCompiler;
import io.tributary.compile.PublishOutcome;
import io.tributary.compile.RunIdentity;
import io.tributary.compile.RunProgress;
import io.tributary.config.NodeConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.failure.PermanentException;
import io.tributary.failure.RunException;
import io.tributary.failure.TransientException;
import io.tributary.graph.Graph;
import io.tributary.module.FileSink;
import io.tributary.module.Registry;
import io.tributary.module.RunResources;
import io.tributary.plan.Plan;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.plan.Planner;
import io.tributary.plan.Slice;
import io.tributary.run.RunReport.DeliveredFiles;
import io.tributary.run.RunReport.Failure;
import io.tributary.spec.Code;
import io.tributary.spec.Environment;
import io.tributary.storage.Delivery;
import io.tributary.storage.Storages;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.Drift;
import io.tributary.warehouse.Publication;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.StepCount;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouse.RunLock;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run on this machine, from the lock to the last clean-up. Used once, by one thread; {@link
 * #stop} may be called by another.
 */
public final class LocalRun {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
  private static final String RUNNER = "direct";

  /** How long a run that failed waits for the splits that are still read. */
  private static final Duration LAST_ROWS = Duration.ofSeconds(20);

  private static final Duration LOCK_POLL = Duration.ofMillis(500);

  private final PipelineConfig config;
  private final Graph graph;
  private final Registry registry;
  private final Environment environment;
  private final Warehouse warehouse;
  private final ProgressListener listener;
  private final Clock clock;
  private final String runId;
  private final List<String> notes = new ArrayList<>();
  private volatile @Nullable RunProgress progress;
  private volatile boolean stopped;

  public LocalRun(
      PipelineConfig config,
      Graph graph,
      Registry registry,
      Environment environment,
      Warehouse warehouse,
      ProgressListener listener,
      Clock clock) {
    this.config = config;
    this.graph = graph;
    this.registry = registry;
    this.environment = environment;
    this.warehouse = warehouse;
    this.listener = listener;
    this.clock = clock;
    this.runId = RunId.at(clock.instant());
  }

  public String runId() {
    return runId;
  }

  /**
   * Plans and runs.
   *
   * @param wait whether to wait for another run of the same config to end, instead of failing
   * @return null when the plan found errors, which are among the config's diagnostics; nothing ran
   *     then
   */
  public @Nullable RunReport run(boolean wait) throws InterruptedException {
    return run(wait, null);
  }

  /**
   * As {@link #run(boolean)}, reading a part of the incremental sources and moving no cursor.
   *
   * @param slice null for what is new
   */
  public @Nullable RunReport run(boolean wait, @Nullable Slice slice) throws InterruptedException {
    Instant startedAt = clock.instant();
    Planner.prepare(graph);
    DirectPipeline.prepare();
    try (RunLock lock = lock(wait)) {
      LOG.debug("run locked run={} lock={}", runId, lock);
      startedAt = clock.instant();
      finishDeadRuns();
      Planner planner =
          new Planner(registry, config, environment, warehouse, startedAt).forRun(slice);
      Plan plan = planner.plan(config, graph);
      return plan == null ? null : run(plan, planner, startedAt);
    } catch (RunException e) {
      return stopped
          ? report(startedAt, RunStatus.INTERRUPTED, null, List.of(), List.of(), stopped(e))
          : report(startedAt, RunStatus.FAILED, null, List.of(), List.of(), failure(e));
    }
  }

  /**
   * Ends the run before it publishes.
   *
   * @return false when it is publishing already: it will then end by itself
   */
  public boolean stop() {
    stopped = true;
    RunProgress running = progress;
    return running == null || running.cancel();
  }

  private RunLock lock(boolean wait) throws InterruptedException {
    boolean told = false;
    while (true) {
      Optional<RunLock> lock = warehouse.tryLock(config.name(), runId);
      if (lock.isPresent()) {
        return lock.get();
      }
      String holder = warehouse.lockHolder(config.name()).orElse("another run");
      if (!wait) {
        throw new TransientException(
            "config `"
                + config.name()
                + "` is being run already ("
                + holder
                + "); wait for it to end, or use --wait");
      }
      if (stopped) {
        throw new PermanentException("stopped while waiting for " + holder);
      }
      if (!told) {
        listener.note("waiting for " + holder + " to end");
        told = true;
      }
      Thread.sleep(LOCK_POLL.toMillis());
    }
  }

  /** Finishes what runs that are no more began to publish, and removes what they left. */
  private void finishDeadRuns() {
    if (!warehouse.exists()) {
      return;
    }
    try (WarehouseSession session = warehouse.open()) {
      for (Delivery delivery : session.pendingDeliveries()) {
        if (!warehouse.isAlive(delivery.runId())) {
          finish(delivery, session);
        }
      }
      for (String dead : session.cleanDeadRuns()) {
        notes.add("run " + dead + " had been interrupted; what it left was removed");
      }
    }
  }

  private void finish(Delivery delivery, WarehouseSession session) {
    try {
      Deliveries.finish(delivery, session);
      notes.add(
          "finished the files of sink `"
              + delivery.sink()
              + "` that run "
              + delivery.runId()
              + " had begun");
    } catch (PermanentException e) {
      session.delivered(delivery); // given up, or no run of any config would ever begin again
      // what it was to hold must be read again
      session.forgetCursors(
          session.cursors(null).stream()
              .filter(cursor -> cursor.runId().equals(delivery.runId()))
              .filter(cursor -> cursor.sink().equals(delivery.sink()))
              .toList());
      notes.add(String.valueOf(e.getMessage()));
    }
  }

  private RunReport run(Plan plan, Planner planner, Instant startedAt) throws InterruptedException {
    listener.planned();
    RunEntry entry =
        new RunEntry(
            runId, config.name(), config.hash(), RunStatus.RUNNING, RUNNER, startedAt, null, null);
    try (WarehouseSession session = warehouse.open()) {
      session.begin(entry);
    }
    RunProgress running = RunProgress.begin(runId, splits(plan), connections(plan));
    progress = running;
    if (stopped) {
      running.cancel();
    }
    try {
      removeAbandonedFiles(plan);
      for (SourceNode source : plan.sources()) {
        source
            .source()
            .begin(runId, source.splits().size(), planner.context())
            .ifPresent(note -> notes.add("source `" + source.name() + "`: " + note));
        if (source.increment() != null) {
          source
              .increment()
              .notes()
              .forEach(note -> notes.add("source `" + source.name() + "`: " + note));
        }
      }
      RunIdentity identity =
          new RunIdentity(
              runId, RUNNER, startedAt, warehouse.address(), warehouse.stagingFolder(runId));
      try (ProgressTicker ticker = new ProgressTicker(running, listener)) {
        DirectPipeline.run(pipeline -> PipelineCompiler.compile(plan, identity, pipeline), running);
        ticker.finish();
      }
      return succeeded(running, plan, startedAt);
    } catch (RuntimeException e) { // whatever it is, the ledger and the report must tell of it
      boolean unpublished = running.cancel();
      if (!running.awaitAttempts(LAST_ROWS)) {
        notes.add("a source did not stop in time; the next run removes what it still writes");
      }
      return failed(DirectPipeline.unwrapped(e), stopped && unpublished, running, plan, entry);
    } finally {
      clean(plan);
    }
  }

  private static int splits(Plan plan) {
    return plan.sources().stream().mapToInt(source -> source.splits().size()).sum();
  }

  private static Map<String, Integer> connections(Plan plan) {
    Map<String, Integer> most = new HashMap<>();
    plan.sources().forEach(source -> most.put(source.name(), source.source().maxConnections()));
    return most;
  }

  private RunReport succeeded(RunProgress running, Plan plan, Instant startedAt) {
    PublishOutcome outcome = running.outcome();
    if (outcome == null) {
      throw new IllegalStateException("run " + runId + " ended without a publish");
    }
    running.tallies().forEach((what, times) -> notes.add(String.format("%s: %,d", what, times)));
    plan.sinks().forEach(sink -> noteStandingDrift(sink, outcome.drift()));
    List<DeliveredFiles> files = new ArrayList<>();
    for (Delivery delivery : outcome.deliveries()) {
      String destination =
          plan.sinks().stream()
              .filter(sink -> sink.name().equals(delivery.sink()))
              .findFirst()
              .map(SinkNode::destination)
              .orElseThrow();
      files.add(new DeliveredFiles(delivery.sink(), destination, delivery.moves().size()));
    }
    RunStatus status = outcome.rejected() > 0 ? RunStatus.REJECTED_ROWS : RunStatus.SUCCEEDED;
    return report(startedAt, status, outcome, files, plan.cursors(), null);
  }

  /** Differences that an earlier run has told, and this one worked round again. */
  private void noteStandingDrift(SinkNode sink, List<Drift> told) {
    for (ColumnChange change : sink.changes()) {
      boolean news =
          told.stream()
              .anyMatch(drift -> drift.sink().equals(sink.name()) && drift.change().equals(change));
      if (change.kind().isStanding() && !news) {
        notes.add("sink `" + sink.name() + "`, as before: " + change);
      }
    }
  }

  private RunReport failed(
      RunException error, boolean interrupted, RunProgress running, Plan plan, RunEntry entry) {
    RunStatus status = interrupted ? RunStatus.INTERRUPTED : RunStatus.FAILED;
    Failure failure = interrupted ? stopped(error) : failure(error);
    List<StepCount> counts = inOrder(running.counts(), plan);
    running.tallies().forEach((what, times) -> notes.add(String.format("%s: %,d", what, times)));
    RunEntry ended = entry.ended(status, clock.instant(), failure.message());
    try (WarehouseSession session = warehouse.open()) {
      if (session.run(runId).filter(run -> run.status() == RunStatus.RUNNING).isPresent()) {
        session.fail(new Publication(ended, List.of(), counts, running.rejectedFiles(), List.of()));
      } else {
        notes.add("the tables were published before it failed");
      }
    } catch (RunException e) {
      error.addSuppressed(e);
      notes.add("the ledger could not be written: " + e.getMessage());
    }
    return new RunReport(
        runId,
        config.name(),
        status,
        entry.startedAt(),
        clock.instant(),
        RUNNER,
        warehouse.address(),
        warehouse.describe(),
        counts,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        notes,
        failure);
  }

  private static List<StepCount> inOrder(List<StepCount> counts, Plan plan) {
    List<StepCount> ordered = new ArrayList<>();
    plan.nodes()
        .forEach(
            node ->
                counts.stream()
                    .filter(count -> count.step().equals(node.name()))
                    .forEach(ordered::add));
    return ordered;
  }

  private static Failure stopped(RunException error) {
    return new Failure(Code.TR303, "the run was stopped; nothing was published", null, 0, error);
  }

  private Failure failure(RunException error) {
    Code code = error instanceof TransientException ? Code.TR301 : Code.TR302;
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    int line =
        config.nodes().stream()
            .filter(node -> node.name().equals(error.step()))
            .findFirst()
            .map(NodeConfig::line)
            .orElse(0);
    return new Failure(code, message, error.step(), line, error);
  }

  private RunReport report(
      Instant startedAt,
      RunStatus status,
      @Nullable PublishOutcome outcome,
      List<DeliveredFiles> files,
      List<CursorMove> cursors,
      @Nullable Failure failure) {
    return new RunReport(
        runId,
        config.name(),
        status,
        startedAt,
        clock.instant(),
        RUNNER,
        warehouse.address(),
        warehouse.describe(),
        outcome == null ? List.of() : outcome.steps(),
        outcome == null ? List.of() : outcome.tables(),
        outcome == null ? List.of() : outcome.drift(),
        files,
        cursors,
        notes,
        failure);
  }

  /** Staged files that a killed run of this config left beside a sink's files. */
  private void removeAbandonedFiles(Plan plan) {
    for (SinkNode sink : plan.sinks()) {
      if (sink.sink() instanceof FileSink files) {
        try {
          for (String abandoned : files.stagedRuns()) {
            if (!warehouse.isAlive(abandoned)) {
              Storages.of(files.stagingFolder(abandoned))
                  .deleteTree(files.stagingFolder(abandoned));
            }
          }
        } catch (IOException e) {
          throw new TransientException("sink `" + sink.name() + "`: " + e.getMessage(), e);
        }
      }
    }
  }

  private void clean(Plan plan) {
    try {
      RunResources.closeAll(runId);
    } catch (Exception e) {
      notes.add("a resource of the run could not be closed: " + e.getMessage());
    }
    RunProgress running = progress;
    boolean delivered = running != null && running.outcome() != null;
    try {
      Storages.of(warehouse.stagingFolder(runId)).deleteTree(warehouse.stagingFolder(runId));
      for (SinkNode sink : plan.sinks()) {
        if (sink.sink() instanceof FileSink files && !delivered && !isPending(sink.name())) {
          Storages.of(files.stagingFolder(runId)).deleteTree(files.stagingFolder(runId));
        }
      }
    } catch (IOException | RunException e) {
      notes.add("staged files could not be removed: " + e.getMessage());
    }
  }

  /**
   * Whether files of this run are published but not yet in place, so that they are still needed.
   */
  private boolean isPending(String sink) {
    try (WarehouseSession session = warehouse.open()) {
      return session.pendingDeliveries().stream()
          .anyMatch(delivery -> delivery.runId().equals(runId) && delivery.sink().equals(sink));
    }
  }
}
