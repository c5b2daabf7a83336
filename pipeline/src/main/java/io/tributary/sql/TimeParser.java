package io.tributary.sql;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a text by a format, for PARSE_DATE and its like. Fields that the format does not name are
 * those of 1970-01-01 00:00:00. Used for one text.
 */
final class TimeParser {
  private static final Set<String> ELEMENTS =
      Set.of(
          "Y", "E4Y", "y", "m", "d", "e", "j", "H", "k", "I", "l", "M", "S", "p", "P", "B", "b",
          "h", "A", "a", "F", "D", "x", "T", "X", "R", "n", "t", "%", "E*S", "z", "Ez", "Z", "s");

  private final String text;
  private int at;
  private int year = 1970;
  private int month = 1;
  private int day = 1;
  private int dayOfYear;
  private int hour;
  private boolean twelveHours;
  private boolean afternoon;
  private int minute;
  private int second;
  private int micros;
  private ZoneId zone;
  private boolean epoch;
  private long epochSeconds;

  private TimeParser(String text, ZoneId zone) {
    this.text = text;
    this.zone = zone;
  }

  /** Whether all elements of a format can be read. */
  static boolean supports(String format) {
    int i = 0;
    while (i < format.length()) {
      if (format.charAt(i++) == '%') {
        int length = TimeFormat.elementLength(format, i);
        if (i + length > format.length() || !isKnown(format.substring(i, i + length))) {
          return false;
        }
        i += length;
      }
    }
    return true;
  }

  private static boolean isKnown(String letters) {
    return ELEMENTS.contains(letters) || letters.matches("E[0-6]S");
  }

  /** The wall clock that a text shows, in microseconds. */
  static long local(String format, String text) throws RowException {
    TimeParser parser = new TimeParser(text, ZoneOffset.UTC);
    try {
      parser.read(format);
      return parser.epoch ? parser.epochSeconds * Times.SECOND : parser.local();
    } catch (DateTimeException e) {
      throw new RowException("the text does not have the format");
    }
  }

  /**
   * The moment that a text shows.
   *
   * @param zone the zone of a text that names none
   */
  static long instant(String format, String text, ZoneId zone) throws RowException {
    TimeParser parser = new TimeParser(text, zone);
    try {
      parser.read(format);
      return parser.epoch
          ? Times.checkedMicros(parser.epochSeconds * Times.SECOND)
          : Times.toInstant(parser.local(), parser.zone);
    } catch (DateTimeException e) {
      throw new RowException("the text does not have the format");
    }
  }

  private long local() throws RowException {
    LocalDate date =
        dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
    int hours = twelveHours ? hour % 12 + (afternoon ? 12 : 0) : hour;
    return Times.checkedDay(date.toEpochDay()) * Times.DAY
        + ((hours * 60L + minute) * 60 + second) * Times.SECOND
        + micros;
  }

  private void read(String format) {
    skipWhitespace(); // around the whole text whitespace is allowed
    elements(format);
    skipWhitespace();
    if (at < text.length()) {
      throw new DateTimeException("text goes on");
    }
  }

  private void elements(String format) {
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i++);
      if (c == '%') {
        int length = TimeFormat.elementLength(format, i);
        element(format.substring(i, i + length));
        i += length;
      } else if (Character.isWhitespace(c)) {
        skipWhitespace();
      } else {
        expect(c);
      }
    }
  }

  private void element(String letters) {
    switch (letters) {
      case "Y", "E4Y" -> year = number(1, 4, 1, 9999);
      case "y" -> {
        int short2 = number(1, 2, 0, 99);
        year = short2 + (short2 < 69 ? 2000 : 1900);
      }
      case "m" -> month = number(1, 2, 1, 12);
      case "d", "e" -> {
        skipWhitespace();
        day = number(1, 2, 1, 31);
      }
      case "j" -> dayOfYear = number(1, 3, 1, 366);
      case "H", "k" -> {
        skipWhitespace();
        hour = number(1, 2, 0, 23);
        twelveHours = false;
      }
      case "I", "l" -> {
        skipWhitespace();
        hour = number(1, 2, 1, 12);
        twelveHours = true;
      }
      case "M" -> minute = number(1, 2, 0, 59);
      case "S" -> second = number(1, 2, 0, 59);
      case "p", "P" -> afternoon = word("AM", "PM") == 1;
      case "B", "b", "h" -> month = month();
      case "A", "a" -> dayName();
      case "F" -> elements("%Y-%m-%d");
      case "D", "x" -> elements("%m/%d/%y");
      case "T", "X" -> elements("%H:%M:%S");
      case "R" -> elements("%H:%M");
      case "n", "t" -> skipWhitespace();
      case "%" -> expect('%');
      case "z", "Ez" -> zone = offset();
      case "Z" -> zone = zoneName();
      case "s" -> epochSeconds();
      default -> secondsWithFraction();
    }
  }

  private void secondsWithFraction() {
    second = number(1, 2, 0, 59);
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      int start = at;
      micros = number(1, 6, 0, 999_999);
      for (int digits = at - start; digits < 6; digits++) {
        micros *= 10;
      }
    }
  }

  private int month() {
    for (Month candidate : Month.values()) {
      for (TextStyle style : new TextStyle[] {TextStyle.FULL, TextStyle.SHORT}) {
        if (accept(candidate.getDisplayName(style, Locale.ENGLISH))) {
          return candidate.getValue();
        }
      }
    }
    throw new DateTimeException("no month");
  }

  /** Read, but of no effect, as in BigQuery. */
  private void dayName() {
    word(
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sun",
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat");
  }

  private int word(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (accept(words[i])) {
        return i;
      }
    }
    throw new DateTimeException("no such word");
  }

  private boolean accept(String word) {
    if (!text.regionMatches(true, at, word, 0, word.length())) {
      return false;
    }
    at += word.length();
    return true;
  }

  private ZoneOffset offset() {
    if (at < text.length() && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
      at++;
      return ZoneOffset.UTC;
    }
    int sign = word("+", "-") == 0 ? 1 : -1;
    int hours = number(2, 2, 0, 14);
    accept(":");
    int minutes =
        at < text.length() && Character.isDigit(text.charAt(at)) ? number(2, 2, 0, 59) : 0;
    return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
  }

  private ZoneId zoneName() {
    int start = at;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return Times.zone(text.substring(start, at));
  }

  private void epochSeconds() {
    int sign = accept("-") ? -1 : 1;
    int start = at;
    while (at < text.length() && at - start < 12 && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw new DateTimeException("no digits");
    }
    epoch = true;
    epochSeconds = sign * Long.parseLong(text.substring(start, at));
  }

  private int number(int least, int most, int from, int to) {
    int start = at;
    int value = 0;
    while (at < text.length()
        && at - start < most
        && text.charAt(at) >= '0'
        && text.charAt(at) <= '9') {
      value = value * 10 + (text.charAt(at) - '0');
      at++;
    }
    if (at - start < least || value < from || value > to) {
      throw new DateTimeException("no such number");
    }
    return value;
  }

  private void expect(char wanted) {
    if (at >= text.length() || text.charAt(at) != wanted) {
      throw new DateTimeException("no " + wanted);
    }
    at++;
  }

  private void skipWhitespace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
