package io.tributary.cli;

import io.tributary.config.ConfigLoader.Loaded;

/** A config has errors; nothing ran. */
final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Loaded loaded;

  ConfigException(Loaded loaded) {
    super(loaded.file() + " has errors");
    this.loaded = loaded;
  }

  Loaded loaded() {
    return loaded;
  }

  void printTo(Console console) {
    DiagnosticsView.print(loaded, console);
  }
}
