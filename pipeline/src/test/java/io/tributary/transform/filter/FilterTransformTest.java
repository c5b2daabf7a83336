package io.tributary.transform.filter;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.tributary.module.Registry;
import io.tributary.module.RowFunction;
import io.tributary.module.RowTransform.Planned;
import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Spec;
import io.tributary.spec.SqlText;
import io.tributary.sql.FoundProblems;
import io.tributary.sql.SentRows;
import io.tributary.transform.filter.FilterTransform.Parameters;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FilterTransformTest {
  private static final Schema ORDERS =
      Schema.of(
          Column.required("id", Type.INT64),
          Column.nullable("status", Type.STRING),
          Column.nullable("amount", Type.numeric(12, 2)));

  private final FoundProblems problems = new FoundProblems();
  private final SentRows sent = new SentRows();

  @Test
  void keepsTheRowsForWhichTheConditionIsTrueAndCountsNullAsFalse() {
    RowFunction filter = plan("status = 'paid' AND amount > 0").open();

    filter.apply(RowBuilder.of(ORDERS, 1L, "paid", new BigDecimal("0.01")), sent);
    filter.apply(RowBuilder.of(ORDERS, 2L, "paid", new BigDecimal("0.00")), sent);
    filter.apply(RowBuilder.of(ORDERS, 3L, "paid", null), sent);
    filter.apply(RowBuilder.of(ORDERS, 4L, "open", new BigDecimal("5.00")), sent);

    assertThat(
        sent.all(),
        contains("{id: 1, status: paid, amount: 0.01}", "filtered", "filtered", "filtered"));
  }

  @Test
  void rejectsARowForWhichTheConditionHasNoValueAndGoesOn() {
    RowFunction filter = plan("10 / id > 1").open();

    filter.apply(RowBuilder.of(ORDERS, 0L, "paid", null), sent);
    filter.apply(RowBuilder.of(ORDERS, 5L, "paid", null), sent);

    assertThat(
        sent.all(),
        contains(
            "rejected {id: 0, status: paid, amount: null}: where: division by zero",
            "{id: 5, status: paid, amount: null}"));
  }

  @Test
  void doesNotChangeTheSchema() {
    assertThat(plan("id > 0").schema(), is(ORDERS));
  }

  @Test
  void pointsIntoTheTextOfTheCondition() {
    Planned planned = planOrNull("id > 0 AND statuss = 'paid'");

    assertThat(planned, is(nullValue()));
    assertThat(problems.all(), contains("where[11+7] TR201 unknown column `statuss` -> status"));
  }

  @Test
  void refusesAnExpressionThatIsNoCondition() {
    planOrNull("id + 1");

    assertThat(
        problems.all(),
        contains(
            "where TR202 the expression is INT64, but BOOL is needed here; write a condition,"
                + " such as `amount > 0`"));
  }

  @Test
  void isFoundByItsName() {
    assertThat(
        Registry.load().find(Spec.Kind.TRANSFORM, "filter").orElseThrow(),
        is(FilterTransform.SPEC));
  }

  @Test
  void tellsLintWhereItsExpressionStands() {
    Parameters parameters = new Parameters(SqlText.of("id > 0"));

    assertThat(
        parameters.expressions(), is(Map.of(List.<Object>of("where"), SqlText.of("id > 0"))));
  }

  private Planned plan(String where) {
    Planned planned = planOrNull(where);
    assertThat(problems.all(), is(List.of()));
    return planned;
  }

  private Planned planOrNull(String where) {
    return new FilterTransform(new Parameters(SqlText.of(where)))
        .plan(ORDERS, Instant.EPOCH, ZoneOffset.UTC, problems);
  }
}
