package io.tributary.warehouse.duckdb;

import io.tributary.spec.Environment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How the file is opened.
 *
 * @param memoryLimit of DuckDB, such as {@code 512MB}; beyond it DuckDB spills to disk
 * @param patience how long to wait for another process that has the file open
 */
record DuckDbSettings(String memoryLimit, Duration patience) {
  /** The environment variable that sets the memory limit. */
  static final String MEMORY_VARIABLE = "TRIBUTARY_DUCKDB_MEMORY";

  private static final String DEFAULT_MEMORY = "512MB";
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(60);
  private static final Pattern SIZE = Pattern.compile("\\d+(\\.\\d+)?\\s*(KB|MB|GB|KIB|MIB|GIB)");

  DuckDbSettings {
    if (!SIZE.matcher(memoryLimit.toUpperCase(Locale.ROOT)).matches()) {
      throw new IllegalArgumentException(
          "warehouse: memory limit `" + memoryLimit + "` is not a size; write one such as 1GB");
    }
  }

  static DuckDbSettings byDefault() {
    return new DuckDbSettings(DEFAULT_MEMORY, DEFAULT_PATIENCE);
  }

  /**
   * The settings of an address's part after {@code ?}, else those of the environment.
   *
   * @throws IllegalArgumentException when a setting is unknown or wrong
   */
  static DuckDbSettings parse(String options, Environment environment) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String option : options.isEmpty() ? new String[0] : options.split("&")) {
      int equals = option.indexOf('=');
      String key = equals < 0 ? option : option.substring(0, equals);
      if (!key.equals("memory_limit") || equals < 0) {
        throw new IllegalArgumentException(
            "warehouse: unknown setting `" + option + "`; valid: memory_limit=SIZE");
      }
      given.put(key, option.substring(equals + 1));
    }
    String memory =
        given.getOrDefault("memory_limit", environment.get(MEMORY_VARIABLE).orElse(DEFAULT_MEMORY));
    return new DuckDbSettings(memory, DEFAULT_PATIENCE);
  }
}
