package io.tributary.config;

import io.tributary.config.KeyBinder.Bound;
import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.config.Profiles.Profile;
import io.tributary.spec.Arguments;
import io.tributary.spec.Catalog;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Incremental;
import io.tributary.spec.IncrementalKeys;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Spec;
import io.tributary.spec.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns an item of {@code sources}, {@code transforms} or {@code sinks} into a node, by the spec of
 * its module. Keys may stand in the item or in its {@code parameters}, which win.
 */
final class NodeBinder {
  private static final Set<String> OWN = Set.of("name", "module", "description", "parameters");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  private final Catalog catalog;
  private final Reporter reporter;
  private final Values values;
  private final KeyBinder binder;
  private final Profiles profiles;

  NodeBinder(
      Catalog catalog, Reporter reporter, Values values, KeyBinder binder, Profiles profiles) {
    this.catalog = catalog;
    this.reporter = reporter;
    this.values = values;
    this.binder = binder;
    this.profiles = profiles;
  }

  /**
   * @param config null when something in the node is wrong or not known
   */
  record BoundNode(Outline outline, @Nullable NodeConfig config) {}

  BoundNode bind(Spec.Kind kind, Mapping node) {
    Extent place = node.get("name") instanceof Scalar scalar ? scalar.extent() : node.extent();
    String name = name(kind, node, place);
    Spec<?> spec = module(kind, node, place);
    Mapping keys = merged(node);
    Scalar reference = spec == null ? null : profile(spec, keys);
    Profile profile = reference == null ? null : profiles.find(reference, spec);
    Map<String, Entry> all = new LinkedHashMap<>();
    if (profile != null) {
      all.putAll(profile.keys().entries());
    }
    Mapping everything = everything(node, keys, all, place);
    Problems problems = new DocumentProblems(reporter, values, everything);
    List<String> inputs = NodeInputs.read(keys, values, reporter);
    Object parameters = null;
    Arguments known = null;
    Incremental incremental = null;
    if (spec != null) {
      String owner =
          kind + (name == null ? "" : " `" + name + "`") + " (module " + spec.name() + ")";
      Set<String> excused = excused(spec, reference, profile);
      excused.addAll(unknown(spec, keys, owner));
      all.putAll(keys.entries());
      int before = reporter.diagnostics().errors();
      Bound bound = binder.bind(new Mapping(place, all), spec.fields(), owner, excused);
      known = bound.arguments();
      incremental = incremental(spec, known, new Mapping(place, all), problems);
      Set<String> doubtful = new HashSet<>(excused);
      doubtful.addAll(bound.doubtful());
      parameters = parameters(spec, known, doubtful, problems, before);
    }
    Outline outline =
        new Outline(
            name,
            kind,
            spec == null || spec.severalInputs(),
            parameters,
            known,
            inputs,
            problems,
            isSwitchedOn(keys),
            incremental);
    boolean usable = name != null && spec != null && parameters != null && inputs != null;
    return new BoundNode(
        outline,
        usable
            ? new NodeConfig(
                name, spec, parameters, inputs, place.span().line(), problems, incremental)
            : null);
  }

  /** What takes the place of a node, or of a whole list, that cannot be understood at all. */
  Outline unknown(Spec.Kind kind, Node place) {
    return new Outline(
        null,
        kind,
        true,
        null,
        null,
        null,
        new DocumentProblems(reporter, values, place),
        false,
        null);
  }

  private @Nullable String name(Spec.Kind kind, Mapping node, Extent place) {
    String name = text(node, "name", kind, place);
    if (name != null && !NAME.matcher(name).matches()) {
      reporter.error(
          Code.TR124,
          node.entries().get("name").value().extent(),
          "`" + name + "` is not a valid name",
          "begin with a letter or `_`, and go on with letters, digits, `_` and `-`");
      return null;
    }
    return name;
  }

  private @Nullable Spec<?> module(Spec.Kind kind, Mapping node, Extent place) {
    String module = text(node, "module", kind, place);
    if (module == null) {
      return null;
    }
    Spec<?> spec = catalog.find(kind, module).orElse(null);
    if (spec == null) {
      unknownModule(kind, module, (Scalar) node.entries().get("module").value());
    }
    return spec;
  }

  private void unknownModule(Spec.Kind kind, String module, Scalar place) {
    List<String> names = catalog.all(kind).stream().<String>map(Spec::name).sorted().toList();
    for (Spec.Kind other : Spec.Kind.values()) {
      if (catalog.find(other, module).isPresent()) {
        reporter.error(
            Code.TR103,
            place.extent(),
            "module `" + module + "` is a " + other + ", not a " + kind,
            "move the node to `" + other + "s`, or use a " + kind,
            names);
        return;
      }
    }
    String message = "unknown module `" + module + "` of a " + kind;
    Suggestions.nearest(module, names)
        .ifPresentOrElse(
            word ->
                reporter.replaceable(
                    Severity.ERROR,
                    Code.TR103,
                    place.extent(),
                    message,
                    place.inner(),
                    word,
                    names),
            () -> reporter.error(Code.TR103, place.extent(), message, null, names));
  }

  /** The text of a required key; null after reporting what is wrong, or when it is not known. */
  private @Nullable String text(Mapping node, String key, Spec.Kind kind, Extent place) {
    Node value = node.get(key);
    if (value == null || value instanceof Scalar scalar && scalar.value() == null) {
      reporter.error(
          Code.TR101,
          value == null ? place : node.entries().get(key).key().extent(),
          "key `" + key + "` is missing in a " + kind,
          "add `" + key + "`");
      return null;
    }
    if (!(value instanceof Scalar scalar)) {
      reporter.error(
          Code.TR104, value.extent(), "expected text, found " + value.describe(), "write text");
      return null;
    }
    Resolved resolved = values.resolve(scalar);
    return resolved.isKnown() ? resolved.text().text() : null;
  }

