package io.tributary.config;

import io.tributary.spec.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the diagnostics of one file and the files it refers to; the same one twice counts once.
 * Not thread-safe.
 */
public final class Diagnostics {
  private final Set<Diagnostic> found = new LinkedHashSet<>();
  private final Map<String, SourceText> sources = new HashMap<>();
  private int errors;

  public void add(Diagnostic diagnostic) {
    if (found.add(diagnostic) && diagnostic.severity() == Severity.ERROR) {
      errors++;
    }
  }

  /** Remembers a text, so that its lines can be shown beside what is wrong with them. */
  void know(SourceText source) {
    sources.putIfAbsent(source.file(), source);
  }

  /** The text of a file; null when it was not read. */
  @Nullable SourceText source(String file) {
    return sources.get(file);
  }

  /** All of them, by place. */
  public List<Diagnostic> all() {
    List<Diagnostic> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparing((Diagnostic d) -> d.span().file())
            .thenComparing(d -> d.span().line())
            .thenComparing(d -> d.span().column()));
    return sorted;
  }

  /** The same without warnings. */
  public Diagnostics onlyErrors() {
    Diagnostics errorsOnly = new Diagnostics();
    found.stream()
        .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
        .forEach(errorsOnly::add);
    errorsOnly.sources.putAll(sources);
    return errorsOnly;
  }

  public int errors() {
    return errors;
  }

  public int warnings() {
    return found.size() - errors();
  }
}
