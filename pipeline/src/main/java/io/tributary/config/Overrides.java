package io.tributary.config;

import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.config.Node.Sequence;
import io.tributary.spec.Code;
import io.tributary.spec.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Puts values of the command line ({@code --set sinks.revenue.mode=append}) in place of those of a
 * document. A node of a list is named by its {@code name}.
 */
final class Overrides {
  private final Reporter reporter;

  Overrides(Reporter reporter) {
    this.reporter = reporter;
  }

  /** The document with all values put in; a path that leads nowhere is reported. */
  Mapping apply(Mapping root, Map<String, String> sets) {
    Map<String, String> sorted = new TreeMap<>(sets); // a node before what is in it
    // the settings are the lines of a text, so that each has its place
    SourceText lines =
        new SourceText(
            "--set",
            sorted.entrySet().stream()
                .map(set -> set.getKey() + "=" + set.getValue())
                .collect(Collectors.joining("\n")));
    Mapping changed = root;
    int start = 0;
    for (Map.Entry<String, String> set : sorted.entrySet()) {
      Setting setting = new Setting(lines, start, set.getKey(), set.getValue());
      start = setting.end + 1;
      Node after = setting.put(changed, 0);
      changed = after == null ? changed : (Mapping) after;
    }
    return changed;
  }

  private final class Setting {
    private final int end;
    private final List<Scalar> steps = new ArrayList<>();
    private final Scalar value;

    /**
     * @param source in which the setting is written
     * @param offset where it begins there
     */
    Setting(SourceText source, int offset, String path, String text) {
      int start = offset;
      for (String step : path.split("\\.", -1)) {
        int stepEnd = start + step.codePointCount(0, step.length());
        steps.add(new Scalar(new Extent(source, start, stepEnd), step, ScalarStyle.PLAIN, step));
        start = stepEnd + 1;
      }
      end = start + text.codePointCount(0, text.length());
      value =
          new Scalar(
              new Extent(source, start, end),
              text,
              ScalarStyle.PLAIN,
              CoreSchema.value(text, null, true));
    }

    /**
     * The node with the value put in below it; null after reporting that there is no such place.
     */
    @Nullable Node put(Node node, int depth) {
      Scalar step = steps.get(depth);
      if (node instanceof Mapping mapping) {
        return putInto(mapping, step, depth);
      }
      if (node instanceof Sequence sequence && depth + 1 < steps.size()) {
        return putInto(sequence, step, depth);
      }
      return refuse(step, node.describe() + " has no key `" + step.text() + "`", List.of());
    }

    private @Nullable Node putInto(Mapping mapping, Scalar step, int depth) {
      if (step.text().isEmpty()) {
        return refuse(step, "the path has an empty part", List.of());
      }
      boolean last = depth + 1 == steps.size();
      Entry there = mapping.entries().get(step.text());
      Entry parameters = mapping.entries().get("parameters");
      if (last
          && parameters != null
          && parameters.value() instanceof Mapping inner
          && inner.entries().containsKey(step.text())) {
        return mapping.with(new Entry(parameters.key(), inner.with(new Entry(step, value))));
      }
      if (last) {
        return mapping.with(new Entry(there == null ? step : there.key(), value));
      }
      if (there == null && (depth > 0 || ConfigBinder.LISTS.contains(step.text()))) {
        return refuse(
            step, "there is no `" + step.text() + "`", List.copyOf(mapping.entries().keySet()));
      }
      Node below =
          there == null ? new Mapping(step.extent(), new LinkedHashMap<>()) : there.value();
      Node changed = put(below, depth + 1);
      return changed == null
          ? null
          : mapping.with(new Entry(there == null ? step : there.key(), changed));
    }

    private @Nullable Node putInto(Sequence sequence, Scalar step, int depth) {
      List<Node> items = new ArrayList<>(sequence.items());
      List<String> names = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Mapping item && item.get("name") instanceof Scalar name) {
          names.add(name.text());
          if (name.text().equals(step.text())) {
            Node changed = put(item, depth + 1);
            if (changed == null) {
              return null;
            }
            items.set(i, changed);
            return new Sequence(sequence.extent(), items);
          }
        }
      }
      return refuse(step, "there is no node `" + step.text() + "`", names);
    }

    private @Nullable Node refuse(Scalar step, String message, List<String> candidates) {
      String fix =
          Suggestions.nearest(step.text(), candidates)
              .map(word -> "did you mean `" + word + "`?")
              .orElse("write a path such as sinks.NAME.mode or errors.max_rows");
      reporter.error(Code.TR126, step.extent(), message, fix, candidates);
      return null;
    }
  }
}
