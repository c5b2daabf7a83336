package io.tributary.plan;

import io.tributary.config.NodeConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.module.RowTransform;
import io.tributary.module.Sink;
import io.tributary.module.Source;
import io.tributary.module.Split;
import io.tributary.row.Schema;
import io.tributary.sql.SqlQuery;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.RowConversion;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableWrite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A config with the schema at every node and everything fixed that must not move during a run.
 * Holds no connection; immutable.
 */
public record Plan(
    PipelineConfig config,
    List<SourceNode> sources,
    List<PlannedTransform> transforms,
    List<SinkNode> sinks) {

  /** A node with the schema of its rows. */
  public sealed interface PlannedNode permits SourceNode, PlannedTransform, SinkNode {
    NodeConfig node();

    /** Of the rows that come out of it; of a sink, of those that go in. */
    Schema schema();

    default String name() {
      return node().name();
    }
  }

  /**
   * A source, what it gives, and in which parts it is read.
   *
   * @param increment what of it is read; null when it is read whole
   */
  public record SourceNode(
      NodeConfig node,
      Source<?> source,
      Schema schema,
      List<Split> splits,
      @Nullable Increment increment)
      implements PlannedNode {
    public SourceNode {
      splits = List.copyOf(splits);
    }
  }

  /** A node that makes rows of the rows of others. */
  public sealed interface PlannedTransform extends PlannedNode permits TransformNode, QueryNode {}

  /** A row transform. */
  public record TransformNode(NodeConfig node, RowTransform.Planned transform)
      implements PlannedTransform {
    @Override
    public Schema schema() {
      return transform.schema();
    }
  }

  /**
   * A query over the rows of other nodes, which the warehouse runs.
   *
   * @param tables the nodes that it really reads, by their names in the query
   */
  public record QueryNode(NodeConfig node, SqlQuery query, Map<String, String> tables)
      implements PlannedTransform {
    public QueryNode {
      tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    @Override
    public Schema schema() {
      return query.schema();
    }
  }

  /**
   * A sink and what it will do.
   *
   * @param staged the schema of its staged files
   * @param write what to publish; null for a sink that writes files
   * @param conversion what is done to rows so that they fit the table; null when nothing is
   * @param existing the table before the run
   * @param destination the table, or the folder
   * @param action what the run will do to it, for people
   * @param changes differences between the rows and the table, and what will be done about them
   * @param notes what a user should know besides
   */
  public record SinkNode(
      NodeConfig node,
      Sink sink,
      Schema schema,
      Schema staged,
      @Nullable TableWrite write,
      @Nullable RowConversion conversion,
      Optional<TableDescription> existing,
      String destination,
      String action,
      List<ColumnChange> changes,
      List<String> notes)
      implements PlannedNode {
    public SinkNode {
      changes = List.copyOf(changes);
      notes = List.copyOf(notes);
    }

    /** The changes after which rows lack a column that they had. */
    public List<ColumnChange> leftOut() {
      return changes.stream()
          .filter(change -> staged.find(change.column()).isEmpty())
          .filter(change -> change.kind() != ColumnChange.Kind.MISSING)
          .toList();
    }
  }

  public Plan {
    sources = List.copyOf(sources);
    transforms = List.copyOf(transforms);
    sinks = List.copyOf(sinks);
  }

  /** What each sink takes of each incremental source, and where it will go on. */
  public List<CursorMove> cursors() {
    List<CursorMove> moves = new ArrayList<>();
    for (SourceNode source : sources) {
      if (source.increment() != null) {
        moves.addAll(source.increment().moves());
      }
    }
    return moves;
  }

  /** All nodes: sources, transforms in the order in which rows pass them, sinks. */
  public List<PlannedNode> nodes() {
    return Stream.of(sources, transforms, sinks).<PlannedNode>flatMap(List::stream).toList();
  }

  /** The nodes that are queries, each after those it reads. */
  public List<QueryNode> queries() {
    return transforms.stream()
        .filter(QueryNode.class::isInstance)
        .map(QueryNode.class::cast)
        .toList();
  }

  /**
   * The node with a name.
   *
   * @throws IllegalStateException when there is none
   */
  public PlannedNode node(String name) {
    return nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no node " + name + " in the plan"));
  }

  /** The transforms and sinks that read the rows of a node. */
  public List<PlannedNode> consumers(String name) {
    return Stream.<PlannedNode>concat(transforms.stream(), sinks.stream())
        .filter(planned -> planned.node().inputs().contains(name))
        .toList();
  }
}
