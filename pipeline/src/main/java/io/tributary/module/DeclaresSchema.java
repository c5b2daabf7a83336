package io.tributary.module;

import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import org.jspecify.annotations.Nullable;

/** Implemented by parameters of a source in which a user can write the schema of its rows. */
public interface DeclaresSchema {

  /**
   * The schema that was written; null when it is left to the source, or after reporting why its
   * file cannot be used.
   *
   * @param folder of the config, against which relative paths are resolved
   * @param problems of the node
   */
  @Nullable Schema declaredSchema(String folder, Problems problems);
}
