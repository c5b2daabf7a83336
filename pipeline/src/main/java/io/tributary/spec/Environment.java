package io.tributary.spec;

import io.tributary.failure.PermanentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Environment variables: the process's own, then those of a {@code .env} file in the working
 * directory. Immutable.
 *
 * @param directory the working directory, against which relative paths are resolved
 */
public record Environment(Map<String, String> variables, Path directory) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  /** The environment of this process and of {@code .env} in its working directory. */
  public static Environment ofProcess() {
    return in(Path.of("").toAbsolutePath(), System.getenv());
  }

  /** The given variables, and those of {@code .env} in a directory where they are not given. */
  public static Environment in(Path directory, Map<String, String> variables) {
    Map<String, String> all = dotEnv(directory.resolve(".env"));
    all.putAll(variables);
    return new Environment(all, directory);
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /**
   * Lines {@code NAME=value}, optionally with {@code export} and quotes; comments and lines of
   * another form are passed over.
   */
  private static Map<String, String> dotEnv(Path file) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!Files.isRegularFile(file)) {
      return values;
    }
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String text = line.strip().replaceFirst("^export\\s+", "");
        int equals = text.indexOf('=');
        if (equals > 0 && !text.startsWith("#")) {
          values.put(
              text.substring(0, equals).strip(), unquoted(text.substring(equals + 1).strip()));
        }
      }
      return values;
    } catch (IOException e) {
      throw new PermanentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && ((value.startsWith("\"") && value.endsWith("\""))
                || (value.startsWith("'") && value.endsWith("'")));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
