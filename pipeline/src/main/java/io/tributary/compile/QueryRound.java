package io.tributary.compile;

import io.tributary.failure.TransientException;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.StagedQuery;
import io.tributary.warehouse.StepCount;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the queries of one round, one after the other, and writes their results to files. Doing it
 * twice writes other files; those that the completion records name count.
 */
final class QueryRound {
  private static final Logger LOG = LoggerFactory.getLogger(QueryRound.class);

  private final RoundSpec spec;
  private final RunProgress progress;

  QueryRound(RoundSpec spec, RunProgress progress) {
    this.spec = spec;
    this.progress = progress;
  }

  /**
   * What became of a query.
   *
   * @param parts in which its result is read on; none when only queries read it
   */
  record Result(CompletionRecord record, List<ResultSource.Part> parts) {}

  /**
   * @param records of all that was read and run before
   * @return one result for each query, in their order
   * @throws io.tributary.failure.RunException when the counts so far contradict each other, or a
   *     query fails
   */
  List<Result> run(List<CompletionRecord> records) {
    List<Result> results = new ArrayList<>();
    try {
      Barrier barrier = new Barrier(spec.barrier(), records);
      barrier.checkRejected();
      try (WarehouseSession session = Warehouses.at(spec.warehouse()).open()) {
        for (RoundSpec.Query query : spec.queries()) {
          results.add(result(query, barrier, session));
        }
      }
    } catch (IOException e) {
      throw new TransientException(
          "run " + spec.runId() + ": staged files cannot be read: " + e.getMessage(), e);
    }
    return results;
  }

  private Result result(RoundSpec.Query query, Barrier barrier, WarehouseSession session)
      throws IOException {
    progress.beginAttempt();
    try {
      CompletionRecord record = record(query.query().over(barrier), query.folder(), session);
      List<ResultSource.Part> parts =
          query.readOn() ? ResultSource.splits(record.files().get(record.step())) : List.of();
      progress.queryDone(record, parts.size());
      return new Result(record, parts);
    } finally {
      progress.endAttempt();
    }
  }

  private static CompletionRecord record(
      StagedQuery query, String folder, WarehouseSession session) {
    long start = System.nanoTime();
    StagedFile file = session.export(query, folder);
    long millis = (System.nanoTime() - start) / 1_000_000;
    LOG.info("query done step={} rows={} ms={}", query.step(), file.rows(), millis);
    StepCount count =
        new StepCount(query.step(), StepCount.SQL, query.rowsIn(), file.rows(), 0, 0, millis);
    return new CompletionRecord(
        query.step(),
        CompletionRecord.RESULT,
        List.of(count),
        Map.of(query.step(), List.of(file)),
        List.of(),
        Map.of());
  }
}
