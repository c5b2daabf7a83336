package io.tributary.compile;

import io.tributary.module.FileSink;
import io.tributary.plan.Plan;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.plan.Plan.TransformNode;
import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Turns a plan into a Beam pipeline: one fused stage per source over its splits, the barrier on a
 * single key, the publish. Rows never cross a Beam step; splits and completion records do.
 */
public final class PipelineCompiler {
  /**
   * Step of the record that stands for the begin of the run, so that the barrier opens even when
   * there is no split at all.
   */
  static final String BEGIN = "";

  private final Plan plan;
  private final RunIdentity identity;
  private final Storage storage;

  private PipelineCompiler(Plan plan, RunIdentity identity) {
    this.plan = plan;
    this.identity = identity;
    this.storage = Storages.of(identity.staging());
  }

  /** Adds the steps of a plan to a pipeline. */
  public static void compile(Plan plan, RunIdentity identity, Pipeline pipeline) {
    new PipelineCompiler(plan, identity).compile(pipeline);
  }

  private void compile(Pipeline pipeline) {
    CompletionRecord begin =
        new CompletionRecord(BEGIN, 0, List.of(), Map.of(), List.of(), Map.of());
    PCollectionList<CompletionRecord> records =
        PCollectionList.of(
            pipeline.apply(
                "Begin", Create.of(begin).withCoder(SerializableCoder.of(CompletionRecord.class))));
    for (SourceNode source : plan.sources()) {
      records = records.and(read(source, pipeline));
    }
    records
        .apply("All records", Flatten.pCollections())
        .apply(
            "On one key",
            WithKeys.<Integer, CompletionRecord>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("Barrier", GroupByKey.create())
        .apply("Publish", ParDo.of(new PublishFn(publishSpec())));
  }

  private PCollection<CompletionRecord> read(SourceNode source, Pipeline pipeline) {
    List<SplitTask> tasks = new ArrayList<>();
    for (int i = 0; i < source.splits().size(); i++) {
      tasks.add(new SplitTask(source.name(), i, source.splits().get(i)));
    }
    return pipeline
        .apply(
            "Splits of " + source.name(),
            Create.of(tasks).withCoder(SerializableCoder.of(SplitTask.class)))
        .apply("Spread " + source.name(), Reshuffle.viaRandomKey())
        .apply("Read " + source.name(), ParDo.of(new ReadSplitFn(stage(source))))
        .setCoder(SerializableCoder.of(CompletionRecord.class));
  }

  private StageSpec stage(SourceNode source) {
    return new StageSpec(
        identity.runId(),
        source.name(),
        source.source(),
        source.schema(),
        branches(source.name()),
        storage.resolve(identity.staging(), "rejected"),
        identity.warehouse(),
        RejectLimit.stopAt(plan.config().errors()));
  }

  private List<StageSpec.Branch> branches(String input) {
    List<StageSpec.Branch> branches = new ArrayList<>();
    for (PlannedNode consumer : plan.consumers(input)) {
      if (consumer instanceof TransformNode transform) {
        branches.add(
            new StageSpec.Through(
                transform.name(), transform.transform(), branches(transform.name())));
      } else if (consumer instanceof SinkNode sink) {
        branches.add(into(sink));
      }
    }
    return branches;
  }

  private StageSpec.Into into(SinkNode sink) {
    return new StageSpec.Into(
        sink.name(), sink.sink(), sink.staged(), sink.conversion(), stagingFolder(sink));
  }

  private String stagingFolder(SinkNode sink) {
    return sink.sink() instanceof FileSink files
        ? files.stagingFolder(identity.runId())
        : storage.resolve(identity.staging(), sink.name());
  }

  private PublishSpec publishSpec() {
    Map<String, Integer> splits = new LinkedHashMap<>();
    Map<String, String> feeds = new LinkedHashMap<>();
    List<PublishSpec.Table> tables = new ArrayList<>();
    List<PublishSpec.Files> files = new ArrayList<>();
    plan.sources().forEach(source -> splits.put(source.name(), source.splits().size()));
    plan.nodes()
        .forEach(node -> node.node().inputs().forEach(input -> feeds.put(node.name(), input)));
    for (SinkNode sink : plan.sinks()) {
      if (sink.sink() instanceof FileSink fileSink) {
        files.add(new PublishSpec.Files(sink.name(), fileSink));
      } else if (sink.write() != null) {
        tables.add(new PublishSpec.Table(sink.name(), sink.write(), sink.staged(), sink.leftOut()));
      }
    }
    return new PublishSpec(
        identity.runId(),
        plan.config().name(),
        plan.config().hash(),
        identity.runner(),
        identity.startedAt(),
        identity.warehouse(),
        plan.nodes().stream().map(PlannedNode::name).toList(),
        splits,
        feeds,
        tables,
        files,
        plan.config().errors());
  }
}
