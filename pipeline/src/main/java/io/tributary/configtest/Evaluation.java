package io.tributary.configtest;

import io.tributary.module.ReadContext;
import io.tributary.module.RowFunction;
import io.tributary.module.Source;
import io.tributary.module.Split;
import io.tributary.plan.Plan;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.plan.Plan.TransformNode;
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
    for (SourceNode source : plan.sources()) {
      evaluation.read(source, new Context(evaluation, source.name(), environment, warehouse));
    }
    for (TransformNode transform : plan.transforms()) {
      evaluation.transform(transform);
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

  private List<Row> begin(PlannedNode node) {
    List<Row> out = new ArrayList<>();
    rows.put(node.name(), out);
    return out;
  }

  private List<Row> input(PlannedNode node) {
    return rows(node.node().inputs().get(0));
  }

  private void reject(String node, String reason) {
    rejected.computeIfAbsent(node, name -> new ArrayList<>()).add(reason);
  }

  @SuppressWarnings("unchecked") // a source's splits are its own
  private void read(SourceNode node, ReadContext context) throws IOException {
    List<Row> out = begin(node);
    RowBuilder row = new RowBuilder(node.schema());
    for (Split split : node.splits()) {
      try (RowReader reader = ((Source<Split>) node.source()).open(split, node.schema(), context)) {
        while (reader.next(row)) {
          out.add(row.copy());
        }
      }
    }
  }

  private void transform(TransformNode node) {
    List<Row> out = begin(node);
    RowFunction function = node.transform().open();
    RowFunction.Output collected =
        new RowFunction.Output() {
          @Override
          public void emit(Row row) {
            out.add(row.copy());
          }

          @Override
          public void filtered() {}

          @Override
          public void reject(Row row, String reason) {
            Evaluation.this.reject(node.name(), reason);
          }
        };
    input(node).forEach(row -> function.apply(row, collected));
  }

  private void convert(SinkNode node) {
    List<Row> out = begin(node);
    RowConversion conversion = node.conversion();
    RowConversion.Converter converter = conversion == null ? null : conversion.open();
    for (Row row : input(node)) {
      String refusal = converter == null ? null : converter.convert(row);
      if (refusal != null) {
        reject(node.name(), refusal);
      } else {
        out.add(converter == null ? renamed(row, node.staged()) : converter.row().copy());
      }
    }
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
