package io.tributary.cli;

import io.tributary.failure.TransientException;
import io.tributary.run.Deliveries;
import io.tributary.storage.Delivery;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Finishes what a run had begun to put in place when it was killed. */
@Command(
    name = "resume",
    description = {
      "Puts the files in place that a killed run had published but not delivered.",
      "Tables need no such thing: they are published as a whole or not at all."
    },
    footer = {"", "Example:", "  ./tributary runs resume 20261121T020000-3f9a1c"})
final class RunsResumeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The id of a run, from `runs list`.")
  private String runId;

  @Mixin private WarehouseOption warehouseOption;

  RunsResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Warehouse warehouse = warehouseOption.existing();
    try (WarehouseSession session = warehouse.open()) {
      RunEntry run = RunsShowCommand.find(session, runId);
      if (warehouse.isAlive(runId)) {
        throw new TransientException("run " + runId + " is still going on; wait for its end");
      }
      List<Delivery> pending =
          session.pendingDeliveries().stream()
              .filter(delivery -> delivery.runId().equals(runId))
              .toList();
      for (Delivery delivery : pending) {
        Deliveries.finish(delivery, session);
        console
            .out()
            .println(
                "sink "
                    + delivery.sink()
                    + ": "
                    + Numbers.count(delivery.moves().size(), "file", "files")
                    + " in place");
      }
      if (pending.isEmpty()) {
        console
            .out()
            .println("run " + runId + " (" + run.status().word() + ") left nothing to be finished");
      }
      return ExitCode.DONE.number();
    }
  }
}
