package io.tributary.config;

import io.tributary.config.KeyBinder.Bound;
import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.config.Node.Sequence;
import io.tributary.config.NodeBinder.BoundNode;
import io.tributary.spec.Arguments;
import io.tributary.spec.Code;
import io.tributary.spec.ConfigKeys;
import io.tributary.spec.Field;
import io.tributary.spec.IncrementalKeys;
import io.tributary.spec.Spec;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the document of a config into the config: its own keys here, nodes by their modules. */
final class ConfigBinder {
  static final List<String> LISTS = List.of("sources", "transforms", "sinks");

  private final Reporter reporter;
  private final KeyBinder keys;
  private final NodeBinder nodes;
  private final Mapping root;

  ConfigBinder(Reporter reporter, KeyBinder keys, NodeBinder nodes, Mapping root) {
    this.reporter = reporter;
    this.keys = keys;
    this.nodes = nodes;
    this.root = root;
  }

  /**
   * @param schedule null when there is none
   * @param configs of the nodes that are all right
   */
  record BoundConfig(
      Arguments top,
      ZoneId timezone,
      @Nullable Schedule schedule,
      ErrorPolicy errors,
      List<Outline> outlines,
      List<NodeConfig> configs) {}

  BoundConfig bind(String fileName) {
    Set<String> meant = checkKeys();
    Bound top = keys.bind(root, ConfigKeys.TOP, "the config", Set.of());
    warnOfJobName();
    List<Outline> outlines = new ArrayList<>();
    List<NodeConfig> configs = new ArrayList<>();
    bindNodes(Spec.Kind.SOURCE, meant, outlines, configs);
    bindNodes(Spec.Kind.TRANSFORM, meant, outlines, configs);
    bindNodes(Spec.Kind.SINK, meant, outlines, configs);
    checkNames(outlines);
    warnOfZone(outlines);
    ZoneId timezone = top.arguments().get(ConfigKeys.TIMEZONE);
    String name = top.arguments().find(ConfigKeys.NAME);
    return new BoundConfig(
        top.arguments(),
        timezone,
        schedule(name == null ? fileName : name, timezone),
        errors(),
        outlines,
        configs);
  }

  /** Reports wrong keys; the keys that were probably meant. */
  private Set<String> checkKeys() {
    Map<String, Entry> rest = new LinkedHashMap<>(root.entries());
    rest.remove("$schema"); // names the JSON Schema to editors
    for (String key : ConfigKeys.LATER) {
      Entry entry = rest.remove(key);
      if (entry != null) {
        reporter.error(
            Code.TR127,
            entry.key().extent(),
            "`" + key + "` is not carried out by this version",
            "remove it");
      }
    }
    return keys.unknown(
        new Mapping(root.extent(), rest), ConfigKeys.TOP, ConfigKeys.SECTIONS, "the config");
  }

  private void warnOfJobName() {
    Entry entry = root.entries().get(ConfigKeys.JOB_NAME.name());
    if (entry != null) {
      reporter.warning(
          Code.TR127,
          entry.key().extent(),
          "`job_name` names a Dataflow job; this version runs locally and does not use it",
          null);
    }
  }

  /** The predecessor meant another zone than UTC, and such intervals end at midnight. */
  private void warnOfZone(List<Outline> outlines) {
    if (root.get(ConfigKeys.TIMEZONE.name()) != null) {
      return;
    }
    for (Outline outline : outlines) {
      if (outline.incremental() != null && outline.incremental().interval() != null) {
        outline
            .problems()
            .at(IncrementalKeys.INTERVAL_FROM)
            .warning(
                Code.TR129,
                "the config has no `timezone`, so `"
                    + outline.incremental().interval()
                    + "` is counted in UTC",
                "add `timezone` with the zone in which days are meant, such as Asia/Tokyo, or UTC");
      }
    }
  }

