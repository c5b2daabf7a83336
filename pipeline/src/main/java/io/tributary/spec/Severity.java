package io.tributary.spec;

import java.util.Locale;

/** Whether a problem stops a run. */
public enum Severity {
  ERROR,
  WARNING;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
