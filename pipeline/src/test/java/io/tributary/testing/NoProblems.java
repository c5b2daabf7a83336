package io.tributary.testing;

import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import org.jspecify.annotations.Nullable;

/** For what must be right: any problem fails the test. */
public final class NoProblems implements Problems {
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
    throw new AssertionError(message);
  }

  @Override
  public void replaceable(Severity severity, Code code, String message, String replacement) {
    throw new AssertionError(message);
  }

  @Override
  public int errors() {
    return 0;
  }
}
