package io.tributary.module;

import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import org.jspecify.annotations.Nullable;

/**
 * A value of the key {@code schema} of a source, in which a user may write the schema of its rows.
 */
public interface DeclaresSchema {

  /**
   * The schema that was written; null when it is left to the source, or after reporting why its
   * file cannot be used.
   *
   * @param folder of the config, against which relative paths are resolved
   * @param problems at the key
   */
  @Nullable Schema declaredSchema(String folder, Problems problems);
}
