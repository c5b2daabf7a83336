package io.tributary.graph;

import io.tributary.config.NodeConfig;
import io.tributary.config.Outline;
import io.tributary.config.PipelineConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes of a config and what feeds what, without cycles. Immutable. */
public final class Graph {
  private final Map<String, NodeConfig> byName;
  private final List<NodeConfig> sorted;

  private Graph(Map<String, NodeConfig> byName) {
    this.byName = byName;
    this.sorted = sorted(byName);
  }

  /**
   * The graph of a config; null when its wiring is wrong, which was then reported into the problems
   * of the nodes.
   */
  public static @Nullable Graph of(PipelineConfig config) {
    if (config.nodes().isEmpty()) {
      return null;
    }
    int before = config.nodes().get(0).problems().errors();
    Wiring.check(config.nodes().stream().map(Outline::of).toList(), config.folder());
    if (config.nodes().get(0).problems().errors() > before) {
      return null;
    }
    Map<String, NodeConfig> byName = new LinkedHashMap<>();
    config.nodes().forEach(node -> byName.put(node.name(), node));
    return new Graph(byName);
  }

  /** Of nodes whose wiring was checked: all that they read is among them, and there is no cycle. */
  public static Graph ofChecked(List<NodeConfig> nodes) {
    Map<String, NodeConfig> byName = new LinkedHashMap<>();
    nodes.forEach(node -> byName.put(node.name(), node));
    return new Graph(byName);
  }

  /** All nodes, each after those it reads, else in file order. */
  public List<NodeConfig> nodes() {
    return sorted;
  }

  /** The nodes that read a node, in file order. */
  public List<NodeConfig> consumers(String name) {
    return byName.values().stream().filter(node -> node.inputs().contains(name)).toList();
  }

  /**
   * @throws IllegalArgumentException if no node has the name
   */
  public NodeConfig node(String name) {
    NodeConfig node = byName.get(name);
    if (node == null) {
      throw new IllegalArgumentException("no node `" + name + "`; there are " + byName.keySet());
    }
    return node;
  }

  /**
   * The part that is connected with some nodes: they, all that reads from them, and all that these
   * read from.
   *
   * @param names of nodes of this graph
   */
  public Graph only(Set<String> names) {
    Set<String> kept = new HashSet<>(names);
    for (NodeConfig node : sorted) {
      if (node.inputs().stream().anyMatch(kept::contains)) {
        kept.add(node.name());
      }
    }
    return withInputs(kept);
  }

  /**
   * The part that makes the rows of a node: it, and all that it reads from.
   *
   * @param name of a node of this graph
   */
  public Graph upTo(String name) {
    return withInputs(new HashSet<>(Set.of(name)));
  }

  private Graph withInputs(Set<String> kept) {
    for (int i = sorted.size() - 1; i >= 0; i--) {
      if (kept.contains(sorted.get(i).name())) {
        kept.addAll(sorted.get(i).inputs());
      }
    }
    Map<String, NodeConfig> part = new LinkedHashMap<>(byName);
    part.keySet().retainAll(kept);
    return new Graph(part);
  }

  private static List<NodeConfig> sorted(Map<String, NodeConfig> byName) {
    Set<NodeConfig> sorted = new LinkedHashSet<>();
    for (NodeConfig node : byName.values()) {
      addAfterInputs(node, byName, sorted);
    }
    return List.copyOf(new ArrayList<>(sorted));
  }

  private static void addAfterInputs(
      NodeConfig node, Map<String, NodeConfig> byName, Set<NodeConfig> sorted) {
    for (String input : node.inputs()) {
      addAfterInputs(byName.get(input), byName, sorted);
    }
    sorted.add(node);
  }
}
