package io.tributary.plan;

import io.tributary.config.NodeConfig;
import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.graph.Graph;
import io.tributary.module.FileSink;
import io.tributary.module.Registry;
import io.tributary.module.Sink;
import io.tributary.module.SourceContext;
import io.tributary.module.TableSink;
import io.tributary.row.Column;
import io.tributary.row.CursorValue;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.spec.Code;
import io.tributary.spec.Spec;
import io.tributary.spec.WriteMode;
import io.tributary.warehouse.CursorEntry;
import io.tributary.warehouse.QueryException;
import io.tributary.warehouse.QueryResult;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where the read for a sink goes on: at the ledger's value for the config, the source and the sink;
 * else at the largest value in the sink's table; else where the config says; else at the beginning.
 */
final class CursorStarts {
  private final String config;
  private final Graph graph;
  private final Registry registry;
  private final SourceContext context;
  private final @Nullable WarehouseSession session;
  private @Nullable List<CursorEntry> ledger;

  /**
   * @param session null when there is no warehouse yet
   */
  CursorStarts(
      String config,
      Graph graph,
      Registry registry,
      SourceContext context,
      @Nullable WarehouseSession session) {
    this.config = config;
    this.graph = graph;
    this.registry = registry;
    this.context = context;
    this.session = session;
  }

  /**
   * @param from the first value that is read; null for everything
   * @param known how far the sink has come, by the ledger; null when that does not know it
   * @param overlap as in {@link io.tributary.warehouse.CursorMove}
   * @param note what a user should know about it; null for nothing
   */
  record Start(
      @Nullable CursorValue from,
      @Nullable CursorValue known,
      @Nullable String overlap,
      @Nullable String note) {
    Start(@Nullable CursorValue from, @Nullable CursorValue known) {
      this(from, known, null, null);
    }
  }

  Start of(
      NodeConfig source, NodeConfig sink, WriteMode mode, CursorSettings settings, Instant now) {
    CursorEntry entry = known(source, sink, settings);
    CursorValue interval =
        settings.incremental().interval() == null
            ? null
            : settings.begin(settings.incremental().interval(), now);
    Sink target = registry.sink(sink.spec(), sink.parameters());
    if (entry != null) {
      CursorValue known = entry.value();
      CursorValue from = mode == WriteMode.MERGE ? settings.lookedBack(known) : known;
      if (interval != null) {
        // runs that were left out for longer than the interval are made up for
        return new Start(from.least(interval), known);
      }
      if (target instanceof TableSink table) {
        checkIsThere(table.table(), entry, sink);
      }
      return new Start(from, known);
    }
    if (interval != null) {
      return new Start(interval, null);
    }
    Start first = new Start(settings.initial(), null);
    if (target instanceof TableSink table) {
      return ofTable(source, sink, table, mode, settings).orElse(first);
    }
    if (mode == WriteMode.APPEND) {
      FileSink files = (FileSink) target;
      checkIsEmpty(
          files.resolvedAgainst(context.folder(), context.warehouse().address()), source, sink);
    }
    return first;
  }

  /**
   * A table other than the one that was filled, or one that is gone, would begin in the middle; a
   * person who set the cursor may have meant that.
   */
  private void checkIsThere(TableName table, CursorEntry known, NodeConfig sink) {
    if (session == null || session.run(known.runId()).isEmpty()) {
      return;
    }
    boolean isOther =
        session.publishes(known.runId()).stream()
            .filter(published -> published.sink().equals(sink.name()))
            .anyMatch(published -> !published.table().local().equalsIgnoreCase(table.local()));
    if (!isOther && session.describe(table).isPresent()) {
      return;
    }
    String of = " --source " + known.source() + " --sink " + known.sink();
    sink.problems()
        .at("table")
        .error(
            Code.TR221,
            "sink `"
                + sink.name()
                + "` has come to "
                + known.value()
                + " in source `"
                + known.source()
                + (isOther
                    ? "` with another table than `" + table + "`, which"
                    : "`, but its table `" + table + "` does not exist: it")
                + " would lack all rows before that",
            "to read them again: tributary state reset CONFIG"
                + of
                + "; to go on without them: tributary state set CONFIG "
                + known.value()
                + of);
  }

  /** Files do not tell how far a source was read for them. */
  private static void checkIsEmpty(FileSink files, NodeConfig source, NodeConfig sink) {
    try {
      if (files.hasFiles()) {
        cannotTell(
            source.name(),
            sink,
            "path",
            "folder `"
                + files.destination()
                + "` has files, but which rows of source `"
                + source.name()
                + "` they hold is not in the ledger");
      }
    } catch (IOException e) {
      throw new TransientException("sink `" + sink.name() + "`: " + e.getMessage(), e);
    }
  }

