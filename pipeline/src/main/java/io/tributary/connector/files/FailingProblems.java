package io.tributary.connector.files;

import io.tributary.failure.PermanentException;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import org.jspecify.annotations.Nullable;

/** For checks that passed before: what was right then and is wrong now fails the run. */
final class FailingProblems implements Problems {
  @Override
  public Problems at(Object key) {
    return this;
  }

  @Override
  public Problems within(int offset, int length) {
    return this;
  }

  @Override
  public Problems onKey() {
    return this;
  }

  @Override
  public void report(Severity severity, Code code, String message, @Nullable String fix) {
    if (severity == Severity.ERROR) {
      throw new PermanentException(message + (fix == null ? "" : "; " + fix));
    }
  }

  @Override
  public void replaceable(Severity severity, Code code, String message, String replacement) {
    report(severity, code, message, "did you mean `" + replacement + "`?");
  }

  @Override
  public int errors() {
    return 0;
  }
}
