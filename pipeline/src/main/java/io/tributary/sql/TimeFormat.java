package io.tributary.sql;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A format of FORMAT_DATE and its like, ready for use. Source: GoogleSQL, "Format elements for date
 * and time parts".
 */
final class TimeFormat {
  /** Writes one element of a format. */
  @FunctionalInterface
  private interface Element {
    /**
     * @param local the wall clock
     * @param offset seconds that it is ahead of UTC
     */
    void write(StringBuilder out, LocalDateTime local, int offset);
  }

  private final List<Element> elements;

  private TimeFormat(List<Element> elements) {
    this.elements = elements;
  }

  /**
   * @param zone null for values that have none
   * @return null when an element is unknown or asks for a zone where there is none
   */
  static @Nullable TimeFormat parse(String format, @Nullable ZoneId zone) {
    List<Element> elements = new ArrayList<>();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        elements.add((out, local, offset) -> out.append(c));
        continue;
      }
      int length = elementLength(format, at);
      Element element =
          at + length > format.length() ? null : element(format.substring(at, at + length), zone);
      if (element == null) {
        return null;
      }
      elements.add(element);
      at += length;
    }
    return new TimeFormat(List.copyOf(elements));
  }

  /** The letters of an element after the percent sign: {@code Y}, {@code E4Y}, {@code E*S}. */
  static int elementLength(String format, int at) {
    if (at >= format.length() || format.charAt(at) != 'E') {
      return 1;
    }
    return at + 1 < format.length() && format.charAt(at + 1) == 'z' ? 2 : 3;
  }

  String format(long local, int offset) {
    StringBuilder out = new StringBuilder();
    LocalDateTime time = Times.dateTime(local);
    for (Element element : elements) {
      element.write(out, time, offset);
    }
    return out.toString();
  }

  private static Element number(int digits, ToIntFunction<LocalDateTime> field) {
    return (out, local, offset) -> TimeText.append(out, field.applyAsInt(local), digits);
  }

  private static Element spaced(ToIntFunction<LocalDateTime> field) {
    return (out, local, offset) -> {
      int value = field.applyAsInt(local);
      out.append(value < 10 ? " " : "").append(value);
    };
  }

  private static Element text(String fixed) {
    return (out, local, offset) -> out.append(fixed);
  }

  private static @Nullable Element whole(String format, @Nullable ZoneId zone) {
    TimeFormat parts = parse(format, zone);
    return parts == null
        ? null
        : (out, local, offset) ->
            parts.elements.forEach(element -> element.write(out, local, offset));
  }

  private static int hour12(LocalDateTime local) {
    int hour = local.getHour() % 12;
    return hour == 0 ? 12 : hour;
  }

  private static int sinceSunday(LocalDateTime local) {
    return local.getDayOfWeek().getValue() % 7;
  }

  private static String month(LocalDateTime local, TextStyle style) {
    return local.getMonth().getDisplayName(style, Locale.ENGLISH);
  }

  private static String day(LocalDateTime local, TextStyle style) {
    DayOfWeek day = local.getDayOfWeek();
    return day.getDisplayName(style, Locale.ENGLISH);
  }

  private static @Nullable Element element(String letters, @Nullable ZoneId zone) {
    return switch (letters) {
      case "Y", "E4Y" ->
          letters.equals("Y")
              ? (out, local, offset) -> out.append(local.getYear())
              : number(4, LocalDateTime::getYear);
      case "C" -> number(2, local -> local.getYear() / 100);
      case "y" -> number(2, local -> local.getYear() % 100);
      case "m" -> number(2, LocalDateTime::getMonthValue);
      case "d" -> number(2, LocalDateTime::getDayOfMonth);
      case "e" -> spaced(LocalDateTime::getDayOfMonth);
      case "j" -> number(3, LocalDateTime::getDayOfYear);
      case "Q" -> number(1, local -> local.get(IsoFields.QUARTER_OF_YEAR));
      case "H" -> number(2, LocalDateTime::getHour);
      case "k" -> spaced(LocalDateTime::getHour);
      case "I" -> number(2, TimeFormat::hour12);
      case "l" -> spaced(TimeFormat::hour12);
      case "M" -> number(2, LocalDateTime::getMinute);
      case "S" -> number(2, LocalDateTime::getSecond);
      case "p" -> (out, local, offset) -> out.append(local.getHour() < 12 ? "AM" : "PM");
      case "P" -> (out, local, offset) -> out.append(local.getHour() < 12 ? "am" : "pm");
      case "B" -> (out, local, offset) -> out.append(month(local, TextStyle.FULL));
      case "b", "h" -> (out, local, offset) -> out.append(month(local, TextStyle.SHORT));
      case "A" -> (out, local, offset) -> out.append(day(local, TextStyle.FULL));
      case "a" -> (out, local, offset) -> out.append(day(local, TextStyle.SHORT));
      case "u" -> number(1, local -> local.getDayOfWeek().getValue());
      case "w" -> number(1, TimeFormat::sinceSunday);
      case "U" -> number(2, local -> TimeArithmetic.weekOfYear(local.toLocalDate(), 0));
      case "W" -> number(2, local -> TimeArithmetic.weekOfYear(local.toLocalDate(), 1));
      case "V" -> number(2, local -> local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case "G" -> number(4, local -> local.get(IsoFields.WEEK_BASED_YEAR));
      case "g" -> number(2, local -> local.get(IsoFields.WEEK_BASED_YEAR) % 100);
      case "F" -> whole("%Y-%m-%d", zone);
      case "D", "x" -> whole("%m/%d/%y", zone);
      case "T", "X" -> whole("%H:%M:%S", zone);
      case "R" -> whole("%H:%M", zone);
      case "r" -> whole("%I:%M:%S %p", zone);
      case "c" -> whole("%a %b %e %H:%M:%S %Y", zone);
      case "n" -> text("\n");
      case "t" -> text("\t");
      case "%" -> text("%");
      case "E*S" -> TimeFormat::shortestSeconds;
      default -> zoned(letters, zone);
    };
  }

  private static @Nullable Element zoned(String letters, @Nullable ZoneId zone) {
    if (letters.length() == 3
        && letters.endsWith("S")
        && letters.charAt(1) >= '0'
        && letters.charAt(1) <= '6') {
      int digits = letters.charAt(1) - '0';
      return (out, local, offset) -> seconds(out, local, digits);
    }
    if (zone == null) {
      return null;
    }
    return switch (letters) {
      case "z" -> (out, local, offset) -> offset(out, offset, "");
      case "Ez" -> (out, local, offset) -> offset(out, offset, ":");
      case "Z" -> (out, local, offset) -> zoneName(out, offset);
      case "s" -> (out, local, offset) -> out.append(local.toEpochSecond(ZoneOffset.UTC) - offset);
      default -> null;
    };
  }

  private static void seconds(StringBuilder out, LocalDateTime local, int digits) {
    TimeText.append(out, local.getSecond(), 2);
    if (digits > 0) {
      long fraction = local.getNano();
      for (int i = digits; i < 9; i++) {
        fraction /= 10;
      }
      TimeText.append(out.append('.'), fraction, digits);
    }
  }

  /** As many digits as count, but none that do not. */
  private static void shortestSeconds(StringBuilder out, LocalDateTime local, int offset) {
    int digits = 6;
    int micros = local.getNano() / 1000;
    while (digits > 0 && micros % 10 == 0) {
      micros /= 10;
      digits--;
    }
    seconds(out, local, digits);
  }

  private static void offset(StringBuilder out, int seconds, String separator) {
    int minutes = Math.abs(seconds) / 60;
    TimeText.append(out.append(seconds < 0 ? '-' : '+'), minutes / 60, 2);
    TimeText.append(out.append(separator), minutes % 60, 2);
  }

  /** {@code UTC}, or {@code UTC+2} and {@code UTC+5:30}, as BigQuery prints it. */
  private static void zoneName(StringBuilder out, int seconds) {
    out.append("UTC");
    if (seconds != 0) {
      int minutes = Math.abs(seconds) / 60;
      out.append(seconds < 0 ? '-' : '+').append(minutes / 60);
      if (minutes % 60 != 0) {
        TimeText.append(out.append(':'), minutes % 60, 2);
      }
    }
  }
}
