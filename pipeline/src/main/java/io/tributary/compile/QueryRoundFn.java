package io.tributary.compile;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Runs queries once all completion records of what they read are there, and gives out their own
 * records and, for each that is read on, the splits of its result. A runner may run it twice: see
 * {@link QueryRound}.
 */
final class QueryRoundFn extends DoFn<KV<Integer, Iterable<CompletionRecord>>, CompletionRecord> {
  private static final long serialVersionUID = 1L;

  /** The records of the queries. */
  static final TupleTag<CompletionRecord> RECORDS = new TupleTag<>("records");

  private final RoundSpec spec;

  QueryRoundFn(RoundSpec spec) {
    this.spec = spec;
  }

  /** The splits of a query's result. */
  static TupleTag<KV<Integer, SplitTask>> splitsOf(String query) {
    return new TupleTag<>("splits of " + query);
  }

  @ProcessElement
  public void run(@Element KV<Integer, Iterable<CompletionRecord>> group, MultiOutputReceiver out) {
    RunProgress progress = RunProgress.of(spec.runId());
    QueryRound round = new QueryRound(spec, progress);
    List<CompletionRecord> records = PipelineCompiler.records(group);
    for (QueryRound.Result result : progress.alone(() -> round.run(records))) {
      out.get(RECORDS).output(result.record());
      String query = result.record().step();
      for (int split = 0; split < result.parts().size(); split++) {
        SplitTask task = new SplitTask(query, split, result.parts().get(split));
        out.get(splitsOf(query)).output(KV.of(split, task));
      }
    }
  }
}
