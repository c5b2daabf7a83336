package io.tributary.spec;

import io.tributary.spec.Incremental.Interval;
import io.tributary.spec.Incremental.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of incremental reading, said once for all sources that can do it. */
public final class IncrementalKeys {
  /** The value of {@link #INTERVAL_FROM} that stands for the destination's largest value. */
  public static final String MAX_IN_DESTINATION = "max_value_in_destination";

  private static final Pattern INTERVAL =
      Pattern.compile("(\\d{1,9})\\s*(min|hour|day)", Pattern.CASE_INSENSITIVE);
  private static final List<String> MAP_KEYS = List.of("cursor", "initial", "lookback", "lag");
  private static final String MAP_EXAMPLE = "{cursor: updated_at, lookback: 1d}";

  /**
   * A value of {@code incremental}.
   *
   * @param inOldForm whether the other keys say how
   * @param how in the newer form; else null
   */
  public record Switch(boolean inOldForm, @Nullable Incremental how) {}

  public static final Field<Switch> INCREMENTAL =
      Field.<Switch>any(
              "incremental",
              "true, false, or a map of cursor, initial, lookback, lag",
              IncrementalKeys::parse,
              mapSchema())
          .optional()
          .about(
              "Reads only what is new. `cursor`: the column that tells what is new, a DATE,"
                  + " DATETIME, TIMESTAMP or INT64. `initial`: where the first run starts; default"
                  + " everything. `lookback`: how far a merge reads again before its cursor, a"
                  + " duration, or a number for integers. `lag`: how far the read stays behind the"
                  + " source's clock. Or `true`, with the keys below.")
          .example(Map.of("cursor", "updated_at", "lookback", "1d"));
  public static final Field<String> COLUMN =
      Field.text("incremental_column")
          .optional()
          .about("With `incremental: true`: the column that tells what is new.")
          .example("updated_at");
  public static final Field<String> INTERVAL_FROM =
      Field.<String>any("incremental_interval_from", "text", IncrementalKeys::interval)
          .optional()
          .about(
              "With `incremental: true`: `max_value_in_destination` (default), or how far each run"
                  + " goes back: `10min`, `24hour`, or `20day`, of which today is the last one.")
          .example("20day");
  public static final Field<String> DESTINATION =
      Field.text("destination_sink_name")
          .optional()
          .about(
              "With `max_value_in_destination`: the sink in whose table the first run looks for its"
                  + " start.")
          .example("orders_table");

  /** All of them. */
  public static final List<Field<?>> ALL = List.of(INCREMENTAL, COLUMN, INTERVAL_FROM, DESTINATION);

  /** Those of the older form. */
  private static final List<Field<?>> OLD = List.of(COLUMN, INTERVAL_FROM, DESTINATION);

  private IncrementalKeys() {}

