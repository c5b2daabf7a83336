package io.tributary.warehouse;

import io.tributary.sql.SqlQuery;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * A query over staged rows.
 *
 * @param step its name in the config
 * @param tables what it reads, by the names that the tables have in it
 */
public record StagedQuery(String step, SqlQuery query, Map<String, StagedTable> tables) {
  public StagedQuery {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /** How many rows it reads; those of a table with two names count once. */
  public long rowsIn() {
    return new LinkedHashSet<>(tables.values()).stream().mapToLong(StagedTable::rows).sum();
  }
}
