package io.tributary.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Writes plain values as they may stand in a config, each on one line: in the flow style of YAML, or
 * as JSON. What is written is read as the same value; texts keep a {@code ${} that is no reference.
 */
public enum FlowText {
  YAML,
  JSON;

  /** Texts that nothing but text can be read from, also by parsers of YAML 1.1. */
  private static final Pattern BARE =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_./-]*( [\\p{L}\\p{N}_./-]+)*");

  private static final Set<String> WORDS_OF_OLD = Set.of("yes", "no", "on", "off");

  /** From this scale on, a decimal is written with an exponent. */
  private static final int LONG_DECIMAL = 400;

  /** One value. */
  public String of(@Nullable Object plain) {
    if (plain instanceof String text) {
      return text(text.replace("${", "$${"));
    }
    if (plain instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> text(String.valueOf(entry.getKey())) + ": " + of(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (plain instanceof List<?> list) {
      return list.stream().map(this::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (plain instanceof BigDecimal decimal) {
      BigDecimal shortest = decimal.stripTrailingZeros();
      return Math.abs((long) shortest.scale()) < LONG_DECIMAL
          ? shortest.toPlainString()
          : shortest.toString();
    }
    if (plain instanceof Double value && !Double.isFinite(value)) {
      return text(value.toString()); // a FLOAT64 takes these texts, too, and JSON has no others
    }
    return String.valueOf(plain);
  }

  private String text(String text) {
    boolean bare =
        this == YAML
            && BARE.matcher(text).matches()
            && text.equals(CoreSchema.value(text, null, true))
            && !WORDS_OF_OLD.contains(text.toLowerCase(Locale.ROOT));
    return bare ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                  if (isShown(c)) {
                    out.appendCodePoint(c);
                  } else {
                    out.append("\\u%04x".formatted(c));
                  }
                }
              }
            });
    return out.append('"').toString();
  }

  /** Not what a parser refuses, takes for a line break, or an editor hides. */
  private static boolean isShown(int c) {
    return StreamReader.isPrintable(c)
        && c != 0x85
        && c != 0x2028
        && c != 0x2029
        && c != 0xfeff
        && c != 0xa0;
  }
}
