package io.tributary.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The runs that the warehouse's ledger knows; without a subcommand it lists them. */
@Command(
    name = "runs",
    description = "Lists runs, shows one, or finishes what one began.",
    synopsisSubcommandLabel = "[list | show RUN | resume RUN]",
    footer = {"", "Example:", "  ./tributary runs show 20261121T020000-3f9a1c"})
final class RunsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private WarehouseOption warehouseOption;

  private RunsCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new RunsCommand(console))
        .addSubcommand(new RunsListCommand(console))
        .addSubcommand(new RunsShowCommand(console))
        .addSubcommand(new RunsResumeCommand(console));
  }

  @Override
  public Integer call() {
    return RunsListCommand.list(warehouseOption, RunsListCommand.DEFAULT_MOST, console);
  }
}
