package io.tributary.configtest;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.TestConfig;
import io.tributary.graph.Lint;
import io.tributary.module.Registry;
import io.tributary.spec.Environment;
import io.tributary.sql.SqlExpression;
import io.tributary.sql.SqlQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Runs the tests of configs. Immutable; may be used for many files. */
public final class ConfigTests {
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
    Loaded loaded = load(file, Map.of());
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
    Loaded own = load(file, test.args());
    TestConfig resolved =
        own.tests().tests().stream()
            .filter(other -> other.index() == test.index())
            .findFirst()
            .orElse(null);
    if (resolved == null || own.diagnostics().errors() > 0) {
      return TestResult.broken(test.index(), test.name(), test.place(), own.diagnostics());
    }
    return new TestRun(own, resolved, registry, environment).run();
  }

  private Loaded load(Path file, Map<String, String> args) {
    Map<String, String> all = new HashMap<>(options.args());
    all.putAll(args);
    ConfigLoader loader =
        new ConfigLoader(
            registry, environment, new Options(all, options.profile(), options.sets(), false));
    return new Lint(loader, SqlExpression::checkSyntax, SqlQuery::checkSyntax).check(file);
  }
}
