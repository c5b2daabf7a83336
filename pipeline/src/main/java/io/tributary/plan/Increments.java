package io.tributary.plan;

import io.tributary.config.NodeConfig;
import io.tributary.graph.Graph;
import io.tributary.module.Horizon;
import io.tributary.module.IncrementalSource;
import io.tributary.module.SourceContext;
import io.tributary.row.CursorRange;
import io.tributary.row.CursorValue;
import io.tributary.row.Schema;
import io.tributary.row.Type.Kind;
import io.tributary.spec.Code;
import io.tributary.spec.DeclaresWrite;
import io.tributary.spec.Spec;
import io.tributary.spec.WriteMode;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fixes what a run reads of incremental sources: for each source an upper bound, for each of its
 * sinks where it goes on, and thereby what is read. Used for one plan.
 */
final class Increments {
  private final Graph graph;
  private final SourceContext context;
  private final @Nullable Slice slice;
  private final Duration patience;
  private final CursorStarts starts;
  private final List<CursorMove> overlaps = new ArrayList<>();

  /**
   * @param slice what a person asked for instead of what is new; null for what is new
   * @param patience how long to wait for what is open in a source
   */
  Increments(
      Graph graph,
      SourceContext context,
      @Nullable Slice slice,
      Duration patience,
      CursorStarts starts) {
    this.graph = graph;
    this.context = context;
    this.slice = slice;
    this.patience = patience;
    this.starts = starts;
  }

  /** Null after reporting why it cannot be read, or where a config does not get so far. */
  @Nullable Increment plan(NodeConfig node, IncrementalSource<?> source, Schema schema) {
    CursorSettings settings = CursorSettings.of(node, schema, slice, context.zone());
    if (settings == null) {
      return null;
    }
    boolean lagIsGiven = settings.incremental().lag() != null;
    Horizon horizon = source.horizon(settings.column(), patience, lagIsGiven, context);
    if (horizon.nullable() && slice == null) {
      CursorSettings.place(node)
          .warning(
              Code.TR222,
              "cursor column `"
                  + settings.column().name()
                  + "` may be NULL; rows without it are read by a first run that reads everything,"
                  + " and by no other",
              "fill the column, or choose another one");
    }
    CursorValue end = end(settings, horizon);
    if (end == null) {
      return new Increment(
          settings.column().name(),
          settings.type(),
          settings.position(),
          null,
          List.of(),
          horizon.notes());
    }
    int before = node.problems().errors();
    List<Part> parts = new ArrayList<>();
    for (NodeConfig sink : sinks(node)) {
      parts.add(part(node, sink, settings, end, horizon.clock()));
    }
    if (node.problems().errors() > before) {
      return null;
    }
    CursorRange range = all(parts, settings, end);
    List<CursorMove> moves = new ArrayList<>();
    List<String> notes = new ArrayList<>(horizon.notes());
    for (Part part : parts) {
      moves.add(part.move(node, range));
      if (part.note() != null) {
        notes.add(part.note());
      }
    }
    overlaps.addAll(moves.stream().filter(move -> move.overlap() != null).toList());
    return node.problems().errors() > before
        ? null
        : new Increment(
            settings.column().name(), settings.type(), settings.position(), range, moves, notes);
  }

  /** The first value that is not read; null when there is nothing to be read at all. */
  private @Nullable CursorValue end(CursorSettings settings, Horizon horizon) {
    CursorValue end = null;
    if (horizon.bounded()) {
      if (horizon.largest() == null) {
        return null;
      }
      end = settings.lagged(horizon.largest().next());
    }
    if (settings.type().kind() != Kind.INT64) {
      Instant lagged = settings.lagged(horizon.clock());
      Instant moment = lagged.isBefore(horizon.complete()) ? lagged : horizon.complete();
      CursorValue byClock = CursorValue.at(settings.type(), moment, context.zone());
      end = end == null ? byClock : end.least(byClock);
    }
    return settings.to() == null ? end : settings.to();
  }

