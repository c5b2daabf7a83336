package io.tributary.warehouse;

import io.tributary.row.Row;
import java.util.List;

/**
 * Runs queries over a few staged rows in a database that is forgotten at once, apart from any
 * warehouse: for previews and tests of configs. Holds nothing open.
 */
public interface ScratchQueries {

  /**
   * The rows of a query, with its schema, all in memory.
   *
   * @throws io.tributary.failure.RunException when the query fails; names it as the step in which
   *     it happened
   */
  List<Row> run(StagedQuery query);
}
