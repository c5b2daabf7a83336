package io.tributary.cli;

import io.tributary.config.NodeConfig;
import io.tributary.spec.Spec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drawings of a graph as text. */
final class GraphText {
  private final List<NodeConfig> nodes;
  private final StringBuilder text = new StringBuilder();
  private final Set<String> drawn = new HashSet<>();

  private GraphText(List<NodeConfig> nodes) {
    this.nodes = nodes;
  }

  /** A tree below each source; what was drawn already is named, but not drawn again. */
  static String tree(List<NodeConfig> nodes) {
    GraphText drawing = new GraphText(nodes);
    for (NodeConfig node : nodes) {
      if (node.inputs().isEmpty()) {
        drawing.text.append(label(node)).append('\n');
        drawing.branches(node, "");
      }
    }
    return drawing.text.toString();
  }

  private void branches(NodeConfig node, String indent) {
    if (!drawn.add(node.name())) {
      return;
    }
    List<NodeConfig> readers =
        nodes.stream().filter(reader -> reader.inputs().contains(node.name())).toList();
    for (int i = 0; i < readers.size(); i++) {
      NodeConfig reader = readers.get(i);
      boolean last = i == readers.size() - 1;
      text.append(indent)
          .append(last ? "└─ " : "├─ ")
          .append(label(reader))
          .append(drawn.contains(reader.name()) ? " (see above)" : "")
          .append('\n');
      branches(reader, indent + (last ? "   " : "│  "));
    }
  }

  private static String label(NodeConfig node) {
    return node.name() + " (" + node.kind() + " " + node.spec().name() + ")";
  }

  /** A flowchart, as Markdown viewers draw it from a {@code mermaid} block. */
  static String mermaid(List<NodeConfig> nodes) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    Map<String, String> ids = new HashMap<>();
    for (NodeConfig node : nodes) {
      // a name can be a word of Mermaid's, such as `end`
      String id = "n" + ids.size();
      ids.put(node.name(), id);
      text.append("  ").append(id).append(shape(node)).append('\n');
    }
    for (NodeConfig node : nodes) {
      for (String input : node.inputs()) {
        text.append("  ")
            .append(ids.get(input))
            .append(" --> ")
            .append(ids.get(node.name()))
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String shape(NodeConfig node) {
    String label =
        "\"" + node.name().replace("\"", "#quot;") + "<br/><i>" + node.spec().name() + "</i>\"";
    Spec.Kind kind = node.kind();
    return switch (kind) {
      case SOURCE -> "([" + label + "])";
      case TRANSFORM -> "[" + label + "]";
      case SINK -> "[(" + label + ")]";
    };
  }
}
