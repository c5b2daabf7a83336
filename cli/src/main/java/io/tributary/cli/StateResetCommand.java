package io.tributary.cli;

import io.tributary.cli.StateView.Change;
import io.tributary.warehouse.CursorEntry;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouse.RunLock;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Forgets cursors. */
@Command(
    name = "reset",
    description = {
      "Forgets how far the sources of a config were read.",
      "The next run begins as a first one: at the largest value in the sink's table, else at"
          + " `initial`, else at the beginning. Tables stay as they are."
    },
    footer = {"", "Example:", "  ./tributary state reset configs/orders.yaml --sink orders_table"})
final class StateResetCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "A config, JSON or YAML.")
  private Path config;

  @Mixin private StateOptions state;
  @Mixin private ConfigOptions options;
  @Mixin private WarehouseOption warehouseOption;

  StateResetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    OpenConfig open = OpenConfig.of(config, options, console);
    Warehouse warehouse = warehouseOption.existing();
    String name = open.config().name();
    try (RunLock lock = Objects.requireNonNull(StateOptions.lock(warehouse, name));
        WarehouseSession session = warehouse.open()) {
      // also of sources and sinks that the config has no more
      List<CursorEntry> meant =
          session.cursors(name).stream()
              .filter(cursor -> state.has(cursor.source(), cursor.sink()))
              .toList();
      session.forgetCursors(meant);
      return state
          .view(console)
          .changed(meant.stream().map(cursor -> new Change(cursor, null)).toList(), List.of());
    }
  }
}
