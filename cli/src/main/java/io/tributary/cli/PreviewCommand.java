package io.tributary.cli;

import io.tributary.plan.Plan;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Preview;
import io.tributary.row.Row;
import io.tributary.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the first rows at a node. Writes nothing and moves no cursor. */
@Command(
    name = "preview",
    description = "Shows real rows at any node, with the type of each column; writes nothing.",
    footer = {"", "Example:", "  ./tributary preview configs/orders.yaml --node priced --rows 5"})
final class PreviewCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 10_000;

  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "A config, JSON or YAML.")
  private Path config;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description =
          "A source, transform or sink; of a sink, the rows that go into it (default: the first"
              + " sink).")
  private @Nullable String node;

  @Option(
      names = {"-n", "--rows"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many rows, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Mixin private ConfigOptions options;
  @Mixin private WarehouseOption warehouseOption;

  PreviewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new InputException(
          "--rows is " + rows + "; it may be 1 to " + Numbers.count(MOST_ROWS), null);
    }
    Warehouse warehouse = warehouseOption.open();
    OpenConfig open = OpenConfig.of(config, options, true, console);
    Plan plan = open.plan(warehouse, console);
    DiagnosticsView.printWarnings(open.loaded(), console);
    String name = name(plan);
    Preview preview = Preview.of(plan, name, rows, console.environment(), warehouse);
    RowTable table = new RowTable(preview.schema());
    for (Row row : preview.rows()) {
      table.add(row);
    }
    table.printTo(console);
    console.err().println(summary(preview));
    for (Preview.Rejected rejected : preview.rejected()) {
      console
          .err()
          .println(
              console.errStyle().doubtful("rejected")
                  + " by "
                  + rejected.step()
                  + ": "
                  + rejected.reason());
    }
    return ExitCode.DONE.number();
  }

  private String name(Plan plan) {
    List<String> names = plan.nodes().stream().map(PlannedNode::name).toList();
    if (node == null) {
      return plan.sinks().isEmpty() ? names.get(names.size() - 1) : plan.sinks().get(0).name();
    }
    if (!names.contains(node)) {
      throw InputException.unknownNode(node, names);
    }
    return node;
  }

  private static String summary(Preview preview) {
    return Numbers.count(preview.rows().size(), "row", "rows")
        + " at "
        + preview.node()
        + ", from "
        + Numbers.count(preview.read(), "row", "rows")
        + " read";
  }
}
