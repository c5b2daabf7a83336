package io.tributary.sql;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes typed expressions, once as GoogleSQL and once as DuckDB has it, and rows for them. */
final class ExpressionGenerator {
  static final Schema COLUMNS =
      Schema.of(
          Column.nullable("i", Type.INT64),
          Column.nullable("j", Type.INT64),
          Column.nullable("f", Type.FLOAT64),
          Column.nullable("n", Type.numeric(12, 2)),
          Column.nullable("m", Type.numeric(15, 4)),
          Column.nullable("s", Type.STRING),
          Column.nullable("u", Type.STRING),
          Column.nullable("b", Type.BOOL),
          Column.nullable("d", Type.DATE),
          Column.nullable("e", Type.DATE),
          Column.nullable("w", Type.DATETIME));

  private static final List<String> TEXTS =
      List.of("", "a", "abc", "Hello World", "  pad ", "ümläut", "a%b_c", "xyz-123", "日本", "AbAb");
  private static final long[] INTEGERS = {
    0, 1, -1, 2, 7, 10, -13, 100, 4_611_686_018_427_387_904L, Long.MAX_VALUE, Long.MIN_VALUE + 1
  };
  private static final int DEPTH = 4;

  private final Random random;

  ExpressionGenerator(Random random) {
    this.random = random;
  }

  /** The same expression in both dialects. */
  record Generated(String google, String duckdb) {}

