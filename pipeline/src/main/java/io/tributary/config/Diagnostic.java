package io.tributary.config;

import io.tributary.spec.Code;
import io.tributary.spec.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a file, where it is, and what to do about it.
 *
 * @param fix a sentence; null when there is nothing to advise
 * @param replacements texts that would be right, if that is known
 * @param valid all words that would be right at the place, if that is known
 */
public record Diagnostic(
    Code code,
    Severity severity,
    Span span,
    String message,
    @Nullable String fix,
    List<Replacement> replacements,
    List<String> valid) {

  /** What to put in place of a span. */
  public record Replacement(Span span, String text) {}

  public Diagnostic {
    replacements = List.copyOf(replacements);
    valid = List.copyOf(valid);
  }

  public Diagnostic(
      Code code,
      Severity severity,
      Span span,
      String message,
      @Nullable String fix,
      List<Replacement> replacements) {
    this(code, severity, span, message, fix, replacements, List.of());
  }
}
