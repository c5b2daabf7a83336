package io.tributary.warehouse;

import io.tributary.row.Schema;
import io.tributary.spec.WriteMode;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a sink go into a table. Immutable, serializable.
 *
 * @param mergeKeys columns that identify a row; empty unless {@code mode} is MERGE
 * @param cursorColumn of several rows with one merge key the one with the largest value here is
 *     kept; null means that such rows are an error
 * @param createIfNeeded whether a missing table is made
 * @param schema the table's schema as the user gave it; null means that of the rows
 * @param partitioning of a table that is made
 * @param clustering columns of a table that is made
 * @param keepWhenEmpty REPLACE with no rows leaves the table as it is, instead of emptying it
 * @param description of a table that is made
 * @param labels of a table that is made
 * @param onSchemaChange what becomes of differences between the rows and a table that exists
 */
public record TableWrite(
    TableName table,
    WriteMode mode,
    List<String> mergeKeys,
    @Nullable String cursorColumn,
    boolean createIfNeeded,
    @Nullable Schema schema,
    @Nullable Partitioning partitioning,
    List<String> clustering,
    boolean keepWhenEmpty,
    @Nullable String description,
    Map<String, String> labels,
    @Nullable Duration expiration,
    boolean requirePartitionFilter,
    SchemaPolicy onSchemaChange)
    implements Serializable {

  /** Partitions by a column. */
  public record Partitioning(Granularity granularity, String column) implements Serializable {}

  /** The length of a partition. */
  public enum Granularity {
    HOUR,
    DAY,
    MONTH,
    YEAR
  }

  /** The same, with the column that tells which of several rows with one merge key is kept. */
  public TableWrite withCursor(String column) {
    return new TableWrite(
        table,
        mode,
        mergeKeys,
        column,
        createIfNeeded,
        schema,
        partitioning,
        clustering,
        keepWhenEmpty,
        description,
        labels,
        expiration,
        requirePartitionFilter,
        onSchemaChange);
  }

  public TableWrite {
    mergeKeys = List.copyOf(mergeKeys);
    clustering = List.copyOf(clustering);
    labels = Map.copyOf(labels);
  }
}