  private void bindNodes(
      Spec.Kind kind, Set<String> meant, List<Outline> outlines, List<NodeConfig> configs) {
    String list = kind + "s";
    Entry entry = root.entries().get(list);
    boolean isNothing =
        entry == null || entry.value() instanceof Scalar scalar && scalar.value() == null;
    if (!isNothing && !(entry.value() instanceof Sequence)) {
      reporter.error(
          Code.TR104,
          entry.value().extent(),
          "expected a list of nodes, found " + entry.value().describe(),
          "write a list of maps with `name`, `module` and `parameters`");
      outlines.add(nodes.unknown(kind, entry.value()));
      return;
    }
    List<Node> items = isNothing ? List.of() : ((Sequence) entry.value()).items();
    if (items.isEmpty() && kind != Spec.Kind.TRANSFORM && !meant.contains(list)) {
      reporter.error(
          Code.TR101,
          entry == null ? firstKey() : entry.key().extent(),
          "the config has no " + kind,
          "add at least one to `" + list + "`");
      outlines.add(nodes.unknown(kind, root));
    }
    for (Node item : items) {
      if (item instanceof Mapping node) {
        BoundNode bound = nodes.bind(kind, node);
        outlines.add(bound.outline());
        if (bound.config() != null) {
          configs.add(bound.config());
        }
      } else {
        reporter.error(
            Code.TR104,
            item.extent(),
            "expected a " + kind + " as a map, found " + item.describe(),
            "write a map with `name`, `module` and `parameters`");
        outlines.add(nodes.unknown(kind, item));
      }
    }
  }

  private Extent firstKey() {
    return root.entries().values().iterator().next().key().extent();
  }

  private void checkNames(List<Outline> outlines) {
    Map<String, Outline> first = new HashMap<>();
    for (Outline outline : outlines) {
      Outline other = outline.name() == null ? null : first.putIfAbsent(outline.name(), outline);
      if (other != null) {
        outline
            .problems()
            .at("name")
            .error(
                Code.TR109,
                "the name `"
                    + outline.name()
                    + "` is used twice: a "
                    + other.kind()
                    + " has it, too",
                "give each node a name of its own");
      }
    }
  }

  private @Nullable Schedule schedule(String configName, ZoneId configZone) {
    Arguments in = section("schedule", ConfigKeys.SCHEDULE);
    if (in == null) {
      return null;
    }
    String name = in.find(ConfigKeys.SCHEDULE_NAME);
    ZoneId zone = in.find(ConfigKeys.SCHEDULE_TIMEZONE);
    return new Schedule(
        name == null ? configName : name,
        in.get(ConfigKeys.CRON),
        in.get(ConfigKeys.ENABLE),
        zone == null ? configZone : zone);
  }

  /** A limit that is not given is no limit when the other one is. */
  private ErrorPolicy errors() {
    Arguments in = section("errors", ConfigKeys.ERRORS);
    if (in == null || !in.has(ConfigKeys.MAX_RATE) && !in.has(ConfigKeys.MAX_ROWS)) {
      return ErrorPolicy.NONE;
    }
    Double rate = in.find(ConfigKeys.MAX_RATE);
    Long rows = in.find(ConfigKeys.MAX_ROWS);
    return new ErrorPolicy(rate == null ? 1 : rate, rows == null ? Long.MAX_VALUE : rows);
  }

  /** The values of a map at the top; null when it is not there or not right. */
  private @Nullable Arguments section(String key, List<Field<?>> fields) {
    Node node = root.get(key);
    if (node == null || node instanceof Scalar scalar && scalar.value() == null) {
      return null;
    }
    if (!(node instanceof Mapping mapping)) {
      reporter.error(
          Code.TR104,
          node.extent(),
          "expected a map, found " + node.describe(),
          "write the keys of `" + key + "` below it");
      return null;
    }
    String owner = "`" + key + "`";
    Set<String> meant = keys.unknown(mapping, fields, List.of(), owner);
    Bound bound = keys.bind(mapping, fields, owner, meant);
    return bound.isComplete() ? bound.arguments() : null;
  }
}
