package io.tributary.config;

import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.config.Node.Sequence;
import io.tributary.spec.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key of a node that says whose rows it reads: {@code input} or {@code inputs}. */
final class NodeInputs {
  static final List<String> KEYS = List.of("inputs", "input");

  private NodeInputs() {}

  /** Names of upstream nodes; empty when none are given, null when they are wrong or not known. */
  static @Nullable List<String> read(Mapping keys, Values values, Reporter reporter) {
    Entry several = keys.entries().get("inputs");
    Entry one = keys.entries().get("input");
    if (several != null && one != null) {
      reporter.error(
          Code.TR108,
          one.key().extent(),
          "`input` and `inputs` are the same key, and both are given",
          "remove one of the two");
      return null;
    }
    Entry entry = several == null ? one : several;
    if (entry == null || entry.value() instanceof Scalar scalar && scalar.value() == null) {
      return List.of();
    }
    List<Node> items =
        entry.value() instanceof Sequence sequence ? sequence.items() : List.of(entry.value());
    List<String> names = new ArrayList<>();
    for (Node item : items) {
      if (!(item instanceof Scalar scalar) || scalar.value() == null) {
        reporter.error(
            Code.TR104,
            item.extent(),
            "expected the name of a node, found " + item.describe(),
            "write a name, or a list of names");
        return null;
      }
      Resolved resolved = values.resolve(scalar);
      if (!resolved.isKnown()) {
        return null;
      }
      names.add(resolved.text().text());
    }
    return names;
  }
}
