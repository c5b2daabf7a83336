package io.tributary.row;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorValueTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "INT64, -42, -42",
    "DATE, 2024-01-31, 2024-01-31",
    "DATETIME, 2024-01-31, 2024-01-31T00:00:00.000000",
    "DATETIME, 2024-01-31 18:30, 2024-01-31T18:30:00.000000",
    "DATETIME, 2024-01-31T18:30:01.25, 2024-01-31T18:30:01.250000",
    "DATETIME, 2024-01-31T18:30:00Z, 2024-02-01T03:30:00.000000",
    "TIMESTAMP, 2024-01-31, 2024-01-30T15:00:00.000000Z",
    "TIMESTAMP, 2024-01-31T18:30:00.000001, 2024-01-31T09:30:00.000001Z",
    "TIMESTAMP, 2024-01-31T18:30:00Z, 2024-01-31T18:30:00.000000Z",
    "TIMESTAMP, 2024-01-31T18:30:00+01:00, 2024-01-31T17:30:00.000000Z",
    "TIMESTAMP, 1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z"
  })
  void isReadInItsZoneAndWrittenInAFormThatNeedsNone(String type, String text, String written) {
    Type cursorType = SchemaText.parseType(type);

    CursorValue value = CursorValue.parse(cursorType, text, TOKYO);

    assertThat(value.toString(), is(written));
    assertThat(CursorValue.parse(cursorType, written, ZoneOffset.UTC), is(value));
  }

  @ParameterizedTest
  @CsvSource({"INT64, 1.5", "INT64, 2024-01-31", "DATE, 31.01.2024", "TIMESTAMP, yesterday"})
  void otherTextsAreRefusedWithAnExample(String type, String text) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> CursorValue.parse(SchemaText.parseType(type), text, TOKYO));

    assertThat(refusal.getMessage().startsWith("`" + text + "` is no value of a "), is(true));
  }

  @Test
  void aMomentIsAWallClockOfTheZone() {
    Instant moment = Instant.parse("2024-01-31T18:30:00.123456Z");

    assertThat(
        CursorValue.at(Type.TIMESTAMP, moment, TOKYO).toString(),
        is("2024-01-31T18:30:00.123456Z"));
    assertThat(
        CursorValue.at(Type.DATETIME, moment, TOKYO).toString(), is("2024-02-01T03:30:00.123456"));
    assertThat(CursorValue.at(Type.DATE, moment, TOKYO).toString(), is("2024-02-01"));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-10-26T23:59:00Z, 2024-10-27T01:59:00.000000",
    "2024-10-27T00:30:00Z, 2024-10-27T02:00:00.000000", // 02:30, which comes again
    "2024-10-27T01:30:00Z, 2024-10-27T02:30:00.000000", // the second time
    "2024-03-31T01:30:00Z, 2024-03-31T03:30:00.000000"
  })
  void aWallClockThatWillBePutBackCountsFromWhereItWillBe(String moment, String expected) {
    assertThat(
        CursorValue.at(Type.DATETIME, Instant.parse(moment), BERLIN).toString(), is(expected));
  }

  @Test
  void valuesOfOtherTypesAreTakenWhereNothingIsLost() {
    assertThat(
        CursorValue.of(Type.INT64, new BigDecimal("7.000")),
        is(Optional.of(new CursorValue(Type.INT64, 7))));
    assertThat(CursorValue.of(Type.INT64, new BigDecimal("7.5")), is(Optional.empty()));
    assertThat(
        CursorValue.of(Type.DATETIME, Instant.parse("2024-01-31T18:30:00Z")),
        is(Optional.of(CursorValue.parse(Type.DATETIME, "2024-01-31T18:30:00", TOKYO))));
    assertThat(
        CursorValue.of(Type.TIMESTAMP, LocalDateTime.parse("2024-01-31T18:30:00")),
        is(Optional.of(CursorValue.parse(Type.TIMESTAMP, "2024-01-31T18:30:00Z", TOKYO))));
    assertThat(
        CursorValue.of(Type.DATE, LocalDateTime.parse("2024-01-31T18:30:00")),
        is(Optional.of(CursorValue.parse(Type.DATE, "2024-01-31", TOKYO))));
    assertThat(
        CursorValue.of(Type.DATETIME, LocalDate.parse("2024-01-31")),
        is(Optional.of(CursorValue.parse(Type.DATETIME, "2024-01-31", TOKYO))));
    assertThat(CursorValue.of(Type.DATE, "2024-01-31"), is(Optional.empty()));
  }

  @Test
  void aRangeHasItsStartAndNotItsEndAndNullsOnlyWithoutStart() {
    CursorRange range =
        new CursorRange("n", new CursorValue(Type.INT64, 5), new CursorValue(Type.INT64, 8));
    CursorRange first = new CursorRange("n", null, new CursorValue(Type.INT64, 8));

    assertThat(range.has(false, 4), is(false));
    assertThat(range.has(false, 5), is(true));
    assertThat(range.has(false, 7), is(true));
    assertThat(range.has(false, 8), is(false));
    assertThat(range.has(true, 6), is(false));
    assertThat(first.has(true, 6), is(true));
    assertThat(first.has(false, Long.MIN_VALUE), is(true));
    assertThat(first.isEmpty(), is(false));
  }
}
