package io.tributary.config;

import io.tributary.config.KeyBinder.Bound;
import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.config.Node.Sequence;
import io.tributary.config.TestConfig.Expectation;
import io.tributary.config.TestConfig.Form;
import io.tributary.config.TestConfig.Mock;
import io.tributary.config.TestConfig.Rejection;
import io.tributary.module.GivenRows;
import io.tributary.row.Schema;
import io.tributary.row.SchemaText;
import io.tributary.spec.Code;
import io.tributary.spec.ConfigKeys;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Shape;
import io.tributary.spec.Suggestions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns the items of {@code tests} into tests. What needs the nodes of the config is not checked
 * here.
 */
final class TestBinder {
  private static final String ROWS_FIX =
      "write a list of rows such as `[{id: 1}]`, or a map with `rows`, `contains` or `count`";

  private final Reporter reporter;
  private final Values values;
  private final KeyBinder keys;
  private final PlainValues plainValues;
  private final Set<String> knownArgs;

  /**
   * @param knownArgs names of arguments that the config declares or uses
   */
  TestBinder(
      Reporter reporter,
      Values values,
      KeyBinder keys,
      PlainValues plainValues,
      Set<String> knownArgs) {
    this.reporter = reporter;
    this.values = values;
    this.keys = keys;
    this.plainValues = plainValues;
    this.knownArgs = new TreeSet<>(knownArgs);
  }

