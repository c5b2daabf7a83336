package io.tributary.compile;

import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Publishes once all completion records are there. A runner may run it twice: {@link Publisher} is
 * idempotent by run id.
 */
final class PublishFn extends DoFn<KV<Integer, Iterable<CompletionRecord>>, Void> {
  private static final long serialVersionUID = 1L;

  private final PublishSpec spec;

  PublishFn(PublishSpec spec) {
    this.spec = spec;
  }

  @ProcessElement
  public void publish(@Element KV<Integer, Iterable<CompletionRecord>> group) {
    List<CompletionRecord> records = PipelineCompiler.records(group);
    RunProgress progress = RunProgress.of(spec.runId());
    Publisher publisher = new Publisher(spec, progress, Clock.systemUTC());
    progress.published(progress.alone(() -> publisher.publish(records)));
  }
}
