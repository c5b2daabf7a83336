package io.tributary.cli;

import io.tributary.cli.StateView.Change;
import io.tributary.config.NodeConfig;
import io.tributary.row.Column;
import io.tributary.row.CursorValue;
import io.tributary.spec.DeclaresWrite;
import io.tributary.spec.WriteMode;
import io.tributary.warehouse.CursorEntry;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouse.RunLock;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sets cursors. */
@Command(
    name = "set",
    description = {
      "Says from which value on the next run reads. Connects to the source for the column's type.",
      "Tables stay as they are: what a merge reads again it updates, what an append reads again it"
          + " adds again."
    },
    footer = {
      "",
      "Example:",
      "  ./tributary state set configs/orders.yaml 2024-01-31 --source orders"
    })
final class StateSetCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "CONFIG", description = "A config, JSON or YAML.")
  private Path config;

  @Parameters(
      index = "1",
      paramLabel = "VALUE",
      description = "A date, a date and time in the config's time zone, or a number.")
  private String value;

  @Mixin private StateOptions state;
  @Mixin private ConfigOptions options;
  @Mixin private WarehouseOption warehouseOption;

  StateSetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    OpenConfig open = OpenConfig.of(config, options, console);
    Warehouse warehouse = warehouseOption.open();
    String name = open.config().name();
    List<CursorEntry> wanted = new ArrayList<>();
    for (NodeConfig source : state.sources(open)) {
      Column cursor = open.cursor(source, warehouse, console);
      CursorValue parsed = parse(cursor, open);
      for (NodeConfig sink : state.sinks(open.graph(), source)) {
        wanted.add(
            new CursorEntry(
                name,
                source.name(),
                sink.name(),
                cursor.name(),
                parsed,
                "state set",
                console.clock().instant()));
      }
    }
    try (RunLock lock = Objects.requireNonNull(StateOptions.lock(warehouse, name));
        WarehouseSession session = warehouse.open()) {
      List<Change> changes = changes(session.cursors(name), wanted);
      session.setCursors(wanted);
      return state.view(console).changed(changes, notes(changes, open));
    }
  }

  private CursorValue parse(Column cursor, OpenConfig open) {
    try {
      return CursorValue.parse(cursor.type(), value, open.config().timezone());
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), null);
    }
  }

  private static List<Change> changes(List<CursorEntry> before, List<CursorEntry> after) {
    List<Change> changes = new ArrayList<>();
    for (CursorEntry entry : after) {
      CursorEntry known =
          before.stream()
              .filter(other -> other.source().equals(entry.source()))
              .filter(other -> other.sink().equals(entry.sink()))
              .findFirst()
              .orElse(null);
      changes.add(new Change(known, entry));
    }
    return changes;
  }

  /** What the next run will do that may not be meant. */
  private static List<String> notes(List<Change> changes, OpenConfig open) {
    List<String> notes = new ArrayList<>();
    for (Change change : changes) {
      CursorEntry before = change.before();
      if (before == null || !before.value().type().equals(change.either().value().type())) {
        continue;
      }
      int moved = change.either().value().compareTo(before.value());
      NodeConfig sink = open.node(change.either().sink());
      boolean appends =
          sink.parameters() instanceof DeclaresWrite write && write.mode() == WriteMode.APPEND;
      if (moved > 0) {
        notes.add(
            "sink `"
                + sink.name()
                + "` will not get the rows from "
                + before.value()
                + " to before "
                + change.either().value());
      } else if (moved < 0 && appends) {
        notes.add(
            "sink `"
                + sink.name()
                + "` appends: the rows from "
                + change.either().value()
                + " on are added again");
      }
    }
    return notes;
  }
}
