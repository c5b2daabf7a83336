package io.tributary.compile;

import io.tributary.plan.Plan;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Plan.QueryNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.StepCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the queries of a plan are run. One whose rows go into one table, and nowhere else, is run
 * within the publish, straight into the table. The others are run before it, in as many rounds as
 * they build on each other, and their results are written to files.
 */
final class QueryRounds {
  private final Plan plan;
  private final Map<String, Integer> rounds = new HashMap<>();

  QueryRounds(Plan plan) {
    this.plan = plan;
  }

  /** Whether a query is run within the publish. */
  boolean isPublished(QueryNode query) {
    List<PlannedNode> consumers = plan.consumers(query.name());
    return consumers.size() == 1
        && consumers.get(0) instanceof SinkNode sink
        && sink.write() != null
        && !rejectsRows(sink);
  }

  /** Rows can be rejected one by one only on their way to a file. */
  private static boolean rejectsRows(SinkNode sink) {
    return sink.changes().stream().anyMatch(change -> change.kind() == ColumnChange.Kind.REJECTED);
  }

  /** The query that fills the table of a sink within the publish; null when its rows are staged. */
  @Nullable QueryNode filling(SinkNode sink) {
    return plan.node(sink.node().inputs().get(0)) instanceof QueryNode query && isPublished(query)
        ? query
        : null;
  }

  /** How many rounds there are before the publish. */
  int count() {
    return plan.queries().stream()
        .filter(query -> !isPublished(query))
        .mapToInt(query -> round(query.name()))
        .max()
        .orElse(0);
  }

  /** The queries of a round, from 1. */
  List<QueryNode> queries(int round) {
    return plan.queries().stream()
        .filter(query -> !isPublished(query) && round(query.name()) == round)
        .toList();
  }

  /**
   * The round after which the rows of a node are there; 0 for those that come from sources without
   * a query between.
   */
  int round(String name) {
    Integer known = rounds.get(name);
    if (known != null) {
      return known;
    }
    PlannedNode node = plan.node(name);
    int round =
        node instanceof SourceNode
            ? 0
            : node.node().inputs().stream().mapToInt(this::round).max().orElse(0);
    if (node instanceof QueryNode) {
      round++;
    }
    rounds.put(name, round);
    return round;
  }

  /** Whether the rows of a node are staged for queries: those of a query are in files anyway. */
  boolean isStaged(PlannedNode node) {
    return !(node instanceof QueryNode)
        && plan.queries().stream().anyMatch(query -> query.tables().containsValue(node.name()));
  }

  /** Whether a stage reads the result of a query, for transforms and sinks. */
  boolean isReadOn(QueryNode query) {
    return !isPublished(query)
        && plan.consumers(query.name()).stream()
            .anyMatch(consumer -> !(consumer instanceof QueryNode));
  }

  QuerySpec spec(QueryNode query) {
    Map<String, QuerySpec.Table> tables = new LinkedHashMap<>();
    query
        .tables()
        .forEach(
            (name, input) ->
                tables.put(name, new QuerySpec.Table(input, plan.node(input).schema())));
    return new QuerySpec(query.name(), query.query(), tables);
  }

  /**
   * The steps that are over after a round.
   *
   * @param round {@link #count} and more for all steps of the run
   */
  List<BarrierSpec.Step> stepsUpTo(int round) {
    List<BarrierSpec.Step> steps = new ArrayList<>();
    for (PlannedNode node : plan.nodes()) {
      boolean published = node instanceof QueryNode query && isPublished(query);
      if (round >= count() || round(node.name()) <= round && !published) {
        steps.add(step(node));
      }
    }
    return steps;
  }

  private BarrierSpec.Step step(PlannedNode node) {
    if (node instanceof SourceNode source) {
      return new BarrierSpec.Step(node.name(), "source", null, source.splits().size());
    }
    if (node instanceof QueryNode query) {
      return new BarrierSpec.Step(node.name(), StepCount.SQL, null, isPublished(query) ? 0 : 1);
    }
    boolean filled = node instanceof SinkNode sink && filling(sink) != null;
    return new BarrierSpec.Step(
        node.name(), node.node().kind().toString(), filled ? null : node.node().inputs().get(0), 0);
  }
}