  private Mapping merged(Mapping node) {
    Map<String, Entry> keys = new LinkedHashMap<>();
    node.entries()
        .forEach(
            (key, entry) -> {
              if (!OWN.contains(key)) {
                keys.put(key, entry);
              }
            });
    Node parameters = node.get("parameters");
    if (parameters instanceof Mapping mapping) {
      for (Entry entry : mapping.entries().values()) {
        Entry other = keys.put(entry.key().text(), entry);
        if (other != null) {
          reporter.warning(
              Code.TR118,
              other.key().extent(),
              "key `" + other.key().text() + "` stands in `parameters`, too, which wins",
              "remove one of the two");
        }
      }
    } else if (parameters != null
        && !(parameters instanceof Scalar scalar && scalar.value() == null)) {
      reporter.error(
          Code.TR104,
          parameters.extent(),
          "expected a map, found " + parameters.describe(),
          "write the module's keys below `parameters`");
    }
    return new Mapping(node.extent(), keys);
  }

  /** The key that names a profile; null when there is none. */
  private static @Nullable Scalar profile(Spec<?> spec, Mapping keys) {
    Node value = spec.field("profile").isPresent() ? keys.get("profile") : null;
    return value instanceof Scalar scalar && scalar.value() != null ? scalar : null;
  }

  /** Fields whose absence is not reported: a profile that is not known may hold any of them. */
  private static Set<String> excused(
      Spec<?> spec, @Nullable Scalar reference, @Nullable Profile profile) {
    Set<String> excused = new HashSet<>();
    if (profile != null) {
      excused.addAll(profile.meant());
    } else if (reference != null) {
      spec.fields().forEach(field -> excused.add(field.name()));
    }
    return excused;
  }

  /**
   * All keys of a node in one map, for problems: those of its profile and its own, too, and both
   * names of inputs.
   */
  private static Mapping everything(
      Mapping node, Mapping keys, Map<String, Entry> profile, Extent place) {
    Map<String, Entry> all = new LinkedHashMap<>(profile);
    all.putAll(node.entries());
    all.putAll(keys.entries());
    for (String key : NodeInputs.KEYS) {
      Entry entry = keys.entries().get(key);
      if (entry != null) {
        NodeInputs.KEYS.forEach(either -> all.putIfAbsent(either, entry));
      }
    }
    return new Mapping(place, all);
  }

  /** How a source is read in increments; null when it is not, or after reporting what is wrong. */
  private static @Nullable Incremental incremental(
      Spec<?> spec, Arguments known, Mapping keys, Problems problems) {
    if (!spec.isIncremental()) {
      return null;
    }
    List<String> given =
        IncrementalKeys.ALL.stream().map(Field::name).filter(keys.entries()::containsKey).toList();
    return IncrementalKeys.of(known, given, problems);
  }

  private static boolean isSwitchedOn(Mapping keys) {
    Node on = keys.get(IncrementalKeys.INCREMENTAL.name());
    return on != null && !(on instanceof Scalar scalar && isOff(scalar));
  }

  private static boolean isOff(Scalar scalar) {
    return scalar.value() == null || Boolean.FALSE.equals(scalar.value());
  }

  /**
   * Null when something is wrong or not known. What the module says then is heard as far as it is
   * not about fields that are wrong, or are meant by a key that has another name: to it they are
   * absent.
   */
  private @Nullable Object parameters(
      Spec<?> spec, Arguments known, Set<String> doubtful, Problems problems, int before) {
    if (doubtful.isEmpty()) {
      Object made = spec.factory().apply(known, problems);
      return reporter.diagnostics().errors() > before ? null : made;
    }
    if (spec.fields().stream().allMatch(field -> !field.isRequired() || known.has(field))) {
      Object unused = spec.factory().apply(known, new UndoubtedProblems(problems, doubtful));
    }
    return null;
  }

  /** Reports unknown keys; the keys that were probably meant. */
  private Set<String> unknown(Spec<?> spec, Mapping keys, String owner) {
    List<String> more = new ArrayList<>();
    Map<String, Entry> rest = new LinkedHashMap<>(keys.entries());
    NodeInputs.KEYS.forEach(rest::remove);
    if (spec.kind() != Spec.Kind.SOURCE) {
      more.add("input");
    } else {
      for (Field<?> field : IncrementalKeys.ALL) {
        Entry entry = spec.field(field.name()).isPresent() ? null : rest.remove(field.name());
        if (entry != null) {
          notIncremental(spec, entry, keys);
        }
      }
    }
    return binder.unknown(new Mapping(keys.extent(), rest), spec.fields(), more, owner);
  }

  /** Old files may say that a source is not incremental; with it, the other keys mean nothing. */
  private void notIncremental(Spec<?> spec, Entry entry, Mapping keys) {
    boolean isSwitch = entry.key().text().equals(IncrementalKeys.INCREMENTAL.name());
    Node on = keys.get(IncrementalKeys.INCREMENTAL.name());
    boolean off = on instanceof Scalar scalar && isOff(scalar);
    if (!off && (isSwitch || on == null)) {
      List<String> able =
          catalog.all(Spec.Kind.SOURCE).stream()
              .filter(Spec::isIncremental)
              .<String>map(Spec::name)
              .toList();
      reporter.error(
          Code.TR128,
          entry.key().extent(),
          "module `" + spec.name() + "` cannot read in increments",
          "remove the key, or read with one of: " + String.join(", ", able));
    }
  }
}
