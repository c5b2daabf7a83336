package io.tributary.row.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts as plain values (String, Integer, Long, BigInteger, BigDecimal, Boolean, List, Map in
 * the text's order, null), and back. Numbers keep all their digits. Thread-safe.
 */
public final class PlainJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private PlainJson() {}

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException when it is not one JSON value; the message begins with a verb
   *     and says where
   */
  public static @Nullable Object parse(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage();
      String place =
          e.getLocation() == null ? "" : " at character " + e.getLocation().getColumnNr();
      throw new IllegalArgumentException(
          reason.startsWith("Duplicate field")
              ? "has a key twice" + place
              : "is not valid JSON" + place,
          e);
    }
  }

  /** The text of a plain value, on one line. */
  public static String text(@Nullable Object plain) {
    try {
      return JSON.writeValueAsString(plain);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e); // plain values can always be written
    }
  }
}
