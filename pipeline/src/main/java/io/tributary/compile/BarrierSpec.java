package io.tributary.compile;

import io.tributary.config.ErrorPolicy;
import io.tributary.row.CursorRange;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must add up before a run goes on.
 *
 * @param steps those that are over then, in the order of the report
 * @param ranges what is read of each incremental source
 */
record BarrierSpec(
    String runId, List<Step> steps, ErrorPolicy errors, Map<String, CursorRange> ranges)
    implements Serializable {

  /**
   * A step of the run.
   *
   * @param kind as in {@link io.tributary.warehouse.StepCount}
   * @param input the step whose rows it takes in, all of them; null for sources, for queries, and
   *     for sinks that a query fills within the publish
   * @param records how many completion records are its own: the splits of a source, the result of a
   *     query
   */
  record Step(String name, String kind, @Nullable String input, int records)
      implements Serializable {}

  BarrierSpec {
    steps = List.copyOf(steps);
    ranges = Map.copyOf(ranges);
  }

  /** Of a run without incremental sources. */
  BarrierSpec(String runId, List<Step> steps, ErrorPolicy errors) {
    this(runId, steps, errors, Map.of());
  }
}
