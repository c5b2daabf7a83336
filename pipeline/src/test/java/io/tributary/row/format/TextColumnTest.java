package io.tributary.row.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.SchemaText;
import io.tributary.row.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextColumnTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOL         | TRUE     | true",
        "BOOL         | ` no `   | false",
        "BOOL         | 1        | true",
        "INT64        | ` -007 ` | -7",
        "INT64        | +5       | 5",
        "FLOAT64      | 1e3      | 1000.0",
        "FLOAT64      | -inf     | -Infinity",
        "FLOAT64      | nan      | NaN",
        "NUMERIC(4,2) | 1.5      | 1.50",
        "NUMERIC(4,2) | 1.5000   | 1.50",
        "NUMERIC(4,2) | 0e99999  | 0.00",
        "NUMERIC(4,2) | -99.99   | -99.99",
        "NUMERIC(38,38) | 0.5    | 0.50000000000000000000000000000000000000",
        "STRING       | ` a `    | ` a `",
        "JSON         | {\"a\":1} | {\"a\":1}",
        "DATE         | 2024-02-29 | 2024-02-29",
        "TIME         | 23:59    | 23:59",
        "TIME         | 23:59:59.1 | 23:59:59.100",
        "DATETIME     | 2024-01-31 | 2024-01-31T00:00",
        "DATETIME     | 2024-01-31T01:02:03.000004 | 2024-01-31T01:02:03.000004",
        "DATETIME     | 2024-01-31T01:02:03.000004000 | 2024-01-31T01:02:03.000004",
        "TIMESTAMP    | 2024-01-31 | 2024-01-31T00:00:00Z",
        "TIMESTAMP    | 2024-01-31 10:00 | 2024-01-31T10:00:00Z",
        "TIMESTAMP    | 2024-01-31 10:00-0930 | 2024-01-31T19:30:00Z",
        "TIMESTAMP    | 2024-01-31 10:00+05:45 | 2024-01-31T04:15:00Z",
        "TIMESTAMP    | 2024-01-31 10:00+01 | 2024-01-31T09:00:00Z",
        "TIMESTAMP    | 0001-01-01T00:00:00z | 0001-01-01T00:00:00Z",
        "TIMESTAMP    | 2024-01-31 10:00:00.5 UTC | 2024-01-31T10:00:00.500Z",
        "ARRAY<INT64> | [1, null] | [1, null]",
        "STRUCT<a INT64, b ARRAY<DATE>> | {\"b\": [\"2024-01-31\"]} | {a: null, b: [2024-01-31]}",
      })
  void readsTexts(String type, String text, String value) {
    assertThat(String.valueOf(read(SchemaText.parseType(type), text)), is(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INT64     | ``",
        "INT64     | -",
        "INT64     | 1_000",
        "FLOAT64   | 1.5f",
        "FLOAT64   | 1e",
        "NUMERIC   | 1,5",
        "DATE      | 2024-13-01",
        "DATE      | 0000-01-01",
        "DATE      | 2024/01/31",
        "TIME      | 23:60",
        "TIME      | 2:30",
        "TIME      | 23:59:60",
        "TIME      | 23:59:59.0000001",
        "TIME      | 23:59:59.",
        "TIME      | 23:59:5",
        "DATETIME  | 2024-01-31 10:00Z",
        "DATETIME  | 2024-01-31x10:00",
        "TIMESTAMP | 2024-01-31 10:00+19:00",
        "TIMESTAMP | 2024-01-31 10:00+1",
        "TIMESTAMP | 2024-01-31 10:00+01:60",
        "TIMESTAMP | 2024-01-31-01:00",
      })
  void refusesWhatIsNoValueOfTheType(String type, String text) {
    assertThrows(IllegalArgumentException.class, () -> read(SchemaText.parseType(type), text));
  }

  @Test
  void aNumberOfMillionsOfDigitsIsRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> read(Type.NUMERIC, "1".repeat(10_000_000)));
  }

  @Test
  void plainValuesFitWithoutLossOrNotAtAll() {
    assertThat(plain(Type.INT64, new java.math.BigDecimal("5.0")), is("5"));
    assertThat(plain(Type.STRING, 5L), is("5"));
    assertThat(plain(Type.STRING, true), is("true"));
    assertThat(plain(Type.numeric(5, 2), 0.1), is("0.10"));
    assertThat(plain(Type.FLOAT64, 1L), is("1.0"));
    assertThat(plain(Type.JSON, "a"), is("\"a\""));
    assertThat(plain(Type.JSON, Map.of("a", Arrays.asList(1L, null))), is("{\"a\":[1,null]}"));
    assertThat(plain(Type.BOOL, "yes"), is("true"));
    assertThat(plain(Type.array(Type.FLOAT64), List.of(1L, "2.5")), is("[1.0, 2.5]"));
    assertThat(plain(Type.INT64, null), is("null"));

    assertThat(refusal(Type.INT64, 5.5), is("is not an INT64"));
    assertThat(refusal(Type.INT64, true), is("is a boolean, not a value of INT64"));
    assertThat(refusal(Type.STRING, List.of()), is("is a list, not a value of STRING"));
    assertThat(refusal(Type.DATE, 5L), is("is a number, not a value of DATE"));
    assertThat(refusal(Type.BOOL, 1L), is("is a number, not a value of BOOL"));
    assertThat(refusal(Type.array(Type.INT64), "1"), is("is text, not a value of ARRAY<INT64>"));
    assertThat(refusal(Type.INT64, Double.NaN), is("is a number, not a value of INT64"));
    assertThat(
        refusal(Type.FLOAT64, new java.math.BigDecimal("1e400")),
        is("is beyond the range of FLOAT64"));
    assertThat(
        refusal(Type.numeric(5, 2), new java.math.BigDecimal("1e999999999")),
        is("has more than 3 digits before the point, too many for NUMERIC(5,2)"));
    assertThat(
        refusal(SchemaText.parseType("STRUCT<a ARRAY<INT64>>"), Map.of("a", List.of(1L, "x"))),
        is("field `a` has an element 2 that is not an INT64"));
  }

  private static Object read(Type type, String text) {
    RowBuilder row = new RowBuilder(Schema.of(Column.nullable("v", type)));
    char[] padded = ("12" + text + "34").toCharArray();
    TextColumn.of(type).read(padded, 2, 2 + text.length(), row, 0);
    return row.get(0);
  }

  private static String plain(Type type, Object value) {
    RowBuilder row = new RowBuilder(Schema.of(Column.nullable("v", type)));
    PlainColumn.of(type).read(value, row, 0);
    return String.valueOf(row.get(0));
  }

  private static String refusal(Type type, Object value) {
    return assertThrows(IllegalArgumentException.class, () -> plain(type, value)).getMessage();
  }
}
