package io.tributary.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/** Numbers, against values worked out by hand: the rules of BigQuery at the edges of each type. */
final class NumberExpressionsTest {
  private final ExpressionTable table = new ExpressionTable();

  @Test
  void overflowOfAnIntegerIsAnError() {
    String lines =
        """
        i + 1 => 8
        big + 1 => error: the result does not fit INT64
        big - -1 => error: the result does not fit INT64
        -big - 1 => -9223372036854775808
        -big - 2 => error: the result does not fit INT64
        big * 2 => error: the result does not fit INT64
        -(-big - 1) => error: the result does not fit INT64
        SAFE_ADD(big, 1) => NULL
        SAFE_SUBTRACT(-big, 2) => NULL
        SAFE_MULTIPLY(big, 2) => NULL
        SAFE_NEGATE(-big - 1) => NULL
        i0 + 1 => NULL
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void dividesAndRefusesZero() {
    String lines =
        """
        i * -3 => -21
        i / 2 => 3.5
        i / 0 => error: division by zero
        SAFE_DIVIDE(i, 0) => NULL
        SAFE_DIVIDE(i, 2) => 3.5
        DIV(7, 2) => 3
        DIV(-7, 2) => -3
        DIV(i, 0) => error: division by zero
        DIV(-big - 1, -1) => error: the result does not fit INT64
        MOD(i, 4) => 3
        MOD(-7, 4) => -3
        MOD(i, 0) => error: division by zero
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void decimalsAreExactAndRounded() {
    String lines =
        """
        n + 1 => 13.340000000
        n - 0.005 => 12.335000000
        n * n => 152.275600000
        n * 1.005 => 12.401700000
        n / 3 => 4.113333333
        n / 0 => error: division by zero
        -n => -12.340000000
        wide + wide => 24691357802469135780.246913578
        wide * wide => error: the result does not fit NUMERIC(38,9)
        wide * 1000000000 => 12345678901234567890123456789.000000000
        wide * 10000000000 => error: the result does not fit NUMERIC(38,9)
        DIV(n, 5) => 2.000000000
        MOD(n, 5) => 2.340000000
        bn / 3 => 0.16666666666666666666666666666666666667
        bn * bn => 0.25000000000000000000000000000000000000
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void floatsOverflow() {
    String lines =
        """
        f * 2 => 5.0
        1e308 * f * 10 => error: the result does not fit FLOAT64
        f / 0 => error: division by zero
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void castsRoundHalfAwayFromZero() {
    String lines =
        """
        CAST(8.419 AS NUMERIC(12,2)) => 8.42
        CAST(n / 4 AS NUMERIC(12,1)) => 3.1
        CAST(NUMERIC '8.425' AS NUMERIC(12,2)) => 8.43
        CAST(NUMERIC '-8.425' AS NUMERIC(12,2)) => -8.43
        CAST(n * 0 - 8.425 AS NUMERIC(12,2)) => -8.43
        CAST(n AS NUMERIC(3,1)) => 12.3
        CAST(n * 10 AS NUMERIC(3,1)) => error: the result does not fit NUMERIC(3,1)
        CAST(i AS NUMERIC(2,1)) => 7.0
        CAST(i * 10 AS NUMERIC(2,1)) => error: the result does not fit NUMERIC(2,1)
        CAST(f AS NUMERIC) => 2.500000000
        CAST(nan AS NUMERIC) => error: the value is not finite
        CAST(f AS INT64) => 3
        CAST(-f AS INT64) => -3
        CAST(f - 1 AS INT64) => 2
        CAST(f / 5 AS INT64) => 1
        CAST(1e19 * f AS INT64) => error: the value does not fit INT64
        CAST(nan AS INT64) => error: the value does not fit INT64
        CAST(n AS INT64) => 12
        CAST(n + 0.16 AS INT64) => 13
        CAST(wide AS INT64) => error: the value does not fit INT64
        CAST(n AS FLOAT64) => 12.34
        CAST(i AS BOOL) => true
        CAST(b AS INT64) => 1
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void numbersAsText() {
    String lines =
        """
        CAST(i AS STRING) => 7
        CAST(n AS STRING) => 12.34
        CAST(n * 0 AS STRING) => 0
        CAST(wide AS STRING) => 12345678901234567890.123456789
        CAST(f AS STRING) => 2.5
        CAST(f * 2 AS STRING) => 5
        CAST(f * 1e15 AS STRING) => 2.5e+15
        CAST(f / 1e6 AS STRING) => 2.5e-06
        CAST(f / 3 AS STRING) => 0.83333333333333337
        CAST(nan AS STRING) => nan
        CAST(-1 / f * 1e300 AS STRING) => -4e+299
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void functionsOfNumbers() {
    String lines =
        """
        ABS(-7) => 7
        ABS(-big - 1) => error: the result does not fit INT64
        ABS(-f) => 2.5
        ABS(-n) => 12.340000000
        SIGN(-n) => -1.000000000
        SIGN(i) => 1
        SIGN(-f) => -1.0
        CEIL(f) => 3.0
        CEIL(-n) => -12.000000000
        FLOOR(n) => 12.000000000
        FLOOR(-f) => -3.0
        ROUND(f) => 3.0
        ROUND(-f) => -3.0
        ROUND(n) => 12.000000000
        ROUND(n, 1) => 12.300000000
        ROUND(n + 0.01, 1) => 12.400000000
        ROUND(n, -1) => 10.000000000
        ROUND(wide, -20) => 0E-9
        ROUND(f * 10.123, 2) => 25.31
        ROUND(f, -400) => 0.0
        TRUNC(-f) => -2.0
        TRUNC(n, 1) => 12.300000000
        TRUNC(-n, 1) => -12.300000000
        POW(f, 2) => 6.25
        POW(0.0 * f, -1) => error: POW has no finite result
        POW(-f, 0.5) => error: POW has no finite result
        SQRT(f * 10) => 5.0
        SQRT(-f) => error: SQRT of a negative number
        EXP(f * 0) => 1.0
        EXP(f * 1000) => error: EXP of a large number
        LN(f - f) => error: LN of a number that is not above 0
        LN(EXP(f)) => 2.5
        LOG(f * 0 + 8, 2) => 3.0
        LOG10(f * 40) => 2.0
        IS_NAN(nan) => true
        IS_INF(f) => false
        IEEE_DIVIDE(f, 0) => Infinity
        i & 3 => 3
        i | 8 => 15
        i ^ 2 => 5
        GREATEST(1, i, 3) => 7
        LEAST(n, 3, 12.5) => 3.000000000
        GREATEST(i, i0) => NULL
        GREATEST(f, nan) => NaN
        """;

    assertThat(table.evaluate(lines), is(lines));
  }
}
