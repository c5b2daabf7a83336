package io.tributary.cli;

import io.tributary.config.NodeConfig;
import io.tributary.graph.Graph;
import io.tributary.plan.Plan;
import io.tributary.plan.Preview;
import io.tributary.row.Row;
import io.tributary.row.format.RowJson;
import io.tributary.spec.Spec;
import io.tributary.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
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
  /** The form of the rows. */
  enum Format {
    TABLE,
    JSON
  }

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

  @Option(
      names = "--format",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "The form of the rows (default: ${DEFAULT-VALUE}).")
  private Format format;

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
    OpenConfig open = OpenConfig.of(config, options, console);
    NodeConfig shown = node == null ? firstSink(open.graph()) : open.node(node);
    // a sink shows what goes into it; its destination does not matter here
    String name = shown.kind() == Spec.Kind.SINK ? shown.inputs().get(0) : shown.name();
    Plan plan = open.upTo(name).plan(warehouse, console);
    DiagnosticsView.printWarnings(open.loaded(), console);
    Preview preview = Preview.of(plan, name, rows, console.environment(), warehouse);
    switch (format) {
      case TABLE -> printTable(preview);
      case JSON -> printJson(shown.name(), preview);
    }
    console.err().println(summary(shown.name(), preview));
    if (!preview.sampled().isEmpty()) {
      console
          .err()
          .println(
              console.errStyle().doubtful("a sample")
                  + ": the query saw the first "
                  + Numbers.count(Preview.SAMPLE)
                  + " rows of "
                  + String.join(", ", preview.sampled())
                  + " only; a run sees all, and gives other rows");
    }
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

  private void printTable(Preview preview) {
    RowTable table = new RowTable(preview.schema());
    for (Row row : preview.rows()) {
      table.add(row);
    }
    table.printTo(console);
  }

  private void printJson(String shown, Preview preview) throws IOException {
    Json.write(
        console.out(),
        json -> {
          json.writeStartObject();
          json.writeStringField("node", shown);
          PlanCommand.schema(preview.schema(), json);
          json.writeArrayFieldStart("rows");
          for (Row row : preview.rows()) {
            json.writeRawValue(RowJson.text(row));
          }
          json.writeEndArray();
          json.writeNumberField("read", preview.read());
          json.writeArrayFieldStart("sampled");
          for (String source : preview.sampled()) {
            json.writeString(source);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static NodeConfig firstSink(Graph graph) {
    return graph.nodes().stream()
        .filter(candidate -> candidate.kind() == Spec.Kind.SINK)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a config without a sink was accepted"));
  }

  private static String summary(String name, Preview preview) {
    return Numbers.count(preview.rows().size(), "row", "rows")
        + " at "
        + name
        + ", from "
        + Numbers.count(preview.read(), "row", "rows")
        + " read";
  }
}
