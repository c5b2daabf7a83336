package io.tributary.warehouse;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table's name as BigQuery writes it. Source: BigQuery docs, "Datasets" and "Tables", naming
 * rules (letters, digits and {@code _}; {@code -} in table names).
 *
 * @param project null when the name has none
 */
public record TableName(@Nullable String project, String dataset, String table)
    implements Serializable {
  private static final Pattern PROJECT =
      Pattern.compile("[a-z][a-z0-9.:-]{2,}[a-z0-9]", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9_]{1,1024}");
  private static final Pattern TABLE = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]{1,1024}");

  /**
   * Parses {@code project:dataset.table}, {@code project.dataset.table} or {@code dataset.table},
   * in backticks or not.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static TableName parse(String text) {
    String name = text.strip();
    if (name.length() > 1 && name.startsWith("`") && name.endsWith("`")) {
      name = name.substring(1, name.length() - 1);
    }
    int tableDot = name.lastIndexOf('.');
    int datasetStart =
        tableDot < 0
            ? -1
            : Math.max(name.lastIndexOf('.', tableDot - 1), name.lastIndexOf(':', tableDot - 1));
    if (tableDot < 0) {
      throw new IllegalArgumentException(
          "table name `"
              + text
              + "` lacks a dataset; write `project:dataset.table` or `dataset.table`");
    }
    String project = datasetStart < 0 ? null : name.substring(0, datasetStart);
    String dataset = name.substring(datasetStart + 1, tableDot);
    String table = name.substring(tableDot + 1);
    if (project != null && !PROJECT.matcher(project).matches()) {
      throw new IllegalArgumentException(
          "table name `"
              + text
              + "`: `"
              + project
              + "` is not a project id (letters, digits and hyphens, at least four, starting with a"
              + " letter)");
    }
    if (!DATASET.matcher(dataset).matches()) {
      throw new IllegalArgumentException(
          "table name `"
              + text
              + "`: dataset `"
              + dataset
              + "` may have letters, digits and `_` only");
    }
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table name `"
              + text
              + "`: table `"
              + table
              + "` may have letters, digits, `_` and `-` only");
    }
    return new TableName(project, dataset, table);
  }

  /** {@code dataset.table}, which names the table in the embedded warehouse. */
  public String local() {
    return dataset + "." + table;
  }

  @Override
  public String toString() {
    return (project == null ? "" : project + ":") + local();
  }
}
