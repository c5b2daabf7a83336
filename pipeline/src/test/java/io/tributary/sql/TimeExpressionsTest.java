package io.tributary.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/** Dates and times, around leap days, week and year begins, zones and clock changes. */
final class TimeExpressionsTest {
  private final ExpressionTable table = new ExpressionTable();

  @Test
  void nowIsTheMomentOfTheRun() {
    String lines =
        """
        CURRENT_TIMESTAMP() => 2026-11-21T22:30:00.123456Z
        CURRENT_DATE() => 2026-11-21
        CURRENT_DATE('Asia/Tokyo') => 2026-11-22
        CURRENT_DATETIME() => 2026-11-21T22:30:00.123456
        CURRENT_TIME() => 22:30:00.123456
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void makesDatesAndTimes() {
    String lines =
        """
        DATE(2024, 2, 29) => 2024-02-29
        DATE(2023, 2, 29) => error: the numbers are no valid date or time
        DATE(10000, 1, 1) => error: the date is not in the years 1 to 9999
        DATE(dt) => 2024-02-29
        DATE(ts) => 2024-02-29
        DATE(ts, 'Asia/Tokyo') => 2024-03-01
        DATETIME(2024, 2, 29, 23, 59, 59) => 2024-02-29T23:59:59
        DATETIME(2024, 2, 29, 24, 0, 0) => error: the numbers are no valid date or time
        DATETIME(d) => 2024-02-29T00:00
        DATETIME(d, t) => 2024-02-29T13:14:15.678901
        DATETIME(ts, 'America/New_York') => 2024-02-29T18:30:15
        DATETIME('2024-02-29 1:2:3') => 2024-02-29T01:02:03
        TIMESTAMP('2024-02-29 12:00:00+05:30') => 2024-02-29T06:30:00Z
        TIMESTAMP('2024-02-29', 'Asia/Tokyo') => 2024-02-28T15:00:00Z
        TIMESTAMP('2024-07-01 12:00:00 Europe/Berlin') => 2024-07-01T10:00:00Z
        TIMESTAMP(CONCAT('2024-02-29T', '12:00:00Z')) => 2024-02-29T12:00:00Z
        TIMESTAMP(CONCAT('2024-02-29 12:00:00', ' Nowhere/Else')) => error: the text is no valid TIMESTAMP
        TIMESTAMP(d) => 2024-02-29T00:00:00Z
        TIMESTAMP(dt, 'America/New_York') => 2024-02-29T18:14:15.678901Z
        TIMESTAMP(DATETIME '2024-03-31 02:30:00', 'Europe/Berlin') => 2024-03-31T01:30:00Z
        TIMESTAMP(DATETIME '2024-10-27 02:30:00', 'Europe/Berlin') => 2024-10-27T00:30:00Z
        TIME(1, 2, 3) => 01:02:03
        TIME(24, 0, 0) => error: the numbers are no valid date or time
        TIME(dt) => 13:14:15.678901
        TIME(ts, 'Asia/Tokyo') => 08:30:15
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void addsAndSubtracts() {
    String lines =
        """
        DATE_ADD(d, INTERVAL 1 DAY) => 2024-03-01
        DATE_ADD(d, INTERVAL 1 YEAR) => 2025-02-28
        DATE_ADD(DATE '2024-01-31', INTERVAL 1 MONTH) => 2024-02-29
        DATE_SUB(d, INTERVAL 1 QUARTER) => 2023-11-29
        DATE_ADD(d, INTERVAL -2 WEEK) => 2024-02-15
        DATE_ADD(d, INTERVAL i DAY) => 2024-03-07
        DATE_ADD(DATE '9999-12-31', INTERVAL 1 DAY) => error: the date is not in the years 1 to 9999
        DATE_SUB(DATE '0001-01-01', INTERVAL 1 MONTH) => error: the date is not in the years 1 to 9999
        DATE_ADD(d, INTERVAL big DAY) => error: the date is not in the years 1 to 9999
        DATE_ADD(d, INTERVAL big MONTH) => error: the date is not in the years 1 to 9999
        d + 1 => 2024-03-01
        1 + d => 2024-03-01
        d - 60 => 2023-12-31
        DATETIME_ADD(dt, INTERVAL 1 MICROSECOND) => 2024-02-29T13:14:15.678902
        DATETIME_ADD(dt, INTERVAL 12 HOUR) => 2024-03-01T01:14:15.678901
        DATETIME_SUB(dt, INTERVAL 1 YEAR) => 2023-02-28T13:14:15.678901
        dt + INTERVAL 1 MONTH => 2024-03-29T13:14:15.678901
        INTERVAL 1 DAY + dt => 2024-03-01T13:14:15.678901
        dt - INTERVAL 30 MINUTE => 2024-02-29T12:44:15.678901
        d + INTERVAL 1 HOUR => 2024-02-29T01:00
        TIMESTAMP_ADD(ts, INTERVAL 1 DAY) => 2024-03-01T23:30:15Z
        TIMESTAMP_SUB(ts, INTERVAL 90 MINUTE) => 2024-02-29T22:00:15Z
        ts + INTERVAL 1 SECOND => 2024-02-29T23:30:16Z
        TIME_ADD(t, INTERVAL 12 HOUR) => 01:14:15.678901
        TIME_SUB(t, INTERVAL 14 HOUR) => 23:14:15.678901
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void cutsToUnits() {
    String lines =
        """
        DATE_TRUNC(d, MONTH) => 2024-02-01
        DATE_TRUNC(d, QUARTER) => 2024-01-01
        DATE_TRUNC(d, YEAR) => 2024-01-01
        DATE_TRUNC(d, WEEK) => 2024-02-25
        DATE_TRUNC(d, WEEK(MONDAY)) => 2024-02-26
        DATE_TRUNC(d, WEEK(FRIDAY)) => 2024-02-23
        DATE_TRUNC(d, ISOWEEK) => 2024-02-26
        DATE_TRUNC(DATE '2024-12-31', ISOYEAR) => 2024-12-30
        DATE_TRUNC(DATE '2023-01-01', ISOYEAR) => 2022-01-03
        DATE_TRUNC(DATE '0001-01-01', WEEK) => error: the date is not in the years 1 to 9999
        DATETIME_TRUNC(dt, HOUR) => 2024-02-29T13:00
        DATETIME_TRUNC(dt, DAY) => 2024-02-29T00:00
        DATETIME_TRUNC(dt, MILLISECOND) => 2024-02-29T13:14:15.678
        DATETIME_TRUNC(DATETIME '1969-12-31 23:59:59.5', SECOND) => 1969-12-31T23:59:59
        TIMESTAMP_TRUNC(ts, DAY) => 2024-02-29T00:00:00Z
        TIMESTAMP_TRUNC(ts, DAY, 'Asia/Tokyo') => 2024-02-29T15:00:00Z
        TIMESTAMP_TRUNC(ts, HOUR, 'Asia/Kolkata') => 2024-02-29T23:30:00Z
        TIMESTAMP_TRUNC(ts, MONTH) => 2024-02-01T00:00:00Z
        TIME_TRUNC(t, MINUTE) => 13:14
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void countsBegins() {
    String lines =
        """
        DATE_DIFF(d, DATE '2023-12-31', DAY) => 60
        DATE_DIFF(d, DATE '2023-12-31', MONTH) => 2
        DATE_DIFF(d, DATE '2023-12-31', YEAR) => 1
        DATE_DIFF(d, DATE '2023-10-01', QUARTER) => 1
        DATE_DIFF(DATE '2024-03-03', DATE '2024-03-02', WEEK) => 1
        DATE_DIFF(DATE '2024-03-04', DATE '2024-03-03', WEEK) => 0
        DATE_DIFF(DATE '2024-03-04', DATE '2024-03-03', ISOWEEK) => 1
        DATE_DIFF(DATE '2024-12-30', DATE '2024-12-29', ISOYEAR) => 1
        DATE_DIFF(DATE '2023-12-31', d, DAY) => -60
        DATETIME_DIFF(dt, DATETIME '2024-02-29 12:59:59', HOUR) => 1
        DATETIME_DIFF(dt, DATETIME '2024-02-29 12:59:59', DAY) => 0
        TIMESTAMP_DIFF(ts, TIMESTAMP '2024-02-29 22:30:16', HOUR) => 0
        TIMESTAMP_DIFF(TIMESTAMP '2024-02-29 22:30:16', ts, SECOND) => -3599
        TIME_DIFF(t, TIME '12:59:59', HOUR) => 1
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void lastDays() {
    String lines =
        """
        LAST_DAY(d) => 2024-02-29
        LAST_DAY(d, YEAR) => 2024-12-31
        LAST_DAY(d, QUARTER) => 2024-03-31
        LAST_DAY(d, WEEK) => 2024-03-02
        LAST_DAY(d, WEEK(MONDAY)) => 2024-03-03
        LAST_DAY(d, ISOYEAR) => 2024-12-29
        LAST_DAY(DATE '2020-06-01', ISOYEAR) => 2021-01-03
        LAST_DAY(dt) => 2024-02-29
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void takesApart() {
    String lines =
        """
        EXTRACT(YEAR FROM d) => 2024
        EXTRACT(QUARTER FROM d) => 1
        EXTRACT(MONTH FROM d) => 2
        EXTRACT(DAY FROM d) => 29
        EXTRACT(DAYOFWEEK FROM d) => 5
        EXTRACT(DAYOFYEAR FROM d) => 60
        EXTRACT(WEEK FROM d) => 8
        EXTRACT(WEEK FROM DATE '2024-01-01') => 0
        EXTRACT(WEEK(MONDAY) FROM DATE '2024-01-01') => 1
        EXTRACT(ISOWEEK FROM DATE '2021-01-03') => 53
        EXTRACT(ISOYEAR FROM DATE '2021-01-03') => 2020
        EXTRACT(HOUR FROM dt) => 13
        EXTRACT(MINUTE FROM t) => 14
        EXTRACT(SECOND FROM dt) => 15
        EXTRACT(MILLISECOND FROM dt) => 678
        EXTRACT(MICROSECOND FROM dt) => 678901
        EXTRACT(HOUR FROM ts AT TIME ZONE 'Asia/Kolkata') => 5
        EXTRACT(DATE FROM ts AT TIME ZONE 'Asia/Tokyo') => 2024-03-01
        EXTRACT(DATE FROM ts) => 2024-02-29
        EXTRACT(TIME FROM dt) => 13:14:15.678901
        EXTRACT(DATETIME FROM ts) => 2024-02-29T23:30:15
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void unixTimes() {
    String lines =
        """
        UNIX_DATE(d) => 19782
        UNIX_SECONDS(TIMESTAMP '1969-12-31 23:59:59.5') => -1
        UNIX_MILLIS(ts) => 1709249415000
        UNIX_MICROS(ts) => 1709249415000000
        DATE_FROM_UNIX_DATE(-1) => 1969-12-31
        TIMESTAMP_SECONDS(-1) => 1969-12-31T23:59:59Z
        TIMESTAMP_MILLIS(1500) => 1970-01-01T00:00:01.500Z
        TIMESTAMP_MICROS(1) => 1970-01-01T00:00:00.000001Z
        TIMESTAMP_SECONDS(big) => error: the time is not in the years 1 to 9999
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void timesAsText() {
    String lines =
        """
        CAST(d AS STRING) => 2024-02-29
        CAST(t AS STRING) => 13:14:15.678901
        CAST(dt AS STRING) => 2024-02-29 13:14:15.678901
        CAST(ts AS STRING) => 2024-02-29 23:30:15+00
        CAST(TIMESTAMP '2024-01-01 00:00:00.5' AS STRING) => 2024-01-01 00:00:00.500+00
        STRING(ts, 'Asia/Kolkata') => 2024-03-01 05:00:15+05:30
        CAST(d AS DATETIME) => 2024-02-29T00:00
        CAST(d AS TIMESTAMP) => 2024-02-29T00:00:00Z
        CAST(dt AS DATE) => 2024-02-29
        CAST(dt AS TIME) => 13:14:15.678901
        CAST(dt AS TIMESTAMP) => 2024-02-29T13:14:15.678901Z
        CAST(ts AS DATE) => 2024-02-29
        CAST(ts AS DATETIME) => 2024-02-29T23:30:15
        CAST(ts AS TIME) => 23:30:15
        CAST(CONCAT('2024-2-', '9') AS DATE) => 2024-02-09
        CAST(CONCAT('2024-02-', '30') AS DATE) => error: the text is no valid DATE
        CAST(CONCAT('2024-02-29', ' 10:00:00') AS DATE) => 2024-02-29
        CAST(CONCAT('24-02-', '29') AS DATE) => error: the text is no valid DATE
        CAST(CONCAT('12:3:4', '.5') AS TIME) => 12:03:04.500
        CAST(CONCAT('25:00', ':00') AS TIME) => error: the text is no valid TIME
        CAST(CONCAT('2024-02-29', ' 24:00:00') AS DATETIME) => error: the text is no valid DATETIME
        CAST(CONCAT('2024-02-29T01:02:03', '.123456') AS DATETIME) => 2024-02-29T01:02:03.123456
        CAST(CONCAT('2024-02-29T01:02:03', '.1234567') AS DATETIME) => error: the text is no valid DATETIME
        CAST(CONCAT('2024-02-29 01:02:03', '-08') AS TIMESTAMP) => 2024-02-29T09:02:03Z
        CAST(s AS TIMESTAMP) => error: the text is no valid TIMESTAMP
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void formats() {
    String lines =
        """
        FORMAT_DATE('%Y-%m-%d %j %a %A %b %B %e %U %W %V %G %u %w %y %Q %F %D', d) => 2024-02-29 060 Thu Thursday Feb February 29 08 09 09 2024 4 4 24 1 2024-02-29 02/29/24
        FORMAT_DATETIME('%H:%M:%S %I %l %k %p %P %T %R %E*S %E3S %c', dt) => 13:14:15 01  1 13 PM pm 13:14:15 13:14 15.678901 15.678 Thu Feb 29 13:14:15 2024
        FORMAT_TIME('%H%M%S%%', t) => 131415%
        FORMAT_TIMESTAMP('%F %T %z %Ez %Z %s', ts, 'Asia/Kolkata') => 2024-03-01 05:00:15 +0530 +05:30 UTC+5:30 1709249415
        FORMAT_TIMESTAMP('%Z', ts) => UTC
        FORMAT_DATE('%Z', d) => [12+4] TR204 an element of this format is not supported in filter and select; use a `sql` transform for it: the warehouse runs it
        FORMAT_DATE('%!', d) => [12+4] TR204 an element of this format is not supported in filter and select; use a `sql` transform for it: the warehouse runs it
        FORMAT_DATE(s, d) => [12+1] TR204 a format that is no constant is not supported in filter and select; use a `sql` transform for it: the warehouse runs it
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void parses() {
    String lines =
        """
        PARSE_DATE('%Y%m%d', '20240229') => 2024-02-29
        PARSE_DATE('%d.%m.%y', '1.2.69') => 1969-02-01
        PARSE_DATE('%A, %e %B %Y', 'Thursday,  9 february 2024') => 2024-02-09
        PARSE_DATE('%F', '2024-02-30') => error: the text does not have the format
        PARSE_DATE('%F', '2024-02-29x') => error: the text does not have the format
        PARSE_DATE('%Y-%j', '2024-60') => 2024-02-29
        PARSE_DATE('%U', '1') => [11+4] TR204 an element of this format is not supported in filter and select; use a `sql` transform for it: the warehouse runs it
        PARSE_DATETIME('%F %I:%M %p', '2024-02-29 12:05 am') => 2024-02-29T00:05
        PARSE_TIME('%T', '23:59:59') => 23:59:59
        PARSE_TIMESTAMP('%F %T', '2024-02-29 12:00:00', 'Asia/Tokyo') => 2024-02-29T03:00:00Z
        PARSE_TIMESTAMP('%F %T%Ez', '2024-02-29 12:00:00-03:30') => 2024-02-29T15:30:00Z
        PARSE_TIMESTAMP('%F %H:%M:%E*S', '2024-02-29 12:00:01.25') => 2024-02-29T12:00:01.250Z
        PARSE_TIMESTAMP('%s', '1700000000') => 2023-11-14T22:13:20Z
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void nullStaysNull() {
    String lines =
        """
        d0 + 1 => NULL
        DATE_TRUNC(d0, MONTH) => NULL
        FORMAT_DATE('%F', d0) => NULL
        """;

    assertThat(table.evaluate(lines), is(lines));
  }
}
