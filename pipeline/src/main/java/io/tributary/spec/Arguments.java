package io.tributary.spec;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checked values of a module's fields: each is of its field's type, and required ones are
 * there. Immutable.
 */
public final class Arguments {
  private final Map<String, Object> values;

  /**
   * @param values typed values by field name; absent fields are left out
   */
  public Arguments(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** The value, or the default of a field that was not given. */
  public <T> T get(Field<T> field) {
    T value = find(field);
    if (value == null) {
      throw new IllegalStateException(
          "field " + field.name() + " has neither value nor default; use find");
    }
    return value;
  }

  /** The value or default, or null when an optional field was not given. */
  @SuppressWarnings("unchecked") // put in by the parser of the same field
  public <T> @Nullable T find(Field<T> field) {
    Object value = values.get(field.name());
    return value == null ? field.defaultValue() : (T) value;
  }

  /** The value that was given for a key, whatever it is; null when none was given. */
  public @Nullable Object given(String key) {
    return values.get(key);
  }

  /** All secrets among the values. */
  public List<Secret> secrets() {
    return values.values().stream()
        .flatMap(value -> value instanceof Map<?, ?> map ? map.values().stream() : Stream.of(value))
        .filter(Secret.class::isInstance)
        .map(Secret.class::cast)
        .toList();
  }

  public boolean has(Field<?> field) {
    return values.containsKey(field.name());
  }
}
