package io.tributary.warehouse;

import java.io.Serializable;

/**
 * What went through one step of a run. For sources and row transforms {@code in = out + filtered +
 * rejected}; of a query they are not bound to each other.
 *
 * @param kind {@code source}, {@code transform}, {@code sql} or {@code sink}
 * @param millis time spent in the step, summed over workers; for a fused stage, that of the whole
 *     stage
 */
public record StepCount(
    String step, String kind, long in, long out, long filtered, long rejected, long millis)
    implements Serializable {
  /** The kind of a step that is a query. */
  public static final String SQL = "sql";

  public StepCount plus(StepCount other) {
    return new StepCount(
        step,
        kind,
        in + other.in,
        out + other.out,
        filtered + other.filtered,
        rejected + other.rejected,
        millis + other.millis);
  }
}
