package io.tributary.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a mock that is written into a config.
 *
 * @param schema as a plain value: a text or a list
 * @param rows plain values by column
 */
public record TypedRows(Object schema, List<Map<String, @Nullable Object>> rows) {
  public TypedRows {
    rows = List.copyOf(rows);
  }
}
