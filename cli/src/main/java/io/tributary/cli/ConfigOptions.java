package io.tributary.cli;

import io.tributary.config.ConfigLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a user can say about a config besides its file. */
final class ConfigOptions {
  @Option(
      names = "--arg",
      paramLabel = "NAME=VALUE",
      description = "A value for $${args.NAME}. May be repeated.")
  private Map<String, String> arguments = new LinkedHashMap<>();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Connection profiles, JSON or YAML.")
  private @Nullable Path profile;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Puts a value into the config, such as --set sinks.revenue.mode=append. May be repeated.")
  private Map<String, String> replacements = new LinkedHashMap<>();

  /**
   * @param variablesRequired whether a variable without a value is an error
   */
  ConfigLoader.Options forLoader(boolean variablesRequired) {
    return new ConfigLoader.Options(arguments, profile, replacements, variablesRequired);
  }
}
