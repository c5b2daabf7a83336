package io.tributary.connector.bigquery;

import io.tributary.module.SchemaParameter;
import io.tributary.spec.DeclaresWrite;
import io.tributary.spec.HasFiles;
import io.tributary.spec.WriteMode;
import io.tributary.warehouse.SchemaPolicy;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite.Granularity;
import io.tributary.warehouse.TableWrite.Partitioning;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user can set on the sink; {@link BigQuerySink#SPEC} describes each. */
record SinkParameters(
    TableName table,
    WriteMode mode,
    List<String> mergeKeys,
    SchemaParameter schema,
    CreateDisposition createDisposition,
    @Nullable Granularity granularity,
    @Nullable String partitioningField,
    List<String> clustering,
    boolean allowFullAppend,
    OnEmpty onEmpty,
    @Nullable String description,
    Map<String, String> labels,
    @Nullable Duration expiration,
    boolean requirePartitionFilter,
    ColumnNames columnNames,
    SchemaPolicy onSchemaChange)
    implements DeclaresWrite, HasFiles, Serializable {

  /** Whether a missing table is made. */
  enum CreateDisposition {
    CREATE_NEVER,
    CREATE_IF_NEEDED
  }

  /** What {@code replace} does when there are no rows. */
  enum OnEmpty {
    REPLACE,
    KEEP
  }

  SinkParameters {
    mergeKeys = List.copyOf(mergeKeys);
    clustering = List.copyOf(clustering);
    labels = Map.copyOf(labels);
  }

  @Nullable Partitioning partitioning() {
    return granularity == null || partitioningField == null
        ? null
        : new Partitioning(granularity, partitioningField);
  }

  @Override
  public String destination(String folder) {
    return table.toString();
  }

  @Override
  public String destinationKey() {
    return BigQuerySink.TABLE.name();
  }

  @Override
  public Map<String, String> files() {
    return schema.file() == null ? Map.of() : Map.of("schema", schema.file());
  }
}
