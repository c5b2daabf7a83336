package io.tributary.graph;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.Diagnostic;
import io.tributary.config.DiagnosticGithub;
import io.tributary.config.DiagnosticJson;
import io.tributary.config.DiagnosticText;
import io.tributary.config.Span;
import io.tributary.config.TestCatalog;
import io.tributary.spec.Code;
import io.tributary.spec.Environment;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a file, the answer is diagnostics with places in it, never an exception. */
class LintFuzzTest {
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ",",
    "\"",
    "'",
    "#",
    " #",
    "|",
    ">",
    "&a ",
    "*a",
    "!!str ",
    "!x ",
    "<<: ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "  ",
    "- ",
    "? ",
    "${env:X}",
    "${",
    "$${",
    "${args.day}",
    "${secret:x}",
    "null",
    "true",
    "0x1F",
    "1e999999999",
    ".nan",
    "-",
    "\\",
    "\\u12",
    "\uD83D\uDE00",
    "\u0085",
    "\u2028",
    "\uFEFF",
    "/*",
    "//",
    "query.sql",
    "~",
    "@",
    "`",
    "%",
    "99999999999999999999",
    "\u0000",
    "\"\": ",
    "name: ",
    "module: mysql",
    "profile: "
  };

  @TempDir Path folder;
  private Lint lint;
  private List<byte[]> seeds;
  private List<String> names;

  @BeforeEach
  void setUp() throws IOException {
    Environment environment = new Environment(Map.of("SHOP_PASSWORD", "x"), folder);
    Options options =
        new Options(Map.of("day", "d"), null, Map.of("sinks.revenue.mode", "merge"), false);
    ConfigLoader loader = new ConfigLoader(new TestCatalog(), environment, options);
    lint =
        new Lint(
            loader,
            (sql, problems) -> {
              if (sql.text().length() % 3 == 0) {
                problems.within(sql.text().length() / 2, 3).error(Code.TR121, "wrong", null);
              }
            },
            (query, problems) ->
                problems.within(query.text().length() / 3, 2).error(Code.TR121, "bad", null));
    Files.writeString(folder.resolve("query.sql"), "SELECT '${env:Y}', ${args.day}");
    Files.writeString(
        folder.resolve(".connections.json"),
        "{\"shop\": {\"host\": \"h\", \"database\": \"d\", \"user\": \"u\", \"password\": \"p\"}}");
    seeds = new ArrayList<>();
    names = List.of("orders.yaml", "blocks.yaml", "mysql_to_bigquery.json", "tested.json");
    for (String name : names) {
      try (var in = LintFuzzTest.class.getResourceAsStream("/io/tributary/config/" + name)) {
        seeds.add(in.readAllBytes());
      }
    }
  }

  @Test
  void mutatedConfigsGiveDiagnosticsInsideTheFile() throws IOException {
    int wrong = 0;
    for (long seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      int which = random.nextInt(seeds.size());
      byte[] bytes = seeds.get(which);
      int mutations = 1 + random.nextInt(4);
      for (int i = 0; i < mutations; i++) {
        bytes = mutated(bytes, random);
      }
      wrong += check(seed, "mutated-" + names.get(which), bytes) ? 1 : 0;
    }
    assertThat(wrong, greaterThan(2_000));
  }

  @Test
  void configsWithOtherValuesInPlacesGiveDiagnosticsInsideTheFile() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> configs = List.of(json.readTree(seeds.get(2)), json.readTree(seeds.get(3)));
    int wrong = 0;
    for (long seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      JsonNode changed = configs.get((int) (seed % 2)).deepCopy();
      for (int i = random.nextInt(3); i >= 0; i--) {
        changed = changed(changed, random, 0);
      }
      wrong +=
          check(seed, "changed.json", changed.toPrettyString().getBytes(StandardCharsets.UTF_8))
              ? 1
              : 0;
    }
    assertThat(wrong, greaterThan(2_000));
  }

  /** Checks all that must hold for any file; whether it had errors. */
  private boolean check(long seed, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    try {
      Loaded loaded = lint.check(file);
      new DiagnosticText(true).of(List.of(loaded));
      DiagnosticJson.of(List.of(loaded));
      DiagnosticGithub.of(List.of(loaded));
      checkPlaces(loaded, file, bytes);
      assertThat(
          "neither config nor diagnostic",
          loaded.config() != null || !loaded.diagnostics().all().isEmpty());
      return loaded.diagnostics().errors() > 0;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ":\n" + new String(bytes, StandardCharsets.UTF_8), e);
    }
  }

  /** A tree with another value, key or item somewhere. */
  private static JsonNode changed(JsonNode node, Random random, int depth) {
    if (node.isEmpty() || depth > 0 && random.nextInt(4) == 0) {
      return other(random);
    }
    if (node instanceof ArrayNode items) {
      int i = random.nextInt(items.size());
      switch (random.nextInt(5)) {
        case 0 -> items.remove(i);
        case 1 -> items.add(items.get(i).deepCopy());
        default -> items.set(i, changed(items.get(i), random, depth + 1));
      }
      return items;
    }
    ObjectNode map = (ObjectNode) node;
    List<String> keys = new ArrayList<>();
    map.fieldNames().forEachRemaining(keys::add);
    String key = keys.get(random.nextInt(keys.size()));
    switch (random.nextInt(5)) {
      case 0 -> map.remove(key);
      case 1 -> map.set(key.substring(0, key.length() - 1), map.remove(key));
      default -> map.set(key, changed(map.get(key), random, depth + 1));
    }
    return map;
  }

  private static JsonNode other(Random random) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(9)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextInt(3) - 1);
      case 3 -> nodes.numberNode(new BigDecimal("1e99"));
      case 4 -> nodes.arrayNode().add("x").add(nodes.arrayNode());
      case 5 -> nodes.objectNode().put("x", 1);
      case 6 -> nodes.arrayNode();
      case 7 -> nodes.objectNode();
      default -> nodes.textNode(PIECES[random.nextInt(PIECES.length)]);
    };
  }

  private static void checkPlaces(Loaded loaded, Path file, byte[] bytes) {
    String text = readable(bytes);
    String[] lines = text.split("\r\n|\r|\n", -1);
    for (Diagnostic diagnostic : loaded.diagnostics().all()) {
      Span span = diagnostic.span();
      if (!span.file().equals(file.toString())) {
        continue;
      }
      boolean inside =
          span.line() >= 1
              && span.line() <= lines.length
              && span.column() >= 1
              && span.column() - 1
                  <= lines[span.line() - 1].codePointCount(0, lines[span.line() - 1].length())
              && (span.endLine() > span.line() || span.endColumn() >= span.column())
              && span.endLine() >= span.line()
              && span.endLine() <= lines.length;
      assertThat("outside: " + diagnostic, inside);
      assertThat("no message: " + diagnostic, !diagnostic.message().isBlank());
    }
  }

  /** The text up to the first byte that is not UTF-8. */
  private static String readable(byte[] bytes) {
    for (int length = bytes.length; length > 0; length--) {
      try {
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, 0, length))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      } catch (CharacterCodingException e) {
        continue;
      }
    }
    return "";
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    int length = Math.min(bytes.length - at, random.nextInt(12));
    switch (random.nextInt(7)) {
      case 0:
        byte[] flipped = bytes.clone();
        if (at < bytes.length) {
          flipped[at] = (byte) random.nextInt(256);
        }
        return flipped;
      case 1:
        return spliced(bytes, at, at + length, new byte[0]);
      case 2: // a piece of the file somewhere else
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(80));
        return spliced(bytes, at, at, Arrays.copyOfRange(bytes, from, to));
      case 3: // a line twice, or less
        return lines(bytes, random);
      default:
        String piece = PIECES[random.nextInt(PIECES.length)];
        return spliced(
            bytes,
            at,
            at + (random.nextBoolean() ? 0 : length),
            piece.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] lines(byte[] bytes, Random random) {
    List<String> lines =
        new ArrayList<>(List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("(?<=\n)")));
    int i = random.nextInt(lines.size());
    switch (random.nextInt(3)) {
      case 0 -> lines.add(random.nextInt(lines.size()), lines.get(i));
      case 1 -> lines.set(i, " " + lines.get(i));
      default -> lines.remove(i);
    }
    return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
    ByteBuffer out = ByteBuffer.allocate(bytes.length - (to - from) + piece.length);
    out.put(bytes, 0, from).put(piece).put(bytes, to, bytes.length - to);
    return out.array();
  }
}
