package io.tributary.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Makes run ids: the moment in UTC and some random digits, so that they sort by time and never
 * meet.
 */
final class RunId {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunId() {}

  static String at(Instant moment) {
    return MOMENT.format(moment) + String.format(Locale.ROOT, "-%06x", RANDOM.nextInt(1 << 24));
  }
}
