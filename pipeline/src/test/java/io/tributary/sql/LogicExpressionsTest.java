package io.tributary.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/** Comparisons, NULL logic, conditionals and casts of text. */
final class LogicExpressionsTest {
  private final ExpressionTable table = new ExpressionTable();

  @Test
  void nullIsUnknown() {
    String lines =
        """
        b AND b0 => NULL
        b AND b0 AND i > 100 => false
        b0 OR b => true
        b0 OR i > 100 => NULL
        NOT b0 => NULL
        NOT b => false
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void comparesEveryType() {
    String lines =
        """
        i = 7 => true
        i <> 7 => false
        i != 7 => false
        i < 7 => false
        i <= 7 => true
        i > 7 => false
        i >= 7 => true
        i0 = 7 => NULL
        s = 'Grüße, World' => true
        s <> 'Grüße, World' => false
        s < 'Gs' => true
        s >= 'H' => false
        'a' < 'ä' => true
        'Z' < 'a' => true
        n = 12.34 => true
        n > 12.335 => true
        n < wide => true
        bn = 0.5 => true
        f = 2.5 => true
        nan = nan => false
        nan <> nan => true
        nan < 1 => false
        nan >= 1 => false
        0.0 * f = -0.0 * f => true
        y = b'\\x00\\x01\\xff' => true
        y < b'\\x00\\x02' => true
        d = DATE '2024-02-29' => true
        d > '2024-02-28' => true
        ts > '2024-02-29 23:30:14' => true
        d < dt => true
        t = TIME '13:14:15.678901' => true
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void asksForNullAndTruth() {
    String lines =
        """
        i IS NULL => false
        i0 IS NULL => true
        i0 IS NOT NULL => false
        b IS TRUE => true
        b0 IS TRUE => false
        b0 IS NOT TRUE => true
        b0 IS FALSE => false
        b0 IS NOT FALSE => true
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void membership() {
    String lines =
        """
        i IN (1, 7) => true
        i IN (1, NULL) => NULL
        i IN (1, 2) => false
        i NOT IN (1, NULL) => NULL
        i0 IN (1, 7) => NULL
        i IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10) => true
        i IN (11, 12, 13, 14, 15, 16, 17, 18, 19) => false
        i IN (11, 12, 13, 14, 15, 16, 17, 18, NULL) => NULL
        s IN ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'Grüße, World') => true
        s IN ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', NULL) => NULL
        n IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 12.34) => true
        s IN UNNEST(['a', 'Grüße, World']) => true
        i IN UNNEST([1, i, 3]) => true
        nan IN (nan) => false
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void ranges() {
    String lines =
        """
        i BETWEEN 7 AND 8 => true
        i BETWEEN 8 AND 9 => false
        i NOT BETWEEN 8 AND 9 => true
        i BETWEEN i0 AND 6 => false
        i BETWEEN i0 AND 8 => NULL
        i BETWEEN 1 AND i0 => NULL
        i BETWEEN 8 AND i0 => false
        s BETWEEN 'A' AND 'H' => true
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void distinctness() {
    String lines =
        """
        i0 IS DISTINCT FROM NULL => false
        i IS DISTINCT FROM i0 => true
        i IS DISTINCT FROM 7 => false
        nan IS NOT DISTINCT FROM nan => true
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void choosesAndEvaluatesOnlyWhatIsChosen() {
    String lines =
        """
        IF(b, 'yes', 'no') => yes
        IF(b0, 'yes', 'no') => no
        IF(i > 100, 1, NULL) => NULL
        IFNULL(i0, 5) => 5
        COALESCE(i0, NULL, i, 1 / 0) => 7.0
        COALESCE(s0, 'none') => none
        COALESCE(n0, n) => 12.340000000
        NULLIF(i, 7) => NULL
        NULLIF(i, 8) => 7
        NULLIF(s, s0) => Grüße, World
        CASE WHEN b0 THEN 1 WHEN b THEN 2 ELSE 3 END => 2
        CASE WHEN b0 THEN 1 END => NULL
        CASE i WHEN 1 THEN 'one' WHEN 7 THEN 'seven' ELSE 'many' END => seven
        CASE i0 WHEN NULL THEN 'null' ELSE 'other' END => other
        CASE WHEN i = 0 THEN 0 ELSE 14 / i END => 2.0
        CASE WHEN b THEN n ELSE 1 END => 12.340000000
        b AND 1 / 0 > 0 => error: division by zero
        NOT b AND 1 / 0 > 0 => false, but in DuckDB error: Invalid Input Error: division by zero
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void safeMakesNullOfItsOwnErrorsOnly() {
    String lines =
        """
        SAFE_CAST(CONCAT('x', '') AS INT64) => NULL
        SAFE_CAST(1 / 0 AS STRING) => error: division by zero
        SAFE.LEFT(s, -1) => NULL
        SAFE.LEFT(CAST(1 / 0 AS STRING), -1) => error: division by zero
        SAFE.SUBSTR(SAFE.LEFT(s, -1), 1) => NULL
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void readsTexts() {
    String lines =
        """
        CAST(CONCAT('TRUE', '') AS BOOL) => true
        CAST(CONCAT('yes', '') AS BOOL) => error: the text is neither true nor false
        CAST(b AS STRING) => true
        CAST(CONCAT('0x1F', '') AS INT64) => 31
        CAST(CONCAT('-0x10', '') AS INT64) => -16
        CAST(CONCAT(' 12 ', '') AS INT64) => 12
        CAST(CONCAT('+5', '') AS INT64) => 5
        CAST(CONCAT('1.5', '') AS INT64) => error: the text is no valid INT64
        CAST(CONCAT('', '') AS INT64) => error: the text is no valid INT64
        CAST(CONCAT('--5', '') AS INT64) => error: the text is no valid INT64
        CAST(CONCAT('9223372036854775808', '') AS INT64) => error: the text is no valid INT64
        CAST(CONCAT('-9223372036854775808', '') AS INT64) => -9223372036854775808
        CAST(CONCAT('1e3', '') AS FLOAT64) => 1000.0
        CAST(CONCAT('Inf', '') AS FLOAT64) => Infinity
        CAST(CONCAT('1f', '') AS FLOAT64) => error: the text is no valid FLOAT64
        CAST(CONCAT('1e999', '') AS FLOAT64) => Infinity
        CAST(CONCAT('', '') AS FLOAT64) => error: the text is no valid FLOAT64
        CAST(CONCAT('12.3456789015', '') AS NUMERIC) => 12.345678902
        CAST(CONCAT('1e3', '') AS NUMERIC) => 1000.000000000
        CAST(CONCAT('x', '') AS NUMERIC) => error: the text is no valid number
        CAST(CONCAT('100000000000000000000000000000', '') AS NUMERIC) => error: the result does not fit NUMERIC(38,9)
        CAST(CONCAT(s, '') AS BYTES) => 0x4772c3bcc39f652c20576f726c64
        CAST(CONCAT(b'ab', b'') AS STRING) => ab
        CAST(y AS STRING) => error: the bytes are no valid UTF-8
        ERROR('stop') => error: stop
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void reachesIntoRecordsAndArrays() {
    String lines =
        """
        r.x + 1 => 6
        r.y => in
        a[OFFSET(1)] => q
        a[ORDINAL(1)] => p
        a[OFFSET(2)] => error: the array has no element at this position
        a[SAFE_OFFSET(2)] => NULL
        a[SAFE_ORDINAL(0)] => NULL
        a0[OFFSET(0)] => NULL
        ARRAY_LENGTH(a) => 2
        ARRAY_TO_STRING(a, '-') => p-q
        a => [p, q]
        r => {x: 5, y: in}
        """;

    assertThat(table.evaluate(lines), is(lines));
  }

  @Test
  void decodesLiterals() {
    String lines =
        """
        'it\\'s\\t\\\\ \\x41 \\u00fc' => it's	\\ A ü
        r'raw\\n' => raw\\n
        """;

    assertThat(table.evaluate(lines), is(lines));
  }
}
