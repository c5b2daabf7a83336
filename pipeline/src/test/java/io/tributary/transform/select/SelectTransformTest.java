package io.tributary.transform.select;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.tributary.module.Registry;
import io.tributary.module.RowFunction;
import io.tributary.module.RowTransform.Planned;
import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Arguments;
import io.tributary.spec.Field;
import io.tributary.spec.Spec;
import io.tributary.spec.SqlText;
import io.tributary.sql.FoundProblems;
import io.tributary.sql.SentRows;
import io.tributary.transform.select.SelectTransform.Parameters;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SelectTransformTest {
  private static final Schema ORDERS =
      Schema.of(
          new Column("id", Type.INT64, false, "order number"),
          Column.nullable("status", Type.STRING),
          Column.nullable("amount", Type.numeric(12, 2)));

  private final FoundProblems problems = new FoundProblems();
  private final SentRows sent = new SentRows();

  @Test
  void computesColumnsInTheOrderOfTheFile() {
    Planned planned =
        plan("columns", map("net", "CAST(amount / 1.19 AS NUMERIC(12,2))", "id", "id"));

    planned.open().apply(RowBuilder.of(ORDERS, 1L, "paid", new BigDecimal("119.00")), sent);

    assertThat(planned.schema(), hasToString("(net NUMERIC(12,2), id INT64 NOT NULL)"));
    assertThat(sent.all(), contains("{net: 100.00, id: 1}"));
  }

  @Test
  void keepsTypeNullabilityAndDescriptionOfARenamedColumn() {
    Planned planned = plan("columns", map("order_id", "id", "gross", "(amount)"));

    assertThat(
        planned.schema(),
        is(
            Schema.of(
                new Column("order_id", Type.INT64, false, "order number"),
                Column.nullable("gross", Type.numeric(12, 2)))));
  }

  @Test
  void givesAComputedColumnItsOwnTypeAndNoDescription() {
    Planned planned = plan("columns", map("next", "id + 1", "twice", "amount * 2"));

    assertThat(
        planned.schema(),
        is(Schema.of(Column.required("next", Type.INT64), Column.nullable("twice", Type.NUMERIC))));
  }

  @Test
  void keepsTheColumnsOfAListInItsOrder() {
    Planned planned = plan("columns", List.of("status", "ID"));

    planned.open().apply(RowBuilder.of(ORDERS, 1L, "paid", null), sent);

    assertThat(planned.schema(), hasToString("(status STRING, id INT64 NOT NULL)"));
    assertThat(sent.all(), contains("{status: paid, id: 1}"));
  }

  @Test
  void leavesOutDroppedColumns() {
    Planned planned = plan("drop", List.of("Status"));

    planned.open().apply(RowBuilder.of(ORDERS, 1L, "paid", new BigDecimal("1.00")), sent);

    assertThat(sent.all(), contains("{id: 1, amount: 1.00}"));
  }

  @Test
  void rejectsARowWhoseColumnHasNoValueAndSaysWhich() {
    RowFunction select = plan("columns", map("id", "id", "share", "amount / (id - 1)")).open();

    select.apply(RowBuilder.of(ORDERS, 1L, null, new BigDecimal("1.00")), sent);
    select.apply(RowBuilder.of(ORDERS, 2L, null, new BigDecimal("1.00")), sent);

    assertThat(
        sent.all(),
        contains(
            "rejected {id: 1, status: null, amount: 1.00}: column `share`: division by zero",
            "{id: 2, share: 1.000000000}"));
  }

  @Test
  void doesNotHandOnAValueOfTheRowBefore() {
    RowFunction select = plan("columns", map("s", "status", "l", "status IS NULL")).open();

    select.apply(RowBuilder.of(ORDERS, 1L, "paid", null), sent);
    select.apply(RowBuilder.of(ORDERS, 2L, null, null), sent);

    assertThat(sent.all(), contains("{s: paid, l: false}", "{s: null, l: true}"));
  }

  @Test
  void reportsEveryWrongExpressionAtItsPlace() {
    Planned planned =
        planOrNull("columns", map("net", "amuont / 2", "ok", "id", "s", "UPER(status)"));

    assertThat(planned, is(nullValue()));
    assertThat(
        problems.all(),
        contains(
            "columns/net[0+6] TR201 unknown column `amuont` -> amount",
            "columns/s[0+4] TR203 unknown function `UPER` -> UPPER"));
  }

  @Test
  void reportsUnknownColumnsOfListsWithTheLikelyOne() {
    planOrNull("columns", List.of("id", "stauts"));
    planOrNull("drop", List.of("colour"));

    assertThat(
        problems.all(),
        contains(
            "columns/1 TR201 unknown column `stauts` -> status",
            "drop/0 TR201 unknown column `colour`; columns here: id, status, amount"));
  }

  @Test
  void refusesToDropEverything() {
    planOrNull("drop", List.of("id", "status", "amount"));

    assertThat(problems.all(), contains("drop TR107 no column is left; leave at least one column"));
  }

  @Test
  void refusesTwoColumnsOfOneName() {
    parameters("columns", map("id", "id", "ID", "id + 1"));
    parameters("columns", List.of("id", "id"));

    assertThat(
        problems.all(),
        contains(
            "columns/ID(key) TR212 column `ID` occurs twice; give one of them another name; upper"
                + " and lower case count as the same",
            "columns/1 TR212 column `id` occurs twice; give one of them another name; upper and"
                + " lower case count as the same"));
  }

  @Test
  void wantsExactlyOneWayToSayWhatComesOut() {
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("columns", List.of("id"));
    both.put("drop", List.of("status"));
    parameters(both);
    parameters(Map.of());
    parameters("columns", List.of());

    assertThat(
        problems.all(),
        contains(
            "drop(key) TR108 `drop` and `columns` both say which columns come out; keep one of"
                + " them: `columns` leaves out what it does not name",
            "TR101 neither `columns` nor `drop` is given; write `columns` with what is to come"
                + " out, or `drop` with what is not",
            "columns TR107 no column comes out; name at least one column"));
  }

  @Test
  void refusesColumnsOfAnotherShape() {
    parameters("columns", "id");
    parameters("columns", map("id", List.of("id")));
    parameters("columns", List.of(Map.of("id", "id")));

    assertThat(
        problems.all().stream().filter(line -> line.contains("TR104")).toList(),
        contains(
            "columns TR104 expected a map from names to SQL expressions or a list of names, found"
                + " \"id\"; write {id: id, net: \"amount / 1.19\"} or [id, amount]",
            "columns/id TR104 expected a SQL expression, found a list; write the name of a column,"
                + " or an expression in quotes",
            "columns/0 TR104 expected the name of a column, found a map; write a name; for an"
                + " expression, make `columns` a map from names to expressions"));
  }

  @Test
  void takesAnUnquotedNumberForAnExpression() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("one", 1L);
    columns.put("yes", true);

    assertThat(
        plan("columns", columns).schema(), hasToString("(one INT64 NOT NULL, yes BOOL NOT NULL)"));
  }

  @Test
  void isFoundByItsName() {
    assertThat(
        Registry.load().find(Spec.Kind.TRANSFORM, "select").orElseThrow(),
        is(SelectTransform.SPEC));
  }

  @Test
  void tellsLintWhereItsExpressionsStand() {
    assertThat(
        parameters("columns", map("id", "id", "net", "amount / 2")).expressions(),
        is(
            Map.of(
                List.<Object>of("columns", "id"), SqlText.of("id"),
                List.<Object>of("columns", "net"), SqlText.of("amount / 2"))));
    assertThat(parameters("columns", List.of("id")).expressions(), is(Map.of()));
    assertThat(parameters("drop", List.of("id")).expressions(), is(Map.of()));
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private Planned plan(String key, Object value) {
    Planned planned = planOrNull(key, value);
    assertThat(problems.all(), is(List.of()));
    return planned;
  }

  private Planned planOrNull(String key, Object value) {
    return new SelectTransform(parameters(key, value))
        .plan(ORDERS, Instant.EPOCH, ZoneOffset.UTC, problems);
  }

  private Parameters parameters(String key, Object value) {
    return parameters(Map.of(key, value));
  }

  /** As the binder does it: each given value through its field's shape, then the factory. */
  private Parameters parameters(Map<String, Object> given) {
    Map<String, Object> typed = new HashMap<>();
    for (Field<?> field : SelectTransform.SPEC.fields()) {
      Object plain = given.get(field.name());
      Object value = plain == null ? null : field.shape().parse(plain, problems.at(field));
      if (value != null) {
        typed.put(field.name(), value);
      }
    }
    return SelectTransform.SPEC.factory().apply(new Arguments(typed), problems);
  }
}