  /** The tests that are all right; what is wrong with the others is reported. */
  List<TestConfig> bind(Mapping root) {
    Node list = root.get(ConfigKeys.TESTS);
    if (list == null || isNothing(list)) {
      return List.of();
    }
    if (!(list instanceof Sequence sequence)) {
      wrong(list, "a list of tests", "write a list of maps with `name`, `mock` and `expect`");
      return List.of();
    }
    List<TestConfig> tests = new ArrayList<>();
    Map<String, Extent> names = new LinkedHashMap<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Node item = sequence.items().get(i);
      if (!(item instanceof Mapping mapping)) {
        wrong(item, "a test as a map", "write a map with `name`, `mock` and `expect`");
        continue;
      }
      TestConfig test = test(i, mapping, names);
      if (test != null) {
        tests.add(test);
      }
    }
    return tests;
  }

  private @Nullable TestConfig test(int index, Mapping test, Map<String, Extent> names) {
    int before = reporter.diagnostics().errors();
    Set<String> meant =
        keys.unknown(test, ConfigKeys.TEST, ConfigKeys.TEST_SECTIONS, "a test of the config");
    Bound own = keys.bind(test, ConfigKeys.TEST, "a test of the config", meant);
    Extent place = test.get("name") instanceof Scalar scalar ? scalar.extent() : test.extent();
    String name = own.arguments().find(ConfigKeys.TEST_NAME);
    if (name != null) {
      checkName(name, place, names);
    }
    Parts parts = new Parts();
    each(test, ConfigKeys.ARGS, "names of arguments and their values", parts::arg);
    each(test, ConfigKeys.MOCK, "names of nodes and their rows", parts::mock);
    each(test, ConfigKeys.EXPECT, "names of nodes and their rows", parts::expect);
    each(test, ConfigKeys.REJECTED, "names of nodes and counts", parts::rejected);
    boolean expectsNothing =
        isMissing(test, ConfigKeys.EXPECT) && isMissing(test, ConfigKeys.REJECTED);
    if (expectsNothing && !meant.contains(ConfigKeys.EXPECT)) {
      reporter.error(
          Code.TR101,
          place,
          "key `expect` is missing in a test of the config",
          "add `expect` with the rows of at least one node");
    }
    if (reporter.diagnostics().errors() > before) {
      return null;
    }
    Instant now = own.arguments().find(ConfigKeys.NOW);
    return new TestConfig(
        index,
        own.isComplete() && parts.complete,
        name == null ? "test " + (index + 1) : name,
        parts.args,
        now == null ? TestConfig.DEFAULT_NOW : now,
        parts.mocks,
        parts.expectations,
        parts.rejections,
        place.span(),
        new DocumentProblems(reporter, values, test).at("name"));
  }

  private void checkName(String name, Extent place, Map<String, Extent> names) {
    Extent first = names.putIfAbsent(name, place);
    if (name.isBlank()) {
      reporter.error(Code.TR124, place, "the name of a test is blank", "say what the test shows");
    } else if (first != null) {
      reporter.error(
          Code.TR109,
          place,
          "two tests have the name `" + name + "`; the first stands in line " + first.span().line(),
          "give each test a name of its own");
    }
  }

  /** One key of a map below a test, with the problems of that map. */
  private interface Item {
    void bind(Entry entry, Problems problems);
  }

  private void each(Mapping test, String key, String content, Item item) {
    Entry section = test.entries().get(key);
    if (section == null || isNothing(section.value())) {
      return;
    }
    if (!(section.value() instanceof Mapping mapping)) {
      wrong(section.value(), "a map", "write " + content + " below `" + key + "`");
      return;
    }
    DocumentProblems problems = new DocumentProblems(reporter, values, mapping);
    mapping.entries().values().forEach(entry -> item.bind(entry, problems.at(entry.key().text())));
  }

  /** What stands below one test. */
  private final class Parts {
    private final Map<String, String> args = new LinkedHashMap<>();
    private final List<Mock> mocks = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private boolean complete = true;

    void arg(Entry entry, Problems problems) {
      String name = entry.key().text();
      if (!(entry.value() instanceof Scalar scalar) || scalar.value() == null) {
        wrong(entry.value(), "a single value", "write text, a number, true or false");
        return;
      }
      if (!knownArgs.contains(name)) {
        problems
            .onKey()
            .error(
                Code.TR126,
                "the config has no argument `" + name + "`",
                Suggestions.nearest(name, knownArgs)
                    .map(word -> "did you mean `" + word + "`?")
                    .orElse("remove it, or use it as `${args." + name + "}`"));
        return;
      }
      Resolved value = values.resolve(scalar);
      complete &= value.isKnown();
      args.put(name, value.text().text());
    }

    void mock(Entry entry, Problems problems) {
      Problems place = problems.onKey();
      if (!(entry.value() instanceof Mapping mapping)) {
        GivenRows rows = rows(entry.value(), problems);
        if (rows != null) {
          mocks.add(new Mock(entry.key().text(), rows, null, place, problems));
        }
        return;
      }
      String owner = "the mock of `" + entry.key().text() + "`";
      keys.unknown(mapping, List.of(), List.of("schema", "rows"), owner);
      Node list = mapping.get("rows");
      if (list == null) {
        missing(entry, "rows", owner, "add the list of rows, `[]` for none");
        return;
      }
      GivenRows rows = rows(list, problems.at("rows"));
      Node given = mapping.get("schema");
      Schema schema = given == null ? null : schema(given, problems.at("schema"));
      if (rows != null && (given == null || schema != null)) {
        mocks.add(new Mock(entry.key().text(), rows, schema, place, problems.at("rows")));
      }
    }

    private @Nullable Schema schema(Node node, Problems problems) {
      Object plain = plain(node);
      if (plain == null) {
        return null;
      }
      try {
        return SchemaText.of(plain);
      } catch (IllegalArgumentException e) {
        problems.error(
            Code.TR125,
            String.valueOf(e.getMessage()),
            "write \"id:INT64, name:STRING\" or a list of {name, type, mode}");
        return null;
      }
    }

    private @Nullable GivenRows rows(Node node, Problems problems) {
      if (!(node instanceof Sequence)) {
        wrong(node, "a list of rows", "write rows such as `[{id: 1}]`, or {schema, rows}");
        return null;
      }
      Object plain = plain(node);
      return plain == null ? null : GivenRows.parse(plain, problems);
    }

    /** Null when a value is wrong, which was then reported, or not known. */
    private @Nullable Object plain(Node node) {
      int before = reporter.diagnostics().errors();
      plainValues.refuseSecrets(node);
      Object plain =
          reporter.diagnostics().errors() > before ? null : plainValues.of(node, Shape.Kind.ANY);
      complete &= plain != null;
      return plain;
    }

    void expect(Entry entry, Problems problems) {
      if (entry.value() instanceof Sequence) {
        add(entry, Form.ROWS, entry.value(), problems, List.of(), problems);
        return;
      }
      if (!(entry.value() instanceof Mapping mapping)) {
        wrong(entry.value(), "a list of rows", ROWS_FIX);
        return;
      }
      String owner = "the expectation of `" + entry.key().text() + "`";
      List<String> forms = List.of("rows", "contains", "count");
      List<String> all = List.of("rows", "contains", "count", "columns", "ordered");
      Set<String> mistyped = keys.unknown(mapping, List.of(), all, owner);
      List<String> given = forms.stream().filter(mapping.entries()::containsKey).toList();
      if (given.isEmpty() && forms.stream().anyMatch(mistyped::contains)) {
        complete = false;
        return;
      }
      if (given.size() != 1) {
        reporter.error(
            given.isEmpty() ? Code.TR101 : Code.TR108,
            entry.key().extent(),
            owner + " needs one of `rows`, `contains` and `count`, " + given.size() + " are given",
            ROWS_FIX);
        return;
      }
      String form = given.get(0);
      onlyWith("columns", form, mapping, problems);
      onlyWith("ordered", form, mapping, problems);
      Node value = mapping.entries().get(form).value();
      if (form.equals("count")) {
        Long count = count(value, problems.at(form));
        if (count != null) {
          add(entry, Form.COUNT, List.of(), List.of(), count, problems);
        }
        return;
      }
      List<String> columns = columns(mapping.get("columns"), problems.at("columns"));
      Form meant =
          form.equals("contains")
              ? Form.CONTAINS
              : ordered(mapping.get("ordered")) ? Form.ORDERED : Form.ROWS;
      add(entry, meant, value, problems.at(form), columns, problems);
    }

    private void onlyWith(String key, String form, Mapping mapping, Problems problems) {
      if (mapping.get(key) != null && !form.equals("rows")) {
        problems
            .at(key)
            .onKey()
            .error(Code.TR108, "`" + key + "` has a meaning with `rows` only", "remove it");
      }
    }

    private List<String> columns(@Nullable Node node, Problems problems) {
      if (node == null) {
        return List.of();
      }
      Object plain = plain(node);
      if (plain instanceof List<?> list
          && !list.isEmpty()
          && list.stream().allMatch(String.class::isInstance)) {
        return list.stream().map(String::valueOf).toList();
      }
      if (plain != null) {
        problems.error(
            Code.TR104,
            "expected a list of columns, found " + Field.describe(plain),
            "write `[name, name]`");
      }
      return List.of();
    }

    private boolean ordered(@Nullable Node node) {
      if (node == null) {
        return false;
      }
      if (plain(node) instanceof Boolean value) {
        return value;
      }
      wrong(node, "true or false", "write `ordered: true`, or remove it");
      return false;
    }

    private void add(
        Entry entry,
        Form form,
        Node list,
        Problems listProblems,
        List<String> columns,
        Problems problems) {
      if (!(list instanceof Sequence)) {
        wrong(list, "a list of rows", ROWS_FIX);
        return;
      }
      GivenRows rows = rows(list, listProblems);
      if (rows != null) {
        add(entry, form, rows.rows(), columns, 0, problems);
      }
    }

    private void add(
        Entry entry,
        Form form,
        List<Map<?, ?>> rows,
        List<String> columns,
        long count,
        Problems problems) {
      expectations.add(
          new Expectation(
              entry.key().text(),
              form,
              rows,
              columns,
              count,
              entry.key().extent().span(),
              problems.onKey()));
    }

    void rejected(Entry entry, Problems problems) {
      Object plain = plain(entry.value());
      if (plain instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
        List<String> reasons = list.stream().map(String::valueOf).toList();
        rejection(entry, reasons.size(), reasons, problems);
      } else if (plain instanceof List<?>) {
        problems.error(
            Code.TR104, "expected a list of texts", "write a part of each reason, in quotes");
      } else if (plain != null) {
        Long count = count(entry.value(), problems);
        if (count != null) {
          rejection(entry, count, null, problems);
        }
      } else if (isNothing(entry.value())) {
        wrong(entry.value(), "a count", "write a number, or a list with a part of each reason");
      }
    }

    private void rejection(
        Entry entry, long count, @Nullable List<String> reasons, Problems problems) {
      rejections.add(
          new Rejection(
              entry.key().text(), count, reasons, entry.key().extent().span(), problems.onKey()));
    }

    private @Nullable Long count(Node node, Problems problems) {
      Object plain = plain(node);
      if (plain instanceof Long value && value >= 0) {
        return value;
      }
      if (plain != null || isNothing(node)) {
        problems.error(
            Code.TR104,
            "expected a number of rows, found " + Field.describe(plain),
            "write 0, 1 …");
      }
      return null;
    }
  }

  private void missing(Entry entry, String key, String owner, String fix) {
    reporter.error(
        Code.TR101, entry.key().extent(), "key `" + key + "` is missing in " + owner, fix);
  }

  private void wrong(Node node, String expected, String fix) {
    reporter.error(
        Code.TR104, node.extent(), "expected " + expected + ", found " + node.describe(), fix);
  }

  private static boolean isMissing(Mapping test, String key) {
    Node node = test.get(key);
    return node == null
        || isNothing(node)
        || node instanceof Mapping mapping && mapping.entries().isEmpty();
  }

  private static boolean isNothing(Node node) {
    return node instanceof Scalar scalar && scalar.value() == null;
  }
}
