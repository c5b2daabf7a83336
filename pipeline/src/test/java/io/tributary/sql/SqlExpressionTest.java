package io.tributary.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.SqlText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SqlExpressionTest {
  private static final Schema ORDERS =
      Schema.of(
          Column.required("id", Type.INT64),
          Column.nullable("status", Type.STRING),
          Column.nullable("amount", Type.numeric(12, 2)),
          Column.nullable("ratio", Type.numeric(20, 12)),
          Column.nullable("unit price", Type.FLOAT64),
          Column.nullable("date", Type.DATE));

  private final FoundProblems problems = new FoundProblems();

  @Test
  void pointsToTheWrongColumnInUtf16Units() {
    assertThat(
        problemsOf("statuss = 'x'"), contains("[0+7] TR201 unknown column `statuss` -> status"));
    assertThat(
        problemsOf("'😀' = statuss"), contains("[7+7] TR201 unknown column `statuss` -> status"));
    assertThat(
        problemsOf("'ü' =\n\t\tstatuss"),
        contains("[8+7] TR201 unknown column `statuss` -> status"));
    assertThat(
        problemsOf("id = 1\r\n AND `unit prise` > 1"),
        contains("[13+12] TR201 unknown column `unit prise` -> `unit price`"));
  }

  @Test
  void listsTheColumnsWhenNoneIsNear() {
    assertThat(
        problemsOf("colour = 'red'"),
        contains(
            "[0+6] TR201 unknown column `colour`; columns here: id, status, amount, ratio, unit"
                + " price, date"));
  }

  @Test
  void saysWhatDoesNotParseAndWhere() {
    assertThat(
        problemsOf("id +"),
        contains("[3+1] TR121 the SQL does not parse: Unexpected end of expression"));
    assertThat(
        problemsOf("id = 1;"),
        contains("[6+1] TR121 the SQL does not parse: Expected end of input but got \";\""));
    assertThat(problemsOf(""), hasSize(1));
  }

  @Test
  void suggestsTheFunctionThatWasMeant() {
    assertThat(
        problemsOf("UPPERR(status)"), contains("[0+6] TR203 unknown function `UPPERR` -> UPPER"));
    assertThat(
        problemsOf("upperr(status)"), contains("[0+6] TR203 unknown function `upperr` -> upper"));
    assertThat(
        problemsOf("foo(1)"),
        contains("[0+3] TR203 unknown function `foo`; write a function of GoogleSQL"));
  }

  @Test
  void saysWhichTypesAFunctionTakes() {
    assertThat(
        problemsOf("1 + LENGTH(id)"),
        contains(
            "[4+6] TR202 no matching signature for function LENGTH for argument types: INT64;"
                + " possible: LENGTH(STRING); LENGTH(BYTES)"));
    assertThat(
        problemsOf("date > 'garbage'"),
        contains("[7+1] TR202 could not cast literal \"garbage\" to type DATE"));
  }

  @Test
  void keepsNamesInCapitals() {
    assertThat(
        problemsOf("DATE_TRUNC(date, HOUR)"),
        contains("[0+10] TR202 DATE_TRUNC does not support the HOUR date part"));
  }

  @Test
  void namesTheSqlTransformForWhatItDoesNotSupport() {
    String use =
        " is not supported in filter and select; use a `sql` transform for it: the warehouse runs"
            + " it";

    assertThat(
        problemsOf("id > 1 AND FORMAT('%d', id) = '1'"),
        contains("[11+16] TR204 function FORMAT" + use));
    assertThat(problemsOf("SUM(id)"), contains("[0+3] TR204 aggregate function SUM" + use));
    assertThat(
        problemsOf("ROW_NUMBER() OVER ()"), contains("[0+10] TR204 a window function" + use));
    assertThat(problemsOf("id IN (SELECT 1)"), contains("[0+16] TR204 a subquery" + use));
    assertThat(problemsOf("STRUCT(id)"), hasSize(1));
    assertThat(
        problemsOf("CAST(date AS STRING FORMAT 'YYYY')"),
        contains("[0+34] TR204 CAST with FORMAT" + use));
    assertThat(
        problemsOf("CAST(status AS STRING(3))"),
        contains("[0+25] TR204 a length limit of STRING" + use));
    assertThat(problemsOf("INTERVAL 1 DAY"), contains("[0+14] TR204 operator INTERVAL" + use));
  }

  @Test
  void refusesFunctionsThatAreNotRepeatable() {
    assertThat(
        problemsOf("GENERATE_UUID()"),
        contains(containsString("TR204 function GENERATE_UUID gives another value each time")));
    assertThat(
        problemsOf("RAND() < 0.1"),
        contains(containsString("TR204 function RAND gives another value each time")));
  }

  @Test
  void refusesWrongConstantsWhenItIsPlanned() {
    assertThat(
        problemsOf("REGEXP_CONTAINS(status, '(')"),
        contains(
            containsString("[24+3] TR202 the regular expression is wrong: missing closing )")));
    assertThat(
        problemsOf("REGEXP_EXTRACT(status, '(a)(b)')"),
        contains(
            containsString("[23+8] TR202 the regular expression has 2 groups, but may have one")));
    assertThat(
        problemsOf("REGEXP_REPLACE(status, 'a', r'\\1')"),
        contains(containsString("[28+5] TR202 the replacement has a backslash")));
    assertThat(
        problemsOf("JSON_VALUE(status, 'a')"),
        contains("[19+3] TR202 the JSON path is wrong; write a path such as '$.items[0].name'"));
    assertThat(
        problemsOf("DATE(TIMESTAMP(date), 'Mars/Olympus')"),
        contains(containsString("[22+14] TR202 unknown time zone `Mars/Olympus`")));
  }

  @Test
  void aPlainColumnKeepsItsExactTypeAndAComputedDecimalIsNumeric() {
    assertThat(analyze("amount").type(), is(Type.numeric(12, 2)));
    assertThat(analyze("(AMOUNT)").type(), is(Type.numeric(12, 2)));
    assertThat(analyze("amount + 1").type(), is(Type.NUMERIC));
    assertThat(analyze("IFNULL(amount, 0)").type(), is(Type.NUMERIC));
    assertThat(analyze("CAST(amount AS NUMERIC(10, 1))").type(), is(Type.numeric(10, 1)));
    assertThat(analyze("CAST(amount AS NUMERIC(5))").type(), is(Type.numeric(5, 0)));
    assertThat(analyze("amount / 1.19").type(), is(Type.NUMERIC));
    assertThat(analyze("ratio").type(), is(Type.numeric(20, 12)));
    assertThat(analyze("ratio * 2").type(), is(Type.BIGNUMERIC));
    assertThat(analyze("id / 2").type(), is(Type.FLOAT64));
    assertThat(analyze("date").type(), is(Type.DATE));
    assertThat(analyze("CAST(id AS INTEGER)").type(), is(Type.INT64));
  }

  @Test
  void knowsWhatCanBeNull() {
    assertThat(
        nullable(
            "id", "id + 1", "1", "id IS NULL", "status IS NOT TRUE".replace("status", "(id = 1)")),
        is(List.of()));
    assertThat(
        nullable(
            "IFNULL(status, 'x')",
            "COALESCE(amount, id)",
            "TO_JSON_STRING(status)",
            "IF(status = 'x', 1, 2)",
            "CASE id WHEN 1 THEN 2 ELSE 3 END",
            "CASE WHEN status = 'x' THEN 2 ELSE 3 END",
            "status IS DISTINCT FROM 'x'"),
        is(List.of()));
    List<String> all =
        List.of(
            "status",
            "amount + id",
            "NULL",
            "NULLIF(id, 1)",
            "SAFE_DIVIDE(id, 2)",
            "SAFE_CAST('x' AS INT64)",
            "SAFE.LEFT('x', id)",
            "IF(id = 1, 1, NULL)",
            "CASE WHEN id = 1 THEN 2 END",
            "CASE id WHEN 1 THEN NULL ELSE 3 END",
            "JSON_VALUE('{}', '$.a')",
            "REGEXP_EXTRACT('a', 'b')",
            "SPLIT('a')[SAFE_OFFSET(id)]",
            "COALESCE(status, NULL)",
            "CONCAT('a', status)");
    assertThat(nullable(all.toArray(String[]::new)), is(all));
  }

  @Test
  void refusesATypeThatIsNotWanted() {
    SqlExpression expression =
        SqlExpression.analyze(
            SqlText.of("id"), ORDERS, Type.STRING, Instant.EPOCH, ZoneId.of("UTC"), problems);

    assertThat(expression, is(nullValue()));
    assertThat(
        problems.all(), contains("TR202 the expression is INT64, but STRING is needed here"));
  }

  @Test
  void checksSyntaxWithoutASchema() {
    SqlExpression.checkSyntax(SqlText.of("statuss = upperr(1)"), problems);
    SqlExpression.checkSyntax(SqlText.of("a = (1"), problems);

    assertThat(
        problems.all(),
        contains("[5+1] TR121 the SQL does not parse: Expected \",\" but got end of expression"));
  }

  @Test
  void aConditionIsFalseForNull() throws RowException {
    RowPredicate condition = analyze("amount > 10").predicate();

    assertThat(condition.test(order(new BigDecimal("10.01"))), is(true));
    assertThat(condition.test(order(new BigDecimal("10.00"))), is(false));
    assertThat(condition.test(order(null)), is(false));
    assertThrows(IllegalStateException.class, () -> analyze("id").predicate());
  }

  @Test
  void anErrorOfARowIsCheapAndSaysNothingOfItsValues() {
    RowPredicate condition = analyze("CAST(status AS INT64) > 1").predicate();
    Row row = RowBuilder.of(ORDERS, 1L, "secret", null, null, null, null);

    RowException error = assertThrows(RowException.class, () -> condition.test(row));

    assertThat(error.getMessage(), is("the text is no valid INT64"));
    assertThat(error.getStackTrace().length, is(0));
  }

  @Test
  void sharesTheBytesOfTheRowInsteadOfCopying() throws RowException {
    byte[] text = "xxpaidxx".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    RowBuilder row = new RowBuilder(ORDERS);
    row.setBytes(1, text, 2, 4);
    RowBuilder out = new RowBuilder(Schema.of(Column.nullable("x", Type.STRING)));

    analyze("IF(TRUE, SUBSTR(status, 2), '')").assignment().assign(row, out, 0);

    assertThat(out.bytes(0) == text, is(true));
    assertThat(out.get(0), is("aid"));
  }

  @Test
  void theZoneOfTheConfigIsThatOfTextsAndWallClocks() {
    ExpressionTable berlin = new ExpressionTable(ZoneId.of("Europe/Berlin"));

    String lines =
        """
        CURRENT_DATE() => 2026-11-21
        CURRENT_TIME() => 23:30:00.123456
        TIMESTAMP '2024-07-01 12:00:00' => 2024-07-01T10:00:00Z
        TIMESTAMP(dt) => 2024-02-29T12:14:15.678901Z
        DATE(ts) => 2024-03-01
        CAST(ts AS STRING) => 2024-03-01 00:30:15+01
        EXTRACT(HOUR FROM ts) => 0
        TIMESTAMP_TRUNC(TIMESTAMP '2024-10-27 01:30:00+00', HOUR) => 2024-10-27T01:00:00Z
        FORMAT_TIMESTAMP('%F %H:%M %Z', ts) => 2024-03-01 00:30 UTC+1
        """;
    assertThat(berlin.evaluate(lines), is(lines));
  }

  @Test
  void takesZonesThatJavaNamesInItsOwnWay() {
    for (String zone : List.of("Z", "GMT+02:00", "+05:30", "UTC")) {
      SqlExpression.analyze(
          SqlText.of("TIMESTAMP '2024-01-01'"),
          ORDERS,
          null,
          Instant.EPOCH,
          ZoneId.of(zone),
          problems);
    }

    assertThat(problems.all(), is(empty()));
  }

  private List<String> nullable(String... expressions) {
    List<String> nullable = new ArrayList<>();
    for (String expression : expressions) {
      if (analyze(expression).nullable()) {
        nullable.add(expression);
      }
    }
    return nullable;
  }

  private static List<String> problemsOf(String text) {
    FoundProblems found = new FoundProblems();
    SqlExpression.analyze(SqlText.of(text), ORDERS, null, Instant.EPOCH, ZoneId.of("UTC"), found);
    return found.all();
  }

  private static SqlExpression analyze(String text) {
    FoundProblems found = new FoundProblems();
    SqlExpression expression =
        SqlExpression.analyze(
            SqlText.of(text), ORDERS, null, Instant.EPOCH, ZoneId.of("UTC"), found);
    assertThat(found.all(), is(empty()));
    return expression;
  }

  private static Row order(@Nullable BigDecimal amount) {
    return RowBuilder.of(ORDERS, 1L, "paid", amount, null, null, null);
  }
}
