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
   */
  @Nullable String destination();
}
