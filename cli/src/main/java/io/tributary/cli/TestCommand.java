package io.tributary.cli;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.TestConfig;
import io.tributary.configtest.ConfigTests;
import io.tributary.configtest.ExpectationUpdate;
import io.tributary.configtest.FileResult;
import io.tributary.configtest.Recording;
import io.tributary.configtest.TestResult.Status;
import io.tributary.graph.Lint;
import io.tributary.module.Registry;
import io.tributary.plan.Plan;
import io.tributary.plan.Preview;
import io.tributary.spec.Spec;
import io.tributary.spec.Suggestions;
import io.tributary.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the tests that stand in configs. */
@Command(
    name = "test",
    description =
        "Runs the tests that stand in configs below `tests`, with their rows in place of sources;"
            + " opens no source and no warehouse.",
    footer = {
      "",
      "Exit codes: 0 all tests passed (also when configs of a folder have none), 2 a config is"
          + " wrong, or one that was named has no tests, 3 a test failed.",
      "",
      "Example:",
      "  ./tributary test configs/",
      "  ./tributary test configs/crm.yaml --record leads --rows 5 --mask email"
    })
final class TestCommand implements Callable<Integer> {
  private static final int MOST_RECORDED = 1000;

  /** The form of the results. */
  enum Format {
    TEXT,
    JSON
  }

  private final Console console;

  @Parameters(paramLabel = "CONFIG|DIR", arity = "1..*", description = "Configs, or folders.")
  private List<Path> paths;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Runs the tests with this name only.")
  private @Nullable String only;

  @Option(
      names = "--update",
      description =
          "Rewrites what failed tests expect with the rows that came out, and leaves the rest of"
              + " the file as it is.")
  private boolean update;

  @ArgGroup(exclusive = false)
  private @Nullable RecordOptions recording;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "The form of the results (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Mixin private ConfigOptions options;
  @Mixin private WarehouseOption warehouseOption;

