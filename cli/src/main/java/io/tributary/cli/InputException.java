package io.tributary.cli;

import io.tributary.spec.Code;
import io.tributary.spec.Suggestions;
import java.util.List;
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

  /** A config has no such node. */
  static InputException unknownNode(String name, List<String> known) {
    return new InputException(
        Code.TR126 + ": the config has no node `" + name + "`",
        Suggestions.nearest(name, known)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("its nodes are " + String.join(", ", known)));
  }

  @Nullable String fix() {
    return fix;
  }
}
