package io.tributary.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How far incremental sources were read, by the warehouse's ledger; alone it lists that. */
@Command(
    name = "state",
    description = "Lists, shows, sets or forgets how far incremental sources were read.",
    synopsisSubcommandLabel = "[list | show CONFIG | set CONFIG VALUE | reset CONFIG]",
    footer = {
      "",
      "Example:",
      "  ./tributary state set configs/orders.yaml 2024-01-31 --source orders"
    })
final class StateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private WarehouseOption warehouseOption;

  private StateCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new StateCommand(console))
        .addSubcommand(new StateListCommand(console))
        .addSubcommand(new StateShowCommand(console))
        .addSubcommand(new StateSetCommand(console))
        .addSubcommand(new StateResetCommand(console));
  }

  @Override
  public Integer call() throws java.io.IOException {
    return new StateView(console, StateView.Format.TEXT).all(warehouseOption);
  }
}
