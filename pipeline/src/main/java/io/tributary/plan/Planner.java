package io.tributary.plan;

import io.tributary.config.NodeConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.failure.RunException;
import io.tributary.graph.Graph;
import io.tributary.module.FileSink;
import io.tributary.module.IncrementalSource;
import io.tributary.module.QueryTransform;
import io.tributary.module.Registry;
import io.tributary.module.RowTransform;
import io.tributary.module.Sink;
import io.tributary.module.Source;
import io.tributary.module.SourceContext;
import io.tributary.module.Split;
import io.tributary.module.TableSink;
import io.tributary.module.Transform;
import io.tributary.plan.Plan.PlannedTransform;
import io.tributary.plan.Plan.QueryNode;
import io.tributary.plan.Plan.SinkNode;
import io.tributary.plan.Plan.SourceNode;
import io.tributary.plan.Plan.TransformNode;
import io.tributary.row.Column;
import io.tributary.row.CursorRange;
import io.tributary.row.Schema;
import io.tributary.spec.Code;
import io.tributary.spec.Environment;
import io.tributary.spec.HasExpressions;
import io.tributary.spec.HasQueries;
import io.tributary.spec.NamesTables;
import io.tributary.spec.Problems;
import io.tributary.spec.WriteMode;
import io.tributary.sql.SqlExpression;
import io.tributary.sql.SqlQuery;
import io.tributary.warehouse.Evolution;
import io.tributary.warehouse.RowConversion;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan of a graph: connects to the sources and to the warehouse, lets schemas flow through
 * the nodes, and reports everything that does not fit at the place in the config where it was
 * written. Used for one plan.
 */
public final class Planner {
  /** Long enough for usual transactions to end. */
  private static final Duration OPEN_WORK = Duration.ofSeconds(5);

  private final Registry registry;
  private final SourceContext context;
  private final Map<String, Schema> schemas = new HashMap<>();
  private final Map<String, NodeConfig> writers = new HashMap<>();
  private @Nullable Slice slice;
  private boolean assumesTables;
  private Duration patience = Duration.ZERO;
  private @Nullable Increments increments;

  /**
   * @param now the moment of the run
   */
  public Planner(
      Registry registry,
      PipelineConfig config,
      Environment environment,
      Warehouse warehouse,
      Instant now) {
    this.registry = registry;
    this.context =
        new SourceContext(environment, config.folder(), now, config.timezone(), warehouse);
  }

  /** Begins to load what the plan of a graph will need, while other things are done. */
  public static void prepare(Graph graph) {
    boolean sql =
        graph.nodes().stream()
            .map(NodeConfig::parameters)
            .anyMatch(given -> given instanceof HasExpressions || given instanceof HasQueries);
    if (sql) {
      SqlExpression.prepare();
    }
  }

  /**
   * Plans for a run: incremental sources are given time to finish what is open in them, so that
   * their upper bounds are near.
   *
   * @param part what to read of incremental sources instead of what is new; null for what is new
   */
  public Planner forRun(@Nullable Slice part) {
    slice = part;
    patience = OPEN_WORK;
    return this;
  }

  /** Plans for a test of a config: tables that sinks do not make are taken for given. */
  public Planner forTest() {
    assumesTables = true;
    return this;
  }

  /** What the modules of this plan are told; a run hands it on to {@link Source#begin}. */
  public SourceContext context() {
    return context;
  }

  /**
   * The plan, or null after problems were reported. A node whose input has no schema is passed
   * over: its problem is another's.
   *
   * @throws RunException when a source or the warehouse fails for a reason that is no mistake in
   *     the config
   */
  public @Nullable Plan plan(PipelineConfig config, Graph graph) {
    List<SourceNode> sources = new ArrayList<>();
    List<PlannedTransform> transforms = new ArrayList<>();
    List<SinkNode> sinks = new ArrayList<>();
    int planned = 0;
    prepare(graph);
    try (Destinations destinations = new Destinations(context.warehouse())) {
      increments =
          new Increments(
              graph,
              context,
              slice,
              patience,
              new CursorStarts(config.name(), graph, registry, context, destinations.session));
      for (NodeConfig node : graph.nodes()) {
        switch (node.kind()) {
          case SOURCE -> sources.addAll(source(node).stream().toList());
          case TRANSFORM -> transform(node).ifPresent(transforms::add);
          case SINK -> sinks.addAll(sink(node, destinations).stream().toList());
        }
        planned++;
      }
    }
    boolean whole = sources.size() + transforms.size() + sinks.size() == planned;
    return whole ? new Plan(config, sources, transforms, sinks) : null;
  }

