package io.tributary.cli;

import org.jspecify.annotations.Nullable;

/** Something that the user gave to a command is wrong; nothing ran. */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final @Nullable String fix;

  /**
   * @param fix what to do about it
   */
  InputException(String message, @Nullable String fix) {
    super(message);
    this.fix = fix;
  }

  @Nullable String fix() {
    return fix;
  }
}
