package io.tributary.run;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.DiagnosticText;
import io.tributary.config.PipelineConfig;
import io.tributary.graph.Graph;
import io.tributary.module.Registry;
import io.tributary.plan.Plan;
import io.tributary.plan.Planner;
import io.tributary.plan.Preview;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.spec.Environment;
import io.tributary.warehouse.QueryException;
import io.tributary.warehouse.QueryResult;
import io.tributary.warehouse.StepCount;
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
import java.util.stream.Stream;

/** Runs configs in this process, in a folder with a warehouse of its own. */
final class ConfigRuns {
  private final Path folder;
  private final Environment environment;
  private final Registry registry = Registry.load();
  private final Warehouse warehouse;

  ConfigRuns(Path folder) {
    this.folder = folder;
    this.environment = new Environment(Map.of(), folder);
    this.warehouse = Warehouses.at("duckdb:" + folder.resolve("w.duckdb"));
  }

  void file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a config, which must have no mistakes. */
  RunReport run(String yaml) {
    Loaded loaded = load(yaml);
    PipelineConfig config = loaded.config();
    Graph graph = config == null ? null : Graph.of(config);
    if (graph == null) {
      throw new AssertionError(messages(loaded));
    }
    LocalRun run =
        new LocalRun(
            config,
            graph,
            registry,
            environment,
            warehouse,
            ProgressListener.NONE,
            Clock.systemUTC());
    try {
      RunReport report = run.run(false);
      if (report == null) {
        throw new AssertionError(messages(loaded));
      }
      return report;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What is wrong with a config, once it is loaded, or else planned. */
  String mistakes(String yaml) {
    Loaded loaded = load(yaml);
    PipelineConfig config = loaded.config();
    Graph graph = config == null ? null : Graph.of(config);
    if (graph != null) {
      plan(config, graph);
    }
    return messages(loaded);
  }

  Preview preview(String yaml, String node, int rows) {
    PipelineConfig config = load(yaml).config();
    Plan plan = plan(config, Graph.of(config).upTo(node));
    try {
      return Preview.of(plan, node, rows, environment, warehouse);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Plan plan(String yaml) {
    PipelineConfig config = load(yaml).config();
    return plan(config, Graph.of(config));
  }

  private Plan plan(PipelineConfig config, Graph graph) {
    return new Planner(registry, config, environment, warehouse, Clock.systemUTC().instant())
        .plan(config, graph);
  }

  private Loaded load(String yaml) {
    file("job.yaml", yaml);
    return new ConfigLoader(registry, environment, ConfigLoader.Options.NONE)
        .load(folder.resolve("job.yaml"));
  }

  private static String messages(Loaded loaded) {
    return new DiagnosticText(false).of(List.of(loaded));
  }

  /** The rows of a query of the warehouse, each as its values joined by {@code |}. */
  List<String> rows(String sql) {
    try (WarehouseSession session = warehouse.open();
        QueryResult result = session.read(sql)) {
      List<String> rows = new ArrayList<>();
      RowBuilder row = new RowBuilder(result.schema());
      while (result.next(row)) {
        rows.add(text(row));
      }
      return rows;
    } catch (IOException | QueryException e) {
      throw new AssertionError(sql, e);
    }
  }

  static String text(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.schema().size(); i++) {
      values.add(String.valueOf(row.get(i)));
    }
    return String.join("|", values);
  }

  /** Each step as {@code name kind in>out}. */
  static List<String> steps(RunReport report) {
    return report.steps().stream().map(ConfigRuns::text).toList();
  }

  private static String text(StepCount step) {
    return step.step() + " " + step.kind() + " " + step.in() + ">" + step.out();
  }

  /** Files below the folder whose names end so. */
  List<Path> files(String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
