package io.tributary.config;

import io.tributary.spec.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the diagnostics of one file and the files it refers to; the same one twice counts once.
 * Not thread-safe.
 */
public final class Diagnostics {
  private final Set<Diagnostic> found = new LinkedHashSet<>();

  public void add(Diagnostic diagnostic) {
    found.add(diagnostic);
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

  public int errors() {
    return (int) found.stream().filter(d -> d.severity() == Severity.ERROR).count();
  }

  public int warnings() {
    return found.size() - errors();
  }
}
