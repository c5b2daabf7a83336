package io.tributary.config;

import io.tributary.spec.ConfigKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text of a test that is added to a config: a line for each row. Not thread-safe. */
final class NewTest {
  private final FlowText style;
  private final String newLine;
  private final List<Part> parts = new ArrayList<>();
  private String name = "";

  /** A key below the test, with a value for each node. */
  private record Part(String key, List<NodePart> nodes) {}

  /**
   * What is said of a node.
   *
   * @param schema null where only rows are given
   * @param value null where rows are given
   */
  private record NodePart(
      String node, @Nullable String schema, List<String> rows, @Nullable String value) {}

  NewTest(FlowText style, String newLine) {
    this.style = style;
    this.newLine = newLine;
  }

  void add(
      String testName,
      Map<String, TypedRows> mocks,
      Map<String, List<Map<String, @Nullable Object>>> expected,
      Map<String, Integer> rejected) {
    name = style.of(testName);
    List<NodePart> mocked = new ArrayList<>();
    mocks.forEach(
        (node, rows) ->
            mocked.add(
                new NodePart(style.of(node), style.of(rows.schema()), lines(rows.rows()), null)));
    List<NodePart> results = new ArrayList<>();
    expected.forEach(
        (node, rows) -> results.add(new NodePart(style.of(node), null, lines(rows), null)));
    List<NodePart> counts = new ArrayList<>();
    rejected.forEach(
        (node, count) ->
            counts.add(new NodePart(style.of(node), null, List.of(), String.valueOf(count))));
    parts.add(new Part(ConfigKeys.MOCK, mocked));
    parts.add(new Part(ConfigKeys.EXPECT, results));
    if (!counts.isEmpty()) {
      parts.add(new Part(ConfigKeys.REJECTED, counts));
    }
  }

  private List<String> lines(List<Map<String, @Nullable Object>> rows) {
    return rows.stream().map(style::of).toList();
  }

  /**
   * In the block style of YAML, as an item of a list, without a line break at the end.
   *
   * @param indent blanks before the dash
   */
  String block(int indent) {
    List<String> lines = new ArrayList<>();
    lines.add("- name: " + name);
    for (Part part : parts) {
      lines.add("  " + part.key() + ":");
      for (NodePart node : part.nodes()) {
        block(node, lines);
      }
    }
    return " ".repeat(indent) + String.join(newLine + " ".repeat(indent), lines);
  }

  private static void block(NodePart node, List<String> lines) {
    String key = "    " + node.node() + ":";
    if (node.value() != null) {
      lines.add(key + " " + node.value());
      return;
    }
    boolean typed = node.schema() != null;
    if (typed) {
      lines.add(key);
      lines.add("      schema: " + node.schema());
    }
    String rows = typed ? "      rows:" : key;
    lines.add(node.rows().isEmpty() ? rows + " []" : rows);
    node.rows().forEach(row -> lines.add((typed ? "        - " : "      - ") + row));
  }

  /**
   * In brackets, as JSON is.
   *
   * @param indent blanks before the opening bracket
   */
  String flow(int indent) {
    String line = newLine + " ".repeat(indent + 2);
    StringBuilder text = new StringBuilder(" ".repeat(indent)).append('{');
    text.append(line).append(key("name")).append(name);
    for (Part part : parts) {
      text.append(',').append(line).append(key(part.key())).append('{');
      String separator = line + "  ";
      for (NodePart node : part.nodes()) {
        text.append(separator).append(node.node()).append(": ").append(flow(node, line + "    "));
        separator = "," + line + "  ";
      }
      text.append(line).append('}');
    }
    return text.append(newLine).append(" ".repeat(indent)).append('}').toString();
  }

  private String flow(NodePart node, String line) {
    if (node.value() != null) {
      return node.value();
    }
    String rows =
        node.rows().isEmpty() ? "[]" : "[" + line + String.join("," + line, node.rows()) + "]";
    return node.schema() == null
        ? rows
        : "{" + key("schema") + node.schema() + ", " + key("rows") + rows + "}";
  }

  private String key(String key) {
    return style.of(key) + ": ";
  }
}
