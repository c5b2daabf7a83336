package io.tributary.spec;

import org.jspecify.annotations.Nullable;

/**
 * Implemented by the parameters of sinks, so that illegal combinations are found before a module is
 * made.
 */
public interface DeclaresWrite {
  WriteMode mode();

  /** Whether the user said that appending a whole source each time is meant. */
  boolean allowFullAppend();

  /**
   * What is written to, in a form that is equal for the same destination; null when it cannot be
   * compared.
   *
   * @param folder of the config, against which relative paths are resolved
   */
  @Nullable String destination(String folder);

  /** The key whose value says what is written to. */
  String destinationKey();
}
