package io.tributary.cli;

import io.tributary.storage.Delivery;
import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.StepCount;
import io.tributary.warehouse.WarehouseSession;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one run. */
@Command(
    name = "show",
    description = "Shows one run: its steps, its tables, and why it failed.",
    footer = {"", "Example:", "  ./tributary runs show 20261121T020000-3f9a1c"})
final class RunsShowCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The id of a run, from `runs list`.")
  private String runId;

  @Mixin private WarehouseOption warehouseOption;

  RunsShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (WarehouseSession session = warehouseOption.existing().open()) {
      print(find(session, runId), session);
    }
    return ExitCode.DONE.number();
  }

  /**
   * The run with an id.
   *
   * @throws InputException when the ledger has none
   */
  static RunEntry find(WarehouseSession session, String runId) {
    return session
        .run(runId)
        .orElseThrow(
            () ->
                new InputException(
                    "the ledger has no run `" + runId + "`",
                    "`./tributary runs list` lists the runs"));
  }

  private void print(RunEntry run, WarehouseSession session) {
    PrintWriter out = console.out();
    Style style = console.outStyle();
    out.println("run " + run.runId() + " of " + style.strong(run.config()));
    out.println("  status:   " + run.status().word());
    out.println("  started:  " + run.startedAt());
    if (run.finishedAt() != null) {
      out.println("  finished: " + run.finishedAt());
    }
    if (run.error() != null) {
      out.println("  error:    " + style.bad(run.error()));
    }
    TextTable steps = ReportText.stepTable();
    for (StepCount step : session.steps(runId)) {
      ReportText.addTo(steps, step);
    }
    if (!steps.isEmpty()) {
      out.println();
      steps.print(out, style, "  ");
    }
    TextTable tables = new TextTable().left("sink").left("table").left("mode").right("written");
    for (PublishedTable published : session.publishes(runId)) {
      tables.add(
          published.sink(),
          published.table().toString(),
          published.mode().toString(),
          Numbers.count(published.rowsWritten()));
    }
    if (!tables.isEmpty()) {
      out.println();
      tables.print(out, style, "  ");
    }
    ReportText.print(session.drift(runId), out);
    List<Delivery> pending =
        session.pendingDeliveries().stream()
            .filter(delivery -> delivery.runId().equals(runId))
            .toList();
    if (!pending.isEmpty()) {
      out.println();
      for (Delivery delivery : pending) {
        out.println("  the files of sink " + delivery.sink() + " are not in place yet");
      }
      out.println("  ./tributary runs resume " + runId + warehouseOption.asTyped());
    }
  }
}
