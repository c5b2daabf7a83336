package io.tributary.row.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeDetectionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true; FALSE                     | BOOL",
        "true; 1                         | STRING",
        "0; -1; 9223372036854775807      | INT64",
        "-9223372036854775808            | INT64",
        "9223372036854775808; 1          | NUMERIC(38,0)",
        "-9223372036854775809            | NUMERIC(38,0)",
        "99999999999999999999999999999999999999   | NUMERIC(38,0)",
        "100000000000000000000000000000000000000  | STRING",
        "007; 1                          | STRING",
        "+1                              | STRING",
        "-                               | STRING",
        "1.                              | STRING",
        ".5                              | STRING",
        "1.5; 2                          | FLOAT64",
        "10.357019999999999              | FLOAT64",
        "1e5                             | FLOAT64",
        "1E-7; 4.9e-324                   | FLOAT64",
        "1e400                           | STRING",
        "1e16                            | FLOAT64",
        "1e                              | STRING",
        "0.10; 12345678901234567.89      | NUMERIC(38,9)",
        "9007199254740993; 0.5           | NUMERIC(38,9)",
        "0.1234567890123456789           | NUMERIC(38,19)",
        "1234567890123456789012345678901.1 | NUMERIC(38,1)",
        "12345678901234567890.1234567890123456789 | STRING",
        "NaN                             | STRING",
        "2024-01-31; 0001-01-01          | DATE",
        "2024-02-30                      | STRING",
        "2024-1-31                       | STRING",
        "2024-01-31; 2024-01-31 10:00    | DATETIME",
        "2024-01-31T10:00:00.123456      | DATETIME",
        "2024-01-31T10:00:00.1234567     | STRING",
        "2024-01-31T24:00:00             | STRING",
        "2024-01-31T10:00:00Z; 2024-01-31 10:00:00+01:00; 2024-01-31 10:00-0930; 2024-01-31 10:00"
            + " UTC | TIMESTAMP",
        "2024-01-31; 2024-01-31T10:00:00Z | STRING",
        "2024-01-31; 5                   | STRING",
        "a; 1; true                      | STRING",
      })
  void findsTheNarrowestTypeOfTexts(String cells, String type) {
    TypeDetection detection = new TypeDetection();
    for (String cell : cells.split("; ")) {
      detection.addCell(cell.toCharArray(), 0, cell.length());
    }

    assertThat(detection.type().toString(), is(type));
  }

  @Test
  void anUnknownColumnIsText() {
    assertThat(new TypeDetection().type(), is(Type.STRING));
  }

  @Test
  void findsTypesOfPlainValues() {
    assertThat(typeOf(1, 2L), is("INT64"));
    assertThat(typeOf(1L, new BigDecimal("2.5")), is("FLOAT64"));
    assertThat(typeOf(1.5, Double.NaN), is("FLOAT64"));
    assertThat(typeOf(new BigDecimal("0.1234567890123456789"), Double.NaN), is("STRING"));
    assertThat(typeOf(true, null), is("BOOL"));
    assertThat(typeOf("1", "true"), is("STRING"));
    assertThat(typeOf("2024-01-31"), is("DATE"));
    assertThat(typeOf("", "2024-01-31"), is("STRING"));
    assertThat(typeOf(List.of(1L), List.of()), is("ARRAY<INT64>"));
    assertThat(typeOf(List.of(), Arrays.asList((Object) null)), is("JSON"));
    assertThat(typeOf(List.of(List.of(1L))), is("JSON"));
    assertThat(typeOf(List.of(1L, Map.of())), is("JSON"));
    assertThat(typeOf(List.of(1L), 1L), is("JSON"));
    assertThat(typeOf(Map.of("a", 1L), Map.of("b", "x")), is("STRUCT<a INT64, b STRING>"));
    assertThat(typeOf(List.of(Map.of("a", 1L))), is("ARRAY<STRUCT<a INT64>>"));
    assertThat(typeOf(Map.of()), is("JSON"));
    assertThat(typeOf(Map.of("a", 1L), Map.of("A", 1L)), is("JSON"));
    assertThat(typeOf(Map.of("", 1L)), is("JSON"));
  }

  @Test
  void aMapWithVeryManyKeysIsJson() {
    Map<String, Object> keys = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      keys.put("k" + i, 1L);
    }
    assertThat(typeOf(keys).startsWith("STRUCT<"), is(true));

    keys.put("one_more", 1L);
    assertThat(typeOf(keys), is("JSON"));
  }

  private static String typeOf(Object... values) {
    TypeDetection detection = new TypeDetection();
    for (Object value : values) {
      detection.add(value, true);
    }
    return detection.type().toString();
  }

  /**
   * Whatever the cells are, the type that is found reads all of them, and gives numbers back as
   * they were.
   */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void theTypeThatIsFoundReadsEveryCell(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int kind = random.nextInt(5);
      List<String> cells =
          random.ints(1 + random.nextInt(5)).mapToObj(i -> cell(random, kind)).toList();
      TypeDetection detection = new TypeDetection();
      cells.forEach(cell -> detection.addCell(cell.toCharArray(), 0, cell.length()));

      RowBuilder row = new RowBuilder(Schema.of(Column.nullable("v", detection.type())));
      for (String cell : cells) {
        TextColumn.of(detection.type()).read(cell.toCharArray(), 0, cell.length(), row, 0);

        String context = "seed " + seed + ", " + cells + " as " + detection.type();
        Object value = row.get(0);
        if (value instanceof Number number) {
          assertThat(
              context, new BigDecimal(number.toString()).compareTo(new BigDecimal(cell)), is(0));
        } else if (value instanceof String text) {
          assertThat(context, text, is(cell));
        }
      }
    }
  }

  private static String cell(Random random, int kind) {
    return switch (kind) {
      case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 1 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(20)));
      case 2 ->
          new BigDecimal(new java.math.BigInteger(random.nextInt(130), random), random.nextInt(30))
              .toPlainString();
      case 3 -> TimeText.dateTime((random.nextLong() >> 12) / 1000 * 1000);
      default -> random.nextBoolean() ? "true" : "" + random.nextInt(100);
    };
  }
}
