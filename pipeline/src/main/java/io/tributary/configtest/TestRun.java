package io.tributary.configtest;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.Correction;
import io.tributary.config.NodeConfig;
import io.tributary.config.Outline;
import io.tributary.config.PipelineConfig;
import io.tributary.config.TestConfig;
import io.tributary.config.TestConfig.Expectation;
import io.tributary.config.TestConfig.Form;
import io.tributary.config.TestConfig.Mock;
import io.tributary.config.TestConfig.Rejection;
import io.tributary.configtest.Difference.Kind;
import io.tributary.configtest.TestResult.Failure;
import io.tributary.configtest.TestResult.Status;
import io.tributary.graph.Graph;
import io.tributary.graph.TestScope;
import io.tributary.module.Registry;
import io.tributary.plan.Plan;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Planner;
import io.tributary.row.Row;
import io.tributary.row.Schema;
import io.tributary.spec.Code;
import io.tributary.spec.Environment;
import io.tributary.spec.Suggestions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One test: its part of the config is planned and evaluated, and what comes out compared. */
final class TestRun {
  private final Loaded loaded;
  private final TestConfig test;
  private final Set<String> unknown;
  private final Registry registry;
  private final Environment environment;
  private final EmptyWarehouse warehouse = new EmptyWarehouse();
  private final List<Failure> failures = new ArrayList<>();
  private final List<Correction> corrections = new ArrayList<>();

  /**
   * @param loaded without errors, and for this test only
   * @param unknown nodes that have values which are not known, whatever the config says
   */
  TestRun(
      Loaded loaded,
      TestConfig test,
      Set<String> unknown,
      Registry registry,
      Environment environment) {
    this.loaded = loaded;
    this.test = test;
    this.unknown = Set.copyOf(unknown);
    this.registry = registry;
    this.environment = environment;
  }

  TestResult run() throws IOException {
    Plan plan = plan();
    if (plan == null) {
      return TestResult.broken(test.index(), test.name(), test.place(), loaded.diagnostics());
    }
    Evaluation evaluation = Evaluation.of(plan, environment, warehouse);
    for (Expectation expectation : test.expectations()) {
      Schema schema = schema(plan, expectation.node());
      compare(expectation, schema, evaluation.rows(expectation.node()));
    }
    compareRejected(evaluation.rejected());
    Map<String, Integer> rejected = new LinkedHashMap<>();
    evaluation.rejected().forEach((node, reasons) -> rejected.put(node, reasons.size()));
    return new TestResult(
        test.index(),
        test.name(),
        test.place(),
        failures.isEmpty() ? Status.PASSED : Status.FAILED,
        failures,
        loaded.diagnostics().onlyErrors(),
        corrections,
        rejected);
  }

  /** The plan of the nodes that the test needs; null after problems were reported. */
  private @Nullable Plan plan() {
    if (!test.isComplete()) {
      test.problems()
          .error(
              Code.TR113,
              "test `" + test.name() + "` uses a variable that has no value",
              "give it below `args` of the test, or a default below `args` of the config");
      return null;
    }
    PipelineConfig whole = Objects.requireNonNull(loaded.tests().config());
    TestScope scope = TestScope.of(loaded.outlines(), test, whole.folder());
    List<NodeConfig> nodes = nodes(scope, whole);
    if (loaded.diagnostics().errors() > 0) {
      return null;
    }
    PipelineConfig part =
        new PipelineConfig(
            whole.file(),
            whole.folder(),
            whole.name(),
            whole.description(),
            whole.hash(),
            whole.timezone(),
            null,
            whole.errors(),
            nodes);
    Planner planner =
        new Planner(registry.with(MockSource.MODULE), part, environment, warehouse, test.now())
            .forTest();
    Plan plan = planner.plan(part, Graph.ofChecked(nodes));
    return loaded.diagnostics().errors() > 0 ? null : plan;
  }

  private List<NodeConfig> nodes(TestScope scope, PipelineConfig whole) {
    List<NodeConfig> nodes = new ArrayList<>();
    for (Outline outline : loaded.outlines()) {
      if (!scope.needed().contains(outline.name())) {
        continue;
      }
      Optional<Mock> mock =
          test.mocks().stream().filter(each -> each.node().equals(outline.name())).findFirst();
      Optional<NodeConfig> known =
          whole.nodes().stream()
              .filter(node -> node.name().equals(outline.name()) && !unknown.contains(node.name()))
              .findFirst();
      if (mock.isPresent()) {
        Schema schema = scope.schema(mock.get());
        if (schema != null) {
          nodes.add(mocked(mock.get(), schema, outline));
        }
      } else if (known.isPresent()) {
        nodes.add(known.get());
      } else {
        outline
            .problems()
            .error(
                Code.TR113,
                outline.kind()
                    + " `"
                    + outline.name()
                    + "` has a variable without a value, and"
                    + " test `"
                    + test.name()
                    + "` needs it",
                "set the variable, give an argument below `args` of the test, or mock the node");
      }
    }
    return nodes;
  }

