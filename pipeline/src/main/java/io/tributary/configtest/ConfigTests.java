package io.tributary.configtest;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.NodeConfig;
import io.tributary.config.Outline;
import io.tributary.config.TestConfig;
import io.tributary.graph.Lint;
import io.tributary.module.Registry;
import io.tributary.spec.Environment;
import io.tributary.spec.Spec;
import io.tributary.sql.SqlExpression;
import io.tributary.sql.SqlQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs the tests of configs. Immutable; may be used for many files. */
public final class ConfigTests {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");

  private final Registry registry;
  private final Environment environment;
  private final Options options;

  /**
   * @param options the arguments of a test win over those
   */
  public ConfigTests(Registry registry, Environment environment, Options options) {
    this.registry = registry;
    this.environment = environment;
    this.options = options;
  }

  /**
   * Runs the tests of a file, unless there are errors in it. Each test sees the file as if it had
   * been read for it alone.
   *
   * @param names which tests to run
   */
  public FileResult run(Path file, Predicate<String> names) throws IOException {
    Loaded loaded = load(file, Map.of(), environment);
    List<TestResult> results = new ArrayList<>();
    if (loaded.diagnostics().errors() == 0) {
      for (TestConfig test : loaded.tests().tests()) {
        if (names.test(test.name())) {
          results.add(run(file, test));
        }
      }
    }
    return new FileResult(loaded, results);
  }

  private TestResult run(Path file, TestConfig test) throws IOException {
    Loaded own = load(file, test.args(), environment);
    TestConfig resolved = find(test, own);
    if (resolved == null || own.diagnostics().errors() > 0) {
      return TestResult.broken(test.index(), test.name(), test.place(), own.diagnostics());
    }
    Set<String> unknown = unknown(own);
    if (resolved.isComplete() && !unknown.isEmpty()) {
      Loaded imagined = load(file, test.args(), withStandIns(file));
      TestConfig same = find(test, imagined);
      if (same != null && imagined.diagnostics().errors() == 0) {
        own.outlines().stream()
            .filter(outline -> outline.kind() == Spec.Kind.SINK && outline.name() != null)
            .forEach(outline -> unknown.remove(outline.name()));
        return new TestRun(imagined, same, unknown, registry, environment).run();
      }
    }
    return new TestRun(own, resolved, unknown, registry, environment).run();
  }

  private static @Nullable TestConfig find(TestConfig test, Loaded in) {
    return in.tests().tests().stream()
        .filter(other -> other.index() == test.index())
        .findFirst()
        .orElse(null);
  }

  /** Nodes that have a variable without a value. */
  private static Set<String> unknown(Loaded loaded) {
    Set<String> unknown = new HashSet<>();
    loaded.outlines().stream().map(Outline::name).filter(Objects::nonNull).forEach(unknown::add);
    Objects.requireNonNull(loaded.tests().config()).nodes().stream()
        .map(NodeConfig::name)
        .forEach(unknown::remove);
    return unknown;
  }

  /**
   * The environment with a value for each variable that the file names and that is not set: its
   * name in lower case. So a test can look at what a sink writes into {@code
   * ${env:PROJECT}.mart.won}.
   */
  private Environment withStandIns(Path file) throws IOException {
    Map<String, String> variables = new HashMap<>();
    Matcher names = VARIABLE.matcher(Files.readString(file));
    while (names.find()) {
      variables.put(names.group(1), names.group(1).toLowerCase(Locale.ROOT));
    }
    variables.putAll(environment.variables());
    return new Environment(variables, environment.directory());
  }

  private Loaded load(Path file, Map<String, String> args, Environment variables) {
    Map<String, String> all = new HashMap<>(options.args());
    all.putAll(args);
    ConfigLoader loader =
        new ConfigLoader(
            registry, variables, new Options(all, options.profile(), options.sets(), false));
    return new Lint(loader, SqlExpression::checkSyntax, SqlQuery::checkSyntax).check(file);
  }
}
