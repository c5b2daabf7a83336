package io.tributary.spec;

import io.tributary.spec.Shape.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a module: its key, shape, default, description and example, said once. Required
 * when it has no default and is not {@link #optional}. Immutable; the {@code with}-like methods
 * return a changed copy.
 */
public final class Field<T> {
  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,9})\\s*(ms|s|min|m|h|hour|d|day)s?", Pattern.CASE_INSENSITIVE);
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,18})\\s*([KMGT]?i?B)", Pattern.CASE_INSENSITIVE);

  private final String name;
  private final Shape<T> shape;
  private final boolean optional;
  private final @Nullable T defaultValue;
  private final String about;
  private final @Nullable Object example;

  private Field(
      String name,
      Shape<T> shape,
      boolean optional,
      @Nullable T defaultValue,
      String about,
      @Nullable Object example) {
    this.name = name;
    this.shape = shape;
    this.optional = optional;
    this.defaultValue = defaultValue;
    this.about = about;
    this.example = example;
  }

  private static <T> Field<T> of(String name, Shape<T> shape) {
    return new Field<>(name, shape, false, null, "", null);
  }

  private static Map<String, Object> type(String jsonType) {
    return Map.of("type", jsonType);
  }

  public static Field<String> text(String name) {
    return of(name, new Shape<>(Kind.TEXT, "text", List.of(), Field::parseText, type("string")));
  }

  /**
   * Text that a function turns into a value; the function throws IllegalArgumentException with a
   * message for the user.
   */
  public static <T> Field<T> parsed(
      String name, String typeName, Code code, Function<String, T> parser) {
    return of(
        name,
        new Shape<>(
            Kind.TEXT,
            typeName,
            List.of(),
            (plain, problems) -> {
              String text = parseText(plain, problems);
              try {
                return text == null ? null : parser.apply(text);
              } catch (IllegalArgumentException e) {
                problems.error(code, e.getMessage(), null);
                return null;
              }
            },
            type("string")));
  }

  public static Field<Integer> integer(String name, int least, int most) {
    return of(
        name,
        new Shape<>(
            Kind.INTEGER,
            "whole number",
            List.of(),
            (plain, problems) -> {
              Long value = parseLong(plain, problems);
              if (value != null && (value < least || value > most)) {
                problems.error(
                    Code.TR106,
                    value + " is out of range",
                    "write a number from " + least + " to " + most);
                return null;
              }
              return value == null ? null : Math.toIntExact(value);
            },
            Map.of("type", "integer", "minimum", least, "maximum", most)));
  }

  public static Field<Boolean> bool(String name) {
    return of(
        name,
        new Shape<>(
            Kind.BOOLEAN, "true or false", List.of(), Field::parseBoolean, type("boolean")));
  }

  /**
   * One of the names of an enum, in lower case in the config; with an old spelling in upper case
   * accepted.
   */
  public static <E extends Enum<E>> Field<E> word(String name, Class<E> words) {
    List<String> names =
        Arrays.stream(words.getEnumConstants())
            .map(e -> e.name().toLowerCase(Locale.ROOT))
            .toList();
    return of(
        name,
        new Shape<>(
            Kind.WORD,
            "one of " + String.join(", ", names),
            names,
            (plain, problems) -> {
              if (!(plain instanceof String)) {
                return wrong(plain, "one of " + String.join(", ", names), problems);
              }
              String text = String.valueOf(plain).toLowerCase(Locale.ROOT);
              for (E constant : words.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                  return constant;
                }
              }
              reportWord(String.valueOf(plain), names, problems);
              return null;
            },
            Map.of("enum", names)));
  }

  public static Field<Secret> secret(String name) {
    return of(
        name,
        new Shape<>(
            Kind.SECRET,
            "secret",
            List.of(),
            (plain, problems) ->
                plain instanceof Secret secret ? secret : wrong(plain, "a secret", problems),
            type("string")));
  }

  /** SQL text, or the path of a {@code .sql} file. */
  public static Field<SqlText> sql(String name) {
    return of(
        name,
        new Shape<>(
            Kind.SQL,
            "SQL text or path of a .sql file",
            List.of(),
            (plain, problems) ->
                plain instanceof SqlText sql ? sql : wrong(plain, "SQL text", problems),
            type("string")));
  }

  /** A SQL expression in the config itself. */
  public static Field<SqlText> expression(String name) {
    return of(
        name,
        new Shape<>(
            Kind.EXPRESSION,
            "SQL expression",
            List.of(),
            (plain, problems) ->
                plain instanceof String text
                    ? SqlText.of(text)
                    : wrong(plain, "SQL text", problems),
            type("string")));
  }

  public static Field<Duration> duration(String name) {
    return of(
        name,
        new Shape<>(
            Kind.TEXT,
            "duration",
            List.of(),
            (plain, problems) -> {
              Duration duration = parseDuration(String.valueOf(plain));
              return duration == null
                  ? wrong(
                      plain, "a duration such as \"30s\", \"15min\", \"2h\" or \"7d\"", problems)
                  : duration;
            },
            Map.of("type", "string", "pattern", "^\\d{1,9}\\s*(ms|s|min|m|h|hour|d|day)s?$")));
  }

  /** Null when the text is no duration. */
  static @Nullable Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m", "min" -> Duration.ofMinutes(amount);
      case "h", "hour" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /**
   * A size in bytes, written as {@code 64MB} (powers of 1,000) or {@code 64MiB} (powers of 1,024).
   */
  public static Field<Long> dataSize(String name) {
    return of(
        name,
        new Shape<>(
            Kind.TEXT,
            "size",
            List.of(),
            (plain, problems) -> {
              Matcher matcher = SIZE.matcher(String.valueOf(plain));
              if (!matcher.matches()) {
                return wrong(plain, "a size such as \"64MB\" or \"1GiB\"", problems);
              }
              String unit = matcher.group(2).toUpperCase(Locale.ROOT);
              int power = unit.startsWith("B") ? 0 : "KMGT".indexOf(unit.charAt(0)) + 1;
              long base = unit.contains("I") ? 1024 : 1000;
              long size = Long.parseLong(matcher.group(1));
              try {
                for (int i = 0; i < power; i++) {
                  size = Math.multiplyExact(size, base);
                }
              } catch (ArithmeticException e) {
                return wrong(plain, "a size below 8 EiB", problems);
              }
              return size;
            },
            Map.of("type", "string", "pattern", "^\\d{1,18}\\s*[KMGT]?i?B$")));
  }

  /** A list of texts; a single text counts as a list of one. */
  public static Field<List<String>> texts(String name) {
    return of(
        name,
        new Shape<>(
            Kind.LIST,
            "list of text",
            List.of(),
            (plain, problems) -> {
              List<?> items = plain instanceof List<?> list ? list : List.of(plain);
              List<String> texts = new ArrayList<>();
              for (int i = 0; i < items.size(); i++) {
                String text =
                    parseText(items.get(i), plain instanceof List<?> ? problems.at(i) : problems);
                if (text == null) {
                  return null;
                }
                texts.add(text);
              }
              return List.copyOf(texts);
            },
            Map.of("type", List.of("array", "string"), "items", type("string"))));
  }

  /** A map from names to texts, in file order. */
  public static Field<Map<String, String>> textMap(String name) {
    return of(
        name,
        new Shape<>(
            Kind.MAP,
            "map of text",
            List.of(),
            (plain, problems) -> {
              if (!(plain instanceof Map<?, ?> map)) {
                return wrong(plain, "a map", problems);
              }
              Map<String, String> texts = new LinkedHashMap<>();
              for (Map.Entry<?, ?> entry : map.entrySet()) {
                String text = parseText(entry.getValue(), problems.at(entry.getKey()));
                if (text == null) {
                  return null;
                }
                texts.put(String.valueOf(entry.getKey()), text);
              }
              return texts;
            },
            Map.of("type", "object", "additionalProperties", type("string"))));
  }

  /** A map with keys of its own, each optional. */
  public static <T> Field<T> section(
      String name, List<Field<?>> keys, Function<Arguments, T> factory) {
    Map<String, Object> properties = new LinkedHashMap<>();
    Map<String, Object> reference = Map.of("type", "string", "pattern", "\\$\\{");
    for (Field<?> key : keys) {
      properties.put(key.name(), Map.of("anyOf", List.of(key.shape().jsonSchema(), reference)));
    }
    String map = "map of " + keys.stream().map(Field::name).collect(Collectors.joining(", "));
    return of(
        name,
        new Shape<>(
            Kind.MAP,
            map,
            List.of(),
            (plain, problems) -> {
              if (!(plain instanceof Map<?, ?> given)) {
                return wrong(plain, "a " + map, problems);
              }
              int errors = problems.errors();
              Map<String, Object> values = new LinkedHashMap<>();
              given.forEach(
                  (key, value) -> entry(name, String.valueOf(key), value, keys, values, problems));
              return problems.errors() > errors ? null : factory.apply(new Arguments(values));
            },
            Map.of("type", "object", "additionalProperties", false, "properties", properties)));
  }

  private static void entry(
      String section,
      String key,
      @Nullable Object value,
      List<Field<?>> keys,
      Map<String, Object> values,
      Problems problems) {
    Problems place = problems.at(key);
    List<String> names = keys.stream().map(Field::name).toList();
    Field<?> field = keys.stream().filter(known -> known.name().equals(key)).findAny().orElse(null);
    if (field == null) {
      String message = "unknown key `" + key + "` in `" + section + "`";
      Suggestions.nearest(key, names)
          .ifPresentOrElse(
              near -> place.onKey().replaceable(Severity.ERROR, Code.TR102, message, near),
              () ->
                  place
                      .onKey()
                      .error(Code.TR102, message, "valid here: " + String.join(", ", names)));
    } else if (value != null) {
      Object typed = field.shape().parse(value, place);
      if (typed != null) {
        values.put(key, typed);
      }
    }
  }

  /** Any value, which the given parser turns into a typed one. */
  public static <T> Field<T> any(String name, String typeName, Shape.Parser<T> parser) {
    return any(name, typeName, parser, Map.of());
  }

  /** As {@link #any(String, String, Shape.Parser)}, with what editors should know of the value. */
  public static <T> Field<T> any(
      String name, String typeName, Shape.Parser<T> parser, Map<String, Object> jsonSchema) {
    return of(name, new Shape<>(Kind.ANY, typeName, List.of(), parser, jsonSchema));
  }

  public Field<T> about(String text) {
    return new Field<>(name, shape, optional, defaultValue, text, example);
  }

  public Field<T> example(Object value) {
    return new Field<>(name, shape, optional, defaultValue, about, value);
  }

  public Field<T> byDefault(T value) {
    return new Field<>(name, shape, true, value, about, example);
  }

  public Field<T> optional() {
    return new Field<>(name, shape, true, defaultValue, about, example);
  }

  public String name() {
    return name;
  }

  public Shape<T> shape() {
    return shape;
  }

  public boolean isRequired() {
    return !optional;
  }

  public @Nullable T defaultValue() {
    return defaultValue;
  }

  /** The description, in a sentence or two. */
  public String about() {
    return about;
  }

  public @Nullable Object example() {
    return example;
  }

  private static @Nullable String parseText(@Nullable Object plain, Problems problems) {
    if (plain instanceof String text) {
      return text;
    }
    if (plain instanceof Number || plain instanceof Boolean) {
      return plain.toString(); // a name such as 2024 may stand unquoted
    }
    return wrong(plain, "text", problems);
  }

  private static @Nullable Long parseLong(Object plain, Problems problems) {
    try {
      if (plain instanceof Long || plain instanceof Integer) {
        return ((Number) plain).longValue();
      }
      if (plain instanceof BigInteger integer) {
        return integer.longValueExact();
      }
      if (plain instanceof String text) {
        return new BigDecimal(text.strip()).longValueExact(); // variables arrive as text
      }
    } catch (ArithmeticException | NumberFormatException e) {
      return wrong(plain, "a whole number", problems);
    }
    return wrong(plain, "a whole number", problems);
  }

  private static @Nullable Boolean parseBoolean(Object plain, Problems problems) {
    if (plain instanceof Boolean value) {
      return value;
    }
    String text = String.valueOf(plain).toLowerCase(Locale.ROOT);
    if (plain instanceof String && (text.equals("true") || text.equals("false"))) {
      return Boolean.valueOf(text);
    }
    return wrong(plain, "true or false", problems);
  }

  private static void reportWord(String text, List<String> words, Problems problems) {
    String valid = "valid here: " + String.join(", ", words);
    Suggestions.nearest(text, words)
        .ifPresentOrElse(
            word ->
                problems.replaceable(
                    Severity.ERROR,
                    Code.TR105,
                    "`" + text + "` is not allowed here; " + valid,
                    word),
            () -> problems.error(Code.TR105, "`" + text + "` is not allowed here", valid));
  }

  private static <T> @Nullable T wrong(@Nullable Object plain, String expected, Problems problems) {
    problems.error(
        Code.TR104, "expected " + expected + ", found " + describe(plain), "write " + expected);
    return null;
  }

  /** How a message calls a plain value. */
  public static String describe(@Nullable Object plain) {
    if (plain == null) {
      return "nothing";
    }
    if (plain instanceof List) {
      return "a list";
    }
    if (plain instanceof Map) {
      return "a map";
    }
    if (plain instanceof Secret) {
      return "a secret";
    }
    if (!(plain instanceof String text)) {
      return String.valueOf(plain);
    }
    return "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
  }

  @Override
  public String toString() {
    return name;
  }
}
