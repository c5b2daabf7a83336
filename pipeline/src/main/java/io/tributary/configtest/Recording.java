package io.tributary.configtest;

import io.tributary.config.ConfigEdit;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.Correction;
import io.tributary.config.NodeConfig;
import io.tributary.config.Outline;
import io.tributary.config.TestConfig;
import io.tributary.config.TypedRows;
import io.tributary.configtest.TestResult.Status;
import io.tributary.failure.PermanentException;
import io.tributary.plan.Preview;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.SchemaText;
import io.tributary.spec.Arguments;
import io.tributary.spec.Environment;
import io.tributary.spec.Secret;
import io.tributary.spec.Spec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a test of real rows: they become the mocks, and what comes of them on the way to the sinks
 * what is expected. No secret is written. Used once.
 */
public final class Recording {
  private final Loaded loaded;
  private final ConfigTests tests;
  private final Map<String, NodeConfig> nodes = new LinkedHashMap<>();
  private final Map<String, TypedRows> mocks = new LinkedHashMap<>();
  private final Masks masks;

  /**
   * @param loaded the config, without errors
   * @param hidden columns whose values are not to be written
   */
  public Recording(Loaded loaded, ConfigTests tests, Environment environment, Set<String> hidden) {
    this.loaded = loaded;
    this.tests = tests;
    Objects.requireNonNull(loaded.config()).nodes().forEach(node -> nodes.put(node.name(), node));
    this.masks = new Masks(hidden, secrets(loaded, environment));
  }

  private static List<String> secrets(Loaded loaded, Environment environment) {
    List<String> texts = new ArrayList<>();
    for (Outline node : loaded.outlines()) {
      Arguments known = node.known();
      for (Secret secret : known == null ? List.<Secret>of() : known.secrets()) {
        revealed(secret, environment).ifPresent(texts::add);
      }
    }
    return texts;
  }

  /** A secret that is nowhere cannot occur in a row. */
  private static Optional<String> revealed(Secret secret, Environment environment) {
    try {
      return Optional.of(secret.reveal(environment));
    } catch (PermanentException e) {
      return Optional.empty();
    }
  }

  /** Takes rows of a node as its mock. */
  public void add(Preview preview) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Row row : preview.rows()) {
      List<@Nullable Object> values = PlainValue.of(row);
      Map<String, @Nullable Object> masked = new LinkedHashMap<>();
      for (int i = 0; i < values.size(); i++) {
        Column column = preview.schema().column(i);
        Object value = masks.value(column, values.get(i));
        if (value != null) {
          masked.put(column.name(), value);
        }
      }
      rows.add(masked);
    }
    mocks.put(preview.node(), new TypedRows(SchemaText.plain(preview.schema()), rows));
  }

  /**
   * Sources without which no sink, or none of those that read a recorded node, can be computed;
   * empty if all is there.
   */
  public Set<String> missingSources() {
    Set<String> missing = new LinkedHashSet<>();
    for (String mock : mocks.keySet()) {
      boolean used = false;
      Set<String> others = new LinkedHashSet<>();
      for (NodeConfig sink : sinks()) {
        Set<String> read = new LinkedHashSet<>();
        Set<String> unmocked = new LinkedHashSet<>();
        follow(sink.name(), read, unmocked);
        if (read.contains(mock)) {
          used |= unmocked.isEmpty();
          others.addAll(unmocked);
        }
      }
      if (!used) {
        missing.addAll(others);
      }
    }
    return missing;
  }

  private List<NodeConfig> sinks() {
    return nodes.values().stream().filter(node -> node.kind() == Spec.Kind.SINK).toList();
  }

  private void follow(String name, Set<String> read, Set<String> unmocked) {
    if (!read.add(name) || mocks.containsKey(name)) {
      return;
    }
    NodeConfig node = nodes.get(name);
    if (node.kind() == Spec.Kind.SOURCE) {
      unmocked.add(name);
    }
    node.inputs().forEach(input -> follow(input, read, unmocked));
  }

  /**
   * Adds the test to the file of the config; returns its name.
   *
   * @throws PermanentException when the test would not pass; the file is then as it was
   */
  public String write() throws IOException {
    Path file = Path.of(loaded.file()).toRealPath();
    String name = name();
    Map<String, List<Map<String, @Nullable Object>>> expected = new LinkedHashMap<>();
    observed().forEach(node -> expected.put(node, List.of()));
    TestResult first = run(file, edited(file, name, expected, Map.of()), name, false);
    for (Correction correction : first.corrections()) {
      expected.put(correction.node(), correction.rows());
    }
    run(file, edited(file, name, expected, first.rejected()), name, true);
    return name;
  }

  /** What sinks read; a sink itself where it reads a mock. */
  private Set<String> observed() {
    Set<String> observed = new LinkedHashSet<>();
    for (NodeConfig sink : sinks()) {
      Set<String> read = new LinkedHashSet<>();
      Set<String> unmocked = new LinkedHashSet<>();
      follow(sink.name(), read, unmocked);
      if (unmocked.isEmpty()) {
        String input = sink.inputs().get(0);
        observed.add(mocks.containsKey(input) ? sink.name() : input);
      }
    }
    return observed;
  }

  private String name() {
    String name = "recorded rows of " + String.join(", ", mocks.keySet());
    Set<String> taken = new LinkedHashSet<>();
    loaded.tests().tests().stream().map(TestConfig::name).forEach(taken::add);
    int number = 2;
    String free = name;
    while (taken.contains(free)) {
      free = name + " (" + number++ + ")";
    }
    return free;
  }

  private byte[] edited(
      Path file,
      String name,
      Map<String, List<Map<String, @Nullable Object>>> expected,
      Map<String, Integer> rejected)
      throws IOException {
    ConfigEdit edit = ConfigEdit.of(file);
    edit.append(name, mocks, expected, rejected);
    return edit.bytes();
  }

  /**
   * Runs the test as it would stand in the file.
   *
   * @param last whether it must pass, and then takes its place in the file
   */
  private TestResult run(Path file, byte[] bytes, String name, boolean last) throws IOException {
    EditedFile edited = EditedFile.beside(file, bytes);
    try {
      FileResult result = tests.run(edited.path(), name::equals);
      boolean runs = result.tests().size() == 1 && result.count(Status.BROKEN) == 0;
      if (!runs || last && result.count(Status.PASSED) == 0) {
        throw new PermanentException(
            file
                + ": the recorded rows cannot be written as a test that passes; the file is as it"
                + " was");
      }
      if (last) {
        edited.replace(file);
      }
      return result.tests().get(0);
    } finally {
      edited.delete();
    }
  }
}
