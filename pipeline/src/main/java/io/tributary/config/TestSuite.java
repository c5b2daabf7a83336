package io.tributary.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tests of a config.
 *
 * @param tests in which nothing is wrong, in file order
 * @param config with those nodes whose values are all known, as a test needs no others; null when
 *     there are errors
 */
public record TestSuite(List<TestConfig> tests, @Nullable PipelineConfig config) {
  /** Of a file without tests. */
  public static final TestSuite NONE = new TestSuite(List.of(), null);

  public TestSuite {
    tests = List.copyOf(tests);
  }
}
