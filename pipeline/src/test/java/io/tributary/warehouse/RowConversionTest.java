package io.tributary.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RowConversionTest {

  static Stream<Arguments> fitting() {
    LocalDate day = LocalDate.of(2024, 2, 29);
    LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456_789_000);
    return Stream.of(
        arguments(Type.INT64, 7L, Type.INT64, 7L),
        arguments(Type.BOOL, true, Type.INT64, 1L),
        arguments(Type.BOOL, false, Type.STRING, "false"),
        arguments(Type.INT64, 1L, Type.BOOL, true),
        arguments(
            Type.INT64,
            Long.MIN_VALUE,
            Type.numeric(38, 9),
            new BigDecimal("-9223372036854775808.000000000")),
        arguments(Type.INT64, 999L, Type.numeric(5, 2), new BigDecimal("999.00")),
        arguments(Type.INT64, 1L << 53, Type.FLOAT64, 9007199254740992.0),
        arguments(Type.INT64, -5L, Type.STRING, "-5"),
        arguments(
            Type.numeric(12, 2),
            new BigDecimal("1.50"),
            Type.numeric(38, 9),
            new BigDecimal("1.500000000")),
        arguments(
            Type.numeric(38, 9),
            new BigDecimal("1.500000000"),
            Type.numeric(5, 1),
            new BigDecimal("1.5")),
        arguments(
            Type.numeric(38, 0), new BigDecimal("9223372036854775807"), Type.INT64, Long.MAX_VALUE),
        arguments(Type.numeric(12, 2), new BigDecimal("0.10"), Type.STRING, "0.10"),
        arguments(Type.DATE, day, Type.DATETIME, day.atStartOfDay()),
        arguments(Type.DATE, day, Type.TIMESTAMP, Instant.parse("2024-02-29T00:00:00Z")),
        arguments(Type.DATE, day, Type.STRING, "2024-02-29"),
        arguments(
            Type.DATETIME, moment, Type.TIMESTAMP, Instant.parse("2024-02-29T01:02:03.456789Z")),
        arguments(
            Type.TIMESTAMP, Instant.parse("2024-02-29T01:02:03.456789Z"), Type.DATETIME, moment),
        arguments(Type.STRING, "{\"a\": [1, null]}", Type.JSON, "{\"a\": [1, null]}"),
        arguments(Type.JSON, "[1]", Type.STRING, "[1]"),
        arguments(
            Type.STRING, "ä", Type.BYTES, ByteBuffer.wrap("ä".getBytes(StandardCharsets.UTF_8))),
        arguments(
            Type.BYTES, ByteBuffer.wrap("ä".getBytes(StandardCharsets.UTF_8)), Type.STRING, "ä"),
        arguments(Type.array(Type.INT64), List.of(1L, 2L), Type.array(Type.INT64), List.of(1L, 2L)),
        arguments(Type.INT64, null, Type.STRING, null));
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void whatFitsArrivesUnchanged(
      Type from, @Nullable Object value, Type to, @Nullable Object expected) {
    RowConversion.Converter converter = converter(from, Column.nullable("c", to));

    assertThat(Conversion.of(from, to) == Conversion.NEVER, is(false));
    assertThat(converter.convert(row(from, value)), is((String) null));
    assertThat(converter.row().get(0), is(expected));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(Type.INT64, 2L, Type.BOOL, "column `c`: 2 (INT64) does not fit BOOL"),
        arguments(
            Type.INT64,
            1000L,
            Type.numeric(5, 2),
            "column `c`: 1000 (INT64) does not fit NUMERIC(5,2)"),
        arguments(
            Type.INT64,
            (1L << 53) + 1,
            Type.FLOAT64,
            "column `c`: 9007199254740993 (INT64) does not fit FLOAT64"),
        arguments(
            Type.numeric(12, 2),
            new BigDecimal("1.25"),
            Type.numeric(5, 1),
            "column `c`: 1.25 (NUMERIC(12,2)) does not fit NUMERIC(5,1)"),
        arguments(
            Type.numeric(38, 0),
            new BigDecimal("9223372036854775808"),
            Type.INT64,
            "column `c`: 9223372036854775808 (NUMERIC(38,0)) does not fit INT64"),
        arguments(
            Type.STRING,
            "{\"a\": 1",
            Type.JSON,
            "column `c`: the value (STRING) does not fit JSON"),
        arguments(
            Type.STRING, "1 2", Type.JSON, "column `c`: the value (STRING) does not fit JSON"),
        arguments(Type.STRING, "", Type.JSON, "column `c`: the value (STRING) does not fit JSON"),
        arguments(
            Type.BYTES,
            ByteBuffer.wrap(new byte[] {(byte) 0xC3}),
            Type.STRING,
            "column `c`: the value (BYTES) does not fit STRING"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatDoesNotFitIsRefusedWithTheReason(Type from, Object value, Type to, String reason) {
    assertThat(converter(from, Column.nullable("c", to)).convert(row(from, value)), is(reason));
  }

  @Test
  void nullIsRefusedWhereTheTableDoesNotAllowIt() {
    RowConversion.Converter converter = converter(Type.STRING, Column.required("c", Type.STRING));

    assertThat(converter.convert(row(Type.STRING, null)), is("column `c` must not be NULL"));
  }

  @Test
  void columnsAreFoundByNameInAnyOrder() {
    Schema from = Schema.of(Column.nullable("a", Type.INT64), Column.nullable("b", Type.STRING));
    Schema to = Schema.of(Column.nullable("B", Type.STRING), Column.nullable("A", Type.INT64));
    RowConversion.Converter converter = RowConversion.of(from, to).open();

    converter.convert(RowBuilder.of(from, 1L, "x"));

    assertThat(converter.row(), is(RowBuilder.of(to, "x", 1L)));
  }

  @Test
  void theSameSchemaNeedsNoConversion() {
    Schema schema = Schema.of(Column.nullable("a", Type.INT64));
    Schema required = Schema.of(Column.required("a", Type.INT64));

    assertThat(RowConversion.of(schema, schema).changesNothing(), is(true));
    assertThat(RowConversion.of(required, schema).changesNothing(), is(true));
    assertThat(RowConversion.of(schema, required).changesNothing(), is(false));
  }

  private static RowConversion.Converter converter(Type from, Column to) {
    return RowConversion.of(Schema.of(Column.nullable("c", from)), Schema.of(to)).open();
  }

  private static Row row(Type type, @Nullable Object value) {
    return RowBuilder.of(Schema.of(Column.nullable("c", type)), value);
  }
}
