package io.tributary.compile;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.tributary.failure.PermanentException;
import io.tributary.failure.RunException;
import io.tributary.failure.TransientException;
import io.tributary.spec.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads splits of one source and writes what becomes of their rows, with everything between in one
 * place. An attempt that fails for a passing reason is repeated; its files are left behind, named
 * by no record. Used by one thread.
 */
final class FusedStage {
  private static final Logger LOG = LoggerFactory.getLogger(FusedStage.class);

  /** Four attempts, after about half a second, two and eight. */
  static final RetryPolicy<CompletionRecord> RETRY =
      RetryPolicy.<CompletionRecord>builder()
          .handle(TransientException.class, IOException.class, UncheckedIOException.class)
          .withMaxAttempts(4)
          .withBackoff(Duration.ofMillis(500), Duration.ofSeconds(20), 4)
          .withJitter(0.25)
          .build();

  private final StageSpec spec;
  private final RunProgress progress;
  private final Environment environment;
  private final RetryPolicy<CompletionRecord> retry;

  FusedStage(
      StageSpec spec,
      RunProgress progress,
      Environment environment,
      RetryPolicy<CompletionRecord> retry) {
    this.spec = spec;
    this.progress = progress;
    this.environment = environment;
    this.retry = retry;
  }

  /**
   * Reads a split to its end.
   *
   * @throws TransientException when it still failed after several attempts
   * @throws PermanentException when it cannot succeed, or the run is not to go on
   */
  CompletionRecord read(SplitTask task) throws InterruptedException {
    progress.acquireConnection(spec.step());
    try {
      CompletionRecord record =
          Failsafe.with(retry).get(execution -> counted(task, execution.getAttemptCount() + 1));
      progress.splitDone(record);
      return record;
    } catch (RunException e) {
      e.happenedIn(spec.step());
      throw e;
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw (InterruptedException) new InterruptedException("split interrupted").initCause(e);
      }
      throw failure(task, e.getCause());
    } catch (UncheckedIOException e) {
      throw failure(task, e.getCause());
    } finally {
      progress.releaseConnection(spec.step());
    }
  }

  private CompletionRecord counted(SplitTask task, int number) throws IOException {
    progress.beginAttempt();
    try {
      return attempt(task, number);
    } finally {
      progress.endAttempt();
    }
  }

  private CompletionRecord attempt(SplitTask task, int number) throws IOException {
    long start = System.nanoTime();
    try (SplitAttempt attempt = new SplitAttempt(spec, task, progress, environment)) {
      try {
        CompletionRecord record = attempt.run();
        LOG.info(
            "split done source={} split={} rows={} ms={}",
            spec.step(),
            task.split(),
            attempt.rowsRead(),
            (System.nanoTime() - start) / 1_000_000);
        return record;
      } catch (IOException | UncheckedIOException | TransientException e) {
        if (number < retry.getConfig().getMaxAttempts()) {
          LOG.warn(
              "split failed source={} split={} attempt={} error={}",
              spec.step(),
              task.split(),
              number,
              e.getMessage());
          attempt.forget();
        } else {
          attempt.keepRejected();
        }
        throw e;
      } catch (RuntimeException e) {
        attempt.keepRejected();
        throw e;
      }
    }
  }

  private TransientException failure(SplitTask task, Throwable cause) {
    TransientException failure =
        new TransientException(
            "source `" + spec.step() + "` " + task.split() + ": " + cause.getMessage(), cause);
    failure.happenedIn(spec.step());
    return failure;
  }
}
