package io.tributary.spec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQL as the user wrote it, with references already replaced.
 *
 * @param file the {@code .sql} file that holds it; null when it stands in the config itself
 */
public record SqlText(String text, @Nullable String file) implements Serializable {
  public static SqlText of(String text) {
    return new SqlText(text, null);
  }

  @Override
  public String toString() {
    return text;
  }
}
