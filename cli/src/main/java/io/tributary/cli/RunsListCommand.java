package io.tributary.cli;

import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.WarehouseSession;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the latest runs, newest first. */
@Command(
    name = "list",
    description = "Lists the latest runs, newest first.",
    footer = {"", "Example:", "  ./tributary runs list --most 5"})
final class RunsListCommand implements Callable<Integer> {
  static final int DEFAULT_MOST = 20;

  private final Console console;

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "How many runs (default: " + DEFAULT_MOST + ").")
  private int most = DEFAULT_MOST;

  @Mixin private WarehouseOption warehouseOption;

  RunsListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return list(warehouseOption, most, console);
  }

  static int list(WarehouseOption warehouseOption, int most, Console console) {
    List<RunEntry> runs;
    try (WarehouseSession session = warehouseOption.existing().open()) {
      runs = session.runs(most);
    }
    TextTable table =
        new TextTable().left("run").left("config").left("status").left("started").right("time");
    for (RunEntry run : runs) {
      table.add(
          run.runId(),
          run.config(),
          run.status().word(),
          run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
          run.finishedAt() == null
              ? ""
              : Numbers.duration(Duration.between(run.startedAt(), run.finishedAt())));
    }
    table.print(console.out(), console.outStyle(), "");
    return ExitCode.DONE.number();
  }
}
