package io.tributary.plan;

import io.tributary.module.RowFunction;
import io.tributary.plan.Plan.PlannedNode;
import io.tributary.plan.Plan.QueryNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.plan.Plan.TransformNode;
import io.tributary.plan.Preview.Rejected;
import io.tributary.row.Row;
import io.tributary.row.format.ParquetRowWriter;
import io.tributary.storage.LocalStorage;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.ScratchQueries;
import io.tributary.warehouse.StagedQuery;
import io.tributary.warehouse.StagedTable;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows at the nodes of a plan, made in this process: without Beam, without the warehouse, all
 * in memory. For a few rows, such as those of a preview or of a test of a config. Each node is
 * evaluated once. Used by one thread; {@link #close} removes the files of queries.
 */
public final class NodeRows implements AutoCloseable {
  private final Plan plan;
  private final SourceRows sources;
  private final Map<String, List<Row>> rows = new HashMap<>();
  private final Map<String, StagedTable> staged = new HashMap<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private @Nullable Path folder;

  /** Gives the rows of sources, with the schema that the plan has for them. */
  @FunctionalInterface
  public interface SourceRows {
    List<Row> read(SourceNode source) throws IOException;
  }

  public NodeRows(Plan plan, SourceRows sources) {
    this.plan = plan;
    this.sources = sources;
  }

  /**
   * The rows that come out of a node; of a sink, those that go in.
   *
   * @throws io.tributary.failure.RunException when a query on the way fails
   */
  public List<Row> rows(String name) throws IOException {
    List<Row> known = rows.get(name);
    if (known == null) {
      known = List.copyOf(evaluate(plan.node(name)));
      rows.put(name, known);
    }
    return known;
  }

  /** Rows that transforms on the way did not accept, with the reason. */
  public List<Rejected> rejected() {
    return List.copyOf(rejected);
  }

  private List<Row> evaluate(PlannedNode node) throws IOException {
    if (node instanceof SourceNode source) {
      return sources.read(source);
    }
    if (node instanceof TransformNode transform) {
      return transformed(transform, rows(transform.node().inputs().get(0)));
    }
    if (node instanceof QueryNode query) {
      return result(query);
    }
    return rows(((SinkNode) node).node().inputs().get(0));
  }

  private List<Row> transformed(TransformNode node, List<Row> input) {
    List<Row> output = new ArrayList<>();
    RowFunction function = node.transform().open();
    for (Row row : input) {
      function.apply(
          row,
          new RowFunction.Output() {
            @Override
            public void emit(Row next) {
              output.add(next.copy());
            }

            @Override
            public void filtered() {}

            @Override
            public void reject(Row refused, String reason) {
              rejected.add(new Rejected(node.name(), reason));
            }
          });
    }
    return output;
  }

  private List<Row> result(QueryNode node) throws IOException {
    Map<String, StagedTable> tables = new LinkedHashMap<>();
    for (Map.Entry<String, String> table : node.tables().entrySet()) {
      tables.put(table.getKey(), stage(table.getValue()));
    }
    ScratchQueries queries = Warehouses.scratch(folder());
    return queries.run(new StagedQuery(node.name(), node.query(), tables));
  }

  private StagedTable stage(String name) throws IOException {
    StagedTable known = staged.get(name);
    if (known != null) {
      return known;
    }
    Path file = folder().resolve(name + ".parquet");
    PlannedNode node = plan.node(name);
    try (ParquetRowWriter writer = new ParquetRowWriter(node.schema(), file.toString())) {
      for (Row row : rows(name)) {
        writer.write(row);
      }
    }
    StagedFile written = new StagedFile(file.toString(), rows(name).size(), Files.size(file));
    StagedTable table = new StagedTable(node.schema(), List.of(written));
    staged.put(name, table);
    return table;
  }

  private Path folder() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("tributary-");
    }
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      new LocalStorage().deleteTree(folder.toString());
      folder = null;
    }
  }
}