  /** What makes a test of real rows. */
  static final class RecordOptions {
    @Option(
        names = "--record",
        required = true,
        paramLabel = "NODE",
        split = ",",
        description =
            "Adds a test to the config: reads rows of these nodes, mostly sources, for its mocks,"
                + " and expects what comes of them. Secrets, and columns called like one, get"
                + " placeholders.")
    private List<String> nodes;

    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "10",
        description = "How many rows of each node, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
        names = "--mask",
        paramLabel = "COLUMN",
        split = ",",
        description = "Columns that get placeholders, too, separated by commas.")
    private List<String> mask = List.of();
  }

  TestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Registry registry = Registry.load();
    ConfigTests tests = new ConfigTests(registry, console.environment(), options.forLoader(false));
    if (recording != null) {
      return record(recording, tests).number();
    }
    List<FileResult> results = new ArrayList<>();
    List<String> namedWithoutTests = new ArrayList<>();
    int foundWithoutTests = 0;
    for (Path path : paths) {
      boolean named = !Files.isDirectory(path);
      for (Path file : named ? List.of(path) : configs(path, registry)) {
        FileResult result = tests.run(file, this::isChosen);
        if (update && result.count(Status.FAILED) > 0) {
          result = updated(result, tests);
        }
        boolean hasTests =
            result.loaded().diagnostics().errors() > 0
                || !result.loaded().tests().tests().isEmpty();
        if (hasTests) {
          results.add(result);
        } else if (named) {
          namedWithoutTests.add(result.file());
        } else {
          foundWithoutTests++;
        }
      }
    }
    boolean nothingChosen =
        only != null && results.stream().allMatch(result -> result.tests().isEmpty());
    if (nothingChosen && results.stream().allMatch(result -> errors(result) == 0)) {
      throw unknownTest(results);
    }
    switch (format) {
      case TEXT -> new TestText(console).print(results);
      case JSON -> TestJson.print(results, console.out());
    }
    sayWhatHasNoTests(namedWithoutTests, foundWithoutTests, results.isEmpty());
    return code(results, namedWithoutTests).number();
  }

  private InputException unknownTest(List<FileResult> results) {
    List<String> names =
        results.stream()
            .flatMap(result -> result.loaded().tests().tests().stream())
            .map(TestConfig::name)
            .toList();
    return new InputException(
        "there is no test `" + only + "`",
        Suggestions.nearest(String.valueOf(only), names)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("the tests are: " + String.join(", ", names)));
  }

  private ExitCode record(RecordOptions recorded, ConfigTests tests) throws IOException {
    if (paths.size() != 1 || update || only != null) {
      throw new InputException("--record is for one config, without --update and --only", null);
    }
    if (recorded.rows < 1 || recorded.rows > MOST_RECORDED) {
      throw new InputException(
          "--rows is " + recorded.rows + "; it may be 1 to " + Numbers.count(MOST_RECORDED), null);
    }
    Warehouse warehouse = warehouseOption.open();
    OpenConfig open = OpenConfig.of(paths.get(0), options, console);
    Recording recording =
        new Recording(open.loaded(), tests, console.environment(), Set.copyOf(recorded.mask));
    for (String name : recorded.nodes) {
      if (open.node(name).kind() == Spec.Kind.SINK) {
        throw new InputException(
            "`" + name + "` is a sink, which gives no rows", "record what the sink reads");
      }
      Plan plan = open.upTo(name).plan(warehouse, console);
      recording.add(Preview.of(plan, name, recorded.rows, console.environment(), warehouse));
    }
    Set<String> missing = recording.missingSources();
    if (!missing.isEmpty()) {
      throw new InputException(
          "the sinks need rows of other sources, too",
          "add them: --record "
              + String.join(",", recorded.nodes)
              + ","
              + String.join(",", missing));
    }
    String test = recording.write();
    console.err().println("test `" + test + "` added to " + paths.get(0));
    return ExitCode.DONE;
  }

  private boolean isChosen(String name) {
    return only == null || only.equals(name);
  }

  private FileResult updated(FileResult result, ConfigTests tests) throws IOException {
    ExpectationUpdate update = ExpectationUpdate.of(result, tests);
    update.left().forEach(note -> console.err().println(note));
    if (update.rewritten() == 0) {
      return result;
    }
    console
        .err()
        .println(
            Numbers.count(update.rewritten(), "expectation", "expectations")
                + " rewritten in "
                + result.file());
    return tests.run(Path.of(result.file()), this::isChosen);
  }

  private static int errors(FileResult result) {
    return result.loaded().diagnostics().errors();
  }

  /** The configs below a folder, by name. */
  private List<Path> configs(Path folder, Registry registry) {
    ConfigLoader loader =
        new ConfigLoader(registry, console.environment(), ConfigLoader.Options.NONE);
    // SQL is checked where tests are run
    Lint lint = new Lint(loader, (sql, problems) -> {}, (sql, problems) -> {});
    return lint.check(List.of(folder)).files().stream().map(Loaded::file).map(Path::of).toList();
  }

  private void sayWhatHasNoTests(List<String> named, int found, boolean none) {
    for (String file : named) {
      console.err().println(console.errStyle().bad("error") + ": " + file + " has no tests");
    }
    if (found > 0) {
      console.err().println(Numbers.count(found, "config has", "configs have") + " no tests");
    }
    if (!named.isEmpty() || found > 0 && none) {
      console.err().println("hint: write rows of sources and what comes of them below `tests`");
    }
  }

  private static ExitCode code(List<FileResult> results, List<String> namedWithoutTests) {
    boolean wrong =
        !namedWithoutTests.isEmpty()
            || results.stream()
                .anyMatch(result -> errors(result) > 0 || result.count(Status.BROKEN) > 0);
    boolean failed = results.stream().anyMatch(result -> result.count(Status.FAILED) > 0);
    return wrong ? ExitCode.WRONG_INPUT : failed ? ExitCode.FAILED : ExitCode.DONE;
  }
}
