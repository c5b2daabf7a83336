package io.tributary.configtest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.configtest.TestResult.Status;
import io.tributary.module.Registry;
import io.tributary.spec.Environment;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands below {@code tests}, the answer is a result or diagnostics, and an update works.
 */
class ConfigTestsFuzzTest {
  private static final String CONFIG =
      """
      {
        "sources": [{"name": "in", "module": "files", "path": "in.csv"}],
        "transforms": [{"name": "big", "module": "filter", "input": "in", "where": "n > 1"}],
        "sinks": [{"name": "out", "module": "files", "input": "big", "path": "out", "format": "csv"}],
        "tests": [
          {
            "name": "detected",
            "mock": {"in": [{"n": 1, "s": "a", "r": {"x": [1, null]}}, {"n": 2, "s": null, "r": {"x": []}}]},
            "expect": {"big": [{"n": 2, "r": {"x": []}}], "out": {"contains": [{"n": 2}]}}
          },
          {
            "name": "typed",
            "mock": {"in": {"schema": "n:NUMERIC, d:DATE, b:BYTES, j:JSON", "rows": [{"n": 2.5, "d": "2024-01-31", "b": "AAEC", "j": {"a": 1}}]}},
            "expect": {"out": {"rows": [{"n": 2.5, "d": "2024-01-31", "b": "AAEC", "j": {"a": 1}}], "ordered": true}}
          },
          {
            "name": "counted",
            "mock": {"big": [{"n": 1}]},
            "expect": {"out": {"count": 1}},
            "rejected": {"out": 0}
          }
        ]
      }
      """;

  private static final String[] WORDS = {
    "",
    "null",
    "1",
    "2024-01-31",
    "12:00:00",
    "${env:X}",
    "${",
    "$${x}",
    "${secret:x}",
    "NaN",
    "AAEC",
    "é\\u2028",
    "n",
    "in",
    "big",
    "- a: b # c",
    "\"'\\",
    "\uD83D\uDE00",
    "true",
    "n:INT64"
  };

  @TempDir Path folder;

  @Test
  void changedTestsGiveResultsOrDiagnostics() throws IOException {
    ConfigTests tests =
        new ConfigTests(Registry.load(), new Environment(Map.of(), folder), Options.NONE);
    JsonNode config = new ObjectMapper().readTree(CONFIG);
    Map<Status, Integer> ends = new EnumMap<>(Status.class);
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      ObjectNode changed = config.deepCopy();
      if (seed % 2 == 0) {
        changed.set("tests", changed(changed.get("tests"), random, 0));
      } else {
        ObjectNode test = (ObjectNode) changed.get("tests").get(random.nextInt(3));
        test.set("expect", changed(test.get("expect"), random, 1));
      }
      Path file = folder.resolve("a.json");
      Files.writeString(file, changed.toPrettyString());
      try {
        FileResult result = tests.run(file, name -> true);
        result.tests().forEach(test -> ends.merge(test.status(), 1, Integer::sum));
        check(result, file, tests);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ":\n" + changed.toPrettyString(), e);
      }
    }

    assertThat(ends.getOrDefault(Status.PASSED, 0), greaterThan(100));
    assertThat(ends.getOrDefault(Status.FAILED, 0), greaterThan(30));
  }

  /** What an update rewrites is as it should be afterwards. */
  private static void check(FileResult result, Path file, ConfigTests tests) throws IOException {
    if (result.count(Status.FAILED) == 0) {
      return;
    }
    ExpectationUpdate update = ExpectationUpdate.of(result, tests);
    long corrections = result.tests().stream().mapToLong(test -> test.corrections().size()).sum();
    assertThat(update.rewritten() + (long) update.left().size(), is(corrections));
    long remaining =
        tests.run(file, name -> true).tests().stream()
            .mapToLong(test -> test.corrections().size())
            .sum();
    assertThat(remaining, is((long) update.left().size()));
  }

  private static JsonNode changed(JsonNode node, Random random, int depth) {
    if (node.isEmpty() || depth > 2 && random.nextInt(4) == 0) {
      return other(random);
    }
    if (node instanceof ArrayNode items) {
      int i = random.nextInt(items.size());
      switch (random.nextInt(6)) {
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
    switch (random.nextInt(8)) {
      case 0 -> map.remove(key);
      case 1 -> map.set(WORDS[random.nextInt(WORDS.length)], map.remove(key));
      default -> map.set(key, changed(map.get(key), random, depth + 1));
    }
    return map;
  }

  private static JsonNode other(Random random) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(9)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextInt(5) - 1);
      case 3 -> nodes.numberNode(new BigDecimal("1e99"));
      case 4 -> nodes.numberNode(new BigDecimal("0.10000000000000000001"));
      case 5 -> nodes.arrayNode().add("x").add(nodes.arrayNode());
      case 6 -> nodes.objectNode().put("x", 1);
      case 7 -> nodes.arrayNode();
      default -> nodes.textNode(WORDS[random.nextInt(WORDS.length)]);
    };
  }
}
