package io.tributary.configtest;

import io.tributary.config.Correction;
import io.tributary.config.Diagnostics;
import io.tributary.config.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a test of a config ended.
 *
 * @param failures what was not as expected; empty unless it failed
 * @param diagnostics why it could not be run; empty unless it is broken
 * @param corrections what its expectations would have to be
 * @param rejected how many rows nodes did not accept; without nodes that accepted all
 */
public record TestResult(
    int index,
    String name,
    Span place,
    Status status,
    List<Failure> failures,
    Diagnostics diagnostics,
    List<Correction> corrections,
    Map<String, Integer> rejected) {

  /** How a test ended. */
  public enum Status {
    PASSED,
    FAILED,
    /** The config, or the test itself, is wrong: nothing was compared. */
    BROKEN
  }

  /**
   * Something that was not as expected.
   *
   * @param place of the expectation
   * @param message in a sentence without a full stop, without the node
   * @param difference null when rows do not show it
   */
  public record Failure(String node, Span place, String message, @Nullable Difference difference) {}

  public TestResult {
    failures = List.copyOf(failures);
    corrections = List.copyOf(corrections);
    rejected = Collections.unmodifiableMap(new LinkedHashMap<>(rejected));
  }

  static TestResult broken(int index, String name, Span place, Diagnostics diagnostics) {
    return new TestResult(
        index,
        name,
        place,
        Status.BROKEN,
        List.of(),
        diagnostics.onlyErrors(),
        List.of(),
        Map.of());
  }
}
