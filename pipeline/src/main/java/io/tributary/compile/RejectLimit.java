package io.tributary.compile;

import io.tributary.config.ErrorPolicy;

/** When a run with rejected rows is stopped, and how that is said. */
final class RejectLimit {
  /** Rows rejected beyond the limit before a run stops: enough to see a pattern in them. */
  private static final int MARGIN = 100;

  private RejectLimit() {}

  /** The number of rejected rows at which there is no use in going on. */
  static long stopAt(ErrorPolicy errors) {
    return errors.maxRows() > Long.MAX_VALUE - MARGIN ? Long.MAX_VALUE : errors.maxRows() + MARGIN;
  }

  static String describe(ErrorPolicy errors) {
    if (errors.maxRate() == 0 || errors.maxRows() == 0) {
      return "none (see them with: tributary query \"FROM tributary.rejected\")";
    }
    String rate =
        errors.maxRate() >= 1
            ? ""
            : String.format("%s %% of a step's rows", errors.maxRate() * 100);
    String rows =
        errors.maxRows() == Long.MAX_VALUE ? "" : String.format("%,d rows", errors.maxRows());
    if (rate.isEmpty() || rows.isEmpty()) {
      return rate + rows;
    }
    return rate + " and " + rows;
  }
}
