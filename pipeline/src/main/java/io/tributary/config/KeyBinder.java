package io.tributary.config;

import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.spec.Arguments;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Shape;
import io.tributary.spec.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the keys of a map into the typed values of fields, and reports what does not fit. */
final class KeyBinder {
  private final Reporter reporter;
  private final Values values;
  private final PlainValues plainValues;

  KeyBinder(Reporter reporter, Values values, PlainValues plainValues) {
    this.reporter = reporter;
    this.values = values;
    this.plainValues = plainValues;
  }

  /**
   * @param doubtful fields whose values are wrong or not known, or required and missing
   */
  record Bound(Arguments arguments, Set<String> doubtful) {
    Bound {
      doubtful = Set.copyOf(doubtful);
    }

    /** Whether each value is right and known, and no required one is missing. */
    boolean isComplete() {
      return doubtful.isEmpty();
    }
  }

  /**
   * @param owner how messages call the map, such as {@code sink `leads` (module bigquery)}
   * @param excused fields whose absence is not reported, because its reason was
   */
  Bound bind(Mapping keys, List<? extends Field<?>> fields, String owner, Set<String> excused) {
    Problems problems = new DocumentProblems(reporter, values, keys);
    Map<String, Object> typed = new HashMap<>();
    Set<String> doubtful = new HashSet<>();
    for (Field<?> field : fields) {
      Entry entry = keys.entries().get(field.name());
      if (entry == null || isNothing(entry.value())) {
        if (field.isRequired()) {
          doubtful.add(field.name());
        }
        if (field.isRequired() && !excused.contains(field.name())) {
          missing(entry, keys, field, owner);
        }
        continue;
      }
      Object value = value(field.shape(), entry, problems.at(field));
      if (value == null) {
        doubtful.add(field.name());
      } else {
        typed.put(field.name(), value);
      }
    }
    return new Bound(new Arguments(typed), doubtful);
  }

  /**
   * Reports the keys that nobody knows, each with the one that was probably meant.
   *
   * @param more known keys besides the fields
   * @return the keys that were probably meant
   */
  Set<String> unknown(
      Mapping keys, List<? extends Field<?>> fields, List<String> more, String owner) {
    List<String> known = new ArrayList<>(fields.stream().map(Field::name).toList());
    known.addAll(more);
    Set<String> meant = new HashSet<>();
    for (Entry entry : keys.entries().values()) {
      if (!known.contains(entry.key().text())) {
        unknown(entry, fields, known, owner).ifPresent(meant::add);
      }
    }
    return meant;
  }

  private Optional<String> unknown(
      Entry entry, List<? extends Field<?>> fields, List<String> known, String owner) {
    Scalar key = entry.key();
    String message = "unknown key `" + key.text() + "` in " + owner;
    Optional<String> meant = Suggestions.nearest(key.text(), known);
    if (meant.isEmpty()) {
      reporter.error(Code.TR102, key.extent(), message, "remove it", known);
      return meant;
    }
    if (fields.stream().anyMatch(field -> isSecret(field, meant.get()))) {
      Extent value =
          entry.value().extent(); // a mistyped `password` shows its value no more than it
      value.source().mask(value.start(), value.end());
    }
    reporter.replaceable(
        Severity.ERROR, Code.TR102, key.extent(), message, key.inner(), meant.get(), known);
    return meant;
  }

  private void missing(@Nullable Entry entry, Mapping keys, Field<?> field, String owner) {
    Object example = field.example();
    reporter.error(
        Code.TR101,
        entry == null ? keys.extent() : entry.key().extent(),
        entry == null
            ? "key `" + field.name() + "` is missing in " + owner
            : "key `" + field.name() + "` in " + owner + " has no value",
        "add `" + field.name() + "`" + (example == null ? "" : ", such as `" + example + "`"));
  }

  private @Nullable Object value(Shape<?> shape, Entry entry, Problems problems) {
    Object plain = plainValues.of(entry.value(), shape.kind());
    return plain == null ? null : shape.parse(plain, problems);
  }

  private static boolean isSecret(Field<?> field, String name) {
    return field.name().equals(name) && field.shape().kind() == Shape.Kind.SECRET;
  }

  private static boolean isNothing(Node node) {
    return node instanceof Scalar scalar && scalar.value() == null;
  }
}
