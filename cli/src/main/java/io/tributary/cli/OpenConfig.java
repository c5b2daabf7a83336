package io.tributary.cli;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.NodeConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.graph.Graph;
import io.tributary.graph.Lint;
import io.tributary.module.Registry;
import io.tributary.plan.Plan;
import io.tributary.plan.Planner;
import io.tributary.row.Column;
import io.tributary.spec.Code;
import io.tributary.spec.Suggestions;
import io.tributary.sql.SqlExpression;
import io.tributary.sql.SqlQuery;
import io.tributary.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A config without errors, ready to be planned. */
record OpenConfig(Loaded loaded, PipelineConfig config, Graph graph, Registry registry) {

  /**
   * @throws ConfigException when it has errors, all that {@code lint} finds among them
   */
  static OpenConfig of(Path file, ConfigOptions options, Console console) {
    Registry registry = Registry.load();
    ConfigLoader loader =
        new ConfigLoader(registry, console.environment(), options.forLoader(true));
    Loaded loaded = loader.load(file);
    PipelineConfig config = loaded.config();
    Graph graph = config == null ? null : Graph.of(config);
    if (config == null || graph == null || loaded.diagnostics().errors() > 0) {
      Lint lint = new Lint(loader, SqlExpression::checkSyntax, SqlQuery::checkSyntax);
      throw new ConfigException(lint.check(file));
    }
    return new OpenConfig(loaded, config, graph, registry);
  }

  /**
   * The part of it that is connected with some nodes.
   *
   * @throws InputException when it has no such node
   */
  OpenConfig only(Set<String> names) {
    names.forEach(this::node);
    return new OpenConfig(loaded, config, graph.only(names), registry);
  }

  /** The part of it that makes the rows of a node. */
  OpenConfig upTo(String name) {
    return new OpenConfig(loaded, config, graph.upTo(name), registry);
  }

  /**
   * The node with a name.
   *
   * @throws InputException when it has none
   */
  NodeConfig node(String name) {
    return config.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private InputException unknown(String name) {
    List<String> known = config.nodes().stream().map(NodeConfig::name).toList();
    return new InputException(
        Code.TR126 + ": the config has no node `" + name + "`",
        Suggestions.nearest(name, known)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("its nodes are " + String.join(", ", known)));
  }

  /** The sources that are read in increments. */
  List<NodeConfig> incrementalSources() {
    return graph.nodes().stream().filter(node -> node.incremental() != null).toList();
  }

  /**
   * The cursor of an incremental source; connects to it.
   *
   * @throws ConfigException when it cannot be read, or has no such column
   */
  Column cursor(NodeConfig source, Warehouse warehouse, Console console) {
    Planner planner =
        new Planner(registry, config, console.environment(), warehouse, console.clock().instant());
    return planner.cursor(source).orElseThrow(() -> new ConfigException(loaded));
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
