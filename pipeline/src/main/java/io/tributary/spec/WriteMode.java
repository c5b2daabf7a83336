package io.tributary.spec;

import java.util.Locale;

/** The write disposition of a sink. */
public enum WriteMode {
  REPLACE,
  APPEND,
  MERGE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
