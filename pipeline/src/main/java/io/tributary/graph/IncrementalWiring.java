package io.tributary.graph;

import io.tributary.config.Outline;
import io.tributary.spec.Code;
import io.tributary.spec.DeclaresWrite;
import io.tributary.spec.Incremental;
import io.tributary.spec.IncrementalKeys;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Spec;
import io.tributary.spec.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what sinks may do with rows of sources that are read whole, and of those that are read in
 * increments.
 */
final class IncrementalWiring {
  private final Map<String, Outline> byName;

  IncrementalWiring(Map<String, Outline> byName) {
    this.byName = byName;
  }

  void check(List<Outline> nodes) {
    for (Outline node : nodes) {
      if (node.kind() == Spec.Kind.SINK && node.parameters() instanceof DeclaresWrite write) {
        checkMode(node, write);
      }
      Incremental incremental = node.incremental();
      if (incremental != null && incremental.destination() != null) {
        checkDestination(node, incremental.destination());
      }
    }
  }

  private void checkMode(Outline sink, DeclaresWrite write) {
    Set<Outline> sources = sources(sink);
    if (sources == null) {
      return; // what it reads is not known
    }
    List<Outline> incremental = sources.stream().filter(Outline::isIncremental).toList();
    switch (write.mode()) {
      case REPLACE -> incremental.stream().limit(1).forEach(source -> refuseReplace(sink, source));
      case APPEND -> {
        if (incremental.isEmpty() && !write.allowFullAppend()) {
          refuseFullAppend(sink);
        }
        incremental.forEach(source -> checkAppend(sink, source));
      }
      case MERGE -> {
        // what was read before is updated by its key
      }
    }
  }

  private static void refuseReplace(Outline sink, Outline source) {
    sink.problems()
        .at("mode")
        .error(
            Code.TR117,
            "mode replace would keep only the latest increment of source `" + source.name() + "`",
            "set `mode: merge` with `merge_keys`, or `mode: append`");
  }

  private static void refuseFullAppend(Outline sink) {
    sink.problems()
        .at("mode")
        .error(
            Code.TR117,
            "mode append with a source that is read whole would double its rows with each run",
            "use replace or merge, read the source with `incremental`, or say `allow_full_append:"
                + " true` if that is meant");
  }

  private static void checkAppend(Outline sink, Outline source) {
    Incremental how = source.incremental();
    if (how == null) {
      return;
    }
    if (how.interval() != null) {
      source
          .problems()
          .at(IncrementalKeys.INTERVAL_FROM)
          .error(
              Code.TR117,
              "`"
                  + how.interval()
                  + "` reads rows again with each run, and sink `"
                  + sink.name()
                  + "` appends, so they would be doubled",
              "write `incremental_interval_from: max_value_in_destination`, or set `mode: merge`"
                  + " with `merge_keys` in the sink");
    }
    if (how.lookback() != null && !how.lookback().isZero()) {
      source
          .problems()
          .at(IncrementalKeys.INCREMENTAL)
          .at("lookback")
          .error(
              Code.TR117,
              "`lookback` reads rows again with each run, and sink `"
                  + sink.name()
                  + "` appends, so they would be doubled",
              "remove `lookback`, or set `mode: merge` with `merge_keys` in the sink");
    }
  }

  private void checkDestination(Outline source, String name) {
    List<String> fed =
        byName.values().stream()
            .filter(node -> node.kind() == Spec.Kind.SINK && node.name() != null)
            .filter(
                node -> {
                  Set<Outline> sources = sources(node);
                  return sources == null || sources.contains(source);
                })
            .map(Outline::name)
            .toList();
    if (fed.contains(name)) {
      return;
    }
    Problems place = source.problems().at(IncrementalKeys.DESTINATION);
    boolean isSink = byName.get(name) != null && byName.get(name).kind() == Spec.Kind.SINK;
    String message =
        isSink
            ? "sink `" + name + "` is not fed by source `" + source.name() + "`"
            : "there is no sink `" + name + "`";
    Suggestions.nearest(name, fed)
        .ifPresentOrElse(
            near -> place.replaceable(Severity.ERROR, Code.TR110, message, near),
            () ->
                place.error(
                    Code.TR110,
                    message,
                    fed.isEmpty()
                        ? "let a sink read this source"
                        : "write one of: " + String.join(", ", fed)));
  }

  /** The sources whose rows reach a node; null when that is not known. */
  private @Nullable Set<Outline> sources(Outline node) {
    Set<Outline> seen = new LinkedHashSet<>();
    List<Outline> open = new ArrayList<>(List.of(node));
    while (!open.isEmpty()) {
      Outline next = open.remove(open.size() - 1);
      if (!seen.add(next)) {
        continue;
      }
      if (next.inputs() == null || next.inputs().isEmpty() && next.kind() != Spec.Kind.SOURCE) {
        return null;
      }
      for (String input : next.inputs()) {
        Outline upstream = byName.get(input);
        if (upstream == null) {
          return null;
        }
        open.add(upstream);
      }
    }
    seen.removeIf(found -> found.kind() != Spec.Kind.SOURCE);
    return seen;
  }
}
