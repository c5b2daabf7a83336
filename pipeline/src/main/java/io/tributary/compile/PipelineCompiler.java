package io.tributary.compile;

import io.tributary.module.FileSink;
import io.tributary.module.Source;
import io.tributary.module.TableSink;
import io.tributary.plan.Increment;
import io.tributary.plan.Plan;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Plan.QueryNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.plan.Plan.TransformNode;
import io.tributary.row.CursorRange;
import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import io.tributary.warehouse.TableWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

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
  private final QueryRounds rounds;

  private PipelineCompiler(Plan plan, RunIdentity identity) {
    this.plan = plan;
    this.identity = identity;
    this.storage = Storages.of(identity.staging());
    this.rounds = new QueryRounds(plan);
  }

  /** Adds the steps of a plan to a pipeline. */
  public static void compile(Plan plan, RunIdentity identity, Pipeline pipeline) {
    new PipelineCompiler(plan, identity).compile(pipeline);
  }

  private void compile(Pipeline pipeline) {
    PCollection<byte[]> begin = pipeline.apply("Begin", Impulse.create());
    CompletionRecord begun =
        new CompletionRecord(BEGIN, 0, List.of(), Map.of(), List.of(), Map.of());
    PCollectionList<CompletionRecord> records =
        PCollectionList.of(
            begin
                .apply("Begun", ParDo.of(new EmitFn<>(List.of(begun))))
                .setCoder(SerializableCoder.of(CompletionRecord.class)));
    for (SourceNode source : plan.sources()) {
      records = records.and(read(source, begin));
    }
    for (int round = 1; round <= rounds.count(); round++) {
      records = query(round, records);
    }
    together("", records).apply("Publish", ParDo.of(new PublishFn(publishSpec())));
  }

  /** All records so far on one key: what builds on them waits for the last one. */
  private static PCollection<KV<Integer, Iterable<CompletionRecord>>> together(
      String suffix, PCollectionList<CompletionRecord> records) {
    return records
        .apply("All records" + suffix, Flatten.pCollections())
        .apply(
            "On one key" + suffix,
            WithKeys.<Integer, CompletionRecord>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("Barrier" + suffix, GroupByKey.create());
  }

  /** The records that are together, without that of the begin. */
  static List<CompletionRecord> records(KV<Integer, Iterable<CompletionRecord>> together) {
    List<CompletionRecord> records = new ArrayList<>();
    for (CompletionRecord record : together.getValue()) {
      if (!record.step().equals(BEGIN)) {
        records.add(record);
      }
    }
    return records;
  }

  private PCollection<CompletionRecord> read(SourceNode source, PCollection<byte[]> begin) {
    List<KV<Integer, SplitTask>> tasks = new ArrayList<>();
    for (int i = 0; i < source.splits().size(); i++) {
      tasks.add(KV.of(i, new SplitTask(source.name(), i, source.splits().get(i))));
    }
    return read(
        source,
        source.source(),
        begin.apply("Splits of " + source.name(), ParDo.of(new EmitFn<>(tasks))));
  }

  /** Splits are grouped by their number, so that each of them can go to another worker. */
  private PCollection<CompletionRecord> read(
      PlannedNode node, Source<?> source, PCollection<KV<Integer, SplitTask>> splits) {
    return splits
        .setCoder(KvCoder.of(VarIntCoder.of(), SerializableCoder.of(SplitTask.class)))
        .apply("Spread " + node.name(), GroupByKey.create())
        .apply("Read " + node.name(), ParDo.of(new ReadSplitFn(stage(node, source))))
        .setCoder(SerializableCoder.of(CompletionRecord.class));
  }

  /** Runs the queries of a round and reads the results that go on; all records up to then. */
  private PCollectionList<CompletionRecord> query(
      int round, PCollectionList<CompletionRecord> before) {
    List<QueryNode> queries = rounds.queries(round);
    List<QueryNode> readOn = queries.stream().filter(rounds::isReadOn).toList();
    TupleTagList splits = TupleTagList.empty();
    for (QueryNode query : readOn) {
      splits = splits.and(QueryRoundFn.splitsOf(query.name()));
    }
    PCollectionTuple results =
        together(" before queries " + round, before)
            .apply(
                "Queries " + round,
                ParDo.of(new QueryRoundFn(roundSpec(round, queries)))
                    .withOutputTags(QueryRoundFn.RECORDS, splits));
    PCollectionList<CompletionRecord> records =
        before.and(
            results
                .get(QueryRoundFn.RECORDS)
                .setCoder(SerializableCoder.of(CompletionRecord.class)));
    for (QueryNode query : readOn) {
      PCollection<KV<Integer, SplitTask>> parts = results.get(QueryRoundFn.splitsOf(query.name()));
      records = records.and(read(query, new ResultSource(query.schema()), parts));
    }
    return records;
  }

  private RoundSpec roundSpec(int round, List<QueryNode> queries) {
    return new RoundSpec(
        barrier(round - 1),
        identity.warehouse(),
        queries.stream()
            .map(
                query ->
                    new RoundSpec.Query(
                        rounds.spec(query),
                        storage.resolve(identity.staging(), query.name()),
                        rounds.isReadOn(query)))
            .toList());
  }

  /** What must add up when the queries of a round have been run. */
  private BarrierSpec barrier(int round) {
    Map<String, CursorRange> ranges = new LinkedHashMap<>();
    for (SourceNode source : plan.sources()) {
      if (source.increment() != null && source.increment().range() != null) {
        ranges.put(source.name(), source.increment().range());
      }
    }
    return new BarrierSpec(
        identity.runId(), rounds.stepsUpTo(round), plan.config().errors(), ranges);
  }

  private StageSpec stage(PlannedNode node, Source<?> source) {
    Increment increment = node instanceof SourceNode read ? read.increment() : null;
    return new StageSpec(
        identity.runId(),
        node.name(),
        source,
        node.schema(),
        branches(node, increment),
        storage.resolve(identity.staging(), "rejected"),
        identity.warehouse(),
        RejectLimit.stopAt(plan.config().errors()),
        increment == null ? null : increment.position());
  }

  private List<StageSpec.Branch> branches(PlannedNode node, @Nullable Increment increment) {
    List<StageSpec.Branch> branches = new ArrayList<>();
    for (PlannedNode consumer : plan.consumers(node.name())) {
      if (consumer instanceof TransformNode transform) {
        branches.add(
            new StageSpec.Through(
                transform.name(), transform.transform(), branches(transform, increment)));
      } else if (consumer instanceof SinkNode sink) {
        branches.add(into(sink, increment));
      }
    }
    if (rounds.isStaged(node)) {
      branches.add(
          new StageSpec.Staged(
              node.name(), node.schema(), storage.resolve(identity.staging(), node.name())));
    }
    return branches;
  }

  private StageSpec.Into into(SinkNode sink, @Nullable Increment increment) {
    return new StageSpec.Into(
        sink.name(),
        sink.sink(),
        sink.staged(),
        sink.conversion(),
        stagingFolder(sink),
        increment == null ? null : increment.partOf(sink.name()));
  }

  private String stagingFolder(SinkNode sink) {
    return sink.sink() instanceof FileSink files
        ? files.stagingFolder(identity.runId())
        : storage.resolve(identity.staging(), sink.name());
  }

  private PublishSpec publishSpec() {
    List<PublishSpec.Table> tables = new ArrayList<>();
    List<PublishSpec.Files> files = new ArrayList<>();
    for (SinkNode sink : plan.sinks()) {
      if (sink.sink() instanceof FileSink fileSink) {
        files.add(new PublishSpec.Files(sink.name(), fileSink));
      } else if (sink.write() != null) {
        tables.add(table(sink, sink.write()));
      }
    }
    return new PublishSpec(
        plan.config().name(),
        plan.config().hash(),
        identity.runner(),
        identity.startedAt(),
        identity.warehouse(),
        barrier(rounds.count()),
        tables,
        files,
        plan.cursors());
  }

  /** What a query gives is brought to the table's types by the load, not on the way to a file. */
  private PublishSpec.Table table(SinkNode sink, TableWrite write) {
    QueryNode query = rounds.filling(sink);
    return query == null
        ? new PublishSpec.Table(sink.name(), write, sink.staged(), sink.leftOut(), null)
        : new PublishSpec.Table(
            sink.name(),
            write,
            ((TableSink) sink.sink()).stagedSchema(query.schema()),
            List.of(),
            rounds.spec(query));
  }
}
