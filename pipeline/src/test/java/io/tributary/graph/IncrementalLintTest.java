package io.tributary.graph;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.config.DiagnosticText;
import io.tributary.config.TestCatalog;
import io.tributary.spec.Distance;
import io.tributary.spec.Environment;
import io.tributary.spec.Incremental;
import io.tributary.spec.Incremental.Interval;
import io.tributary.spec.Incremental.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said about incremental reading without connecting to anything. */
class IncrementalLintTest {
  private static final String OLD_APPEND =
      """
      timezone: UTC
      sources:
      - {name: in, module: mysql, host: h, database: d, user: u, password: "${secret:p}", table: t,
         incremental: true, incremental_column: day, destination_sink_name: out}
      sinks:
      - {name: out, module: bigquery, input: in, table: d.t, mode: append}
      """;
  private static final String OLD_KEYS =
      "incremental: true, incremental_column: day, destination_sink_name: out";

  @TempDir Path folder;

  @Test
  void theOlderFormIsRight() {
    assertThat(messages(OLD_APPEND), is(empty()));
    assertThat(incremental(OLD_APPEND), is(new Incremental("day", null, "out", null, null, null)));
  }

  @Test
  void theNewerFormIsRight() {
    String config =
        with("incremental: {cursor: at, initial: 2024-01-31, lookback: 7d, lag: 15min}")
            .replace("mode: append", "mode: merge, merge_keys: [id]");

    assertThat(messages(config), is(empty()));
    assertThat(
        incremental(config),
        is(
            new Incremental(
                "at",
                null,
                null,
                "2024-01-31",
                new Distance(Duration.ofDays(7), null),
                new Distance(Duration.ofMinutes(15), null))));
  }

  @Test
  void keysMayStandInParametersAndNumbersAreDistances() {
    String config =
        with("parameters: {incremental: {cursor: id, initial: 5, lookback: 100}}")
            .replace("mode: append", "mode: merge, merge_keys: [id]");

    assertThat(messages(config), is(empty()));
    assertThat(
        incremental(config),
        is(new Incremental("id", null, null, "5", new Distance(null, 100L), null)));
  }

  @ParameterizedTest
  @CsvSource({"10min,10,MIN", "24HOUR,24,HOUR", "20day,20,DAY"})
  void intervalsHaveTheUnitsOfThePredecessor(String text, int amount, Unit unit) {
    String config =
        with("incremental: true, incremental_column: day, incremental_interval_from: " + text)
            .replace("mode: append", "mode: merge, merge_keys: [id]");

    assertThat(messages(config), is(empty()));
    assertThat(incremental(config).interval(), is(new Interval(amount, unit)));
  }

  @ParameterizedTest
  @CsvSource({"0day", "10 weeks", "-1day", "1.5hour", "day"})
  void otherIntervalsAreRefused(String text) {
    assertThat(
        messages(
            with("incremental: true, incremental_column: day, incremental_interval_from: " + text)),
        contains(containsString("is no interval")));
  }

  @Test
  void bothFormsTogetherAreRefusedAtEachKeyOfTheOlderOne() {
    assertThat(
        messages(with(OLD_KEYS.replace("true", "{cursor: day}"))),
        contains(
            containsString("4:32: error TR108: `incremental_column` belongs to"),
            containsString("4:57: error TR108: `destination_sink_name` belongs to")));
  }

  @Test
  void allThatIsMissingIsSaidTogether() {
    assertThat(
        messages(with("incremental: true")),
        contains(
            containsString("4:17: error TR101: key `incremental_column` is missing"),
            containsString("4:17: error TR101: key `destination_sink_name` is missing")));
    assertThat(
        messages(with("incremental: {lookback: 1d}")),
        contains(containsString("TR101: key `cursor` is missing in `incremental`")));
  }

  @Test
  void keysWithoutTheSwitchMeanNothing() {
    assertThat(
        messages(with("incremental_column: day")),
        contains(
            containsString("4:4: error TR108: `incremental_column` has no meaning without"),
            containsString("mode append with a source that is read whole")));
  }