  private Optional<SourceNode> source(NodeConfig node) {
    Source<?> source = registry.source(node.spec(), node.parameters());
    int before = node.problems().errors();
    Schema schema = source.schema(context, node.problems());
    if (schema == null || node.problems().errors() > before) {
      return Optional.empty();
    }
    schemas.put(node.name(), schema);
    if (node.incremental() != null && source instanceof IncrementalSource<?> able) {
      return increment(node, able, schema);
    }
    List<Split> splits = new ArrayList<>(source.splits(context));
    return Optional.of(new SourceNode(node, source, schema, splits, null));
  }

  /** The cursor of an incremental source; empty after reporting why it has none. */
  public Optional<Column> cursor(NodeConfig node) {
    Schema schema =
        registry.source(node.spec(), node.parameters()).schema(context, node.problems());
    return Optional.ofNullable(
            schema == null ? null : CursorSettings.of(node, schema, null, context.zone()))
        .map(CursorSettings::column);
  }

  private Optional<SourceNode> increment(
      NodeConfig node, IncrementalSource<?> source, Schema schema) {
    Increment increment = increments.plan(node, source, schema);
    if (increment == null) {
      return Optional.empty();
    }
    CursorRange range = increment.range();
    if (range == null || range.isEmpty()) {
      return Optional.of(new SourceNode(node, source, schema, List.of(), increment));
    }
    IncrementalSource<?> part = source.restrictedTo(range);
    List<Split> splits = new ArrayList<>(part.splits(context));
    return Optional.of(new SourceNode(node, part, schema, splits, increment));
  }

  private Optional<? extends PlannedTransform> transform(NodeConfig node) {
    if (!schemas.keySet().containsAll(node.inputs())) {
      return Optional.empty();
    }
    Transform transform = registry.transform(node.spec(), node.parameters());
    Optional<? extends PlannedTransform> planned =
        transform instanceof RowTransform rows
            ? rowTransform(node, rows)
            : query(node, (QueryTransform) transform);
    planned.ifPresent(done -> schemas.put(node.name(), done.schema()));
    return planned;
  }

  private Optional<TransformNode> rowTransform(NodeConfig node, RowTransform transform) {
    Schema input = schemas.get(node.inputs().get(0));
    return Optional.ofNullable(
            transform.plan(input, context.now(), context.zone(), node.problems()))
        .map(planned -> new TransformNode(node, planned));
  }

  private Optional<QueryNode> query(NodeConfig node, QueryTransform transform) {
    Map<String, String> tables = ((NamesTables) node.parameters()).tables(node.inputs());
    Map<String, Schema> inputs = new LinkedHashMap<>();
    tables.forEach((alias, input) -> inputs.put(alias, schemas.get(input)));
    SqlQuery query = transform.plan(inputs, context.now(), context.zone(), node.problems());
    if (query == null) {
      return Optional.empty();
    }
    warnOfUnread(query, List.copyOf(tables.keySet()), node);
    tables.keySet().retainAll(query.tables());
    return Optional.of(new QueryNode(node, query, tables));
  }

  private static void warnOfUnread(SqlQuery query, List<String> tables, NodeConfig node) {
    for (int i = 0; i < tables.size(); i++) {
      if (!query.tables().contains(tables.get(i))) {
        node.problems()
            .at("inputs")
            .at(i)
            .warning(
                Code.TR112,
                "the query of transform `"
                    + node.name()
                    + "` does not read its input `"
                    + tables.get(i)
                    + "`",
                "remove the input, or read it in the query");
      }
    }
  }

  private Optional<SinkNode> sink(NodeConfig node, Destinations destinations) {
    Schema input = schemas.get(node.inputs().get(0));
    if (input == null) {
      return Optional.empty();
    }
    Sink sink = registry.sink(node.spec(), node.parameters());
    if (sink instanceof TableSink table) {
      return tableSink(node, table, input, destinations);
    }
    FileSink files =
        ((FileSink) sink).resolvedAgainst(context.folder(), context.warehouse().address());
    int before = node.problems().errors();
    files.check(input, node.problems());
    if (node.problems().errors() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new SinkNode(
            node,
            files,
            input,
            input,
            null,
            null,
            Optional.empty(),
            files.destination(),
            files.action(),
            List.of(),
            List.of()));
  }

