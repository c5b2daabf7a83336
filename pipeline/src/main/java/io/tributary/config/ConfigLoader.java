package io.tributary.config;

import io.tributary.config.ConfigBinder.BoundConfig;
import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.spec.Catalog;
import io.tributary.spec.Code;
import io.tributary.spec.ConfigKeys;
import io.tributary.spec.Environment;
import io.tributary.spec.Severity;
import io.tributary.spec.Suggestions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads configs: parses the file, replaces references, and binds keys and values by the specs of
 * modules. All mistakes are collected. Immutable; may be used for many files.
 */
public final class ConfigLoader {
  private static final Pattern LOOKS_LIKE_CONFIG =
      Pattern.compile("(^|[\\s{,\"'])(sources|sinks)[\"']?\\s*:");

  private final Catalog catalog;
  private final Environment environment;
  private final Options options;
  private final Limits limits;

  /**
   * What the command line says beside the file.
   *
   * @param args values of {@code ${args.x}} by name
   * @param profile the file of connection profiles; null to look for {@code .connections.json}
   *     beside the config and in the working directory
   * @param sets values by path, such as {@code sinks.revenue.mode}
   * @param variablesRequired whether a variable without value, or a profile that is not known, is
   *     an error, not only a warning
   */
  public record Options(
      Map<String, String> args,
      @Nullable Path profile,
      Map<String, String> sets,
      boolean variablesRequired) {
    /** Nothing besides the file; variables may be unset. */
    public static final Options NONE = new Options(Map.of(), null, Map.of(), false);

    public Options {
      args = Map.copyOf(args);
      sets = Map.copyOf(sets);
    }
  }

  /**
   * What a file holds.
   *
   * @param file as the user named it
   * @param config null when there are errors, or values that are not known
   * @param diagnostics of the file and those it refers to
   * @param isConfig whether the file is a config, or may be one that cannot be read or parsed
   * @param outlines its nodes as far as they could be understood
   */
  public record Loaded(
      String file,
      @Nullable PipelineConfig config,
      Diagnostics diagnostics,
      boolean isConfig,
      List<Outline> outlines,
      TestSuite tests) {
    public Loaded {
      outlines = List.copyOf(outlines);
    }

    private static Loaded nothing(String file, Diagnostics diagnostics, boolean isConfig) {
      return new Loaded(file, null, diagnostics, isConfig, List.of(), TestSuite.NONE);
    }
  }

  public ConfigLoader(Catalog catalog, Environment environment, Options options) {
    this.catalog = catalog;
    this.environment = environment;
    this.options = options;
    this.limits = Limits.DEFAULT;
  }

  /** Never throws for what a user wrote. */
  public Loaded load(Path path) {
    String file = path.toString();
    Diagnostics diagnostics = new Diagnostics();
    Reporter reporter = new Reporter(diagnostics);
    FileReader files = new FileReader(limits, reporter);
    byte[] bytes = files.bytes(path, file);
    SourceText source = bytes == null ? null : files.text(bytes, file);
    if (source == null) {
      return Loaded.nothing(file, diagnostics, bytes == null || looksLikeConfig(bytes));
    }
    boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
    Node document = DocumentParser.parse(source, json, limits, reporter);
    if (document == null && diagnostics.errors() > 0) {
      return Loaded.nothing(file, diagnostics, looksLikeConfig(bytes));
    }
    if (!(document instanceof Mapping root)
        || root.get("sources") == null && root.get("sinks") == null) {
      reporter.error(
          Code.TR013,
          new Extent(source, 0, 0),
          "this is not a config: it has neither `sources` nor `sinks`",
          "write a map with `sources` and `sinks`");
      return Loaded.nothing(file, diagnostics, false);
    }
    return bind(path, new Overrides(reporter).apply(root, options.sets()), bytes, reporter);
  }

