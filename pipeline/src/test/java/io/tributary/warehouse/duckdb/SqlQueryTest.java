package io.tributary.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.tributary.spec.SqlText;
import io.tributary.sql.FoundProblems;
import io.tributary.sql.SqlQuery;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries as users of BigQuery write them, against rows worked out by hand. */
final class SqlQueryTest {
  private static QueryTable utc;
  private static QueryTable berlin;

  @BeforeAll
  static void open() throws SQLException {
    utc = new QueryTable("UTC");
    berlin = new QueryTable("Europe/Berlin");
  }

  @AfterAll
  static void close() throws SQLException {
    utc.close();
    berlin.close();
  }

  @Test
  void selectsColumnsFiltersAndOrders() {
    String lines =
        """
        SELECT id, status FROM orders WHERE status = 'won' ORDER BY id => 1, won; 3, won
        SELECT * EXCEPT (created, tags, items, rate, date, customer_id) FROM orders ORDER BY id; => 1, 10.50, won; 2, 20.25, lost; 3, NULL, won; 4, -3.10, open
        SELECT * EXCEPT (created, tags, items, rate, date, amount) REPLACE (id * 10 AS id) FROM orders WHERE id < 3 ORDER BY id => 10, 7, won; 20, 8, lost
        SELECT o.* EXCEPT (created, tags, items, rate, date, status), c.name FROM orders o JOIN customers AS c ON c.customer_id = o.customer_id ORDER BY o.id DESC => 4, 7, -3.10, Ann; 2, 8, 20.25, Bob; 1, 7, 10.50, Ann
        SELECT ID, Status FROM ORDERS WHERE Id = 1 => 1, won
        SELECT id FROM orders ORDER BY amount => 3; 4; 1; 2
        SELECT id FROM orders ORDER BY amount DESC => 2; 1; 4; 3
        SELECT id FROM orders ORDER BY amount DESC NULLS FIRST LIMIT 2 => 3; 2
        SELECT id FROM orders ORDER BY amount NULLS LAST LIMIT 2 OFFSET 1 => 1; 2
        SELECT id AS x FROM orders ORDER BY status, x DESC => 2; 4; 3; 1
        SELECT id, amount FROM orders ORDER BY 2 LIMIT 1 => 3, NULL
        SELECT id FROM orders WHERE amount > 10 AND NOT status = 'lost' => 1
        SELECT id FROM orders WHERE amount > 0 OR amount IS NULL ORDER BY id => 1; 2; 3
        SELECT id FROM (SELECT id FROM orders ORDER BY id DESC LIMIT 2) ORDER BY id => 3; 4
        SELECT DISTINCT status FROM orders ORDER BY status => lost; open; won
        SELECT COUNT(*) AS n FROM orders WHERE FALSE => 0
        SELECT 1 AS x, 'a' AS y => 1, a
        SELECT `order` FROM edges => x
        SELECT date FROM orders WHERE date BETWEEN '2024-01-01' AND '2024-12-31' ORDER BY date => 2024-01-15; 2024-02-29
        SELECT id, FROM orders WHERE id = 1, => [35+1] TR121 the SQL does not parse: Expected end of input but got ","; write one query; to name a column like a keyword, put it in backticks
        FROM orders |> WHERE id > 2 |> SELECT id |> ORDER BY id DESC => 4; 3
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void joinsInAllWays() {
    String lines =
        """
        SELECT name, id FROM customers LEFT JOIN orders USING (customer_id) ORDER BY name, id => Ann, 1; Ann, 4; Bob, 2; Cy, NULL
        SELECT name, id FROM customers RIGHT JOIN orders USING (customer_id) ORDER BY id => Ann, 1; Bob, 2; NULL, 3; Ann, 4
        SELECT customer_id, name, id FROM customers FULL JOIN orders USING (customer_id) ORDER BY id, name => 9, Cy, NULL; 7, Ann, 1; 8, Bob, 2; NULL, NULL, 3; 7, Ann, 4
        SELECT a.id, b.id AS other FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id => 1, 4
        SELECT a.id, b.id AS other FROM orders a JOIN orders b ON a.amount < b.amount ORDER BY 1, 2 => 1, 2; 4, 1; 4, 2
        SELECT COUNT(*) AS n FROM orders CROSS JOIN customers => 12
        SELECT COUNT(*) AS n FROM orders, customers WHERE orders.customer_id = customers.customer_id => 3
        SELECT c.name, COUNT(o.id) AS n FROM customers c LEFT JOIN orders o ON o.customer_id = c.customer_id AND o.amount > 0 GROUP BY c.name ORDER BY c.name => Ann, 1; Bob, 1; Cy, 0
        SELECT o.id FROM orders o LEFT JOIN customers c ON o.customer_id = c.customer_id WHERE c.customer_id IS NULL => 3
        SELECT o.id FROM orders o JOIN customers c USING (customer_id) JOIN edges e ON TRUE ORDER BY o.id => 1; 2; 4
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void groupsAndAggregates() {
    String lines =
        """
        SELECT status, COUNT(*) AS n, SUM(amount) AS s FROM orders GROUP BY status ORDER BY status => lost, 1, 20.250000000; open, 1, -3.100000000; won, 2, 10.500000000
        SELECT status, COUNT(amount) AS n FROM orders GROUP BY ALL ORDER BY n, status => lost, 1; open, 1; won, 1
        SELECT status FROM orders GROUP BY 1 HAVING COUNT(*) > 1 => won
        SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id ORDER BY customer_id => NULL, 1; 7, 2; 8, 1
        SELECT AVG(amount) AS a, AVG(rate) AS r, AVG(id) AS i FROM orders => 9.216666667, 0.5, 2.5
        SELECT MIN(amount) AS a, MAX(status) AS b, MIN(date) AS c FROM orders => -3.10, won, 2023-12-31
        SELECT SUM(amount) AS s, COUNT(*) AS n, AVG(amount) AS a FROM orders WHERE id > 100 => NULL, 0, NULL
        SELECT COUNTIF(amount > 0) AS n, COUNT(DISTINCT status) AS d, APPROX_COUNT_DISTINCT(customer_id) AS a FROM orders => 2, 3, 2
        SELECT STRING_AGG(status, '-' ORDER BY id DESC) AS s, STRING_AGG(DISTINCT status ORDER BY status) AS d, STRING_AGG(status, '+' ORDER BY id LIMIT 2) AS l FROM orders => open-won-lost-won, lost,open,won, won+lost
        SELECT ARRAY_AGG(id ORDER BY id DESC) AS a, ARRAY_AGG(id ORDER BY amount DESC LIMIT 2) AS l, ARRAY_AGG(amount IGNORE NULLS ORDER BY id) AS m FROM orders => [4, 3, 2, 1], [2, 1], [10.50, 20.25, -3.10]
        SELECT ARRAY_CONCAT_AGG(tags ORDER BY id) AS a FROM orders => [a, b, c]
        SELECT ANY_VALUE(status HAVING MAX amount) AS a, ANY_VALUE(id HAVING MIN amount) AS b, ANY_VALUE(amount HAVING MAX id) AS c FROM orders => lost, 4, -3.10
        SELECT MAX_BY(status, amount) AS a, MIN_BY(id, amount) AS b FROM orders => lost, 4
        SELECT LOGICAL_AND(amount > 0) AS a, LOGICAL_OR(amount > 0) AS o, BIT_OR(id) AS b FROM orders => false, true, 7
        SELECT ROUND(STDDEV(id), 3) AS s, VARIANCE(id) AS v, VAR_POP(id) AS p FROM orders => 1.291, 1.6666666666666667, 1.25
        SELECT status, COUNT(*) AS n, GROUPING(status) AS g FROM orders GROUP BY ROLLUP (status) ORDER BY g, status => lost, 1, 0; open, 1, 0; won, 2, 0; NULL, 4, 1
        SELECT status, customer_id, COUNT(*) AS n FROM orders GROUP BY GROUPING SETS (status, (customer_id), ()) ORDER BY n, status, customer_id => NULL, NULL, 1; NULL, 8, 1; lost, NULL, 1; open, NULL, 1; NULL, 7, 2; won, NULL, 2; NULL, NULL, 4
        SELECT EXTRACT(YEAR FROM date) AS y, SUM(id) AS s FROM orders GROUP BY y ORDER BY y => NULL, 3; 2023, 4; 2024, 3
        SELECT CASE WHEN amount > 0 THEN 'in' ELSE 'out' END AS k, COUNT(*) AS n FROM orders GROUP BY k ORDER BY k => in, 2; out, 2
        SELECT SUM(IF(status = 'won', 1, 0)) AS n FROM orders => 2
        SELECT COUNT(DISTINCT IF(amount > 0, status, NULL)) AS n FROM orders => 2
        SELECT status, won, lost FROM (SELECT id, status FROM orders) PIVOT (COUNT(id) FOR status IN ('won', 'lost')) => [7+6] TR201 unknown column `status` -> status
        SELECT won, lost FROM (SELECT id, status FROM orders) PIVOT (COUNT(id) FOR status IN ('won', 'lost')) => 2, 1
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void computesWindows() {
    String lines =
        """
        SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY id DESC) AS n FROM orders ORDER BY id => 1, 2; 2, 1; 3, 1; 4, 1
        SELECT id FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY status ORDER BY id) = 1 ORDER BY id => 1; 2; 4
        SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM orders WHERE id > 1 QUALIFY n < 3 ORDER BY id => 2, 1; 3, 2
        SELECT id, SUM(amount) OVER (ORDER BY id) AS s FROM orders ORDER BY id => 1, 10.500000000; 2, 30.750000000; 3, 30.750000000; 4, 27.650000000
        SELECT id, SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s FROM orders ORDER BY id => 1, 3; 2, 6; 3, 9; 4, 7
        SELECT id, COUNT(*) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM orders ORDER BY id => 1, 1; 2, 2; 3, 2; 4, 2
        SELECT id, LAG(id) OVER w AS a, LEAD(id, 1, 0) OVER w AS b, FIRST_VALUE(status) OVER w AS c FROM orders WINDOW w AS (ORDER BY id) ORDER BY id => 1, NULL, 2, won; 2, 1, 3, won; 3, 2, 4, won; 4, 3, 0, won
        SELECT id, LAST_VALUE(amount IGNORE NULLS) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS v FROM orders ORDER BY id => 1, 10.50; 2, 20.25; 3, 20.25; 4, -3.10
        SELECT id, RANK() OVER (ORDER BY status) AS r, DENSE_RANK() OVER (ORDER BY status) AS d, NTILE(2) OVER (ORDER BY id) AS t FROM orders ORDER BY id => 1, 3, 3, 1; 2, 1, 1, 1; 3, 3, 3, 2; 4, 2, 2, 2
        SELECT id, AVG(amount) OVER () AS a FROM orders WHERE id < 3 ORDER BY id => 1, 15.375000000; 2, 15.375000000
        SELECT id, amount / SUM(amount) OVER () AS part FROM orders WHERE id < 3 ORDER BY id => 1, 0.341463415; 2, 0.658536585
        SELECT status, SUM(COUNT(*)) OVER () AS n FROM orders GROUP BY status ORDER BY status => lost, 4; open, 4; won, 4
        SELECT id, PERCENTILE_CONT(rate, 0.5) OVER () AS p FROM orders WHERE id < 3 ORDER BY id => 1, 2.0; 2, 2.0
        SELECT id, NTH_VALUE(id, 2) OVER (ORDER BY id) AS v, CUME_DIST() OVER (ORDER BY id) AS c FROM orders ORDER BY id => 1, NULL, 0.25; 2, 2, 0.5; 3, 2, 0.75; 4, 2, 1.0
        SELECT id, COUNTIF(status = 'won') OVER (ORDER BY id) AS n FROM orders ORDER BY id => 1, 1; 2, 1; 3, 2; 4, 2
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void combinesQueries() {
    String lines =
        """
        SELECT 1 AS x UNION ALL SELECT 2 UNION ALL SELECT 1 ORDER BY x => 1; 1; 2
        SELECT 1 AS x UNION DISTINCT SELECT 2 UNION DISTINCT SELECT 1 ORDER BY x => 1; 2
        SELECT id FROM orders INTERSECT DISTINCT SELECT 2 => 2
        SELECT id FROM orders EXCEPT DISTINCT SELECT 2 ORDER BY id => 1; 3; 4
        SELECT amount FROM orders WHERE id = 1 UNION ALL SELECT 5 ORDER BY 1 => 5.000000000; 10.500000000
        SELECT 1 AS x UNION ALL SELECT 2.5 UNION ALL SELECT NULL ORDER BY x => NULL; 1.0; 2.5
        WITH w AS (SELECT * FROM orders WHERE status = 'won'), c AS (SELECT COUNT(*) AS n FROM w) SELECT id, n FROM w, c ORDER BY id => 1, 2; 3, 2
        WITH orders AS (SELECT id FROM orders WHERE id > 2) SELECT id FROM orders ORDER BY id => 3; 4
        WITH w AS (SELECT id FROM orders) SELECT a.id FROM w a JOIN w b ON a.id = b.id + 3 => 4
        SELECT id FROM (WITH w AS (SELECT id FROM orders) SELECT * FROM w WHERE id > 3) => 4
        WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 4) SELECT SUM(n) AS s FROM r => 10
        SELECT id, (SELECT name FROM customers c WHERE c.customer_id = o.customer_id) AS name FROM orders o ORDER BY id => 1, Ann; 2, Bob; 3, NULL; 4, Ann
        SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.customer_id = o.customer_id AND name = 'Ann') ORDER BY id => 1; 4
        SELECT id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.customer_id = o.customer_id) ORDER BY id => 3
        SELECT name FROM customers WHERE customer_id IN (SELECT customer_id FROM orders WHERE amount > 0) ORDER BY name => Ann; Bob
        SELECT name FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM orders) ORDER BY name =>\s
        SELECT name FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL) => Cy
        SELECT id FROM orders WHERE amount = (SELECT MAX(amount) FROM orders) => 2
        SELECT (SELECT id FROM orders) AS x => error: Invalid Input Error: More than one row returned by a subquery used as an expression - scalar subqueries can only return a single row.
        SELECT id FROM orders WHERE (id, status) IN ((1, 'won'), (2, 'won')) => 1
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void readsAndMakesArraysAndRecords() {
    String lines =
        """
        SELECT id, tag FROM orders, UNNEST(tags) AS tag ORDER BY id, tag => 1, a; 1, b; 4, c
        SELECT id, tag, place FROM orders CROSS JOIN UNNEST(tags) AS tag WITH OFFSET AS place ORDER BY id, place => 1, a, 0; 1, b, 1; 4, c, 0
        SELECT id, tag FROM orders LEFT JOIN UNNEST(tags) AS tag ORDER BY id, tag => 1, a; 1, b; 2, NULL; 3, NULL; 4, c
        SELECT id, i.sku, i.n FROM orders o, o.items i ORDER BY id, i.sku => 1, x, 1; 1, y, 2; 4, x, NULL
        SELECT sku, SUM(n) AS n FROM orders, UNNEST(items) GROUP BY sku ORDER BY sku => x, 1; y, 2
        SELECT id, (SELECT SUM(n) FROM UNNEST(items)) AS n FROM orders ORDER BY id => 1, 3; 2, NULL; 3, NULL; 4, NULL
        SELECT id, ARRAY(SELECT sku FROM UNNEST(items) ORDER BY sku DESC) AS a FROM orders ORDER BY id => 1, [y, x]; 2, []; 3, []; 4, [x]
        SELECT ARRAY(SELECT id FROM orders ORDER BY id DESC LIMIT 2) AS a => [4, 3]
        SELECT x FROM UNNEST([3, 1, 2]) AS x ORDER BY x => 1; 2; 3
        SELECT tags[OFFSET(0)] AS a, tags[ORDINAL(2)] AS b FROM orders WHERE id = 1 => a, b
        SELECT tags[SAFE_OFFSET(2)] AS a, tags[SAFE_ORDINAL(0)] AS b, tags[SAFE_OFFSET(-1)] AS c FROM orders WHERE id = 1 => NULL, NULL, NULL
        SELECT tags[OFFSET(2)] AS a FROM orders WHERE id = 1 => error: Invalid Input Error: the array has no element at position 2
        SELECT tags[0] AS a FROM orders ORDER BY id => error: Invalid Input Error: the array has no element at position 0
        SELECT ARRAY_LENGTH(tags) AS n FROM orders ORDER BY id => 2; 0; NULL; 1
        SELECT id FROM orders WHERE 'a' IN UNNEST(tags) => 1
        SELECT 1 IN UNNEST([1, 2]) AS a, 3 IN UNNEST([1, NULL]) AS b, 3 IN UNNEST([1]) AS c => true, NULL, false
        SELECT [1, 2] AS a, ['x'] AS b, ARRAY<INT64>[] AS c, [1, 2.5] AS d => [1, 2], [x], [], [1.0, 2.5]
        SELECT STRUCT(1 AS a, 'x' AS b) AS s, STRUCT<n INT64, t STRING>(2, 'y') AS t => {1, x}, {2, y}
        SELECT s.a, s.b.c FROM (SELECT STRUCT(1 AS a, STRUCT(2.5 AS c) AS b) AS s) => 1, 2.5
        SELECT (SELECT AS STRUCT id, status FROM orders WHERE id = 2) AS s => {2, lost}
        SELECT ARRAY_AGG(STRUCT(id, amount) ORDER BY id LIMIT 2) AS a FROM orders => [{1, 10.50}, {2, 20.25}]
        SELECT ARRAY(SELECT AS STRUCT id, status FROM orders WHERE id < 3 ORDER BY id) AS a => [{1, won}, {2, lost}]
        SELECT ARRAY_CONCAT([1], [2, 3], ARRAY<INT64>[]) AS a, ARRAY_REVERSE([1, 2]) AS b => [1, 2, 3], [2, 1]
        SELECT ARRAY_CONCAT([1], CAST(NULL AS ARRAY<INT64>)) AS a => NULL
        SELECT ARRAY_TO_STRING(['a', NULL, 'c'], '-') AS a, ARRAY_TO_STRING(['a', NULL, 'c'], '-', '?') AS b, ARRAY_TO_STRING(ARRAY<STRING>[], '-') AS c => a-c, a-?-c,\s
        SELECT GENERATE_ARRAY(1, 5) AS a, GENERATE_ARRAY(1, 6, 2) AS b, GENERATE_ARRAY(3, 1, -1) AS c, GENERATE_ARRAY(3, 1) AS d => [1, 2, 3, 4, 5], [1, 3, 5], [3, 2, 1], []
        SELECT GENERATE_DATE_ARRAY('2024-01-31', '2024-05-01', INTERVAL 1 MONTH) AS a => [2024-01-31, 2024-02-29, 2024-03-31, 2024-04-30]
        SELECT GENERATE_DATE_ARRAY('2024-02-27', '2024-03-01') AS a, GENERATE_DATE_ARRAY('2024-01-10', '2024-01-01', INTERVAL -1 WEEK) AS b => [2024-02-27, 2024-02-28, 2024-02-29, 2024-03-01], [2024-01-10, 2024-01-03]
        SELECT SPLIT('a,b') AS a, SPLIT('a--b', '--') AS b, SPLIT('', ',') AS c => [a, b], [a, b], []
        SELECT SPLIT(status, 'o')[OFFSET(0)] AS a FROM orders ORDER BY id => w; l; w;\s
        SELECT items FROM orders WHERE id < 3 ORDER BY id => [{x, 1}, {y, 2}]; []
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void keepsTheRulesOfNumbers() {
    String lines =
        """
        SELECT CAST(2.5 AS INT64) AS a, CAST(-2.5 AS INT64) AS b, CAST(rate AS INT64) AS c FROM orders ORDER BY id => 3, -3, 2; 3, -3, 3; 3, -3, NULL; 3, -3, -3
        SELECT CAST(NUMERIC '8.419' AS NUMERIC(12, 2)) AS a, CAST(NUMERIC '8.425' AS NUMERIC(12, 2)) AS b, CAST(NUMERIC '-8.425' AS NUMERIC(12, 2)) AS c => 8.42, 8.43, -8.43
        SELECT CAST(NUMERIC '2.5' AS INT64) AS a, CAST(NUMERIC '-2.5' AS INT64) AS b, CAST(amount AS INT64) AS c FROM orders WHERE id = 1 => 3, -3, 11
        SELECT 7 / 2 AS a, 1 / 3 AS b, DIV(7, 2) AS c, DIV(-7, 2) AS d, MOD(-7, 4) AS e => 3.5, 0.3333333333333333, 3, -3, -3
        SELECT id / 0 AS x FROM orders => error: Invalid Input Error: division by zero
        SELECT DIV(id, 0) AS x FROM orders => error: Invalid Input Error: division by zero
        SELECT SAFE_DIVIDE(id, 0) AS a, SAFE_DIVIDE(id, 2) AS b, id / NULLIF(0, 0) AS c FROM orders WHERE id = 1 => NULL, 0.5, NULL
        SELECT IF(id = 0, 0, 1 / id) AS x FROM orders WHERE id = 4 => 0.25
        SELECT big + 1 AS x FROM edges => error: Out of Range Error: Overflow in addition of INT64 (9223372036854775807 + 1)!
        SELECT big * 2 AS x FROM edges => error: Out of Range Error: Overflow in multiplication of INT64 (9223372036854775807 * 2)!
        SELECT SUM(big) AS x FROM (SELECT big FROM edges UNION ALL SELECT 1) => error: Conversion Error: Type INT128 with value 9223372036854775808 can't be cast because the value is out of range for the destination type INT64
        SELECT 3000000000 + 3000000000 AS a, 2147483647 + 1 AS b => 6000000000, 2147483648
        SELECT amount / 3 AS a, NUMERIC '1' / 3 AS b, NUMERIC '2' / 3 AS c FROM orders WHERE id = 1 => 3.500000000, 0.333333333, 0.666666667
        SELECT wide / 20 AS x FROM edges => 617283945061728394.506172839
        SELECT amount * 1.19 AS a, amount * amount AS b, -amount AS c, amount - 0.005 AS d FROM orders WHERE id = 1 => 12.495000000, 110.250000000, -10.500000000, 10.495000000
        SELECT NUMERIC '0.123456789' * NUMERIC '0.5' AS a, wide * 10 AS b FROM edges => 0.061728395, 123456789012345678901.234567890
        SELECT wide * wide AS x FROM edges => error: Invalid Input Error: the result does not fit NUMERIC(38,9)
        SELECT AVG(amount) AS a, SUM(wide) AS b FROM orders CROSS JOIN edges => 9.216666667, 49382715604938271560.493827156
        SELECT ROUND(amount, 1) AS a, ROUND(NUMERIC '2.45', 1) AS b, ROUND(NUMERIC '-2.45', 1) AS c, ROUND(2.5) AS d, TRUNC(-2.7) AS e FROM orders WHERE id = 2 => 20.300000000, 2.500000000, -2.500000000, 3.0, -2.0
        SELECT CEIL(amount) AS a, FLOOR(amount) AS b, ABS(amount) AS c, SIGN(amount) AS d FROM orders WHERE id = 4 => -3.000000000, -4.000000000, 3.100000000, -1.000000000
        SELECT GREATEST(1, NULL, 3) AS a, GREATEST(1, 3, 2) AS b, LEAST('b', 'a') AS c => NULL, 3, a
        SELECT POW(2, 10) AS a, SQRT(16) AS b, LN(1) AS c => 1024.0, 4.0, 0.0
        SELECT nan = nan AS a, nan > 1 AS b, nan <> nan AS c, IS_NAN(nan) AS d FROM edges => false, false, true, true
        SELECT x FROM UNNEST([1.5, CAST('nan' AS FLOAT64), NULL]) AS x ORDER BY x => NULL; NaN; 1.5
        SELECT CAST('12' AS INT64) AS a, CAST(' 0x1F ' AS INT64) AS b, SAFE_CAST('1.5' AS INT64) AS c, CAST('1e2' AS FLOAT64) AS d, CAST('1.25' AS NUMERIC) AS e => 12, 31, NULL, 100.0, 1.250000000
        SELECT CAST('x' AS INT64) AS a => error: Invalid Input Error: the text is no valid INT64
        SELECT CAST(1.0 AS STRING) AS a, CAST(0.1 AS STRING) AS b, CAST(amount AS STRING) AS c, CAST(TRUE AS STRING) AS d, CAST(7 AS STRING) AS e FROM orders WHERE id = 1 => 1, 0.1, 10.5, true, 7
        SELECT CAST(TRUE AS INT64) AS a, CAST(2 AS BOOL) AS b, CAST(0 AS BOOL) AS c, CAST('True' AS BOOL) AS d => 1, true, false, true
        SELECT 1 + CAST(NULL AS INT64) AS a, NULL AND FALSE AS b, NULL OR TRUE AS c, NOT CAST(NULL AS BOOL) AS d => NULL, false, true, NULL
        SELECT IFNULL(amount, 0) AS a, COALESCE(NULL, id) AS b, NULLIF(id, 3) AS c FROM orders WHERE id = 3 => 0.000000000, 3, NULL
        SELECT huge, wide FROM edges => 12345678901234567890123456789012345678.50000000000000000000000000000000000000, 12345678901234567890.123456789
        SELECT huge > 1 AS a, huge + 1 AS b, CAST(huge / 10 AS STRING) AS c FROM edges => true, 12345678901234567890123456789012345679.50000000000000000000000000000000000000, 1234567890123456789012345678901234567.85
        SELECT 5 & 3 AS a, 5 | 3 AS b, 5 ^ 3 AS c => 1, 7, 6
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void keepsTheRulesOfTexts() {
    String lines =
        """
        SELECT CONCAT('a', CAST(NULL AS STRING)) AS a, 'a' || CAST(NULL AS STRING) AS b, CONCAT('a', 'b', 'c') AS c => NULL, NULL, abc
        SELECT 'a' = 'A' AS a, 'a' = 'a ' AS b, 'ä' < 'z' AS c => false, false, false
        SELECT 'it\\'s' AS a, "double" AS b, r'\\d+' AS c, \"\"\"three "quotes" \"\"\" AS d, 'tab\\tend' AS e => it's, double, \\d+, three "quotes" , tab\tend
        SELECT UPPER('straße') AS a, LOWER('ÄÖ') AS b, LENGTH('日本') AS c, BYTE_LENGTH('日本') AS d => STRASSE, äö, 2, 6
        SELECT SUBSTR('hello', 2, 3) AS a, SUBSTR('hello', -3) AS b, SUBSTR('hello', 0, 2) AS c, LEFT('hello', 2) AS d, RIGHT('hello', 2) AS e => ell, llo, he, he, lo
        SELECT TRIM('  a ') AS a, LTRIM('xxa', 'x') AS b, RTRIM('a ') AS c, LPAD('7', 3, '0') AS d, RPAD('a', 3) AS e => a, a, a, 007, a \s
        SELECT REPLACE('aXbX', 'X', '--') AS a, REVERSE('abc') AS b, REPEAT('ab', 2) AS c, STRPOS('hello', 'l') AS d => a--b--, cba, abab, 3
        SELECT STARTS_WITH(status, 'w') AS a, ENDS_WITH(status, 'n') AS b FROM orders ORDER BY id => true, true; false, false; true, true; false, true
        SELECT id FROM orders WHERE status LIKE 'w%' OR status LIKE '_ost' ORDER BY id => 1; 2; 3
        SELECT '50%' LIKE '50\\\\%' AS a, '50x' LIKE '50\\\\%' AS b => true, false
        SELECT status FROM orders WHERE status NOT LIKE '%o%' =>\s
        SELECT REGEXP_CONTAINS('a1', r'\\d') AS a, REGEXP_EXTRACT('key=val', r'=(.*)') AS b, REGEXP_REPLACE('a1b2', r'\\d', '#') AS c => true, val, a#b#
        SELECT TO_HEX(MD5('a')) AS a, TO_HEX(SHA256('a')) AS b => 0cc175b9c0f1b6a831c399e269772661, ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb
        SELECT FARM_FINGERPRINT('') AS a => -7286425919675154353
        SELECT y, TO_HEX(y) AS h, y = b'\\x00\\x01\\xff' AS e, y || b'!' AS c FROM edges => 0x0001ff, 0001ff, true, 0x0001ff21
        SELECT JSON_VALUE(js, '$.a.b[1]') AS a, JSON_QUERY(js, '$.a') AS b, JSON_VALUE('{"x": 1.50}', '$.x') AS c FROM edges => z, {"b":[1,"z"]}, 1.50
        SELECT js FROM edges => {"a": {"b": [1, "z"]}}
        SELECT SAFE.SUBSTR('abc', 1, -1) AS a, SAFE.PARSE_DATE('%F', 'x') AS b => NULL, NULL
        SELECT CASE status WHEN 'won' THEN 1 WHEN 'lost' THEN 0 END AS x FROM orders ORDER BY id => 1; 0; 1; NULL
        SELECT geo FROM edges => POINT(1 2)
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void keepsTheRulesOfTimes() {
    String lines =
        """
        SELECT EXTRACT(YEAR FROM date) AS y, EXTRACT(DAYOFWEEK FROM date) AS w, EXTRACT(ISOWEEK FROM date) AS i, EXTRACT(WEEK FROM date) AS k FROM orders WHERE id = 4 => 2023, 1, 52, 53
        SELECT DATE_TRUNC(date, MONTH) AS m, DATE_TRUNC(date, WEEK) AS w, DATE_TRUNC(date, ISOWEEK) AS i, DATE_TRUNC(date, QUARTER) AS q FROM orders WHERE id = 2 => 2024-02-01, 2024-02-25, 2024-02-26, 2024-01-01
        SELECT DATE_ADD(date, INTERVAL 1 MONTH) AS a, DATE_SUB(date, INTERVAL 1 YEAR) AS b, LAST_DAY(date) AS c FROM orders WHERE id = 2 => 2024-03-29, 2023-02-28, 2024-02-29
        SELECT DATE_DIFF('2024-03-01', date, DAY) AS a, DATE_DIFF('2024-03-01', date, MONTH) AS b, DATE_DIFF('2024-01-01', '2023-12-31', YEAR) AS c FROM orders WHERE id = 2 => 1, 1, 1
        SELECT created FROM orders ORDER BY created => NULL; 2023-12-31T22:59:59.999999Z; 2024-01-15T23:30:00Z; 2024-03-31T01:30:00Z
        SELECT DATE(created) AS d, EXTRACT(HOUR FROM created) AS h, TIMESTAMP_TRUNC(created, DAY) AS t FROM orders WHERE id = 1 => 2024-01-15, 23, 2024-01-15T00:00:00Z
        SELECT TIMESTAMP_DIFF(created, TIMESTAMP '2024-01-15 00:00:00', MINUTE) AS m, UNIX_SECONDS(created) AS u FROM orders WHERE id = 1 => 1410, 1705361400
        SELECT FORMAT_DATE('%d.%m.%Y', date) AS a, FORMAT_TIMESTAMP('%FT%TZ', created) AS b, PARSE_DATE('%d.%m.%Y', '29.02.2024') AS c FROM orders WHERE id = 1 => 15.01.2024, 2024-01-15T23:30:00Z, 2024-02-29
        SELECT PARSE_TIMESTAMP('%F %T', '2024-03-31 01:30:00') AS a, TIMESTAMP('2024-01-01 10:00:00+02') AS b, TIMESTAMP_MILLIS(1) AS c => 2024-03-31T01:30:00Z, 2024-01-01T08:00:00Z, 1970-01-01T00:00:00.001Z
        SELECT t, dt, DATETIME_TRUNC(dt, HOUR) AS h, TIME_ADD(t, INTERVAL 1 HOUR) AS a, DATE(dt) AS d FROM edges => 13:14:15.678901, 2024-02-29T13:14:15.678901, 2024-02-29T13:00, 14:14:15.678901, 2024-02-29
        SELECT CURRENT_TIMESTAMP() AS a, CURRENT_DATE() AS b, CURRENT_DATETIME() AS c => 2026-11-21T22:30:00.123456Z, 2026-11-21, 2026-11-21T22:30:00.123456
        SELECT CAST(date AS STRING) AS a, CAST(created AS STRING) AS b, CAST('2024-02-29' AS DATE) AS c, CAST(date AS TIMESTAMP) AS d FROM orders WHERE id = 1 => 2024-01-15, 2024-01-15 23:30:00+00, 2024-02-29, 2024-01-15T00:00:00Z
        SELECT SAFE_CAST('2023-02-29' AS DATE) AS a, DATETIME '2024-01-01 00:00:00' AS b, TIME '01:02:03.5' AS c, DATE '0001-01-01' AS d => NULL, 2024-01-01T00:00, 01:02:03.500, 0001-01-01
        SELECT date + 1 AS a, date - 1 AS b FROM orders WHERE id = 2 => 2024-03-01, 2024-02-28
        SELECT created + INTERVAL 90 MINUTE AS a, date - INTERVAL 1 MONTH AS b FROM orders WHERE id = 1 => 2024-01-16T01:00:00Z, 2023-12-15T00:00
        SELECT id FROM orders WHERE created >= '2024-01-15 23:30:00' AND created < TIMESTAMP '2024-04-01' ORDER BY id => 1; 2
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void takesWallClocksInTheZoneOfTheConfig() {
    String lines =
        """
        SELECT DATE(created) AS d, EXTRACT(HOUR FROM created) AS h FROM orders ORDER BY id => 2024-01-16, 0; 2024-03-31, 3; NULL, NULL; 2023-12-31, 23
        SELECT EXTRACT(HOUR FROM created AT TIME ZONE 'America/New_York') AS h FROM orders WHERE id = 1 => 18
        SELECT TIMESTAMP_TRUNC(created, DAY) AS a, TIMESTAMP_TRUNC(created, DAY, 'UTC') AS b FROM orders WHERE id = 1 => 2024-01-15T23:00:00Z, 2024-01-15T00:00:00Z
        SELECT TIMESTAMP '2024-07-01 00:00:00' AS a, TIMESTAMP(DATE '2024-01-01') AS b, CAST('2024-01-01 00:00:00' AS TIMESTAMP) AS c => 2024-06-30T22:00:00Z, 2023-12-31T23:00:00Z, 2023-12-31T23:00:00Z
        SELECT FORMAT_TIMESTAMP('%F %T %z', created) AS a, CAST(created AS STRING) AS b, DATETIME(created) AS c FROM orders WHERE id = 2 => 2024-03-31 03:30:00 +0200, 2024-03-31 03:30:00+02, 2024-03-31T03:30
        SELECT CURRENT_DATE() AS a, CURRENT_DATE('Asia/Tokyo') AS b, CURRENT_DATETIME() AS c, CURRENT_TIMESTAMP() AS d => 2026-11-21, 2026-11-22, 2026-11-21T23:30:00.123456, 2026-11-21T22:30:00.123456Z
        SELECT COUNT(*) AS n FROM orders WHERE created >= '2024-01-16 00:30:00' => 2
        """;

    assertThat(berlin.run(lines), is(lines));
  }

  @Test
  void saysWhatIsWrongWithAQueryAndWhere() {
    String lines =
        """
        SELECT statuss FROM orders => [7+7] TR201 unknown column `statuss` -> status
        SELECT o.statuss FROM orders o => [9+7] TR201 unknown column `statuss` in `o` -> status
        SELECT xyzzy FROM customers => [7+5] TR201 unknown column `xyzzy`; columns here: id, customer_id, amount, rate, status, date, created, tags, items, name, big, wide, huge, nan, js, y, t, dt, geo, order
        SELECT id FROM ordres => [15+6] TR201 unknown table `ordres` -> orders
        SELECT id FROM nothing => [15+7] TR201 unknown table `nothing`; tables here are the inputs: orders, customers, edges
        SELECT id FROM crm.orders => [15+3] TR201 unknown table `crm.orders`; tables here are the inputs: orders, customers, edges
        SELECT UPPR(status) AS u FROM orders => [7+4] TR203 unknown function `UPPR` -> UPPER
        SELECT UPPER(id) AS u FROM orders => [7+5] TR202 no matching signature for function UPPER for argument types: INT64; possible: UPPER(STRING); UPPER(BYTES)
        SELECT order FROM edges => [7+5] TR121 the SQL does not parse: Unexpected keyword ORDER; if this is the name of a column, write it in backticks: `order`
        SELECT big FROM edges WHERE order = 'x' => [28+5] TR121 the SQL does not parse: Unexpected keyword ORDER; if this is the name of a column, write it in backticks: `order`
        SELECT big, order FROM edges => [12+5] TR121 the SQL does not parse: Expected keyword BY but got keyword FROM; if this is the name of a column, write it in backticks: `order`
        SELECT big FROM edges GROUP => [26+1] TR121 the SQL does not parse: Expected keyword BY but got end of statement
        SELECT id FROM orders WHERE => [26+1] TR121 the SQL does not parse: Unexpected end of statement
        SELECT 'abc FROM orders => [7+1] TR121 the SQL does not parse: Unclosed string literal
        SELECT 1 AS x; SELECT 2 AS x => [15+6] TR121 the SQL does not parse: Expected end of input but got keyword SELECT; write one query; to name a column like a keyword, put it in backticks
        INSERT INTO orders (id) VALUES (1) => [0+6] TR217 INSERT is no query; write one SELECT; the sink that reads this node writes its rows
        CREATE TABLE x AS SELECT 1 AS a => [0+6] TR217 CREATE TABLE is no query; write one SELECT; the sink that reads this node writes its rows
        DROP TABLE orders => [0+4] TR217 DROP is no query; write one SELECT; the sink that reads this node writes its rows
        SELECT customer_id FROM orders, customers => [7+11] TR202 column name customer_id is ambiguous; write its table before it: table.customer_id
        SELECT id, COUNT(*) AS n FROM orders => [7+2] TR202 SELECT list expression references column id which is neither grouped nor aggregated; add it to GROUP BY, or aggregate it, such as MAX(id)
        SELECT id FROM orders WHERE SUM(id) > 1 => [28+3] TR202 aggregate function SUM not allowed in WHERE clause
        SELECT id FROM orders WHERE status = 1 => [28+6] TR202 no matching signature for operator = for argument types: STRING, INT64; give all of them one type, such as by CAST(... AS ...)
        SELECT id, status AS ID FROM orders => TR212 the query has two columns named `ID`; give one of them another name: AS name
        SELECT o.*, c.customer_id FROM orders o JOIN customers c USING (customer_id) => TR212 the query has two columns named `customer_id`; give one of them another name: AS name
        SELECT id + 1, status FROM orders => [7+6] TR124 column 1 of the query has no name; give it one: AS name
        SELECT COUNT(*), SUM(id) AS s, MAX(id) FROM orders => [7+8] TR124 column 1 of the query has no name; give it one: AS name; [31+7] TR124 column 3 of the query has no name; give it one: AS name
        SELECT FORMAT('%05d', id) AS x FROM orders => [7+18] TR230 function FORMAT is not supported by the embedded warehouse; write it with other functions
        SELECT ST_ASTEXT(geo) AS x FROM edges => [7+14] TR230 function ST_ASTEXT is not supported by the embedded warehouse; write it with other functions
        SELECT APPROX_QUANTILES(id, 4) AS x FROM orders => [7+23] TR230 function APPROX_QUANTILES is not supported by the embedded warehouse; write it with other functions
        SELECT FORMAT_DATE(status, date) AS x FROM orders => [7+25] TR230 a format that is no constant is not supported by the embedded warehouse; write it with other functions
        SELECT GENERATE_UUID() AS x => [7+15] TR230 function GENERATE_UUID gives another value in each run; make the value from columns, such as TO_HEX(SHA256(key))
        SELECT js.a AS x FROM edges => [7+4] TR230 a field of a JSON value is not supported by the embedded warehouse; write JSON_VALUE(column, '$.field') or JSON_QUERY(column, '$.field')
        SELECT SUM(huge) AS x FROM edges => [7+9] TR230 function SUM of BIGNUMERIC is not supported by the embedded warehouse; write it with other functions
        SELECT DISTINCT huge FROM edges => TR230 GROUP BY or DISTINCT of BIGNUMERIC is not supported by the embedded warehouse; write it with other functions
        SELECT id FROM orders TABLESAMPLE SYSTEM (10 PERCENT) => [15+6] TR230 TABLESAMPLE is not supported by the embedded warehouse; write it with other functions
        SELECT TO_JSON_STRING(items) AS x FROM orders => [7+21] TR230 function TO_JSON_STRING of ARRAY<STRUCT<sku STRING, n INT64>> is not supported by the embedded warehouse; write it with other functions
        SELECT x::INT FROM orders => [8+1] TR121 the SQL does not parse: Expected end of input but got ":"; write one query; to name a column like a keyword, put it in backticks
        SELECT DATE_TRUNC(date, FORTNIGHT) AS x FROM orders => [24+9] TR202 a valid date part name is required but found FORTNIGHT
        SELECT @param AS x => [7+1] TR202 query parameter 'param' not found
        SELECT 'Ä' AS a, 'ö' AS b, statuss FROM orders => [27+7] TR201 unknown column `statuss` -> status
        """;

    assertThat(utc.run(lines), is(lines));
  }

  @Test
  void positionsAreThoseOfTheAuthorsText() {
    String query = "SELECT id,\n\tstatuss\r\nFROM orders";

    assertThat(utc.schema(query), is("[12+7] TR201 unknown column `statuss` -> status"));
  }

  @Test
  void tellsTheTypesOfTheResult() {
    assertThat(
        utc.schema(
            "SELECT id, amount, amount AS a, MAX(amount) OVER () AS m, amount + 1 AS b,"
                + " CAST(id AS NUMERIC(10, 2)) AS c, wide, huge, js, geo, created, dt, t, y"
                + " FROM orders, edges"),
        is(
            "(id INT64 NOT NULL, amount NUMERIC(12,2), a NUMERIC(12,2), m NUMERIC(12,2),"
                + " b NUMERIC(38,9), c NUMERIC(10,2), wide NUMERIC(38,9), huge BIGNUMERIC(76,38),"
                + " js JSON, geo GEOGRAPHY, created TIMESTAMP, dt DATETIME, t TIME, y BYTES)"));
    assertThat(
        utc.schema(
            "SELECT tags, items, items[SAFE_OFFSET(0)] AS i, STRUCT(id, amount) AS s,"
                + " ARRAY(SELECT amount FROM orders) AS a FROM orders"),
        is(
            "(tags ARRAY<STRING>, items ARRAY<STRUCT<sku STRING, n INT64>>, i STRUCT<sku STRING, n"
                + " INT64>, s STRUCT<id INT64, amount NUMERIC(12,2)> NOT NULL, a"
                + " ARRAY<NUMERIC(12,2)> NOT NULL)"));
    assertThat(
        utc.schema("SELECT amount FROM orders UNION ALL SELECT amount FROM orders"),
        is("(amount NUMERIC(12,2))"));
    assertThat(
        utc.schema("SELECT amount FROM orders UNION ALL SELECT wide FROM edges"),
        is("(amount NUMERIC(38,9))"));
    assertThat(
        utc.schema("WITH w AS (SELECT amount, id FROM orders GROUP BY ALL) SELECT * FROM w"),
        is("(amount NUMERIC(12,2), id INT64 NOT NULL)"));
    assertThat(
        utc.schema("SELECT o.id, c.name FROM customers c LEFT JOIN orders o USING (customer_id)"),
        is("(id INT64, name STRING)"));
    assertThat(
        utc.schema("SELECT COUNT(*) AS n, SUM(id) AS s FROM orders"),
        is("(n INT64 NOT NULL, s INT64)"));
  }

  @Test
  void namesTheTablesThatAreRead() {
    String query =
        "WITH c AS (SELECT * FROM Customers) SELECT COUNT(*) AS n FROM orders JOIN c USING"
            + " (customer_id) WHERE EXISTS (SELECT 1 FROM orders)";

    assertThat(utc.analyze(query).tables(), contains("customers", "orders"));
  }

  @Test
  void checksTheSyntaxWithoutSchemas() {
    FoundProblems problems = new FoundProblems();

    SqlQuery.checkSyntax(SqlText.of("SELECT a, b FROM nowhere WHERE f(a);"), problems);
    SqlQuery.checkSyntax(SqlText.of("SELECT group FROM nowhere"), problems);
    SqlQuery.checkSyntax(SqlText.of("SELECT a FRM nowhere x"), problems);

    assertThat(
        problems.all(),
        contains(
            "[7+5] TR121 the SQL does not parse: Unexpected keyword GROUP; if this is the name of a"
                + " column, write it in backticks: `group`",
            "[13+7] TR121 the SQL does not parse: Expected end of input but got identifier"
                + " \"nowhere\"; write one query; to name a column like a keyword, put it in"
                + " backticks"));
  }

  @Test
  void nestedFunctionsOfOursAreOneCall() {
    SqlQuery query =
        utc.analyze("SELECT TO_HEX(SHA256(UPPER(CONCAT(status, '!')))) AS h FROM orders");

    assertThat(query.functions(), hasSize(1));
    assertThat(query.functions().get(0).parameters().names(), contains("p0"));
  }

  @Test
  void nativeWhereDuckDbIsExact() {
    SqlQuery query =
        utc.analyze(
            "SELECT id + 1 AS a, amount * 2 AS b, status || 'x' AS c, DATE_TRUNC(date, MONTH) AS d,"
                + " COUNT(*) AS n, SUM(id) AS s FROM orders WHERE amount > 2 AND status IN ('a')"
                + " GROUP BY ALL");

    assertThat(query.functions(), is(empty()));
  }
}
