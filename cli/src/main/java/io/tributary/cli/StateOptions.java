package io.tributary.cli;

import io.tributary.config.NodeConfig;
import io.tributary.failure.TransientException;
import io.tributary.graph.Graph;
import io.tributary.spec.Spec;
import io.tributary.spec.Suggestions;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouse.RunLock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cursors of a config are meant. */
final class StateOptions {
  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Of this source only (default: all incremental ones).")
  private @Nullable String source;

  @Option(
      names = "--sink",
      paramLabel = "NAME",
      description = "Of this sink only (default: all that the source feeds).")
  private @Nullable String sink;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "The form of the output (default: ${DEFAULT-VALUE}).")
  private StateView.Format format;

  StateView view(Console console) {
    return new StateView(console, format);
  }

  boolean has(String sourceName, String sinkName) {
    return (source == null || source.equals(sourceName)) && (sink == null || sink.equals(sinkName));
  }

  /**
   * The incremental sources that are meant.
   *
   * @throws InputException when the named one is none
   */
  List<NodeConfig> sources(OpenConfig open) {
    List<NodeConfig> all = open.incrementalSources();
    if (all.isEmpty()) {
      throw new InputException(
          "config `" + open.config().name() + "` has no source that is read in increments", null);
    }
    if (source == null) {
      return all;
    }
    List<NodeConfig> named = all.stream().filter(node -> node.name().equals(source)).toList();
    if (named.isEmpty()) {
      throw unknown("incremental source", source, all);
    }
    return named;
  }

  /**
   * The sinks that are meant, of those that a source feeds.
   *
   * @throws InputException when the named one is none of them
   */
  List<NodeConfig> sinks(Graph graph, NodeConfig fed) {
    List<NodeConfig> all =
        graph.nodes().stream()
            .filter(node -> node.kind() == Spec.Kind.SINK)
            .filter(node -> graph.upTo(node.name()).nodes().contains(fed))
            .toList();
    if (sink == null) {
      return all;
    }
    List<NodeConfig> named = all.stream().filter(node -> node.name().equals(sink)).toList();
    if (named.isEmpty()) {
      throw unknown("sink of source `" + fed.name() + "`", sink, all);
    }
    return named;
  }

  private static InputException unknown(String kind, String name, List<NodeConfig> valid) {
    List<String> names = valid.stream().map(NodeConfig::name).toList();
    return new InputException(
        "`" + name + "` is no " + kind,
        Suggestions.nearest(name, names)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("valid here: " + String.join(", ", names)));
  }

  /**
   * Keeps runs of a config away.
   *
   * @throws TransientException when one goes on
   */
  static RunLock lock(Warehouse warehouse, String config) {
    Optional<RunLock> lock = warehouse.tryLock(config, "state-" + ProcessHandle.current().pid());
    return lock.orElseThrow(
        () ->
            new TransientException(
                "config `"
                    + config
                    + "` is being run ("
                    + warehouse.lockHolder(config).orElse("another run")
                    + "); its cursors can be changed when it has ended"));
  }
}
