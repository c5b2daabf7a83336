package io.tributary.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.row.SchemaText;
import io.tributary.row.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {
  private static final List<String> TYPES =
      List.of(
          "BOOL",
          "INT64",
          "FLOAT64",
          "NUMERIC(1,0)",
          "NUMERIC(10,2)",
          "NUMERIC(38,0)",
          "NUMERIC(38,38)",
          "BIGNUMERIC",
          "STRING",
          "JSON",
          "GEOGRAPHY",
          "BYTES",
          "DATE",
          "TIME",
          "DATETIME",
          "TIMESTAMP",
          "ARRAY<INT64>",
          "ARRAY<NUMERIC(20,0)>",
          "STRUCT<a INT64>",
          "STRUCT<a INT64, b STRING>");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // the table     | the rows                | what holds both
        "INT64           | INT64                   | INT64",
        "BOOL            | INT64                   | INT64",
        "INT64           | BOOL                    | INT64",
        "BOOL            | NUMERIC(10,2)           | -",
        "INT64           | NUMERIC(10,2)           | NUMERIC(21,2)",
        "INT64           | NUMERIC(20,0)           | NUMERIC(20,0)",
        "NUMERIC(10,2)   | INT64                   | NUMERIC(21,2)",
        "NUMERIC(21,2)   | INT64                   | NUMERIC(21,2)",
        "NUMERIC(10,2)   | NUMERIC(8,2)            | NUMERIC(10,2)",
        "NUMERIC(10,2)   | NUMERIC(12,4)           | NUMERIC(12,4)",
        "NUMERIC(10,2)   | NUMERIC(8,4)            | NUMERIC(12,4)",
        "NUMERIC(38,9)   | INT64                   | NUMERIC(38,9)",
        "NUMERIC(38,30)  | INT64                   | BIGNUMERIC(49,30)",
        "NUMERIC(38,0)   | NUMERIC(38,9)           | BIGNUMERIC(47,9)",
        "BIGNUMERIC      | INT64                   | BIGNUMERIC",
        "NUMERIC(38,0)   | BIGNUMERIC              | BIGNUMERIC",
        "INT64           | FLOAT64                 | -",
        "FLOAT64         | INT64                   | -",
        "FLOAT64         | NUMERIC(10,2)           | -",
        "DATE            | DATETIME                | DATETIME",
        "DATE            | TIMESTAMP               | TIMESTAMP",
        "DATETIME        | DATE                    | DATETIME",
        "DATETIME        | TIMESTAMP               | DATETIME",
        "DATE            | INT64                   | -",
        "BOOL            | STRING                  | STRING",
        "INT64           | STRING                  | STRING",
        "NUMERIC(10,2)   | STRING                  | STRING",
        "BIGNUMERIC      | STRING                  | STRING",
        "DATE            | STRING                  | STRING",
        "GEOGRAPHY       | STRING                  | STRING",
        "STRING          | INT64                   | STRING",
        "JSON            | STRING                  | -",
        "STRING          | JSON                    | STRING",
        "STRING          | BYTES                   | -",
        "BYTES           | STRING                  | BYTES",
        "FLOAT64         | STRING                  | -",
        "TIME            | STRING                  | -",
        "DATETIME        | STRING                  | -",
        "ARRAY<INT64>    | ARRAY<NUMERIC(20,0)>    | ARRAY<NUMERIC(20,0)>",
        "ARRAY<INT64>    | INT64                   | -",
        "STRUCT<a INT64> | STRUCT<a INT64, b DATE> | STRUCT<a INT64, b DATE>",
        "STRUCT<a INT64> | STRUCT<b DATE, A INT64> | STRUCT<b DATE, A INT64>",
        "STRUCT<a INT64> | STRUCT<a STRING>        | STRUCT<a STRING>",
        "STRUCT<a DATE>  | STRUCT<a INT64>         | -",
        "STRUCT<a INT64, b DATE> | STRUCT<a INT64> | -",
        "STRUCT<a STRUCT<x DATE>> | STRUCT<a STRUCT<x DATE, y DATE>> |"
            + " STRUCT<a STRUCT<x DATE, y DATE>>",
        "ARRAY<STRUCT<a DATE>> | ARRAY<STRUCT<a DATE, b DATE>> | ARRAY<STRUCT<a DATE, b DATE>>",
        // a table's nested texts are read back as STRING
        "STRUCT<a STRING> | STRUCT<a BIGNUMERIC, b DATE> | STRUCT<a BIGNUMERIC(76,38), b DATE>"
      })
  void theSmallestTypeThatHoldsBothIsFound(String table, String rows, String both) {
    Optional<String> found =
        Widening.of(SchemaText.parseType(table), SchemaText.parseType(rows)).map(Type::toString);

    assertThat(found, is(Optional.ofNullable(both).map(SchemaText::parseType).map(Type::toString)));
  }

  @Test
  void whatIsFoundAlwaysHoldsTheRowsAndNeedsNoSecondWidening() {
    List<String> wrong = new ArrayList<>();
    for (String table : TYPES) {
      for (String rows : TYPES) {
        Type from = SchemaText.parseType(rows);
        Widening.of(SchemaText.parseType(table), from)
            .filter(
                found ->
                    Conversion.of(from, found) != Conversion.ALWAYS
                        || !Widening.of(found, from).equals(Optional.of(found)))
            .ifPresent(found -> wrong.add(table + " and " + rows + " gave " + found));
      }
    }
    assertThat(wrong, is(List.of()));
  }
}
