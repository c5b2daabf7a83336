package io.tributary.cli;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.NodeConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.graph.Graph;
import io.tributary.module.Registry;
import io.tributary.plan.Plan;
import io.tributary.plan.Planner;
import io.tributary.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

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

  /**
   * The part of it that is connected with some nodes.
   *
   * @throws InputException when it has no such node
   */
  OpenConfig only(Set<String> names) {
    List<String> known = config.nodes().stream().map(NodeConfig::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw InputException.unknownNode(name, known);
      }
    }
    return new OpenConfig(loaded, config, graph.only(names), registry);
  }

  /**
   * Connects to the sources and the warehouse.
   *
   * @throws ConfigException when the plan finds errors
   */
  Plan plan(Warehouse warehouse, Console console) {
    Planner planner =
        new Planner(registry, config, console.environment(), warehouse, console.clock().instant());
    Plan plan = planner.plan(config, graph);
    if (plan == null) {
      throw new ConfigException(loaded);
    }
    return plan;
  }
}