  /** The sinks that rows of a node reach. */
  private List<NodeConfig> sinks(NodeConfig node) {
    return graph.nodes().stream()
        .filter(sink -> sink.kind() == Spec.Kind.SINK)
        .filter(sink -> graph.upTo(sink.name()).nodes().contains(node))
        .toList();
  }

  /** What one sink takes, and where it will go on. */
  private record Part(
      NodeConfig sink,
      WriteMode mode,
      boolean isDirect,
      CursorRange range,
      @Nullable CursorValue next,
      @Nullable String overlap,
      @Nullable String note) {

    CursorMove move(NodeConfig source, CursorRange all) {
      boolean same = range.equals(all);
      if (!isDirect && !same && mode == WriteMode.APPEND) {
        sink.problems()
            .at("mode")
            .error(
                Code.TR221,
                "sink `"
                    + sink.name()
                    + "` appends the result of a query over source `"
                    + source.name()
                    + "`, which is read "
                    + all
                    + " for all its sinks, but this one needs it "
                    + range,
                "set `mode: merge` with `merge_keys`, give the sink a config of its own, or bring"
                    + " the sinks to one value with `tributary state set`");
      }
      return new CursorMove(source.name(), sink.name(), isDirect ? range : all, next, overlap);
    }
  }

  private Part part(
      NodeConfig source, NodeConfig sink, CursorSettings settings, CursorValue end, Instant now) {
    String column = settings.column().name();
    WriteMode mode =
        sink.parameters() instanceof DeclaresWrite write ? write.mode() : WriteMode.REPLACE;
    boolean direct = isDirect(source, sink);
    if (slice != null) {
      CursorRange range = new CursorRange(column, settings.from(), end);
      return new Part(sink, mode, direct, range, null, null, null);
    }
    CursorStarts.Start start = starts.of(source, sink, mode, settings, now);
    // a day that is not over yet is read again by the next run
    boolean today = mode == WriteMode.MERGE && settings.type().kind() == Kind.DATE;
    CursorRange range = new CursorRange(column, start.from(), today ? end.next() : end);
    CursorValue known = start.known();
    CursorValue next = known != null && end.isBefore(known) ? known : end;
    return new Part(
        sink, mode, direct, range, range.isEmpty() ? null : next, start.overlap(), start.note());
  }

  /**
   * Whether each row of a sink is made of one row of a source, so that it has that row's cursor.
   */
  private boolean isDirect(NodeConfig source, NodeConfig sink) {
    NodeConfig node = sink;
    while (node.inputs().size() == 1 && !node.spec().severalInputs()) {
      node = graph.node(node.inputs().get(0));
      if (node.equals(source)) {
        return true;
      }
    }
    return false;
  }

  /** From the smallest start of all sinks that take anything to the largest end. */
  private static CursorRange all(List<Part> parts, CursorSettings settings, CursorValue end) {
    String column = settings.column().name();
    CursorRange all = null;
    for (Part part : parts) {
      CursorRange range = part.range();
      if (all == null || all.isEmpty()) {
        all = range;
      } else if (!range.isEmpty()) {
        CursorValue from =
            all.from() == null || range.from() == null ? null : all.from().least(range.from());
        all = new CursorRange(column, from, all.to().isBefore(range.to()) ? range.to() : all.to());
      }
    }
    return all == null ? new CursorRange(column, null, end) : all;
  }

  /**
   * Reports rows for a table that cannot be compared with those that it has of their source's
   * cursor.
   */
  void checkOverlap(NodeConfig sink, TableName table, Schema rows) {
    for (CursorMove move : overlaps) {
      if (move.sink().equals(sink.name()) && rows.find(move.overlap()).isEmpty()) {
        CursorStarts.cannotTell(
            move.source(),
            sink,
            table,
            "the rows of sink `" + sink.name() + "` have no column `" + move.overlap() + "`");
      }
    }
  }

  /**
   * The column by which the latest of several rows for a sink can be told; empty unless there is
   * one.
   */
  Optional<String> cursor(NodeConfig sink) {
    List<NodeConfig> sources = CursorStarts.incrementalSources(graph, sink);
    return sources.size() == 1
        ? Optional.of(sources.get(0).incremental().cursor())
        : Optional.empty();
  }
}