  @Test
  void aTextIsNoSwitch() {
    assertThat(
        messages(with(OLD_KEYS.replace("true", "\"true\""))),
        contains(
            containsString("4:17: error TR104: expected true, false or a map, found \"true\"")));
  }

  @Test
  void unknownKeysOfTheMapAreFoundWithTheLikelyOne() {
    assertThat(
        messages(with("incremental: {cursor: day, lokback: 1d}")),
        contains(containsString("4:31: error TR102: unknown key `lokback` in `incremental`")));
    assertThat(
        messages(with("incremental: {cursor: day, lag: soon}")),
        contains(containsString("4:36: error TR104: expected a duration")));
  }

  /** Row 6 of the corrected semantics. */
  @Test
  void incrementalWithReplaceIsAnErrorAsOnlyTheIncrementWouldBeLeft() {
    assertThat(
        messages(OLD_APPEND.replace("mode: append", "mode: replace")),
        contains(
            containsString(
                "6:62: error TR117: mode replace would keep only the latest increment")));
    assertThat(
        messages(OLD_APPEND.replace(", mode: append", "")),
        contains(containsString("error TR117: mode replace would keep only")));
  }

  @Test
  void appendingWhatIsReadAgainIsRefused() {
    assertThat(
        messages(
            with("incremental: true, incremental_column: day, incremental_interval_from: 10day")),
        contains(containsString("TR117: `10day` reads rows again with each run")));
    assertThat(
        messages(with("incremental: {cursor: day, lookback: 1d}")),
        contains(containsString("4:41: error TR117: `lookback` reads rows again")));
    assertThat(messages(with("incremental: {cursor: day, lookback: 0s}")), is(empty()));
  }

  @Test
  void theDestinationIsASinkThatTheSourceFeeds() {
    assertThat(
        messages(OLD_APPEND.replace("sink_name: out", "sink_name: outt")),
        contains(containsString("TR110: there is no sink `outt`")));
    assertThat(
        messages(
            OLD_APPEND
                    .replace("sink_name: out", "sink_name: other")
                    .replace("sinks:", "- {name: more, module: files, path: a.csv}\nsinks:")
                + "- {name: other, module: bigquery, input: more, table: d.other}\n"),
        contains(containsString("TR110: sink `other` is not fed by source `in`")));
  }

  /** Row 15 of the corrected semantics. */
  @Test
  void aTransformAndSeveralSinksAreAllowed() {
    assertThat(
        messages(
            OLD_APPEND.replace(
                    "sinks:",
                    "transforms:\n- {name: t, module: filter, inputs: [in]," + " where: a}\nsinks:")
                + "- {name: b, module: bigquery, input: t, table: d.b, mode: merge, merge_keys:"
                + " [id]}\n"),
        is(empty()));
  }

  /** Row 23 of the corrected semantics. */
  @Test
  void anIntervalOfTheOlderFormWithoutATimeZoneIsWarnedOf() {
    String config =
        with("incremental: true, incremental_column: day, incremental_interval_from: 10day")
            .replace("mode: append", "mode: merge, merge_keys: [id]")
            .replace("timezone: UTC\n", "");

    assertThat(
        messages(config), contains(containsString("warning TR129: the config has no `timezone`")));
  }

  private static String with(String keys) {
    return OLD_APPEND.replace(OLD_KEYS, keys);
  }

  private Incremental incremental(String config) {
    return load(config).config().nodes().get(0).incremental();
  }

  private Loaded load(String config) {
    try {
      Files.writeString(folder.resolve("a.yaml"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Environment environment = new Environment(Map.of(), folder);
    return new Lint(
            new ConfigLoader(new TestCatalog(), environment, Options.NONE),
            (sql, problems) -> {},
            (sql, problems) -> {})
        .check(folder.resolve("a.yaml"));
  }

  /** The first line of each diagnostic. */
  private List<String> messages(String config) {
    return new DiagnosticText(false)
        .of(load(config).diagnostics())
        .replace(folder.toString() + "/", "")
        .lines()
        .filter(line -> line.startsWith("a.yaml:"))
        .toList();
  }
}