  private static Map<String, Object> mapSchema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    MAP_KEYS.forEach(key -> properties.put(key, Map.of("type", List.of("string", "integer"))));
    return Map.of(
        "type",
        List.of("boolean", "object"),
        "properties",
        properties,
        "required",
        List.of("cursor"),
        "additionalProperties",
        false);
  }

  private static @Nullable Switch parse(Object plain, Problems problems) {
    if (plain instanceof Boolean on) {
      return new Switch(on, null);
    }
    if (plain instanceof Map<?, ?> map) {
      Incremental how = map(map, problems);
      return how == null ? null : new Switch(false, how);
    }
    problems.error(
        Code.TR104,
        "expected true, false or a map, found " + Field.describe(plain),
        "write true without quotes, or a map such as " + MAP_EXAMPLE);
    return null;
  }

  private static @Nullable Incremental map(Map<?, ?> map, Problems problems) {
    int errors = problems.errors();
    for (Object key : map.keySet()) {
      if (!MAP_KEYS.contains(String.valueOf(key))) {
        unknown(String.valueOf(key), problems.at(key).onKey());
      }
    }
    String cursor = null;
    if (map.get("cursor") == null) {
      problems.error(
          Code.TR101,
          "key `cursor` is missing in `incremental`",
          "add the column that tells what is new, such as " + MAP_EXAMPLE);
    } else if (map.get("cursor") instanceof String text && !text.isBlank()) {
      cursor = text.strip();
    } else {
      wrong(map.get("cursor"), "the name of a column", problems.at("cursor"));
    }
    Object initial = map.get("initial");
    if (initial instanceof Map || initial instanceof List) {
      wrong(initial, "a date, a date and time, or a number", problems.at("initial"));
    }
    Distance lookback = distance(map, "lookback", problems);
    Distance lag = distance(map, "lag", problems);
    return problems.errors() > errors || cursor == null
        ? null
        : new Incremental(
            cursor, null, null, initial == null ? null : initial.toString(), lookback, lag);
  }

  private static void unknown(String key, Problems problems) {
    String message = "unknown key `" + key + "` in `incremental`";
    Suggestions.nearest(key, MAP_KEYS)
        .ifPresentOrElse(
            near -> problems.replaceable(Severity.ERROR, Code.TR102, message, near),
            () ->
                problems.error(Code.TR102, message, "valid here: " + String.join(", ", MAP_KEYS)));
  }

  private static @Nullable Distance distance(Map<?, ?> map, String key, Problems problems) {
    Object plain = map.get(key);
    if (plain == null) {
      return null;
    }
    Distance distance = Distance.parse(plain);
    if (distance == null) {
      wrong(
          plain,
          "a duration such as \"15min\" or \"7d\", or a number for an integer cursor",
          problems.at(key));
    }
    return distance;
  }

  private static void wrong(@Nullable Object plain, String expected, Problems problems) {
    problems.error(
        Code.TR104,
        "expected " + expected + ", found " + Field.describe(plain),
        "write " + expected);
  }

  private static @Nullable String interval(Object plain, Problems problems) {
    if (plain instanceof String text
        && (text.strip().equalsIgnoreCase(MAX_IN_DESTINATION) || parseInterval(text) != null)) {
      return text.strip();
    }
    problems.error(
        Code.TR107,
        Field.describe(plain) + " is no interval",
        "write max_value_in_destination, or a positive number with min, hour or day, such as"
            + " 20day");
    return null;
  }

  private static @Nullable Interval parseInterval(String text) {
    Matcher matcher = INTERVAL.matcher(text.strip());
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
      return null;
    }
    return new Interval(
        Integer.parseInt(matcher.group(1)),
        Unit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)));
  }

  /**
   * How a source with these keys is read; null when it is read whole, or after reporting what is
   * wrong.
   *
   * @param given the keys that stand in the config, right or wrong
   */
  public static @Nullable Incremental of(Arguments in, List<String> given, Problems problems) {
    Switch value = in.find(INCREMENTAL);
    if (value == null) {
      if (!given.contains(INCREMENTAL.name())) {
        withoutSwitch(given, problems);
      }
      return null;
    }
    if (value.how() != null) {
      bothForms(given, problems);
      return value.how();
    }
    return value.inOldForm() ? oldForm(in, given, problems) : null;
  }

  private static void withoutSwitch(List<String> given, Problems problems) {
    for (Field<?> field : OLD) {
      if (given.contains(field.name())) {
        problems
            .at(field)
            .onKey()
            .error(
                Code.TR108,
                "`" + field + "` has no meaning without `incremental: true`",
                "add `incremental: true`, or remove the key");
      }
    }
  }

  private static void bothForms(List<String> given, Problems problems) {
    for (Field<?> field : OLD) {
      if (given.contains(field.name())) {
        problems
            .at(field)
            .onKey()
            .error(
                Code.TR108,
                "`" + field + "` belongs to `incremental: true`, and `incremental` is a map here",
                "remove it; the map says all of it");
      }
    }
  }

  private static @Nullable Incremental oldForm(
      Arguments in, List<String> given, Problems problems) {
    List<String> missing = new ArrayList<>();
    String column = in.find(COLUMN);
    if (column == null ? !given.contains(COLUMN.name()) : column.isBlank()) {
      missing.add(COLUMN.name());
    }
    String from = in.find(INTERVAL_FROM);
    boolean isWrong = from == null && given.contains(INTERVAL_FROM.name());
    Interval interval = from == null ? null : parseInterval(from);
    String destination = in.find(DESTINATION);
    if (interval == null
        && !isWrong
        && destination == null
        && !given.contains(DESTINATION.name())) {
      missing.add(DESTINATION.name());
    }
    for (String key : missing) {
      problems
          .at(INCREMENTAL)
          .error(
              Code.TR101,
              "key `" + key + "` is missing beside `incremental: true`",
              key.equals(COLUMN.name())
                  ? "add it with the column that tells what is new"
                  : "add it with the name of the sink that this source feeds, or write"
                      + " `incremental_interval_from: 20day`");
    }
    boolean whole = missing.isEmpty() && column != null && !isWrong;
    return whole && (interval != null || destination != null)
        ? new Incremental(
            column.strip(), interval, interval == null ? destination : null, null, null, null)
        : null;
  }
}
