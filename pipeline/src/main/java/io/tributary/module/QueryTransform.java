package io.tributary.module;

import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import io.tributary.sql.SqlQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step that makes rows of the rows of one or more nodes, all of them together: a query that the
 * warehouse runs when all of its input is there. Its parameters are {@link
 * io.tributary.spec.NamesTables}.
 */
public non-sealed interface QueryTransform extends Transform {

  /**
   * The query, checked against the schemas of what it reads.
   *
   * @param tables schemas of the inputs by the names that they have in the query
   * @param now what {@code CURRENT_TIMESTAMP} means: the moment of the run
   * @param zone the config's time zone
   * @return null after reporting why it cannot be done
   */
  @Nullable SqlQuery plan(Map<String, Schema> tables, Instant now, ZoneId zone, Problems problems);
}
