package io.tributary.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that trying again will not cure: permission, data refused, a contradiction found while
 * running. Exit code 3.
 */
public final class PermanentException extends RunException {
  private static final long serialVersionUID = 1L;

  public PermanentException(String message) {
    this(message, null);
  }

  public PermanentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
