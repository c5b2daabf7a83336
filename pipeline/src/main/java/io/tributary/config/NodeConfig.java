package io.tributary.config;

import io.tributary.spec.Incremental;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source, transform or sink of a config, with its parameters bound and checked.
 *
 * @param parameters made by {@code spec}
 * @param line of the node in its file
 * @param inputs names of upstream nodes; empty for a source
 * @param problems reports at places of this node: {@code at("where")} is the value of that key,
 *     wherever it stands, {@code at("inputs").at(0)} the first input, {@code at("name")} the name;
 *     without {@code at}, or where a key is missing, it is the name
 * @param incremental how a source is read in increments; null when it is read whole
 */
public record NodeConfig(
    String name,
    Spec<?> spec,
    Object parameters,
    List<String> inputs,
    int line,
    Problems problems,
    @Nullable Incremental incremental) {
  public NodeConfig {
    inputs = List.copyOf(inputs);
  }

  public Spec.Kind kind() {
    return spec.kind();
  }
}
