package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.compile.RunProgress.Snapshot;
import io.tributary.spec.Environment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final Snapshot HALF = new Snapshot(1_000_000, 0, 1, 2, false);
  private static final Snapshot REJECTING = new Snapshot(1_000_001, 1, 2, 2, true);

  /** A clock that stands still until it is moved. */
  private static final class Hand extends Clock {
    private Instant now = Instant.EPOCH;

    void move(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Hand clock = new Hand();

  private ProgressLine line(boolean interactive) {
    Style plain = new Style(false);
    return new ProgressLine(
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            plain,
            plain,
            interactive,
            new Environment(Map.of(), Path.of("")),
            clock),
        () -> {});
  }

  @Test
  void onATerminalOneLineIsWrittenOverAndRemovedAtTheEnd() {
    ProgressLine line = line(true);

    clock.move(Duration.ofMillis(500));
    line.progress(HALF);
    clock.move(Duration.ofMillis(500));
    line.progress(REJECTING);
    line.finished(REJECTING);

    assertThat(
        err.toString(),
        is(
            "\r\033[Kreading: 1,000,000 rows, 2,000,000 rows/s, 1 of 2 splits, 0.50 s"
                + "\r\033[Kpublishing: 1,000,001 rows, 1 row rejected, 1.00 s"
                + "\r\033[K"));
    assertThat(out.toString(), is(""));
  }

  @Test
  void elsewhereALineIsWrittenEveryFewSeconds() {
    ProgressLine line = line(false);

    for (int second = 1; second <= 11; second++) {
      clock.move(Duration.ofSeconds(1));
      line.progress(HALF);
    }
    line.finished(HALF);

    assertThat(
        err.toString(),
        is(
            "reading: 1,000,000 rows, 200,000 rows/s, 1 of 2 splits, 5.00 s\n"
                + "reading: 1,000,000 rows, 100,000 rows/s, 1 of 2 splits, 10.0 s\n"));
    assertThat(out.toString(), is(""));
  }

  @Test
  void aNoteTakesTheLineAwayFirst() {
    ProgressLine line = line(true);

    line.progress(HALF);
    line.note("waiting for run x to end");

    assertThat(
        err.toString(),
        is(
            "\r\033[Kreading: 1,000,000 rows, 0 rows/s, 1 of 2 splits, 0.00 s"
                + "\r\033[Kwaiting for run x to end\n"));
  }
}
