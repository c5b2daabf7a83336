package io.tributary.cli;

import io.tributary.plan.Increment;
import io.tributary.plan.Plan;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Plan.QueryNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.CursorMove;
import java.io.PrintWriter;
import java.util.List;

/** A plan for people. */
final class PlanText {
  private final Plan plan;
  private final Style style;
  private final PrintWriter out;

  PlanText(Plan plan, Console console) {
    this.plan = plan;
    this.style = console.outStyle();
    this.out = console.out();
  }

  void print() {
    out.println(
        "plan of " + style.strong(plan.config().name()) + " (" + plan.config().file() + ")");
    for (PlannedNode node : plan.nodes()) {
      out.println();
      out.println(title(node));
      if (node instanceof SinkNode sink) {
        print(sink);
      } else {
        print(node.schema());
      }
      if (node instanceof SourceNode source && source.increment() != null) {
        print(source.increment());
      }
    }
  }

  private String title(PlannedNode node) {
    String inputs =
        node.node().inputs().isEmpty() ? "" : ", from " + String.join(", ", inputs(node));
    String splits =
        node instanceof SourceNode source
            ? ", read in " + Numbers.count(source.splits().size(), "split", "splits")
            : "";
    return node.node().kind()
        + " "
        + style.strong(node.name())
        + " ("
        + node.node().spec().name()
        + ")"
        + inputs
        + splits;
  }

  /** What a node reads; of a query, with the names that its tables have in it. */
  private static List<String> inputs(PlannedNode node) {
    if (!(node instanceof QueryNode query)) {
      return node.node().inputs();
    }
    return query.tables().entrySet().stream()
        .map(
            table ->
                table.getKey().equals(table.getValue())
                    ? table.getKey()
                    : table.getValue() + " as " + table.getKey())
        .toList();
  }

  private void print(Schema schema) {
    int width = schema.names().stream().mapToInt(String::length).max().orElse(0);
    for (Column column : schema.columns()) {
      out.println(
          "  "
              + column.name()
              + " ".repeat(width - column.name().length() + 2)
              + column.type()
              + (column.nullable() ? "" : " NOT NULL"));
    }
  }

  private void print(Increment increment) {
    if (increment.range() == null) {
      out.println("  reads nothing: no row has a value in " + increment.column());
    } else if (increment.range().isEmpty()) {
      out.println("  reads nothing: " + increment.range() + " lies nothing");
    } else {
      out.println("  reads " + increment.range());
    }
    for (CursorMove move : increment.moves()) {
      out.println("  sink " + move.sink() + ": " + CursorText.read(move));
    }
    increment.notes().forEach(note -> out.println("  note: " + note));
  }

  private void print(SinkNode sink) {
    String before =
        sink.existing()
            .map(table -> "; it has " + Numbers.count(table.rows(), "row", "rows") + " now")
            .orElse("");
    out.println("  " + sink.destination() + ": " + style.strong(sink.action()) + before);
    print(sink.schema());
    for (ColumnChange change : sink.changes()) {
      out.println("  change: " + change);
    }
    for (String note : sink.notes()) {
      out.println("  note: " + note);
    }
  }
}
