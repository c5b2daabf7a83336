package io.tributary.graph;

import io.tributary.config.Outline;
import io.tributary.spec.Code;
import io.tributary.spec.DeclaresWrite;
import io.tributary.spec.NamesTables;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Spec;
import io.tributary.spec.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Checks what connects the nodes of a config: inputs, cycles, rows that nobody reads, and what
 * sinks may do with what they get. Works on nodes that are understood in part only, so that all
 * mistakes of a file are reported together.
 */
final class Wiring {
  private final List<Outline> nodes;
  private final Map<String, Outline> byName = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();
  private boolean allInputsKnown = true;

  private Wiring(List<Outline> nodes) {
    this.nodes = nodes;
    for (Outline node : nodes) {
      if (node.name() != null) {
        byName.putIfAbsent(node.name(), node);
      }
    }
  }

  /**
   * Reports all that is wrong into the problems of the nodes.
   *
   * @param folder of the config, against which relative paths are resolved
   */
  static void check(List<Outline> nodes, String folder) {
    Wiring wiring = new Wiring(nodes);
    nodes.forEach(wiring::checkInputs);
    wiring.checkCycles();
    wiring.checkUnused();
    new IncrementalWiring(wiring.byName).check(nodes);
    wiring.checkDestinations(folder);
  }

  private void checkInputs(Outline node) {
    List<String> inputs = node.inputs();
    if (inputs == null) {
      allInputsKnown = false;
      return;
    }
    Problems place = node.problems().at("inputs");
    if (node.kind() == Spec.Kind.SOURCE) {
      if (!inputs.isEmpty()) {
        place.onKey().error(Code.TR108, "a source has no inputs", "remove the key");
      }
      return;
    }
    if (inputs.isEmpty()) {
      place.error(
          Code.TR101,
          "key `input` is missing in " + called(node),
          readable(node).isEmpty()
              ? "add `input` with the name of a source or transform"
              : "add `input` with one of: " + String.join(", ", readable(node)));
    }
    if (inputs.size() > 1 && !node.severalInputs()) {
      place
          .at(1)
          .error(
              Code.TR104,
              called(node) + " reads one node, " + inputs.size() + " are given",
              "keep one input");
    }
    for (int i = 0; i < inputs.size(); i++) {
      checkInput(node, inputs.get(i), place.at(i));
    }
    if (node.parameters() instanceof NamesTables tables && !inputs.isEmpty()) {
      checkTables(node, inputs, tables.aliases());
    }
  }

  /** Each input has a name of its own in the query: that of its node, unless another is given. */
  private static void checkTables(Outline node, List<String> inputs, List<String> aliases) {
    Problems place = node.problems().at(aliases.isEmpty() ? "inputs" : NamesTables.KEY);
    if (!aliases.isEmpty() && aliases.size() != inputs.size()) {
      place.error(
          Code.TR108,
          called(node)
              + " has "
              + inputs.size()
              + (inputs.size() == 1 ? " input" : " inputs")
              + ", but "
              + aliases.size()
              + " in `"
              + NamesTables.KEY
              + "`",
          "give one for each input, in their order, or leave the key out");
      return;
    }
    Set<String> seen = new HashSet<>();
    List<String> names = aliases.isEmpty() ? inputs : aliases;
    for (int i = 0; i < names.size(); i++) {
      if (!seen.add(names.get(i).toLowerCase(Locale.ROOT))) {
        place
            .at(i)
            .error(
                Code.TR109,
                "two tables of the query of "
                    + called(node)
                    + " are called `"
                    + names.get(i)
                    + "` (case does not matter)",
                "give each input a name of its own in `" + NamesTables.KEY + "`");
      }
    }
  }

  private void checkInput(Outline node, String input, Problems place) {
    read.add(input);
    Outline upstream = byName.get(input);
    if (upstream == null) {
      String message = "unknown input `" + input + "` of " + called(node);
      List<String> names = readable(node);
      Suggestions.nearest(input, names)
          .ifPresentOrElse(
              name -> {
                read.add(name);
                place.replaceable(Severity.ERROR, Code.TR110, message, name);
              },
              () ->
                  place.error(
                      Code.TR110,
                      message,
                      names.isEmpty() ? null : "write one of: " + String.join(", ", names)));
    } else if (upstream.kind() == Spec.Kind.SINK && upstream != node) {
      place.error(
          Code.TR110,
          "input `" + input + "` of " + called(node) + " is a sink, which gives no rows",
          "read what the sink reads");
    }
  }

  /** Names that a node could read. */
  private List<String> readable(Outline node) {
    return byName.values().stream()
        .filter(other -> other.kind() != Spec.Kind.SINK && other != node)
        .map(Outline::name)
        .toList();
  }

  /** Follows inputs upwards from each node; a path that comes back to itself is a cycle. */
  private void checkCycles() {
    Set<Outline> done = new HashSet<>();
    for (Outline node : byName.values()) {
      follow(node, new ArrayList<>(), done);
    }
  }

  private void follow(Outline node, List<Outline> path, Set<Outline> done) {
    int start = path.indexOf(node);
    if (start >= 0) {
      List<Outline> cycle = path.subList(start, path.size());
      StringBuilder text = new StringBuilder("`" + node.name() + "` reads");
      cycle.stream().skip(1).forEach(via -> text.append(" `" + via.name() + "`, which reads"));
      int index = path.get(start).inputs().indexOf(cycle.get(1 % cycle.size()).name());
      node.problems()
          .at("inputs")
          .at(index)
          .error(
              Code.TR111,
              "the nodes form a cycle: " + text + " `" + node.name() + "`",
              "let one of them read a source");
      return;
    }
    if (done.contains(node) || node.inputs() == null) {
      return;
    }
    path.add(node);
    for (String input : node.inputs()) {
      Outline upstream = byName.get(input);
      if (upstream != null) {
        follow(upstream, path, done);
      }
    }
    path.remove(path.size() - 1);
    done.add(node);
  }

  private void checkUnused() {
    if (!allInputsKnown) {
      return;
    }
    for (Outline node : byName.values()) {
      if (node.kind() != Spec.Kind.SINK && !read.contains(node.name())) {
        node.problems()
            .at("name")
            .warning(
                Code.TR112,
                "nothing reads " + called(node),
                "let a sink or transform read it, or remove it");
      }
    }
  }

  private void checkDestinations(String folder) {
    Map<String, Outline> first = new HashMap<>();
    for (Outline node : nodes) {
      if (!(node.parameters() instanceof DeclaresWrite write)) {
        continue;
      }
      String destination = write.destination(folder);
      if (destination == null) {
        continue;
      }
      // a folder may be called as a table is
      Outline other = first.putIfAbsent(write.getClass().getName() + " " + destination, node);
      if (other != null) {
        node.problems()
            .at(write.destinationKey())
            .error(
                Code.TR123,
                "sink `" + other.name() + "` writes to `" + destination + "`, too",
                "give each sink a destination of its own");
      }
    }
  }

  private static String called(Outline node) {
    return node.kind() + (node.name() == null ? " without name" : " `" + node.name() + "`");
  }
}