  /** Reports that the start of an append cannot be found. */
  private static void cannotTell(String source, NodeConfig sink, String key, String message) {
    sink.problems()
        .at(key)
        .error(
            Code.TR221,
            message,
            "say where to go on, such as: tributary state set CONFIG VALUE --source "
                + source
                + " --sink "
                + sink.name());
  }

  /** Reports that a table with rows does not tell how far a source was read for it. */
  static void cannotTell(String source, NodeConfig sink, TableName table, String why) {
    cannotTell(
        source,
        sink,
        "table",
        "table `"
            + table
            + "` has rows, but which of source `"
            + source
            + "` cannot be told: "
            + why);
  }

  private @Nullable CursorEntry known(NodeConfig source, NodeConfig sink, CursorSettings settings) {
    if (session == null) {
      return null;
    }
    if (ledger == null) {
      ledger = session.cursors(config);
    }
    for (CursorEntry entry : ledger) {
      if (!entry.source().equals(source.name()) || !entry.sink().equals(sink.name())) {
        continue;
      }
      boolean fits =
          entry.column().equalsIgnoreCase(settings.column().name())
              && entry.value().type().equals(settings.type());
      if (fits) {
        return entry;
      }
      CursorSettings.place(source)
          .error(
              Code.TR221,
              "sink `"
                  + sink.name()
                  + "` has come to "
                  + entry.value()
                  + " by column `"
                  + entry.column()
                  + "` ("
                  + entry.value().type()
                  + "), which says nothing about `"
                  + settings.column().name()
                  + "` ("
                  + settings.type()
                  + ")",
              "`tributary state reset` forgets it, `tributary state set` gives the new column a"
                  + " value");
    }
    return null;
  }

  /** By the table that is there; empty when it says nothing and need not. */
  private Optional<Start> ofTable(
      NodeConfig source,
      NodeConfig sink,
      TableSink table,
      WriteMode mode,
      CursorSettings settings) {
    Optional<TableDescription> found =
        session == null ? Optional.empty() : session.describe(table.table());
    if (found.isEmpty() || found.get().rows() == 0 || mode == WriteMode.REPLACE) {
      return Optional.empty();
    }
    TableDescription existing = found.get();
    String name = columnIn(table, settings.column());
    OptionalInt position = existing.schema().find(name);
    String why;
    if (incrementalSources(graph, sink).size() > 1) {
      why = "it is filled from several incremental sources";
    } else if (position.isEmpty()) {
      why = "it has no column `" + name + "`";
    } else {
      Column column = existing.schema().column(position.getAsInt());
      Optional<CursorValue> largest =
          largest(existing.name(), column.name())
              .flatMap(value -> CursorValue.of(settings.type(), value));
      if (largest.isPresent()) {
        return Optional.of(
            after(largest.get(), column.name(), sink, table.table(), mode, settings));
      }
      why = "its column `" + column.name() + "` (" + column.type() + ") has no value to go by";
    }
    if (mode == WriteMode.APPEND) { // a merge may read everything again
      cannotTell(source.name(), sink, table.table(), why);
    }
    return Optional.empty();
  }

  /** The table is taken to hold all rows before its largest value, which a user should know. */
  private static Start after(
      CursorValue largest,
      String column,
      NodeConfig sink,
      TableName table,
      WriteMode mode,
      CursorSettings settings) {
    boolean merges = mode == WriteMode.MERGE;
    CursorValue from = merges ? settings.lookedBack(largest) : largest;
    String note =
        "sink `"
            + sink.name()
            + "` goes on at "
            + from
            + (from.equals(largest) ? ", the largest `" : ", some way before the largest `")
            + column
            + "` of its table `"
            + table
            + "`: rows before that are taken to be there";
    return new Start(from, null, merges ? null : column, note);
  }

  /** The cursor's name in the table. */
  private static String columnIn(TableSink table, Column cursor) {
    return table.stagedSchema(Schema.of(cursor)).column(0).name();
  }

  private Optional<Object> largest(TableName table, String column) {
    String sql =
        "SELECT max("
            + quoted(column)
            + ") AS largest FROM "
            + quoted(table.dataset())
            + "."
            + quoted(table.table());
    try (QueryResult result = session.read(sql)) {
      RowBuilder row = new RowBuilder(result.schema());
      return result.next(row) ? Optional.ofNullable(row.get(0)) : Optional.empty();
    } catch (QueryException | IOException e) {
      throw new PermanentException(
          "the largest `" + column + "` of table `" + table + "` cannot be read: " + e.getMessage(),
          e);
    }
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The sources of a node that are read in increments. */
  static List<NodeConfig> incrementalSources(Graph graph, NodeConfig node) {
    return graph.upTo(node.name()).nodes().stream()
        .filter(other -> other.kind() == Spec.Kind.SOURCE && other.incremental() != null)
        .toList();
  }
}