  private Optional<SinkNode> tableSink(
      NodeConfig node, TableSink sink, Schema input, Destinations destinations) {
    Problems problems = node.problems();
    int errors = problems.errors();
    checkOnlyWriter(node, sink.table());
    Optional<TableDescription> existing =
        assumesTables ? assumed(sink, input, problems) : destinations.describe(sink.table());
    TableWrite asked = sink.write(input, existing, context.folder(), problems);
    increments.checkOverlap(node, sink.table(), sink.stagedSchema(input));
    if (asked == null || problems.errors() > errors) {
      return Optional.empty();
    }
    TableWrite write = withCursor(asked, node, sink.stagedSchema(input));
    List<String> refusals = destinations.check(write, sink.stagedSchema(input));
    for (String refusal : refusals) {
      problems.at("table").error(Code.TR206, refusal, null);
    }
    if (!refusals.isEmpty()) {
      return Optional.empty();
    }
    List<String> notes = new ArrayList<>();
    notes.add("goes to the " + context.warehouse().describe());
    notes.addAll(destinations.notes(write, sink.stagedSchema(input)));

    Schema staged = sink.stagedSchema(input);
    Optional<Evolution> evolution = existing.map(table -> Evolution.of(write, staged, table));
    RowConversion conversion = conversion(staged, write, evolution);
    String action = existing.isEmpty() ? "create" : write.mode().toString();
    return Optional.of(
        new SinkNode(
            node,
            sink,
            input,
            conversion == null ? staged : conversion.schema(),
            write,
            conversion,
            existing,
            write.table().toString(),
            action,
            evolution.map(Evolution::changes).orElse(List.of()),
            notes));
  }

  private Optional<TableDescription> assumed(TableSink sink, Schema input, Problems problems) {
    return sink.neededTable(input, context.folder(), problems)
        .map(schema -> new TableDescription(sink.table(), schema, 0));
  }

  /** Names that differ may be one table in the warehouse that is written to. */
  private void checkOnlyWriter(NodeConfig node, TableName table) {
    NodeConfig other = writers.putIfAbsent(context.warehouse().identity(table), node);
    if (other != null) {
      node.problems()
          .at("table")
          .error(
              Code.TR123,
              "sink `"
                  + other.name()
                  + "` writes to the same table: in the "
                  + context.warehouse().describe()
                  + " neither projects nor the case of letters tell `"
                  + table
                  + "` from it",
              "give each sink a dataset or table name of its own");
    }
  }

  /** Of several versions of a row in one batch the latest is kept, if the rows tell which it is. */
  private TableWrite withCursor(TableWrite write, NodeConfig sink, Schema staged) {
    return write.mode() == WriteMode.MERGE
        ? increments
            .cursor(sink)
            .filter(cursor -> staged.find(cursor).isPresent())
            .map(write::withCursor)
            .orElse(write)
        : write;
  }

  private static @Nullable RowConversion conversion(
      Schema staged, TableWrite write, Optional<Evolution> evolution) {
    Schema target = evolution.map(Evolution::written).orElse(write.schema());
    if (target == null) {
      return null;
    }
    List<String> refused = evolution.map(Evolution::refused).orElse(List.of());
    RowConversion conversion = RowConversion.of(staged, target, refused);
    return conversion.changesNothing() ? null : conversion;
  }

  /** The warehouse as far as it exists: planning never creates one. */
  private static final class Destinations implements AutoCloseable {
    private final @Nullable WarehouseSession session;

    Destinations(Warehouse warehouse) {
      this.session = warehouse.exists() ? warehouse.open() : null;
    }

    Optional<TableDescription> describe(TableName table) {
      return session == null ? Optional.empty() : session.describe(table);
    }

    List<String> check(TableWrite write, Schema schema) {
      return session == null ? List.of() : session.check(write, schema);
    }

    List<String> notes(TableWrite write, Schema schema) {
      return session == null ? List.of() : session.notes(write, schema);
    }

    @Override
    public void close() {
      if (session != null) {
        session.close();
      }
    }
  }
}
