package io.tributary.sql;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The canonical texts of dates and times, as CAST reads and writes them: {@code 2024-1-31
 * 7:05:00.25+02}. Source: GoogleSQL, "Data types", canonical formats.
 */
final class TimeText {
  private final String text;
  private int at;

  private TimeText(String text) {
    this.text = text;
  }

  static long date(String text) throws RowException {
    TimeText reader = new TimeText(text);
    try {
      long day = reader.date().toEpochDay();
      if (!reader.atEnd()) { // a date may be written with a time, which is left out
        reader.separator();
        reader.time();
      }
      reader.expectEnd("DATE");
      return day;
    } catch (DateTimeException e) {
      throw invalid("DATE");
    }
  }

  static long time(String text) throws RowException {
    TimeText reader = new TimeText(text);
    try {
      long micros = reader.time();
      reader.expectEnd("TIME");
      return micros % Times.DAY;
    } catch (DateTimeException e) {
      throw invalid("TIME");
    }
  }

  static long dateTime(String text) throws RowException {
    TimeText reader = new TimeText(text);
    try {
      long micros = reader.dateAndTime();
      reader.expectEnd("DATETIME");
      return Times.checkedMicros(micros);
    } catch (DateTimeException e) {
      throw invalid("DATETIME");
    }
  }

  /**
   * @param zone the zone of a text that names none
   */
  static long timestamp(String text, ZoneId zone) throws RowException {
    TimeText reader = new TimeText(text);
    try {
      long local = reader.dateAndTime();
      ZoneId named = reader.zone(zone);
      reader.expectEnd("TIMESTAMP");
      return Times.toInstant(local, named);
    } catch (DateTimeException e) {
      throw invalid("TIMESTAMP");
    }
  }

  private static RowException invalid(String type) {
    return new RowException("the text is no valid " + type);
  }

  private long dateAndTime() {
    LocalDate date = date();
    long micros = date.toEpochDay() * Times.DAY;
    if (at < text.length() && (peek() == ' ' || peek() == 'T' || peek() == 't')) {
      int before = at;
      at++;
      if (at < text.length() && isDigit(peek())) {
        return micros + time();
      }
      at = before;
    }
    return micros;
  }

  private void separator() {
    if (peek() != ' ' && peek() != 'T' && peek() != 't') {
      throw new DateTimeException("no separator");
    }
    at++;
  }

  private LocalDate date() {
    int year = number(4, 4);
    expect('-');
    int month = number(1, 2);
    expect('-');
    int day = number(1, 2);
    if (year == 0) {
      throw new DateTimeException("year 0");
    }
    return LocalDate.of(year, month, day);
  }

  private long time() {
    int hour = number(1, 2);
    expect(':');
    int minute = number(1, 2);
    expect(':');
    int second = number(1, 2);
    long micros = 0;
    if (!atEnd() && peek() == '.') {
      at++;
      int start = at;
      micros = number(1, 6);
      for (int digits = at - start; digits < 6; digits++) {
        micros *= 10;
      }
    }
    if (second == 60) { // a leap second is the next one, without a fraction
      return (LocalTime.of(hour, minute, 59).toSecondOfDay() + 1) * Times.SECOND;
    }
    return LocalTime.of(hour, minute, second).toSecondOfDay() * Times.SECOND + micros;
  }

  private ZoneId zone(ZoneId otherwise) {
    if (atEnd()) {
      return otherwise;
    }
    char first = peek();
    if (first == 'Z' || first == 'z') {
      at++;
      return ZoneOffset.UTC;
    }
    if (first == '+' || first == '-') {
      return offset();
    }
    expect(' ');
    if (!atEnd() && (peek() == '+' || peek() == '-')) {
      return offset();
    }
    ZoneId named = Times.zone(text.substring(at));
    at = text.length();
    return named;
  }

  private ZoneOffset offset() {
    int sign = peek() == '-' ? -1 : 1;
    at++;
    int hours = number(1, 2);
    int minutes = 0;
    if (!atEnd() && peek() == ':') {
      at++;
      minutes = number(2, 2);
    }
    return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
  }

  private int number(int least, int most) {
    int start = at;
    int value = 0;
    while (at < text.length() && at - start < most && isDigit(peek())) {
      value = value * 10 + (peek() - '0');
      at++;
    }
    if (at - start < least) {
      throw new DateTimeException("digits missing");
    }
    return value;
  }

  private void expect(char wanted) {
    if (atEnd() || peek() != wanted) {
      throw new DateTimeException("no " + wanted);
    }
    at++;
  }

  private void expectEnd(String type) throws RowException {
    if (!atEnd()) {
      throw invalid(type);
    }
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  private char peek() {
    if (atEnd()) {
      throw new DateTimeException("text ends");
    }
    return text.charAt(at);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static String ofDate(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    StringBuilder text = new StringBuilder(10);
    appendDate(text, date);
    return text.toString();
  }

  static String ofTime(long micros) {
    StringBuilder text = new StringBuilder(15);
    appendTime(text, micros);
    return text.toString();
  }

  /**
   * @param separator between date and time
   */
  static String ofDateTime(long micros, char separator) {
    LocalDateTime local = Times.dateTime(micros);
    StringBuilder text = new StringBuilder(26);
    appendDate(text, local.toLocalDate());
    text.append(separator);
    appendTime(text, Math.floorMod(micros, Times.DAY));
    return text.toString();
  }

  static String ofTimestamp(long micros, ZoneId zone) {
    long local = Times.toLocal(micros, zone);
    return ofDateTime(local, ' ') + ofOffset((local - micros) / Times.SECOND);
  }

  /** {@code +02}, or {@code +05:30} where minutes count. */
  private static String ofOffset(long seconds) {
    StringBuilder text = new StringBuilder(6).append(seconds < 0 ? '-' : '+');
    long minutes = Math.abs(seconds) / 60;
    append(text, minutes / 60, 2);
    if (minutes % 60 != 0) {
      append(text.append(':'), minutes % 60, 2);
    }
    return text.toString();
  }

  private static void appendDate(StringBuilder text, LocalDate date) {
    append(text, date.getYear(), 4);
    append(text.append('-'), date.getMonthValue(), 2);
    append(text.append('-'), date.getDayOfMonth(), 2);
  }

  /** Fractions have no digits, three or six. */
  private static void appendTime(StringBuilder text, long micros) {
    long seconds = micros / Times.SECOND;
    append(text, seconds / 3600, 2);
    append(text.append(':'), seconds / 60 % 60, 2);
    append(text.append(':'), seconds % 60, 2);
    long fraction = micros % Times.SECOND;
    if (fraction % 1000 != 0) {
      append(text.append('.'), fraction, 6);
    } else if (fraction != 0) {
      append(text.append('.'), fraction / 1000, 3);
    }
  }

  static void append(StringBuilder text, long number, int digits) {
    String plain = Long.toString(number);
    text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
  }
}
