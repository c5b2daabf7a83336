package io.tributary.spec;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of a config that belong to no module, said once as those of modules are. */
public final class ConfigKeys {
  public static final Field<String> NAME =
      Field.text("name").optional().about("Name of the config; default: the file's name.");
  public static final Field<String> DESCRIPTION =
      Field.text("description").optional().about("What the config is for, in free text.");
  public static final Field<ZoneId> TIMEZONE =
      zone("timezone")
          .byDefault(ZoneId.of("UTC"))
          .about("Time zone in which dates without a zone are meant.")
          .example("Europe/Berlin");
  public static final Field<String> JOB_NAME =
      Field.text("job_name")
          .optional()
          .about("Name of the Dataflow job; without effect on a local run.");

  public static final Field<String> SCHEDULE_NAME =
      Field.text("name").optional().about("Name of the trigger; default: the config's name.");
  public static final Field<String> CRON =
      Field.<String>any("cron", "cron expression of five fields", ConfigKeys::cron)
          .about("When to run: minute, hour, day of month, month, day of week.")
          .example("0 2 * * *");
  public static final Field<Boolean> ENABLE =
      Field.bool("enable").byDefault(true).about("Whether the trigger exists and fires.");
  public static final Field<ZoneId> SCHEDULE_TIMEZONE =
      zone("timezone").optional().about("Time zone of `cron`; default: the config's.");

  public static final Field<Double> MAX_RATE =
      Field.<Double>any("max_rate", "share of rows", ConfigKeys::rate)
          .optional()
          .about("Rejected rows of a step against the rows into it, at most.")
          .example("1%");
  public static final Field<Long> MAX_ROWS =
      Field.<Long>any("max_rows", "whole number", ConfigKeys::count)
          .optional()
          .about("Rejected rows of a run, at most; passing it stops the run at once.")
          .example(100);

  /** Top-level keys with a single value. */
  public static final List<Field<?>> TOP = List.of(NAME, DESCRIPTION, TIMEZONE, JOB_NAME);

  /** Top-level keys that hold maps or lists. */
  public static final List<String> SECTIONS =
      List.of("schedule", "args", "errors", "sources", "transforms", "sinks", "tests");

  public static final List<Field<?>> SCHEDULE =
      List.of(SCHEDULE_NAME, CRON, ENABLE, SCHEDULE_TIMEZONE);
  public static final List<Field<?>> ERRORS = List.of(MAX_RATE, MAX_ROWS);

  public static final Field<String> TEST_NAME =
      Field.text("name").about("What the test shows.").example("only won leads");
  public static final Field<Instant> NOW =
      Field.<Instant>any("now", "timestamp", ConfigKeys::moment)
          .optional()
          .about("What CURRENT_TIMESTAMP is in the test; default: 2024-01-01T00:00:00Z.")
          .example("2024-01-01T00:00:00Z");

  /** The list of tests at the top. */
  public static final String TESTS = "tests";

  /** Keys of a test that hold maps: of arguments, or by the names of nodes. */
  public static final String ARGS = "args";

  public static final String MOCK = "mock";
  public static final String EXPECT = "expect";
  public static final String REJECTED = "rejected";

  public static final List<Field<?>> TEST = List.of(TEST_NAME, NOW);
  public static final List<String> TEST_SECTIONS = List.of(ARGS, MOCK, EXPECT, REJECTED);

  /** Top-level keys that are reserved, and that this version does not carry out. */
  public static final List<String> LATER = List.of("notify", "run");

  private static final String[] CRON_FIELDS = {
    "minute", "hour", "day of month", "month", "day of week"
  };
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");

  private ConfigKeys() {}

