package io.tributary.cli;

import io.tributary.warehouse.CursorEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the cursors of one config. */
@Command(
    name = "show",
    description = "Shows how far the sources of a config were read.",
    footer = {"", "Example:", "  ./tributary state show configs/orders.yaml"})
final class StateShowCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "A config, JSON or YAML.")
  private Path config;

  @Mixin private StateOptions state;
  @Mixin private ConfigOptions options;
  @Mixin private WarehouseOption warehouseOption;

  StateShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    OpenConfig open = OpenConfig.of(config, options, console);
    state.sources(open).forEach(source -> state.sinks(open.graph(), source));
    List<CursorEntry> cursors =
        StateView.cursors(warehouseOption.existing(), open.config().name()).stream()
            .filter(cursor -> state.has(cursor.source(), cursor.sink()))
            .toList();
    return state.view(console).print(cursors);
  }
}
