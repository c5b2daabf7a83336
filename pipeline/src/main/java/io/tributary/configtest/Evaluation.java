package io.tributary.configtest;

import io.tributary.module.ReadContext;
import io.tributary.module.Source;
import io.tributary.module.Split;
import io.tributary.plan.NodeRows;
import io.tributary.plan.Plan;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.spec.Environment;
import io.tributary.warehouse.RowConversion;
import io.tributary.warehouse.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rows at all nodes of a plan, held in memory; of a sink, the rows that it would write. */
final class Evaluation {
  private final Map<String, List<Row>> rows = new LinkedHashMap<>();
  private final Map<String, List<String>> rejected = new LinkedHashMap<>();

  private Evaluation() {}

  static Evaluation of(Plan plan, Environment environment, Warehouse warehouse) throws IOException {
    Evaluation evaluation = new Evaluation();
    NodeRows.SourceRows mocks =
        source -> read(source, new Context(evaluation, source.name(), environment, warehouse));
    try (NodeRows nodes = new NodeRows(plan, mocks)) {
      for (PlannedNode node : plan.nodes()) {
        evaluation.rows.put(node.name(), nodes.rows(node.name()));
      }
      nodes.rejected().forEach(row -> evaluation.reject(row.step(), row.reason()));
    }
    for (SinkNode sink : plan.sinks()) {
      evaluation.convert(sink);
    }
    return evaluation;
  }

  List<Row> rows(String node) {
    return rows.getOrDefault(node, List.of());
  }

  /** The reasons of all rows that a node rejected, by node. */
  Map<String, List<String>> rejected() {
    return rejected;
  }

  private void reject(String node, String reason) {
    rejected.computeIfAbsent(node, name -> new ArrayList<>()).add(reason);
  }

  @SuppressWarnings("unchecked") // a source's splits are its own
  private static List<Row> read(SourceNode node, ReadContext context) throws IOException {
    List<Row> out = new ArrayList<>();
    RowBuilder row = new RowBuilder(node.schema());
    for (Split split : node.splits()) {
      try (RowReader reader = ((Source<Split>) node.source()).open(split, node.schema(), context)) {
        while (reader.next(row)) {
          out.add(row.copy());
        }
      }
    }
    return out;
  }

  private void convert(SinkNode node) {
    List<Row> out = new ArrayList<>();
    RowConversion conversion = node.conversion();
    RowConversion.Converter converter = conversion == null ? null : conversion.open();
    for (Row row : rows(node.name())) {
      String refusal = converter == null ? null : converter.convert(row);
      if (refusal != null) {
        reject(node.name(), refusal);
      } else {
        out.add(converter == null ? renamed(row, node.staged()) : converter.row().copy());
      }
    }
    rows.put(node.name(), out);
  }

  /** The same values below the names that the columns have in the destination. */
  private static Row renamed(Row row, Schema schema) {
    RowBuilder renamed = new RowBuilder(schema);
    for (int i = 0; i < schema.size(); i++) {
      renamed.copyFrom(i, row, i);
    }
    return renamed;
  }

  /** What a mock is told while it is read. */
  private record Context(
      Evaluation evaluation, String source, Environment environment, Warehouse warehouse)
      implements ReadContext {
    @Override
    public String runId() {
      return "test";
    }

    @Override
    public void reject(String reason, String rowJson) {
      evaluation.reject(source, reason);
    }

    @Override
    public void tally(String what, long times) {}
  }
}
