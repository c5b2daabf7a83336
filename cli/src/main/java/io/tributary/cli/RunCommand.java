package io.tributary.cli;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.plan.Slice;
import io.tributary.run.LocalRun;
import io.tributary.run.RunReport;
import io.tributary.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a config on this machine, from its sources to the published tables. */
@Command(
    name = "run",
    description = {
      "Reads the sources, passes rows through the transforms, and publishes all tables in one"
          + " transaction.",
      "What was asked for is published as a whole or not at all."
    },
    footer = {
      "",
      "Example:",
      "  ./tributary run configs/orders.yaml --arg day=2024-01-01 --report report.json"
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "A config, JSON or YAML.")
  private Path config;

  @Mixin private ConfigOptions options;
  @Mixin private WarehouseOption warehouseOption;

  @Option(
      names = "--only",
      paramLabel = "NODE",
      arity = "1..*",
      description = "Runs these nodes, and all that they read from or that reads from them.")
  private Set<String> only = new LinkedHashSet<>();

  @Option(
      names = "--from",
      paramLabel = "VALUE",
      description =
          "Reads incremental sources from this value of their cursor on, such as 2024-01-31, in the"
              + " config's time zone, and moves no cursor.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "VALUE",
      description =
          "Reads incremental sources up to this value, which is not read any more, and moves no"
              + " cursor.")
  private @Nullable String to;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes the report as JSON, also when the run fails.")
  private @Nullable Path report;

  @Option(
      names = "--wait",
      description = "Waits while another run of the same config goes on, instead of failing.")
  private boolean wait;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ReportFile file = report == null ? null : new ReportFile(report);
    if (file != null) {
      file.check();
    }
    Warehouse warehouse = warehouseOption.open();
    try {
      return run(warehouse, file).number();
    } catch (ConfigException e) {
      if (file != null) {
        file.write(e.loaded(), warehouse.address(), console.clock().instant());
      }
      throw e;
    }
  }

  private ExitCode run(Warehouse warehouse, @Nullable ReportFile file)
      throws IOException, InterruptedException {
    OpenConfig open = OpenConfig.of(config, options, console);
    if (!only.isEmpty()) {
      open = open.only(only);
    }
    Slice slice = from == null && to == null ? null : new Slice(from, to);
    if (slice != null && open.incrementalSources().isEmpty()) {
      throw new InputException(
          "--from and --to need a source that is read in increments, and there is none",
          "add `incremental: {cursor: COLUMN}` to a source");
    }
    Loaded loaded = open.loaded();
    ProgressLine progress =
        new ProgressLine(console, () -> DiagnosticsView.printWarnings(loaded, console));
    LocalRun run =
        new LocalRun(
            open.config(),
            open.graph(),
            open.registry(),
            console.environment(),
            warehouse,
            progress,
            console.clock());
    try (StopSignal signal = StopSignal.listen(run, console.err())) {
      RunReport result = run.run(wait, slice);
      progress.close();
      if (result == null) {
        throw new ConfigException(loaded);
      }
      ExitCode code = ExitCode.of(result.exitCode());
      signal.ended(code);
      if (file != null) {
        file.write(result);
      }
      new ReportText(result, open.config().file(), warehouseOption.asTyped(), console).print();
      console.flush();
      return code;
    }
  }
}