  private static Field<ZoneId> zone(String name) {
    return Field.any(
        name,
        "time zone",
        (plain, problems) -> {
          String text = String.valueOf(plain);
          Set<String> zones = ZoneId.getAvailableZoneIds();
          if (plain instanceof String && zones.contains(text)) {
            return ZoneId.of(text);
          }
          String message = "unknown time zone " + Field.describe(plain);
          meantZone(text, zones)
              .ifPresentOrElse(
                  zone -> problems.replaceable(Severity.ERROR, Code.TR120, message, zone),
                  () ->
                      problems.error(
                          Code.TR120, message, "write a name such as Europe/Berlin or UTC"));
          return null;
        });
  }

  private static Optional<String> meantZone(String text, Set<String> zones) {
    String city = "/" + text.replace(' ', '_');
    return zones.stream()
        .filter(
            zone -> zone.regionMatches(true, zone.length() - city.length(), city, 0, city.length()))
        .sorted()
        .findFirst()
        .or(() -> Suggestions.nearest(text, zones));
  }

  /** Checks each field by itself, so that the wrong one can be shown. */
  private static @Nullable String cron(Object plain, Problems problems) {
    String fix = "write five fields, such as \"0 2 * * *\" for 02:00 every day";
    if (!(plain instanceof String text)) {
      problems.error(Code.TR119, "expected a cron expression, found " + Field.describe(plain), fix);
      return null;
    }
    List<int[]> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(new int[] {matcher.start(), matcher.end()});
    }
    if (words.size() != CRON_FIELDS.length) {
      problems.error(
          Code.TR119, "a cron expression has five fields, this one has " + words.size(), fix);
      return null;
    }
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    boolean right = true;
    for (int i = 0; i < CRON_FIELDS.length; i++) {
      int[] word = words.get(i);
      String value = text.substring(word[0], word[1]);
      String[] alone = {"*", "*", "*", "*", "*"};
      alone[i] = value;
      try {
        parser.parse(String.join(" ", alone)).validate();
      } catch (IllegalArgumentException e) {
        problems
            .within(word[0], word[1] - word[0])
            .error(Code.TR119, "`" + value + "` is not a valid " + CRON_FIELDS[i], allowed(i));
        right = false;
      }
    }
    return right ? String.join(" ", text.strip().split("\\s+")) : null;
  }

  private static String allowed(int field) {
    String range =
        Arrays.asList("0 to 59", "0 to 23", "1 to 31", "1 to 12", "0 to 7, 0 and 7 are Sunday")
            .get(field);
    return "write " + range + "; also `*`, lists `1,2`, ranges `1-5` and steps `*/2`";
  }

  private static @Nullable Instant moment(Object plain, Problems problems) {
    try {
      return OffsetDateTime.parse(String.valueOf(plain).strip()).toInstant();
    } catch (DateTimeParseException e) {
      problems.error(
          Code.TR107,
          "expected a moment with an offset from UTC, found " + Field.describe(plain),
          "write it as 2024-01-31T23:59:59Z");
      return null;
    }
  }

  private static @Nullable Double rate(Object plain, Problems problems) {
    Matcher percent = PERCENT.matcher(String.valueOf(plain).strip());
    BigDecimal value = null;
    if (percent.matches()) {
      value = new BigDecimal(percent.group(1)).movePointLeft(2);
    } else if (plain instanceof Number || plain instanceof String) {
      try {
        value = new BigDecimal(String.valueOf(plain).strip());
      } catch (NumberFormatException e) {
        value = null;
      }
    }
    if (value == null || value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
      problems.error(
          value == null ? Code.TR104 : Code.TR106,
          "expected a share of rows, found " + Field.describe(plain),
          "write \"1%\" or a number from 0 to 1");
      return null;
    }
    return value.doubleValue();
  }

  private static @Nullable Long count(Object plain, Problems problems) {
    try {
      long value = new BigDecimal(String.valueOf(plain).strip()).longValueExact();
      if (value >= 0) {
        return value;
      }
      problems.error(Code.TR106, value + " is out of range", "write 0 or more");
    } catch (NumberFormatException | ArithmeticException e) {
      problems.error(
          Code.TR104,
          "expected a whole number, found " + Field.describe(plain),
          "write a number of rows");
    }
    return null;
  }
}