  private Loaded bind(Path path, Mapping root, byte[] bytes, Reporter reporter) {
    String file = path.toString();
    Path folder = path.toAbsolutePath().normalize().getParent();
    References references = references(root, reporter);
    Values values = new Values(references);
    values.resolveAll(root);
    Path parent = path.getParent();
    String folderName = parent == null ? "" : parent + "/";
    PlainValues plain =
        new PlainValues(reporter, values, folder, folderName, new FileReader(limits, reporter));
    KeyBinder keys = new KeyBinder(reporter, values, plain);
    Profiles profiles =
        new Profiles(
            reporter,
            values,
            keys,
            limits,
            options.profile(),
            options.variablesRequired(),
            List.of(folder, environment.directory()));
    profiles.readGiven();
    NodeBinder nodes = new NodeBinder(catalog, reporter, values, keys, profiles);
    String fileName = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    BoundConfig bound = new ConfigBinder(reporter, keys, nodes, root).bind(fileName);
    Set<String> knownArgs = knownArgs(root, references);
    List<TestConfig> tests = new TestBinder(reporter, values, keys, plain, knownArgs).bind(root);
    checkArgs(knownArgs, reporter);
    PipelineConfig known =
        reporter.diagnostics().errors() == 0
            ? config(file, folder.toString(), fileName, hash(bytes), bound)
            : null;
    boolean complete = bound.configs().size() == bound.outlines().size();
    TestSuite suite = new TestSuite(tests, known);
    return new Loaded(
        file, complete ? known : null, reporter.diagnostics(), true, bound.outlines(), suite);
  }

  private static PipelineConfig config(
      String file, String folder, String fileName, String hash, BoundConfig bound) {
    String name = bound.top().find(ConfigKeys.NAME);
    return new PipelineConfig(
        file,
        folder,
        name == null ? fileName : name,
        bound.top().find(ConfigKeys.DESCRIPTION),
        hash,
        bound.timezone(),
        bound.schedule(),
        bound.errors(),
        bound.configs());
  }

  /** References with the values of arguments: the command line's, else the defaults of the file. */
  private References references(Mapping root, Reporter reporter) {
    Severity missing = options.variablesRequired() ? Severity.ERROR : Severity.WARNING;
    Map<String, String> args = new HashMap<>();
    Node declared = root.get("args");
    if (declared instanceof Mapping mapping) {
      References environmentOnly = new References(environment, Map.of(), missing, reporter);
      for (Entry entry : mapping.entries().values()) {
        if (!(entry.value() instanceof Scalar scalar)) {
          reporter.error(
              Code.TR104,
              entry.value().extent(),
              "expected a single value as default, found " + entry.value().describe(),
              "write text, a number, true or false");
        } else if (scalar.value() != null && !options.args().containsKey(entry.key().text())) {
          Resolved value = environmentOnly.resolve(ScalarLayout.of(scalar));
          if (value.isKnown()) {
            args.put(entry.key().text(), value.text().text());
          }
        }
      }
    } else if (declared != null && !(declared instanceof Scalar scalar && scalar.value() == null)) {
      reporter.error(
          Code.TR104,
          declared.extent(),
          "expected a map, found " + declared.describe(),
          "write names of arguments and their defaults below `args`");
    }
    args.putAll(options.args());
    return new References(environment, args, missing, reporter);
  }

  /** Names of arguments that the config declares or uses. */
  private static Set<String> knownArgs(Mapping root, References references) {
    Set<String> known = new TreeSet<>(references.usedArgs());
    if (root.get("args") instanceof Mapping declared) {
      known.addAll(declared.entries().keySet());
    }
    return known;
  }

  /** Unknown arguments are the lines of a text, so that each has its place. */
  private void checkArgs(Set<String> known, Reporter reporter) {
    Set<String> unknown = new TreeSet<>(options.args().keySet());
    unknown.removeAll(known);
    SourceText lines = new SourceText("--arg", String.join("\n", unknown));
    List<String> names = new ArrayList<>(known);
    int start = 0;
    for (String name : unknown) {
      int end = start + name.codePointCount(0, name.length());
      reporter.error(
          Code.TR126,
          new Extent(lines, start, end),
          "the config has no argument `" + name + "`",
          Suggestions.nearest(name, names)
              .map(word -> "did you mean `" + word + "`?")
              .orElse("remove it, or use it as `${args." + name + "}`"),
          names);
      start = end + 1;
    }
  }

  private static boolean looksLikeConfig(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    return LOOKS_LIKE_CONFIG.matcher(text).find();
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
