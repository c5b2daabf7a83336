package io.tributary.config;

import io.tributary.spec.Arguments;
import io.tributary.spec.Incremental;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node as far as it could be understood: what checks of the wiring need, also where other keys of
 * the node are wrong.
 *
 * @param name null when it is missing or wrong
 * @param parameters null when some value is wrong or not known
 * @param severalInputs whether it may read several nodes; true also when its module is not known
 * @param known the values that are right and known; null when the module is not known
 * @param inputs names of upstream nodes; null when they are wrong or not known
 * @param problems as in {@link NodeConfig}
 * @param isIncremental whether a source is to be read in increments
 * @param incremental how; null also when that is wrong or not known
 */
public record Outline(
    @Nullable String name,
    Spec.Kind kind,
    boolean severalInputs,
    @Nullable Object parameters,
    @Nullable Arguments known,
    @Nullable List<String> inputs,
    Problems problems,
    boolean isIncremental,
    @Nullable Incremental incremental) {
  public Outline {
    inputs = inputs == null ? null : List.copyOf(inputs);
  }

  /** A node that is all right, of which nothing is unknown. */
  public static Outline of(NodeConfig node) {
    return new Outline(
        node.name(),
        node.kind(),
        node.spec().severalInputs(),
        node.parameters(),
        null,
        node.inputs(),
        node.problems(),
        node.incremental() != null,
        node.incremental());
  }
}
