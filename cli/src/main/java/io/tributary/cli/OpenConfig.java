package io.tributary.cli;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.PipelineConfig;
import io.tributary.graph.Graph;
import io.tributary.module.Registry;
import io.tributary.plan.Plan;
import io.tributary.plan.Planner;
import io.tributary.warehouse.Warehouse;
import java.nio.file.Path;

/** A config without errors, ready to be planned. */
record OpenConfig(Loaded loaded, PipelineConfig config, Graph graph, Registry registry) {

  /**
   * @param variablesRequired whether each variable needs a value
   * @throws ConfigException when it has errors
   */
  static OpenConfig of(
      Path file, ConfigOptions options, boolean variablesRequired, Console console) {
    Registry registry = Registry.load();
    ConfigLoader loader =
        new ConfigLoader(registry, console.environment(), options.forLoader(variablesRequired));
    Loaded loaded = loader.load(file);
    PipelineConfig config = loaded.config();
    Graph graph = config == null ? null : Graph.of(config);
    if (config == null || graph == null || loaded.diagnostics().errors() > 0) {
      throw new ConfigException(loaded);
    }
    return new OpenConfig(loaded, config, graph, registry);
  }

  OpenConfig with(Graph newGraph) {
    return new OpenConfig(loaded, config, newGraph, registry);
  }

  /**
   * Connects to the sources and the warehouse.
   *
   * @throws ConfigException when the plan finds errors
   */
  Plan plan(Warehouse warehouse, Console console) {
    Planner planner =
        new Planner(
            registry, config, console.environment(), warehouse, console.clock().instant());
    Plan plan = planner.plan(config, graph);
    if (plan == null) {
      throw new ConfigException(loaded);
    }
    return plan;
  }
}
