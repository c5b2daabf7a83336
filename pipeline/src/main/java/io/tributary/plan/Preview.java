package io.tributary.plan;

import io.tributary.config.NodeConfig;
import io.tributary.module.ReadContext;
import io.tributary.module.RowFunction;
import io.tributary.module.Source;
import io.tributary.module.Split;
import io.tributary.plan.Plan.QueryNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.plan.Plan.TransformNode;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.spec.Environment;
import io.tributary.warehouse.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The first rows at a node, read from the real sources without Beam. Writes nothing. Where a query
 * is on the way, it is run over the first rows of each source only.
 *
 * @param rejected rows that a step on the way did not accept, with the reason
 * @param read how many rows of the sources were read for it
 * @param sampled sources that have more rows than the query was given, so that a run gives other
 *     rows; empty when no query is on the way
 */
public record Preview(
    String node,
    Schema schema,
    List<Row> rows,
    List<Rejected> rejected,
    long read,
    List<String> sampled) {
  /** How many rows of each source a query is given. */
  public static final int SAMPLE = 1_000;

  /** A row that was not accepted. */
  public record Rejected(String step, String reason) {}

  public Preview {
    rows = List.copyOf(rows);
    rejected = List.copyOf(rejected);
    sampled = List.copyOf(sampled);
  }

  /**
   * Reads the first rows at a node.
   *
   * @param name of a source, transform or sink; a sink shows the rows that go into it
   * @param most how many rows
   */
  public static Preview of(
      Plan plan, String name, int most, Environment environment, Warehouse warehouse)
      throws IOException {
    List<TransformNode> path = new ArrayList<>();
    Plan.PlannedNode node = plan.node(name);
    while (!(node instanceof SourceNode)) {
      if (node instanceof QueryNode) {
        return ofSample(plan, name, most, environment, warehouse);
      }
      if (node instanceof TransformNode transform) {
        path.add(0, transform);
      }
      NodeConfig config = node.node();
      node = plan.node(config.inputs().get(0));
    }
    SourceNode source = (SourceNode) node;
    Schema schema = path.isEmpty() ? source.schema() : path.get(path.size() - 1).schema();
    Sample sample = new Sample(path, most, source.name(), environment, warehouse);
    sample.read(source);
    return new Preview(name, schema, sample.rows, sample.rejected, sample.read, List.of());
  }

  private static Preview ofSample(
      Plan plan, String name, int most, Environment environment, Warehouse warehouse)
      throws IOException {
    List<Rejected> rejected = new ArrayList<>();
    List<String> sampled = new ArrayList<>();
    AtomicLong read = new AtomicLong();
    NodeRows.SourceRows firstRows =
        source -> {
          Sample sample = new Sample(List.of(), SAMPLE + 1, source.name(), environment, warehouse);
          sample.read(source);
          rejected.addAll(sample.rejected);
          read.addAndGet(Math.min(SAMPLE, sample.read));
          if (sample.rows.size() <= SAMPLE) {
            return sample.rows;
          }
          sampled.add(source.name());
          return sample.rows.subList(0, SAMPLE);
        };
    try (NodeRows evaluation = new NodeRows(plan, firstRows)) {
      List<Row> rows = evaluation.rows(name);
      rejected.addAll(evaluation.rejected());
      List<Row> first = rows.subList(0, Math.min(most, rows.size()));
      return new Preview(name, plan.node(name).schema(), first, rejected, read.get(), sampled);
    }
  }

  /** Reads splits one after the other until there are enough rows. */
  private static final class Sample implements ReadContext {
    private final List<Row> rows = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final List<TransformNode> path;
    private final int most;
    private final String source;
    private final Environment environment;
    private final Warehouse warehouse;
    private long read;

    Sample(
        List<TransformNode> path,
        int most,
        String source,
        Environment environment,
        Warehouse warehouse) {
      this.path = path;
      this.most = most;
      this.source = source;
      this.environment = environment;
      this.warehouse = warehouse;
    }

    void read(SourceNode node) throws IOException {
      List<RowFunction> functions = path.stream().map(step -> step.transform().open()).toList();
      for (Split split : node.splits()) {
        if (rows.size() >= most) {
          return;
        }
        try (RowReader reader = open(node, split)) {
          RowBuilder row = new RowBuilder(node.schema());
          while (rows.size() < most && reader.next(row)) {
            read++;
            pass(row, functions, 0);
          }
        }
      }
    }

    @SuppressWarnings("unchecked") // a source's splits are its own
    private RowReader open(SourceNode node, Split split) throws IOException {
      return ((Source<Split>) node.source()).open(split, node.schema(), this);
    }

    private void pass(Row row, List<RowFunction> functions, int step) {
      if (step == functions.size()) {
        if (rows.size() < most) {
          rows.add(row.copy());
        }
        return;
      }
      functions
          .get(step)
          .apply(
              row,
              new RowFunction.Output() {
                @Override
                public void emit(Row next) {
                  pass(next, functions, step + 1);
                }

                @Override
                public void filtered() {}

                @Override
                public void reject(Row refused, String reason) {
                  rejected.add(new Rejected(path.get(step).name(), reason));
                }
              });
    }

    @Override
    public boolean isSample() {
      return true;
    }

    @Override
    public String runId() {
      return "preview";
    }

    @Override
    public Environment environment() {
      return environment;
    }

    @Override
    public Warehouse warehouse() {
      return warehouse;
    }

    @Override
    public void reject(String reason, String rowJson) {
      rejected.add(new Rejected(source, reason));
    }

    @Override
    public void tally(String what, long times) {}
  }
}
