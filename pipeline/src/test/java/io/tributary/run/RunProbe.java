package io.tributary.run;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.Diagnostic;
import io.tributary.graph.Graph;
import io.tributary.module.Registry;
import io.tributary.plan.Plan;
import io.tributary.plan.Planner;
import io.tributary.spec.Environment;
import io.tributary.warehouse.Publishing;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans and runs configs in a folder, into a warehouse there. */
final class RunProbe {
  private static final Instant NOW = Instant.parse("2024-05-01T02:00:00Z");

  private static final String CONFIG = "job.yaml";

  private final Path folder;
  private final Warehouse warehouse;
  private List<String> problems = List.of();

  RunProbe(Path folder) {
    this.folder = folder;
    this.warehouse = Warehouses.at("duckdb:" + folder.resolve("warehouse.duckdb"));
  }

  private record Opened(Loaded loaded, @Nullable Graph graph, Registry registry) {}

  private Opened open(String config) {
    try {
      Path file = Files.writeString(folder.resolve(CONFIG), config);
      Registry registry = Registry.load();
      Loaded loaded =
          new ConfigLoader(registry, environment(), new Options(Map.of(), null, Map.of(), true))
              .load(file);
      return new Opened(
          loaded, loaded.config() == null ? null : Graph.of(loaded.config()), registry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Environment environment() {
    return new Environment(Map.of(), folder);
  }

  /** The report, or null when {@link #problems} say what is wrong with the config. */
  @Nullable RunReport run(String config) throws InterruptedException {
    Opened opened = open(config);
    RunReport report = null;
    if (opened.graph() != null && opened.loaded().diagnostics().errors() == 0) {
      LocalRun run =
          new LocalRun(
              Objects.requireNonNull(opened.loaded().config()),
              opened.graph(),
              opened.registry(),
              environment(),
              warehouse,
              ProgressListener.NONE,
              Clock.systemUTC());
      report = run.run(false);
    }
    keep(opened.loaded());
    return report;
  }

  /** The plan, or null when {@link #problems} say what is wrong with the config. */
  @Nullable Plan plan(String config) {
    Opened opened = open(config);
    Plan plan = null;
    if (opened.graph() != null && opened.loaded().diagnostics().errors() == 0) {
      plan =
          new Planner(
                  opened.registry(),
                  Objects.requireNonNull(opened.loaded().config()),
                  environment(),
                  warehouse,
                  NOW)
              .plan(opened.loaded().config(), opened.graph());
    }
    keep(opened.loaded());
    return plan;
  }

  private void keep(Loaded loaded) {
    problems =
        loaded.diagnostics().all().stream().map(RunProbe::shown).collect(Collectors.toList());
  }

  private static String shown(Diagnostic found) {
    Path file = Path.of(found.span().file()).getFileName();
    return (file.toString().equals(CONFIG) ? "" : file + ":")
        + found.span().line()
        + ":"
        + found.span().column()
        + " "
        + found.code()
        + " "
        + found.message()
        + (found.fix() == null ? "" : " -> " + found.fix());
  }

  /**
   * What was found wrong at the last call, as {@code line:column code message -> fix}, with the
   * file before it when it is not the config.
   */
  List<String> problems() {
    return problems;
  }

  /** Changes the warehouse as a user at a terminal could. */
  void sql(String... statements) {
    try (WarehouseSession session = warehouse.open()) {
      for (String statement : statements) {
        try (QueryResult result = session.query(statement)) {
          result.schema();
        } catch (IOException | QueryException e) {
          throw new IllegalStateException(statement, e);
        }
      }
    }
  }

  /** The rows of a query, each as its values joined by {@code |}. */
  List<String> rows(String sql) {
    try (WarehouseSession session = warehouse.open()) {
      return Publishing.rows(session, sql).stream()
          .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("|")))
          .toList();
    }
  }

  /** Columns with types, constraints, defaults and comments, then comment, indexes and rows. */
  List<String> table(String dataset, String table) {
    String where = " WHERE schema_name = '" + dataset + "' AND table_name = '" + table + "'";
    List<String> all =
        new ArrayList<>(
            rows(
                "SELECT column_name, data_type, is_nullable, column_default, comment FROM"
                    + " duckdb_columns()"
                    + where
                    + " ORDER BY column_index"));
    all.addAll(rows("SELECT comment, sql FROM duckdb_tables()" + where));
    all.addAll(rows("SELECT sql FROM duckdb_indexes()" + where + " ORDER BY 1"));
    all.addAll(rows("SELECT * FROM " + dataset + "." + table + " ORDER BY ALL"));
    return all;
  }
}
