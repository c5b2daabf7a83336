package io.tributary.cli;

import io.tributary.run.LocalRun;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What SIGINT and SIGTERM do to a run: before the publish they end it, and the process ends with
 * 130 or 143; during the publish they wait for its end, and the exit code is the run's own.
 */
final class StopSignal implements AutoCloseable {
  /** A source that does not answer is not waited for: nothing of the run is visible yet. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final LocalRun run;
  private final PrintWriter err;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "tributary-stop");
  private volatile ExitCode code = ExitCode.FAILED;

  private StopSignal(LocalRun run, PrintWriter err) {
    this.run = run;
    this.err = err;
  }

  /** Listens until it is closed. */
  static StopSignal listen(LocalRun run, PrintWriter err) {
    StopSignal signal = new StopSignal(run, err);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** To be called when the run has ended and its report is written. */
  void ended(ExitCode runCode) {
    code = runCode;
  }

  private void stop() {
    try {
      if (run.stop()) {
        err.println("stopping; nothing will be published ...");
        ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return;
      }
      err.println("the tables are being published; waiting for the end ...");
      ended.await();
      Runtime.getRuntime().halt(code.number());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending already: the hook was waiting for this
    }
  }
}
