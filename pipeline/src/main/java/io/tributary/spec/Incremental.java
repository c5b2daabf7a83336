package io.tributary.spec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a source is read in increments. There are two ways to write it; in both the ledger remembers
 * how far each sink has come. Immutable.
 *
 * @param cursor the column that tells which rows are new
 * @param interval how far each run goes back at least; null unless the older form says so
 * @param destination the sink in whose table the first run looks for its start; null unless the
 *     older form says so
 * @param initial where the first run starts, as the user wrote it; null for everything
 * @param lookback how far before its cursor a merge reads again; null for not at all
 * @param lag how far the upper bound stays behind the source's clock; null for no further than
 *     needed
 */
public record Incremental(
    String cursor,
    @Nullable Interval interval,
    @Nullable String destination,
    @Nullable String initial,
    @Nullable Distance lookback,
    @Nullable Distance lag)
    implements Serializable {

  /** {@code 10min}, {@code 24hour} or {@code 20day}: today is the last of twenty days. */
  public record Interval(int amount, Unit unit) implements Serializable {
    @Override
    public String toString() {
      return amount + unit.name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The units of the older form. */
  public enum Unit {
    MIN,
    HOUR,
    DAY
  }

  /** Whether it is written as {@code incremental: true} with keys beside it. */
  public boolean isOldForm() {
    return interval != null || destination != null;
  }
}
