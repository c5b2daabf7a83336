package io.tributary.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.row.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Casts of texts and of floats, against Google's own: the analyzer casts constants itself, but not
 * what only looks like one.
 */
final class CastOracleTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-0",
          "12",
          " 12 ",
          "+5",
          "--5",
          "+-5",
          "0x1f",
          "-0X1F",
          "0x",
          "1.5",
          "1.",
          ".5",
          ".",
          "1e3",
          "1E-3",
          "1e",
          "1e400",
          "1f",
          "0x1p3",
          "inf",
          "-inf",
          "Infinity",
          "+inf",
          "nan",
          "NaN",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "99999999999999999999999999999.999999999",
          "99999999999999999999999999999.9999999995",
          "0.0000000005",
          "0.00000000049",
          "-0.0000000005",
          "true",
          "TRUE",
          "False",
          "t",
          "yes",
          "2024-02-29",
          "2024-2-9",
          "2023-02-29",
          "24-02-29",
          "2024-02-29 ",
          " 2024-02-29",
          "2024-02-29 1:2:3",
          "2024-02-29T01:02:03",
          "2024-02-29t01:02:03.5",
          "2024-02-29 01:02:03.",
          "2024-02-29 01:02",
          "2024-02-29 24:00:00",
          "2024-02-29 01:02:60",
          "01:02:60",
          "23:59:60",
          "23:59:61",
          "2024-02-29 01:02:03.1234567",
          "2024-02-29 01:02:03+02",
          "2024-02-29 01:02:03 +02:30",
          "2024-02-29 01:02:03-8",
          "2024-02-29 01:02:03Z",
          "2024-02-29 01:02:03 UTC",
          "2024-02-29 01:02:03 Europe/Berlin",
          "2024-02-29 01:02:03 europe/nowhere",
          "2024-02-29+01",
          "2024-02-29 01:02:03+15",
          "0001-01-01",
          "0000-01-01",
          "9999-12-31",
          "10000-01-01",
          "01:02:03",
          "1:2:3.25",
          "24:00:00",
          "01:02",
          "abc");

  private final ExpressionTable table = new ExpressionTable();

  @Test
  void readsTextsAsTheAnalyzerDoes() {
    for (Type type :
        List.of(
            Type.INT64,
            Type.FLOAT64,
            Type.NUMERIC,
            Type.BOOL,
            Type.DATE,
            Type.TIME,
            Type.DATETIME,
            Type.TIMESTAMP)) {
      String name = type.isDecimal() ? "NUMERIC" : type.toString();

      assertThat(name, differences(name), is(List.of()));
    }
  }

  private List<String> differences(String type) {
    return TEXTS.stream()
        .map(
            text -> {
              String ours = valueOrError("CAST(CONCAT('" + text + "', '') AS " + type + ")");
              String theirs = valueOrError("CAST('" + text + "' AS " + type + ")");
              return ours.equals(theirs) ? "" : text + ": " + ours + ", not " + theirs;
            })
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private String valueOrError(String expression) {
    String value = table.value(expression);
    return value.startsWith("error") || value.contains("TR202") ? "error" : value;
  }

  @Test
  void writesFloatsAsTheAnalyzerDoes() {
    for (String number :
        List.of(
            "0.0",
            "-0.0",
            "1.0",
            "-1.5",
            "0.1",
            "1e15",
            "1e14",
            "123456789012345678.0",
            "1e20",
            "1e-4",
            "1e-5",
            "1.7976931348623157e308",
            "5e-324",
            "0.30000000000000004",
            "1e100",
            "100000.0",
            "3.14159265358979")) {
      String theirs = table.value("CAST(" + number + " AS STRING)");
      String ours = table.value("CAST(" + number + " * (f - 1.5) AS STRING)");

      assertThat(number, ours, is(theirs));
    }
  }
}
