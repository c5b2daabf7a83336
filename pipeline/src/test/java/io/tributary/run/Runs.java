package io.tributary.run;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.DiagnosticText;
import io.tributary.graph.Graph;
import io.tributary.module.Registry;
import io.tributary.plan.Slice;
import io.tributary.row.RowBuilder;
import io.tributary.spec.Environment;
import io.tributary.testing.MariaDb;
import io.tributary.warehouse.CursorEntry;
import io.tributary.warehouse.QueryException;
import io.tributary.warehouse.QueryResult;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs configs in this process, from a folder of their own with a warehouse and a profile. */
final class Runs {
  private final Path folder;

  /**
   * @param database of the tests' MariaDB, to which the profile {@code db} leads
   */
  Runs(Path folder, String database) {
    this.folder = folder;
    MariaDb server = MariaDb.required();
    write(
        "connections.json",
        String.format(
            "{\"db\": {\"host\": \"%s\", \"port\": %d, \"database\": \"%s\", \"user\": \"%s\","
                + " \"password\": \"%s\"}}",
            server.host(), server.port(), database, server.user(), server.password()));
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Warehouse warehouse() {
    return Warehouses.at("duckdb:" + folder.resolve("w.duckdb"));
  }

  /** The report; fails when the run did. */
  RunReport run(String config) {
    return run(config, null);
  }

  RunReport run(String config, @Nullable Slice slice) {
    RunReport report = attempt(config, slice);
    if (report.error() != null) {
      throw new AssertionError(report.error().message(), report.error().cause());
    }
    return report;
  }

  /** The report, also of a run that fails. */
  RunReport attempt(String config, @Nullable Slice slice) {
    Loaded loaded = load(config);
    Graph graph = loaded.config() == null ? null : Graph.of(loaded.config());
    if (graph == null) {
      throw new AssertionError(shown(loaded));
    }
    LocalRun run =
        new LocalRun(
            loaded.config(),
            graph,
            Registry.load(),
            environment(),
            warehouse(),
            ProgressListener.NONE,
            Clock.systemUTC());
    try {
      RunReport report = run.run(false, slice);
      if (report == null) {
        throw new PlanRefused(shown(loaded));
      }
      return report;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the plan of a config that it refuses says. */
  String refusal(String config) {
    try {
      attempt(config, null);
    } catch (PlanRefused e) {
      return e.getMessage();
    }
    throw new AssertionError("the plan found nothing wrong");
  }

  /** The plan found errors. */
  private static final class PlanRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanRefused(String message) {
      super(message);
    }
  }

  private Loaded load(String config) {
    write("job.yaml", config);
    Options options = new Options(Map.of(), folder.resolve("connections.json"), Map.of(), true);
    return new ConfigLoader(Registry.load(), environment(), options)
        .load(folder.resolve("job.yaml"));
  }

  private Environment environment() {
    return new Environment(Map.of(), folder);
  }

  private static String shown(Loaded loaded) {
    return new DiagnosticText(false).of(loaded.diagnostics());
  }

  /** Values of each row of a query, separated by bars. */
  List<String> rows(String sql) {
    try (WarehouseSession session = warehouse().open();
        QueryResult result = session.read(sql)) {
      List<String> rows = new ArrayList<>();
      RowBuilder row = new RowBuilder(result.schema());
      while (result.next(row)) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < result.schema().size(); i++) {
          values.add(String.valueOf(row.get(i)));
        }
        rows.add(String.join("|", values));
      }
      return rows;
    } catch (IOException | QueryException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Statements on the warehouse, as a person would run them. */
  void execute(String... statements) {
    try (WarehouseSession session = warehouse().open()) {
      for (String sql : statements) {
        session.query(sql).close();
      }
    } catch (IOException | QueryException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each cursor as {@code source sink column value}. */
  List<String> cursors() {
    try (WarehouseSession session = warehouse().open()) {
      return session.cursors(null).stream().map(Runs::text).toList();
    }
  }

  private static String text(CursorEntry cursor) {
    return cursor.source() + " " + cursor.sink() + " " + cursor.column() + " " + cursor.value();
  }
}
