package io.tributary.spec;

import io.tributary.failure.PermanentException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A reference to a secret, never the secret itself: what is serialized, printed or compared is the
 * reference. The text is fetched by {@link #reveal} where a connection is opened.
 *
 * <p>A secret that stands in the config as text is kept in the memory of this process only, so such
 * a config can run here but not on another machine.
 */
public record Secret(Kind kind, String name) implements Serializable {

  /**
   * Where the text is found: a named secret, an environment variable, or the memory of this
   * process.
   */
  public enum Kind {
    SECRET,
    ENV,
    MEMORY
  }

  private static final Map<String, String> MEMORY = new ConcurrentHashMap<>();

  public static Secret named(String name) {
    return new Secret(Kind.SECRET, name);
  }

  public static Secret env(String variable) {
    return new Secret(Kind.ENV, variable);
  }

  /** Keeps a text in this process only. The same text gives another reference each time. */
  public static Secret literal(String text) {
    String key = UUID.randomUUID().toString();
    MEMORY.put(key, text);
    return new Secret(Kind.MEMORY, key);
  }

  /**
   * The text. A named secret is the environment variable {@code TRIBUTARY_SECRET_<NAME>} (upper
   * case, other characters as {@code _}), or the content, less a closing line break, of the file
   * {@code <name>} in the folder {@code TRIBUTARY_SECRETS} (default {@code .secrets}).
   *
   * @throws PermanentException when it is nowhere; the message lists every place that was tried
   */
  public String reveal(Environment environment) {
    return switch (kind) {
      case MEMORY -> {
        String text = MEMORY.get(name);
        if (text == null) {
          throw new PermanentException(
              "a secret that stands in the config as text cannot be used on another machine; write"
                  + " it as ${secret:name}");
        }
        yield text;
      }
      case ENV ->
          environment
              .get(name)
              .orElseThrow(
                  () ->
                      new PermanentException(
                          "environment variable "
                              + name
                              + " is not set; export it, or add it to .env"));
      case SECRET -> find(environment);
    };
  }

  private String find(Environment environment) {
    List<String> tried = new ArrayList<>();
    String variable =
        "TRIBUTARY_SECRET_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    tried.add("environment variable " + variable + " (not set)");
    var value = environment.get(variable);
    if (value.isPresent()) {
      return value.get();
    }
    Path file =
        environment
            .directory()
            .resolve(environment.get("TRIBUTARY_SECRETS").orElse(".secrets"))
            .resolve(name);
    tried.add("file " + file + " (not found)");
    if (Files.isRegularFile(file)) {
      try {
        return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
      } catch (IOException e) {
        throw new PermanentException(
            "secret `" + name + "`: file " + file + " cannot be read: " + e.getMessage(), e);
      }
    }
    throw new PermanentException(
        "secret `" + name + "` was not found; tried: " + String.join("; ", tried));
  }

  @Override
  public String toString() {
    return switch (kind) {
      case SECRET -> "${secret:" + name + "}";
      case ENV -> "${env:" + name + "}";
      case MEMORY -> "***";
    };
  }
}
