package io.tributary.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the cursors of all configs. */
@Command(
    name = "list",
    description = "Lists how far the sources of all configs were read.",
    footer = {"", "Example:", "  ./tributary state list --format json"})
final class StateListCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "The form of the output (default: ${DEFAULT-VALUE}).")
  private StateView.Format format;

  @Mixin private WarehouseOption warehouseOption;

  StateListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return new StateView(console, format).all(warehouseOption);
  }
}
