package io.tributary.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.Diagnostic;
import io.tributary.config.DiagnosticJson;
import io.tributary.plan.Increment;
import io.tributary.plan.Plan;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.row.Column;
import io.tributary.row.CursorRange;
import io.tributary.row.Schema;
import io.tributary.spec.DeclaresWrite;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.CursorMove;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a run would do. Connects to the sources and the warehouse; changes nothing. */
@Command(
    name = "plan",
    description =
        "Connects, and shows the schema at every node, how sources are split, and what each sink"
            + " will do to its table; changes nothing.",
    footer = {"", "Example:", "  ./tributary plan configs/orders.yaml --format json"})
final class PlanCommand implements Callable<Integer> {
  /** The form of the plan. */
  enum Format {
    TEXT,
    JSON
  }

  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "A config, JSON or YAML.")
  private Path config;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "The form of the plan (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Mixin private ConfigOptions options;
  @Mixin private WarehouseOption warehouseOption;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try {
      OpenConfig open = OpenConfig.of(config, options, console);
      Plan plan = open.plan(warehouseOption.open(), console);
      switch (format) {
        case TEXT -> {
          DiagnosticsView.printWarnings(open.loaded(), console);
          new PlanText(plan, console).print();
        }
        case JSON -> printJson(plan, open.loaded());
      }
      return ExitCode.DONE.number();
    } catch (ConfigException e) {
      if (format == Format.JSON) {
        printJson(null, e.loaded());
      }
      throw e;
    }
  }

  private void printJson(@Nullable Plan plan, Loaded loaded) throws IOException {
    List<PlannedNode> nodes = plan == null ? List.of() : plan.nodes();
    List<SinkNode> sinks = plan == null ? List.of() : plan.sinks();
    Json.write(
        console.out(),
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("nodes");
          for (PlannedNode node : nodes) {
            node(node, json);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("sinks");
          for (SinkNode sink : sinks) {
            sink(sink, json);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("diagnostics");
          for (Diagnostic diagnostic : loaded.diagnostics().all()) {
            json.writeRawValue(DiagnosticJson.node(diagnostic).toString());
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void node(PlannedNode node, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", node.name());
    json.writeStringField("kind", node.node().kind().toString());
    json.writeStringField("module", node.node().spec().name());
    texts("inputs", node.node().inputs(), json);
    schema(node.schema(), json);
    if (node instanceof Plan.SourceNode source) {
      json.writeNumberField("splits", source.splits().size());
      increment(source.increment(), json);
    }
    json.writeEndObject();
  }

  private static void increment(@Nullable Increment increment, JsonGenerator json)
      throws IOException {
    if (increment == null) {
      json.writeNullField("cursor");
      return;
    }
    json.writeObjectFieldStart("cursor");
    json.writeStringField("column", increment.column());
    json.writeStringField("type", increment.type().toString());
    range(increment.range(), json);
    json.writeArrayFieldStart("sinks");
    for (CursorMove move : increment.moves()) {
      json.writeStartObject();
      json.writeStringField("name", move.sink());
      range(move.range(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void range(@Nullable CursorRange range, JsonGenerator json) throws IOException {
    Json.text(json, "from", range == null ? null : range.from());
    Json.text(json, "before", range == null ? null : range.to());
  }

  static void schema(Schema schema, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("schema");
    for (Column column : schema.columns()) {
      json.writeStartObject();
      json.writeStringField("name", column.name());
      json.writeStringField("type", column.type().toString());
      json.writeBooleanField("nullable", column.nullable());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void sink(SinkNode sink, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", sink.name());
    json.writeStringField("table", sink.destination());
    Object mode =
        sink.node().parameters() instanceof DeclaresWrite declared ? declared.mode() : null;
    Json.text(json, "mode", mode);
    json.writeStringField("action", sink.action());
    json.writeArrayFieldStart("changes");
    for (ColumnChange change : sink.changes()) {
      json.writeStartObject();
      ReportFile.change(change, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (sink.existing().isPresent()) {
      json.writeNumberField("rowsBefore", sink.existing().get().rows());
    } else {
      json.writeNullField("rowsBefore");
    }
    texts("notes", sink.notes(), json);
    json.writeEndObject();
  }

  private static void texts(String key, List<String> values, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
