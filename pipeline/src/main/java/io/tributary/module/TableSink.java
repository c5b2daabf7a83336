package io.tributary.module;

import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table of the warehouse. Exactly once: all tables of a run are published in one
 * transaction.
 */
public non-sealed interface TableSink extends Sink {
  TableName table();

  /**
   * The schema of its staged files: that of the rows, with column names that the table may have.
   */
  default Schema stagedSchema(Schema input) {
    return input;
  }

  /**
   * What to publish: resolves the schema and checks it against the rows and the table that exists.
   *
   * @param input schema of the rows
   * @param existing the table, if there is one
   * @param folder of the config, against which relative paths are resolved
   * @return null after reporting what is wrong
   */
  @Nullable TableWrite write(
      Schema input, Optional<TableDescription> existing, String folder, Problems problems);

  /**
   * The columns of a table that has to be there, because the sink does not make it; empty for one
   * that the sink makes. A test of a config takes such a table for given.
   *
   * @param input schema of the rows
   * @param folder of the config
   */
  default Optional<Schema> neededTable(Schema input, String folder, Problems problems) {
    return Optional.empty();
  }
}
