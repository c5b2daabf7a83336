package io.tributary.graph;

import io.tributary.config.Outline;
import io.tributary.config.TestConfig;
import io.tributary.config.TestConfig.Expectation;
import io.tributary.config.TestConfig.Mock;
import io.tributary.config.TestConfig.Rejection;
import io.tributary.module.DeclaresSchema;
import io.tributary.row.Schema;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Spec;
import io.tributary.spec.Suggestions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a config that a test needs: the nodes from its mocks to those of which it expects
 * something.
 */
public final class TestScope {
  private final Map<String, Outline> byName = new LinkedHashMap<>();
  private final Map<String, Mock> mocks = new LinkedHashMap<>();
  private final Set<String> needed = new LinkedHashSet<>();
  private final String folder;
  private boolean allInputsKnown = true;

  private TestScope(List<Outline> nodes, TestConfig test, String folder) {
    for (Outline node : nodes) {
      if (node.name() != null) {
        byName.putIfAbsent(node.name(), node);
      }
    }
    this.folder = folder;
    test.mocks().forEach(mock -> mocks.put(mock.node(), mock));
  }

  /**
   * The part that a test needs, after reporting what does not fit together: names that no node has,
   * mocks without use, sources without a mock, and mocks whose rows have no schema.
   *
   * @param folder of the config
   */
  public static TestScope of(List<Outline> nodes, TestConfig test, String folder) {
    TestScope scope = new TestScope(nodes, test, folder);
    for (Expectation expectation : test.expectations()) {
      scope.expected(expectation.node(), expectation.problems());
    }
    for (Rejection rejection : test.rejections()) {
      scope.expected(rejection.node(), rejection.problems());
    }
    test.mocks().forEach(scope::checkMock);
    return scope;
  }

  /** Names of the nodes that are evaluated, mocks among them. */
  public Set<String> needed() {
    return Set.copyOf(needed);
  }

  private void expected(String node, Problems problems) {
    if (!byName.containsKey(node)) {
      unknown("expects rows of", node, byName.keySet(), problems);
      return;
    }
    follow(node, node, problems, new HashSet<>());
  }

  private void follow(String name, String expected, Problems problems, Set<String> seen) {
    Outline node = byName.get(name);
    if (node == null || !seen.add(name)) {
      return; // wrong wiring, which is reported elsewhere, or known already
    }
    needed.add(name);
    if (mocks.containsKey(name)) {
      return;
    }
    if (node.kind() == Spec.Kind.SOURCE) {
      String way = name.equals(expected) ? "" : ", which `" + expected + "` needs,";
      problems.error(
          Code.TR142,
          "source `" + name + "`" + way + " is not mocked",
          "add rows of `" + name + "` to `mock`, as a test opens no source");
    } else if (node.inputs() == null) {
      allInputsKnown = false;
    } else {
      node.inputs().forEach(input -> follow(input, expected, problems, seen));
    }
  }

  private void checkMock(Mock mock) {
    Outline node = byName.get(mock.node());
    if (node == null) {
      List<String> names =
          byName.values().stream()
              .filter(other -> other.kind() != Spec.Kind.SINK)
              .map(Outline::name)
              .toList();
      unknown("mocks", mock.node(), names, mock.problems());
    } else if (node.kind() == Spec.Kind.SINK) {
      mock.problems()
          .error(
              Code.TR141,
              "`" + mock.node() + "` is a sink, which gives no rows",
              "mock what the sink reads");
    } else if (!needed.contains(mock.node()) && allInputsKnown) {
      mock.problems()
          .error(
              Code.TR141,
              "no expectation of the test needs the mock of `" + mock.node() + "`",
              "remove it, or expect rows of a node that reads it");
    } else if (mock.schema() != null || node.known() != null) {
      schema(mock); // a source whose module is not known may declare another
    }
  }

  /**
   * The schema of a mock's rows: that of the mock, else the one that the source declares, else what
   * the values are; null after reporting why there is none, or which values do not fit.
   */
  public @Nullable Schema schema(Mock mock) {
    Schema given = mock.schema();
    Outline node = byName.get(mock.node());
    if (given == null && node != null && node.known() != null) {
      given = declared(node.known().given("schema"), node.problems().at("schema"));
    }
    if (given != null) {
      return mock.rows().fit(given, mock.rowProblems()) ? given : null;
    }
    if (mock.rows().rows().isEmpty()) {
      mock.problems()
          .error(
              Code.TR216,
              "a mock without rows needs a schema",
              "write `" + mock.node() + ": {schema: \"id:INT64, name:STRING\", rows: []}`");
      return null;
    }
    return mock.rows().detect(mock.rowProblems());
  }

  private @Nullable Schema declared(@Nullable Object value, Problems problems) {
    if (value instanceof DeclaresSchema parameter) {
      return parameter.declaredSchema(folder, problems);
    }
    return value instanceof Schema schema ? schema : null;
  }

  private static void unknown(
      String does, String name, Iterable<String> candidates, Problems problems) {
    Set<String> names = new LinkedHashSet<>();
    candidates.forEach(names::add);
    String message = "the test " + does + " `" + name + "`, which the config does not have";
    Suggestions.nearest(name, names)
        .ifPresentOrElse(
            word -> problems.replaceable(Severity.ERROR, Code.TR140, message, word),
            () ->
                problems.error(
                    Code.TR140,
                    message,
                    names.isEmpty() ? null : "write one of: " + String.join(", ", names)));
  }
}
