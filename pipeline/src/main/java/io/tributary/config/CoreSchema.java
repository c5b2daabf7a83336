package io.tributary.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** Types of unquoted values by the core schema of YAML 1.2: {@code yes} and {@code no} are text. */
final class CoreSchema {
  private static final CoreScalarResolver RESOLVER = new CoreScalarResolver(false);
  private static final Set<String> TAGS =
      Set.of(
          "!",
          Tag.STR.getValue(),
          Tag.INT.getValue(),
          Tag.FLOAT.getValue(),
          Tag.BOOL.getValue(),
          Tag.NULL.getValue());

  private CoreSchema() {}

  static boolean knows(String tag) {
    return TAGS.contains(tag);
  }

  /** The typed value of a text; an explicit {@code !!str} and quotes make it text. */
  static @Nullable Object value(String text, @Nullable String tag, boolean plain) {
    boolean typed = tag == null ? plain : !tag.equals("!") && !tag.equals(Tag.STR.getValue());
    if (!typed) {
      return text;
    }
    Tag resolved = RESOLVER.resolve(text, true);
    if (resolved.equals(Tag.NULL)) {
      return null;
    }
    if (resolved.equals(Tag.BOOL)) {
      return text.equalsIgnoreCase("true");
    }
    if (resolved.equals(Tag.INT)) {
      return integer(text);
    }
    return resolved.equals(Tag.FLOAT) ? decimal(text) : text;
  }

  private static Object integer(String text) {
    BigInteger value =
        text.startsWith("0x")
            ? new BigInteger(text.substring(2), 16)
            : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  /** A double where it says exactly what is written, else a decimal. */
  private static Object decimal(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.endsWith(".inf")) {
      return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (word.equals(".nan")) {
      return Double.NaN;
    }
    try {
      BigDecimal exact = new BigDecimal(text);
      double value = exact.doubleValue();
      boolean same =
          Double.isFinite(value) && new BigDecimal(Double.toString(value)).compareTo(exact) == 0;
      return same ? (Object) value : exact;
    } catch (NumberFormatException e) {
      return text; // an exponent beyond what a decimal can hold
    }
  }
}
