package io.tributary.spec;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the page of a module, as Markdown, from its spec. */
public final class SpecDocs {
  private static final List<Map.Entry<String, Duration>> UNITS =
      List.of(
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("min", Duration.ofMinutes(1)),
          Map.entry("s", Duration.ofSeconds(1)));

  private static final String NODE_KEYS =
      "Besides these, a %s has `name`, `module`, `description`%s; all other keys may stand beside"
          + " them or below `parameters`.";

  private SpecDocs() {}

  /** What the module does, its keys, and its examples. */
  public static String page(Spec<?> spec) {
    StringBuilder page = new StringBuilder();
    page.append("# `").append(spec.name()).append("` (").append(spec.kind()).append(")\n\n");
    page.append(spec.summary()).append('\n');
    if (!spec.aliases().isEmpty()) {
      page.append("\nAccepted under an older name, too: `")
          .append(String.join("`, `", spec.aliases()))
          .append("`.\n");
    }
    if (!spec.details().isBlank()) {
      page.append('\n').append(spec.details().strip()).append('\n');
    }
    page.append("\n## Keys\n\n").append(table(spec.fields()));
    String inputs =
        spec.kind() == Spec.Kind.SOURCE
            ? ""
            : spec.severalInputs() ? " and `inputs`" : " and `input`";
    page.append('\n').append(NODE_KEYS.formatted(spec.kind(), inputs)).append('\n');
    for (Spec.Example example : spec.examples()) {
      String text = example.text().strip();
      page.append("\n## Example: ").append(example.title()).append("\n\n```");
      page.append(text.startsWith("{") || text.startsWith("[") ? "json" : "yaml").append('\n');
      page.append(text).append("\n```\n");
    }
    return page.toString();
  }

  /** A line for each field. */
  public static String table(Collection<? extends Field<?>> fields) {
    StringBuilder table = new StringBuilder();
    table.append("| key | type | default | meaning |\n|---|---|---|---|\n");
    for (Field<?> field : fields) {
      Object example = field.example();
      table
          .append("| `")
          .append(field.name())
          .append("` | ")
          .append(cell(field.shape().typeName()))
          .append(" | ")
          .append(byDefault(field))
          .append(" | ")
          .append(cell(field.about()))
          .append(example == null ? "" : " Example: `" + cell(asWritten(example)) + "`")
          .append(" |\n");
    }
    return table.toString();
  }

  /** As it could stand in a config; keys in order, so that pages are the same each time. */
  private static String asWritten(Object example) {
    if (example instanceof Map<?, ?> map) {
      return new TreeMap<>(map)
          .entrySet().stream()
              .map(entry -> entry.getKey() + ": " + asWritten(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    }
    if (example instanceof List<?> list) {
      return list.stream().map(SpecDocs::asWritten).collect(Collectors.joining(", ", "[", "]"));
    }
    String text = String.valueOf(example);
    return text.isEmpty() ? "\"\"" : text;
  }

  private static String byDefault(Field<?> field) {
    if (field.isRequired()) {
      return "required";
    }
    String value = shown(field.defaultValue());
    return value == null ? "" : "`" + cell(value) + "`";
  }

  /** A typed value as it would be written in a config; null when there is none. */
  static @Nullable String shown(@Nullable Object value) {
    if (value instanceof Duration duration) {
      return shown(duration);
    }
    if (value instanceof Enum<?> word) {
      return word.name().toLowerCase(Locale.ROOT);
    }
    return value == null ? null : asWritten(value);
  }

  /** In the largest unit of which it is a whole number. */
  private static String shown(Duration duration) {
    for (Map.Entry<String, Duration> unit : UNITS) {
      if (!duration.isZero() && duration.toMillis() % unit.getValue().toMillis() == 0) {
        return duration.dividedBy(unit.getValue()) + unit.getKey();
      }
    }
    return duration.toMillis() + "ms";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
