package io.tributary.config;

import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Severity;
import io.tributary.spec.Spec;
import io.tributary.spec.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of connection profiles: a map from names to keys that are merged below the parameters of
 * nodes which name the profile. Read when the first node asks for it.
 */
final class Profiles {
  static final String DEFAULT_FILE = ".connections.json";

  private final Reporter reporter;
  private final Values values;
  private final KeyBinder binder;
  private final Limits limits;
  private final @Nullable Path given;
  private final boolean required;
  private final @Nullable Path found;
  private @Nullable Mapping entries;
  private boolean read;
  private boolean broken;

  /**
   * @param given the file named by the user; null to look for the default one in the folders
   * @param required whether a profile that is not known is an error also without a named file
   */
  Profiles(
      Reporter reporter,
      Values values,
      KeyBinder binder,
      Limits limits,
      @Nullable Path given,
      boolean required,
      List<Path> folders) {
    this.reporter = reporter;
    this.values = values;
    this.binder = binder;
    this.limits = limits;
    this.given = given;
    this.required = required;
    this.found =
        given != null
            ? given
            : folders.stream()
                .map(folder -> folder.resolve(DEFAULT_FILE))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
  }

  /** Reads the file that the user named even if no node asks for it: it must be right. */
  void readGiven() {
    if (given != null) {
      read();
    }
  }

  /**
   * The keys of a profile.
   *
   * @param meant fields whose keys were probably mistyped, which was reported
   */
  record Profile(Mapping keys, Set<String> meant) {}

  /** A profile for a module; null when it is not known, which was then reported. */
  @Nullable Profile find(Scalar reference, Spec<?> spec) {
    Resolved name = values.resolve(reference);
    if (!name.isKnown()) {
      return null;
    }
    read();
    if (broken) {
      return null;
    }
    Node profile = entries == null ? null : entries.get(name.text().text());
    if (profile == null) {
      unknown(reference, name.text().text());
      return null;
    }
    if (!(profile instanceof Mapping mapping)) {
      reporter.error(
          Code.TR104,
          profile.extent(),
          "expected a map of keys, found " + profile.describe(),
          "write the keys of the connection, such as host and user");
      return null;
    }
    values.resolveAll(mapping);
    List<Field<?>> fields =
        spec.fields().stream().filter(field -> !field.name().equals("profile")).toList();
    return new Profile(
        mapping,
        binder.unknown(mapping, fields, List.of(), "profile `" + name.text().text() + "`"));
  }

  private void unknown(Scalar reference, String name) {
    List<String> names = entries == null ? List.of() : List.copyOf(entries.entries().keySet());
    String place =
        found == null ? "there is no " + DEFAULT_FILE : "it is not in " + found.getFileName();
    String fix =
        Suggestions.nearest(name, names)
            .map(word -> "did you mean `" + word + "`?")
            .orElse("add it to the file, or name the file with --profile");
    reporter.report(
        given == null && !required ? Severity.WARNING : Severity.ERROR,
        Code.TR115,
        reference.extent(),
        "unknown profile `" + name + "`: " + place,
        fix);
  }

  private void read() {
    if (read || found == null) {
      return;
    }
    read = true;
    String file = found.toString();
    FileReader files = new FileReader(limits, reporter);
    byte[] bytes = files.bytes(found, file);
    SourceText source = bytes == null ? null : files.text(bytes, file);
    boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
    int before = reporter.diagnostics().errors();
    Node root = source == null ? null : DocumentParser.parse(source, json, limits, reporter);
    if (root instanceof Mapping mapping) {
      entries = mapping;
    } else if (source != null && reporter.diagnostics().errors() == before) {
      reporter.error(
          Code.TR104,
          new Extent(source, 0, 0),
          "a file of profiles is a map from names to connection keys",
          null);
    }
    broken = entries == null;
  }
}
