package io.tributary.config;

import io.tributary.module.GivenRows;
import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test of a config: rows that stand in for nodes, and rows that other nodes then have.
 *
 * @param index in the list of tests of its file
 * @param isComplete whether all its values are known; what is not known is left out
 * @param args values of {@code ${args.x}} that differ from the config's defaults
 * @param now what {@code CURRENT_TIMESTAMP} means
 * @param rejections how many rows nodes reject; none where a node is not named
 * @param problems at the name
 */
public record TestConfig(
    int index,
    boolean isComplete,
    String name,
    Map<String, String> args,
    Instant now,
    List<Mock> mocks,
    List<Expectation> expectations,
    List<Rejection> rejections,
    Span place,
    Problems problems) {

  /** What {@code now} is in a test that does not say: always the same, so that results are, too. */
  public static final Instant DEFAULT_NOW = Instant.parse("2024-01-01T00:00:00Z");

  /**
   * Rows in place of those that a source reads, or a transform makes.
   *
   * @param schema null when types come from elsewhere: the source's own schema, else the values
   * @param problems at the name of the node
   * @param rowProblems at the list of rows
   */
  public record Mock(
      String node,
      GivenRows rows,
      @Nullable Schema schema,
      Problems problems,
      Problems rowProblems) {}

  /** How rows are compared with those that were expected. */
  public enum Form {
    /** The same rows, in any order. */
    ROWS,
    /** The same rows in the same order. */
    ORDERED,
    /** Each expected row is there; only the columns it names are compared. */
    CONTAINS,
    /** As many rows. */
    COUNT
  }

  /**
   * What a node is expected to give; a sink, to write.
   *
   * @param rows empty for {@link Form#COUNT}
   * @param columns the only ones to be compared; empty means all
   * @param count how many rows, for {@link Form#COUNT}
   * @param problems at the name of the node
   */
  public record Expectation(
      String node,
      Form form,
      List<Map<?, ?>> rows,
      List<String> columns,
      long count,
      Span place,
      Problems problems) {
    public Expectation {
      rows = List.copyOf(rows);
      columns = List.copyOf(columns);
    }
  }

  /**
   * The rows that a node is expected to reject.
   *
   * @param reasons a part of the reason of each, in any order; null when only the count matters
   * @param problems at the name of the node
   */
  public record Rejection(
      String node, long count, @Nullable List<String> reasons, Span place, Problems problems) {
    public Rejection {
      reasons = reasons == null ? null : List.copyOf(reasons);
    }
  }

  public TestConfig {
    args = Map.copyOf(args);
    mocks = List.copyOf(mocks);
    expectations = List.copyOf(expectations);
    rejections = List.copyOf(rejections);
  }
}
