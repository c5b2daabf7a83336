package io.tributary.compile;

import io.tributary.spec.Environment;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;

/** Reads the splits of each number: one. Thin: what it does is in {@link FusedStage}. */
final class ReadSplitFn extends DoFn<KV<Integer, Iterable<SplitTask>>, CompletionRecord> {
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
  public void read(
      @Element KV<Integer, Iterable<SplitTask>> numbered, OutputReceiver<CompletionRecord> out)
      throws InterruptedException {
    for (SplitTask task : numbered.getValue()) {
      out.output(stage.read(task));
    }
  }
}