  private static NodeConfig mocked(Mock mock, Schema schema, Outline outline) {
    return new NodeConfig(
        mock.node(),
        MockSource.SPEC,
        new MockSource.Parameters(mock.rows(), schema),
        List.of(),
        0,
        outline.problems(),
        null);
  }

  /** Of a sink, the schema of what it writes. */
  private static Schema schema(Plan plan, String name) {
    PlannedNode node =
        plan.nodes().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return node instanceof SinkNode sink ? sink.staged() : node.schema();
  }

  private void compare(Expectation expectation, Schema schema, List<Row> rows) {
    if (expectation.form() == Form.COUNT) {
      if (rows.size() != expectation.count()) {
        fail(expectation, counted(rows.size(), "row") + ", expected " + expectation.count(), null);
        corrections.add(
            new Correction(test.index(), expectation.node(), Form.COUNT, List.of(), rows.size()));
      }
      return;
    }
    RowComparison comparison =
        new RowComparison(schema, expectation.rows(), rows, expectation.columns());
    Difference difference =
        expectation.form() == Form.CONTAINS ? comparison.missing() : comparison.difference();
    List<String> unknown = comparison.unknownColumns();
    int outOfOrder =
        expectation.form() == Form.ORDERED && difference.lines().isEmpty()
            ? comparison.firstOutOfOrder()
            : 0;
    unknown.forEach(column -> fail(expectation, unknownColumn(column, schema), null));
    if (!difference.lines().isEmpty()) {
      fail(expectation, summary(difference, expectation, rows.size()), difference);
    } else if (outOfOrder > 0) {
      fail(expectation, "the rows are in another order, from row " + outOfOrder + " on", null);
    }
    if (!unknown.isEmpty() || !difference.lines().isEmpty() || outOfOrder > 0) {
      corrections.add(
          new Correction(
              test.index(),
              expectation.node(),
              expectation.form(),
              written(schema, rows, expectation.columns()),
              rows.size()));
    }
  }

  private void fail(Expectation expectation, String message, @Nullable Difference difference) {
    failures.add(new Failure(expectation.node(), expectation.place(), message, difference));
  }

  private static String unknownColumn(String column, Schema schema) {
    return "there is no column `"
        + column
        + "`; "
        + Suggestions.nearest(column, schema.names())
            .map(name -> "did you mean `" + name + "`?")
            .orElse("the columns are " + String.join(", ", schema.names()));
  }

  private static String summary(Difference difference, Expectation expectation, int rows) {
    List<String> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      long count = difference.count(kind);
      if (count > 0) {
        parts.add(counted(count, "row") + " " + kind.name().toLowerCase(Locale.ROOT));
      }
    }
    return String.join(", ", parts)
        + (expectation.form() == Form.CONTAINS
            ? ", of " + counted(rows, "row")
            : "; " + expectation.rows().size() + " expected, " + rows + " found");
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** Rows as an expectation would have them: NULL is not written. */
  private static List<Map<String, @Nullable Object>> written(
      Schema schema, List<Row> rows, List<String> columns) {
    List<Map<String, @Nullable Object>> written = new ArrayList<>();
    for (Row row : rows) {
      List<@Nullable Object> values = PlainValue.of(row);
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < values.size(); i++) {
        String name = schema.column(i).name();
        boolean wanted = columns.isEmpty() || columns.stream().anyMatch(name::equalsIgnoreCase);
        if (wanted && values.get(i) != null) {
          map.put(name, values.get(i));
        }
      }
      written.add(map);
    }
    return written;
  }

  /** Rows that nobody expected to be rejected fail the test, too. */
  private void compareRejected(Map<String, List<String>> rejected) {
    Map<String, List<String>> unexpected = new LinkedHashMap<>(rejected);
    for (Rejection rejection : test.rejections()) {
      List<String> reasons = unexpected.getOrDefault(rejection.node(), List.of());
      unexpected.remove(rejection.node());
      if (reasons.size() != rejection.count()) {
        failures.add(
            new Failure(
                rejection.node(),
                rejection.place(),
                counted(reasons.size(), "row")
                    + " rejected, expected "
                    + rejection.count()
                    + told(reasons),
                null));
      } else if (rejection.reasons() != null) {
        compareReasons(rejection, rejection.reasons(), new ArrayList<>(reasons));
      }
    }
    unexpected.forEach(
        (node, reasons) ->
            failures.add(
                new Failure(
                    node,
                    test.place(),
                    counted(reasons.size(), "row") + " rejected, expected none" + told(reasons),
                    null)));
  }

  private void compareReasons(Rejection rejection, List<String> parts, List<String> reasons) {
    for (String part : parts) {
      Optional<String> match = reasons.stream().filter(reason -> reason.contains(part)).findFirst();
      match.ifPresent(reasons::remove);
      if (match.isEmpty()) {
        failures.add(
            new Failure(
                rejection.node(),
                rejection.place(),
                "no row was rejected because of `" + part + "`" + told(reasons),
                null));
      }
    }
  }

  private static String told(List<String> reasons) {
    return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons.stream().distinct().toList());
  }
}
