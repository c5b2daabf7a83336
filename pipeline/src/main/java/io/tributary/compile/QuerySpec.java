package io.tributary.compile;

import io.tributary.row.Schema;
import io.tributary.sql.SqlQuery;
import io.tributary.warehouse.StagedQuery;
import io.tributary.warehouse.StagedTable;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A query and what it reads.
 *
 * @param tables by their names in the query
 */
record QuerySpec(String step, SqlQuery query, Map<String, Table> tables) implements Serializable {

  /** The rows of a step, staged or written by another query. */
  record Table(String step, Schema schema) implements Serializable {}

  QuerySpec {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /** The query on the files that count. */
  StagedQuery over(Barrier barrier) {
    Map<String, StagedTable> staged = new LinkedHashMap<>();
    tables.forEach(
        (name, table) ->
            staged.put(name, new StagedTable(table.schema(), barrier.files(table.step()))));
    return new StagedQuery(step, query, staged);
  }
}
