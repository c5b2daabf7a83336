package io.tributary.cli;

import io.tributary.compile.RunProgress.Snapshot;
import io.tributary.run.ProgressListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows how a run goes on: on a terminal one line that is written over, else a line every few
 * seconds. Thread-safe.
 */
final class ProgressLine implements ProgressListener {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  // back to the first place of the line, and everything in it removed
  private static final String OVER = "\r\033[K";

  private final Console console;
  private final Runnable planned;
  private final Clock clock;
  private final Instant begin;
  private Instant lastLine;
  private boolean open;

  /**
   * @param planned shows what the plan found
   */
  ProgressLine(Console console, Runnable planned) {
    this.console = console;
    this.planned = planned;
    this.clock = console.clock();
    this.begin = clock.instant();
    this.lastLine = begin;
  }

  @Override
  public synchronized void planned() {
    planned.run();
  }

  @Override
  public synchronized void progress(Snapshot snapshot) {
    Instant now = clock.instant();
    String text = text(snapshot, Duration.between(begin, now));
    if (console.interactive()) {
      console.err().print(OVER + text);
      console.err().flush();
      open = true;
    } else if (Duration.between(lastLine, now).compareTo(BETWEEN_LINES) >= 0) {
      console.err().println(text);
      lastLine = now;
    }
  }

  @Override
  public synchronized void finished(Snapshot snapshot) {
    close();
  }

  @Override
  public synchronized void note(String text) {
    close();
    console.err().println(text);
  }

  /** Removes the line from the terminal. */
  synchronized void close() {
    if (open) {
      console.err().print(OVER);
      console.err().flush();
      open = false;
    }
  }

  private static String text(Snapshot now, Duration since) {
    String rejected =
        now.rejected() == 0
            ? ""
            : ", " + Numbers.count(now.rejected(), "row", "rows") + " rejected";
    if (now.publishing()) {
      return "publishing: " + rows(now) + rejected + ", " + Numbers.duration(since);
    }
    return "reading: "
        + rows(now)
        + ", "
        + Numbers.count(Numbers.perSecond(now.rows(), since.toMillis()))
        + " rows/s, "
        + now.splitsDone()
        + " of "
        + Numbers.count(now.splits(), "split", "splits")
        + rejected
        + ", "
        + Numbers.duration(since);
  }

  private static String rows(Snapshot now) {
    return Numbers.count(now.rows(), "row", "rows");
  }
}
