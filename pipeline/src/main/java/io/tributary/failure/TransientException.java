package io.tributary.failure;

import org.jspecify.annotations.Nullable;

/** A failure that trying again may cure: network, lock, quota. Exit code 1. */
public final class TransientException extends RunException {
  private static final long serialVersionUID = 1L;

  public TransientException(String message) {
    this(message, null);
  }

  public TransientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
