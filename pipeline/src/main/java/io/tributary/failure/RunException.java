package io.tributary.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure while connecting or running. The message names connector, table or object, split, row
 * or key, and request id where there is one; it never holds a secret or a row's values other than
 * its key.
 */
public abstract sealed class RunException extends RuntimeException
    permits TransientException, PermanentException {
  private static final long serialVersionUID = 1L;
  private @Nullable String step;

  RunException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Says in which step of the config it happened; the innermost step that is told stays. */
  public final void happenedIn(String name) {
    if (step == null) {
      step = name;
    }
  }

  /** The step of the config in which it happened; null when that is not known. */
  public final @Nullable String step() {
    return step;
  }
}
