package io.tributary.warehouse;

import java.util.Locale;

/** How a run stands or ended. */
public enum RunStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  REJECTED_ROWS,
  INTERRUPTED;

  /** The word in the ledger and in reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RunStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
