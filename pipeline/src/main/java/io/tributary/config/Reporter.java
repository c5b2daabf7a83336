package io.tributary.config;

import io.tributary.config.Diagnostic.Replacement;
import io.tributary.spec.Code;
import io.tributary.spec.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts diagnostics about places of a text into a collection. */
final class Reporter {
  private final Diagnostics diagnostics;

  Reporter(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  void error(Code code, Extent place, String message, @Nullable String fix) {
    report(Severity.ERROR, code, place, message, fix);
  }

  void warning(Code code, Extent place, String message, @Nullable String fix) {
    report(Severity.WARNING, code, place, message, fix);
  }

  void report(Severity severity, Code code, Extent place, String message, @Nullable String fix) {
    add(place, new Diagnostic(code, severity, place.span(), message, fix, List.of()));
  }

  /**
   * @param text the part of the place that would be replaced: without quotes
   */
  void replaceable(
      Severity severity,
      Code code,
      Extent place,
      String message,
      Extent text,
      String replacement,
      List<String> valid) {
    add(
        place,
        new Diagnostic(
            code,
            severity,
            place.span(),
            message,
            "did you mean `" + replacement + "`?",
            List.of(new Replacement(text.span(), replacement)),
            valid));
  }

  /** As {@link #error}, with the words that would be right. */
  void error(Code code, Extent place, String message, @Nullable String fix, List<String> valid) {
    add(place, new Diagnostic(code, Severity.ERROR, place.span(), message, fix, List.of(), valid));
  }

  private void add(Extent place, Diagnostic diagnostic) {
    diagnostics.know(place.source());
    diagnostics.add(diagnostic);
  }
}
