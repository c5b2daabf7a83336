package io.tributary.connector.bigquery;

import io.tributary.spec.SqlText;
import io.tributary.warehouse.TableName;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user can set on the source; {@link BigQuerySource#SPEC} describes each. Either {@code
 * table} or {@code query} is set.
 *
 * @param columns empty for all
 */
record SourceParameters(
    @Nullable TableName table,
    @Nullable SqlText query,
    @Nullable String project,
    List<String> columns,
    @Nullable SqlText where)
    implements Serializable {
  SourceParameters {
    columns = List.copyOf(columns);
  }
}
