package io.tributary.config;

import io.tributary.config.TestConfig.Form;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a test should have expected of a node.
 *
 * @param test its index in the list of tests
 * @param form that of the expectation, which stays
 * @param rows plain values by column; empty for a count
 * @param count of the rows
 */
public record Correction(
    int test, String node, Form form, List<Map<String, @Nullable Object>> rows, long count) {
  public Correction {
    rows = List.copyOf(rows);
  }
}