  static List<Row> rows(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          RowBuilder.of(
              COLUMNS,
              some(random, INTEGERS[random.nextInt(INTEGERS.length)]),
              some(random, (long) random.nextInt(20) - 10),
              some(random, (random.nextInt(2001) - 1000) / 8.0),
              some(random, BigDecimal.valueOf(random.nextInt(2_000_001) - 1_000_000, 2)),
              some(random, BigDecimal.valueOf(random.nextInt(200_001) - 100_000, 4)),
              some(random, TEXTS.get(random.nextInt(TEXTS.size()))),
              some(random, TEXTS.get(random.nextInt(TEXTS.size()))),
              some(random, random.nextBoolean()),
              some(random, LocalDate.of(2000, 1, 1).plusDays(random.nextInt(12_000))),
              some(random, LocalDate.of(2024, 1, 1).plusDays(random.nextInt(60))),
              some(
                  random,
                  LocalDateTime.of(2023, 12, 30, 0, 0).plusSeconds(random.nextInt(400_000)))));
    }
    return rows;
  }

  private static @Nullable Object some(Random random, Object value) {
    return random.nextInt(6) == 0 ? null : value;
  }

  Generated any() {
    return switch (random.nextInt(6)) {
      case 0 -> integer(DEPTH);
      case 1 -> decimal(DEPTH);
      case 2 -> text(DEPTH);
      case 3 -> date(DEPTH);
      case 4 -> number(DEPTH);
      default -> truth(DEPTH);
    };
  }

  private static Generated same(String text) {
    return new Generated(text, text);
  }

  /** Both texts, with the operands in place of {@code $}, in order. */
  private static Generated of(String google, String duckdb, Generated... operands) {
    String first = google;
    String second = duckdb;
    for (Generated operand : operands) {
      first = replaceFirst(first, operand.google());
      second = replaceFirst(second, operand.duckdb());
    }
    return new Generated(first, second);
  }

  private static Generated of(String both, Generated... operands) {
    return of(both, both, operands);
  }

  /** Marks are replaced from the left; an operand holds none, because all of its were replaced. */
  private static String replaceFirst(String text, String operand) {
    int at = text.indexOf('$');
    return text.substring(0, at) + operand + text.substring(at + 1);
  }

  private Generated integer(int depth) {
    if (depth == 0) {
      return same(List.of("i", "j", "j", "3", "-2", "0").get(random.nextInt(6)));
    }
    int d = depth - 1;
    return switch (random.nextInt(16)) {
      case 0 -> of("($ + $)", integer(d), integer(d));
      case 1 -> of("($ - $)", integer(d), integer(d));
      case 2 -> of("($ * $)", integer(d), integer(d));
      case 3 -> of("(- $)", integer(d));
      case 4 -> of("ABS($)", integer(d));
      case 5 -> of("MOD($, 7)", integer(d));
      case 6 -> of("LENGTH($)", text(d));
      case 7 -> of("STRPOS($, $)", text(d), same("'b'"));
      case 8 -> of("EXTRACT(YEAR FROM $)", date(d));
      case 9 -> of("EXTRACT(ISOWEEK FROM $)", "EXTRACT(WEEK FROM $)", date(d));
      case 10 ->
          of(
              "DATE_DIFF($, DATE '2020-03-01', DAY)",
              "date_diff('day', DATE '2020-03-01', $)",
              date(d));
      case 11 ->
          of(
              "DATE_DIFF($, DATE '2020-03-31', MONTH)",
              "date_diff('month', DATE '2020-03-31', $)",
              date(d));
      case 12 -> of("CAST($ AS INT64)", "CAST($ AS BIGINT)", decimal(d));
      case 13 -> conditional(d, this::integer);
      case 14 -> of("(EXTRACT(DAYOFWEEK FROM $) - 1)", "EXTRACT(DOW FROM $)", date(d));
      default -> integer(0);
    };
  }

  @FunctionalInterface
  private interface Maker {
    Generated make(int depth);
  }

  private Generated conditional(int d, Maker maker) {
    return switch (random.nextInt(5)) {
      case 0 -> of("IF($, $, $)", truth(d), maker.make(d), maker.make(d));
      case 1 -> of("COALESCE($, $)", maker.make(d), maker.make(d));
      case 2 -> of("NULLIF($, $)", maker.make(d), maker.make(d));
      case 3 ->
          of(
              "CASE WHEN $ THEN $ WHEN $ THEN $ END",
              truth(d),
              maker.make(d),
              truth(d),
              maker.make(d));
      default ->
          of(
              "CASE $ WHEN 1 THEN $ WHEN 2 THEN $ ELSE $ END",
              integer(d),
              maker.make(d),
              maker.make(d),
              maker.make(d));
    };
  }

  private Generated decimal(int depth) {
    if (depth == 0) {
      return switch (random.nextInt(4)) {
        case 0, 1 -> same("n");
        case 2 -> same("m");
        default -> of("NUMERIC '-1.5'", "CAST('-1.5' AS DECIMAL(4,1))");
      };
    }
    int d = depth - 1;
    return switch (random.nextInt(9)) {
      case 0 -> of("($ + $)", decimal(d), decimal(d));
      case 1 -> of("($ - $)", decimal(d), decimal(d));
      case 2 -> of("(n * m)");
      case 3 -> of("ABS($)", decimal(d));
      case 4 -> of("ROUND($, 1)", decimal(d));
      case 5 -> of("CAST($ AS NUMERIC(12,1))", "CAST($ AS DECIMAL(12,1))", decimal(d));
      case 6 -> of("CEIL($)", decimal(d));
      case 7 -> conditional(d, this::decimal);
      default -> decimal(0);
    };
  }

  private Generated number(int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? same("f") : of("-2.5", "CAST(-2.5 AS DOUBLE)");
    }
    int d = depth - 1;
    return switch (random.nextInt(8)) {
      case 0 -> of("($ + $)", number(d), number(d));
      case 1 -> of("($ - $)", number(d), number(d));
      case 2 -> of("($ * $)", number(d), number(d));
      case 3 -> of("($ / 4)", number(d));
      case 4 -> of("FLOOR($)", number(d));
      case 5 -> of("SQRT(ABS($))", number(d));
      case 6 -> of("CAST($ AS FLOAT64)", "CAST($ AS DOUBLE)", integer(d));
      default -> conditional(d, this::number);
    };
  }

  private Generated text(int depth) {
    if (depth == 0) {
      return same(List.of("s", "u", "s", "'b'", "'Äb'").get(random.nextInt(5)));
    }
    int d = depth - 1;
    return switch (random.nextInt(15)) {
      case 0 -> of("UPPER($)", text(d));
      case 1 -> of("LOWER($)", text(d));
      case 2 -> of("($ || $)", text(d), text(d));
      case 3 -> of("SUBSTR($, 2, 3)", text(d));
      case 4 -> of("LEFT($, 2)", text(d));
      case 5 -> of("RIGHT($, 2)", text(d));
      case 6 -> of("REPLACE($, 'b', 'xy')", text(d));
      case 7 -> of("TRIM($)", text(d));
      case 8 -> of("LPAD($, 6, 'ab')", text(d));
      case 9 -> of("REVERSE($)", text(d));
      case 10 -> of("CAST($ AS STRING)", "CAST($ AS VARCHAR)", integer(d));
      case 11 -> of("CAST($ AS STRING)", "CAST($ AS VARCHAR)", date(d));
      case 12 ->
          of("REGEXP_REPLACE($, '[ab]+', '_')", "regexp_replace($, '[ab]+', '_', 'g')", text(d));
      case 13 -> of("FORMAT_DATE('%Y/%m/%d %j %a', $)", "strftime($, '%Y/%m/%d %j %a')", date(d));
      default -> conditional(d, this::text);
    };
  }

  private Generated date(int depth) {
    if (depth == 0) {
      return same(List.of("d", "e", "DATE '2024-02-29'").get(random.nextInt(3)));
    }
    int d = depth - 1;
    return switch (random.nextInt(10)) {
      case 0 -> of("DATE_ADD($, INTERVAL 40 DAY)", "CAST($ + INTERVAL 40 DAY AS DATE)", date(d));
      case 1 -> of("DATE_SUB($, INTERVAL 1 MONTH)", "CAST($ - INTERVAL 1 MONTH AS DATE)", date(d));
      case 2 -> of("DATE_ADD($, INTERVAL 1 YEAR)", "CAST($ + INTERVAL 1 YEAR AS DATE)", date(d));
      case 3 -> of("DATE_TRUNC($, MONTH)", "CAST(date_trunc('month', $) AS DATE)", date(d));
      case 4 -> of("DATE_TRUNC($, ISOWEEK)", "CAST(date_trunc('week', $) AS DATE)", date(d));
      case 5 -> of("DATE_TRUNC($, QUARTER)", "CAST(date_trunc('quarter', $) AS DATE)", date(d));
      case 6 -> of("LAST_DAY($)", date(d));
      case 7 -> of("DATE(w)", "CAST(w AS DATE)");
      case 8 -> of("CAST(CAST($ AS STRING) AS DATE)", "CAST(CAST($ AS VARCHAR) AS DATE)", date(d));
      default -> conditional(d, this::date);
    };
  }

  private Generated truth(int depth) {
    if (depth == 0) {
      return same(List.of("b", "b", "TRUE", "FALSE").get(random.nextInt(4)));
    }
    int d = depth - 1;
    String relation = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
    return switch (random.nextInt(20)) {
      case 0 -> of("($ AND $)", truth(d), truth(d));
      case 1 -> of("($ OR $)", truth(d), truth(d));
      case 2 -> of("(NOT $)", truth(d));
      case 3 -> of("($ " + relation + " $)", integer(d), integer(d));
      case 4 -> of("($ " + relation + " $)", decimal(d), decimal(d));
      case 5 -> of("($ " + relation + " $)", text(d), text(d));
      case 6 -> of("($ " + relation + " $)", date(d), date(d));
      case 7 -> of("($ " + relation + " $)", number(d), number(d));
      case 8 -> of("($ IS NULL)", text(d));
      case 9 -> of("($ IS NOT TRUE)", truth(d));
      case 10 -> of("($ IN ($, 3, NULL))", integer(d), integer(d));
      case 11 -> of("($ NOT IN ('a', $, 'AbAb'))", text(d), text(d));
      case 12 -> of("($ BETWEEN $ AND $)", integer(d), integer(0), integer(0));
      case 13 -> of("($ LIKE '%b_')", text(d));
      case 14 -> of("($ LIKE 'a%')", text(d));
      case 15 -> of("STARTS_WITH($, 'a')", text(d));
      case 16 -> of("ENDS_WITH($, $)", text(d), text(d));
      case 17 -> of("REGEXP_CONTAINS($, '^[a-z]+')", "regexp_matches($, '^[a-z]+')", text(d));
      case 18 -> of("($ IS DISTINCT FROM $)", decimal(d), decimal(d));
      default -> conditional(d, this::truth);
    };
  }
}
