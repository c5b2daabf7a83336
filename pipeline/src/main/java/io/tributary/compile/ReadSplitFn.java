package io.tributary.compile;

import io.tributary.spec.Environment;
import org.apache.beam.sdk.transforms.DoFn;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;

/** Reads one split per element. Thin: what it does is in {@link FusedStage}. */
final class ReadSplitFn extends DoFn<SplitTask, CompletionRecord> {
  private static final long serialVersionUID = 1L;

  private final StageSpec spec;
  private transient @MonotonicNonNull FusedStage stage;

  ReadSplitFn(StageSpec spec) {
    this.spec = spec;
  }

  @Setup
  public void setUp() {
    stage =
        new FusedStage(
            spec, RunProgress.of(spec.runId()), Environment.ofProcess(), FusedStage.RETRY);
  }

  @ProcessElement
  public void read(@Element SplitTask task, OutputReceiver<CompletionRecord> out)
      throws InterruptedException {
    out.output(stage.read(task));
  }
}
