package io.tributary.compile;

import java.io.Serializable;
import java.util.List;

/**
 * Queries that are run at once, when all that they read is there. Serializable.
 *
 * @param barrier what must add up before
 */
record RoundSpec(BarrierSpec barrier, String warehouse, List<Query> queries)
    implements Serializable {

  /**
   * A query whose result goes on.
   *
   * @param folder of the files of its result
   * @param readOn whether a stage reads the result, not only other queries
   */
  record Query(QuerySpec query, String folder, boolean readOn) implements Serializable {}

  RoundSpec {
    queries = List.copyOf(queries);
  }

  String runId() {
    return barrier.runId();
  }
}
