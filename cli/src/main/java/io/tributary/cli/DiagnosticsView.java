package io.tributary.cli;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.DiagnosticText;
import java.util.List;

/** Diagnostics of a command that is not about them: to standard error. */
final class DiagnosticsView {
  private DiagnosticsView() {}

  /** All of them, with the counts. */
  static void print(Loaded loaded, Console console) {
    console.err().print(new DiagnosticText(console.errStyle().coloured()).of(List.of(loaded)));
    console.err().flush();
  }

  /** The warnings of a config without errors. */
  static void printWarnings(Loaded loaded, Console console) {
    console.err().print(new DiagnosticText(console.errStyle().coloured()).of(loaded.diagnostics()));
    console.err().flush();
  }
}
