package io.tributary.config;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.spec.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder in which tests write configs and load them with {@link TestCatalog}. */
final class ConfigFolder {
  private final Path folder;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private Options options = Options.NONE;

  ConfigFolder(Path folder) {
    this.folder = folder;
  }

  ConfigFolder set(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  ConfigFolder with(Options changed) {
    options = changed;
    return this;
  }

  ConfigFolder write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  ConfigFolder write(String name, byte[] bytes) {
    try {
      Files.write(folder.resolve(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Loaded load(String name) {
    Environment environment = new Environment(variables, folder);
    return new ConfigLoader(new TestCatalog(), environment, options).load(folder.resolve(name));
  }

  Loaded load(String name, String text) {
    return write(name, text).load(name);
  }

  /** The diagnostics as a user sees them, with file names relative to the folder. */
  String messages(String name, String text) {
    return shown(load(name, text));
  }

  String shown(Loaded loaded) {
    return new DiagnosticText(false).of(loaded.diagnostics()).replace(folder.toString() + "/", "");
  }

  /** Each diagnostic as {@code line:column code}. */
  List<String> places(String name, String text) {
    return load(name, text).diagnostics().all().stream()
        .map(d -> d.span().line() + ":" + d.span().column() + " " + d.code())
        .toList();
  }
}
