package io.tributary.config;

import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what does not concern some keys: neither stands below one of them nor names it. What a
 * module finds wrong may only follow from their absence.
 */
final class UndoubtedProblems implements Problems {
  private final Problems problems;
  private final Set<String> doubtful;
  private final Pattern named;
  private final boolean concerned;

  UndoubtedProblems(Problems problems, Set<String> doubtful) {
    this(
        problems,
        doubtful,
        Pattern.compile(
            doubtful.stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![A-Za-z0-9_])(", ")(?![A-Za-z0-9_])"))),
        false);
  }

  private UndoubtedProblems(
      Problems problems, Set<String> doubtful, Pattern named, boolean concerned) {
    this.problems = problems;
    this.doubtful = doubtful;
    this.named = named;
    this.concerned = concerned;
  }

  private UndoubtedProblems of(Problems place, boolean isConcerned) {
    return new UndoubtedProblems(place, doubtful, named, isConcerned);
  }

  @Override
  public Problems at(Object key) {
    return of(problems.at(key), concerned || doubtful.contains(String.valueOf(key)));
  }

  @Override
  public Problems within(int offset, int length) {
    return of(problems.within(offset, length), concerned);
  }

  @Override
  public Problems inFile(String file, String text) {
    return of(problems.inFile(file, text), concerned);
  }

  @Override
  public Problems onKey() {
    return of(problems.onKey(), concerned);
  }

  @Override
  public void report(Severity severity, Code code, String message, @Nullable String fix) {
    if (!isConcerned(message, fix)) {
      problems.report(severity, code, message, fix);
    }
  }

  @Override
  public void replaceable(Severity severity, Code code, String message, String replacement) {
    if (!isConcerned(message, replacement)) {
      problems.replaceable(severity, code, message, replacement);
    }
  }

  private boolean isConcerned(String message, @Nullable String fix) {
    return concerned || named.matcher(message).find() || (fix != null && named.matcher(fix).find());
  }

  @Override
  public int errors() {
    return problems.errors();
  }
}
