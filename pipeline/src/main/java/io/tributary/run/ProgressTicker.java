package io.tributary.run;

import io.tributary.compile.RunProgress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells a listener how a run goes on until it is closed. */
final class ProgressTicker implements AutoCloseable {
  private static final int MILLIS = 250;

  private final RunProgress progress;
  private final ProgressListener listener;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tributary-progress");
            thread.setDaemon(true);
            return thread;
          });

  ProgressTicker(RunProgress progress, ProgressListener listener) {
    this.progress = progress;
    this.listener = listener;
    timer.scheduleAtFixedRate(this::tick, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void tick() {
    listener.progress(progress.snapshot());
  }

  synchronized void finish() {
    timer.shutdownNow();
    listener.finished(progress.snapshot());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
