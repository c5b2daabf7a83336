package io.tributary.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.tributary.row.Schema;
import io.tributary.row.SchemaText;
import io.tributary.spec.WriteMode;
import io.tributary.warehouse.SchemaPolicy.Columns;
import io.tributary.warehouse.SchemaPolicy.Types;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvolutionTest {
  private static Evolution between(
      String rows, String table, Columns columns, @Nullable String cursor, String... keys) {
    return between(rows, null, table, columns, cursor, keys);
  }

  private static Evolution between(
      String rows,
      @Nullable String given,
      String table,
      Columns columns,
      @Nullable String cursor,
      String... keys) {
    TableWrite write =
        new TableWrite(
            TableName.parse("d.t"),
            keys.length == 0 ? WriteMode.REPLACE : WriteMode.MERGE,
            List.of(keys),
            cursor,
            false,
            given == null ? null : SchemaText.parse(given),
            null,
            List.of(),
            false,
            null,
            Map.of(),
            null,
            false,
            new SchemaPolicy(columns, Types.EVOLVE));
    Schema schema = SchemaText.parse(table);
    return Evolution.of(
        write, SchemaText.parse(rows), new TableDescription(write.table(), schema, 1));
  }

  private static List<String> messages(Evolution evolution) {
    return evolution.contradictions().stream().map(Contradiction::message).toList();
  }

  @Test
  void theTableKeepsItsNamesAndOrderAndNewColumnsComeLast() {
    Evolution evolution =
        between(
            "new:DATE, B:NUMERIC(3,1), A:INT64",
            "a:INT64, gone:JSON, b:INT64",
            Columns.EVOLVE,
            null);

    assertThat(evolution.contradictions(), is(empty()));
    assertThat(
        evolution.table(), is(SchemaText.parse("a:INT64, gone:JSON, b:NUMERIC(20,1), new:DATE")));
    assertThat(evolution.written(), is(SchemaText.parse("a:INT64, b:NUMERIC(20,1), new:DATE")));
    assertThat(
        evolution.changes().stream().map(ColumnChange::toString).toList(),
        contains(
            "column `new` added: DATE",
            "column `B` widened: INT64 to NUMERIC(20,1)",
            "column `gone` missing: JSON of the table; the rows lack it, so it is NULL in new"
                + " ones"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Columns.class,
      names = {"EVOLVE", "DROP", "REJECT"})
  void aMergeKeyThatOnlyOneSideHasIsAnError(Columns columns) {
    assertThat(
        messages(between("id:INT64, key:INT64", "id:INT64", columns, null, "id", "KEY")),
        contains(startsWith("merge key `key` is not in the table `d.t`")));
    assertThat(
        messages(between("id:INT64", "id:INT64, key:INT64", columns, null, "id", "KEY")),
        contains(
            "table `d.t` has column `key` (INT64), which the rows lack, though it is a merge"
                + " key"));
  }

  @Test
  void aCursorThatTheTableLacksIsAddedOrAnError() {
    String rows = "id:INT64, at:TIMESTAMP";

    assertThat(messages(between(rows, "id:INT64", Columns.EVOLVE, "at", "id")), is(empty()));
    assertThat(
        messages(between(rows, "id:INT64", Columns.DROP, "AT", "id")),
        contains(startsWith("cursor column `at` is not in the table `d.t`")));
  }

  @Test
  void rowsThatShareNoColumnWithTheTableAreAnError() {
    assertThat(
        messages(between("a:INT64", "b:INT64", Columns.DROP, null)),
        contains("table `d.t` has none of the columns of the rows"));
  }

  @Test
  void rowsHaveWhatTheSchemaNamesButForColumnsThatWereLeftOut() {
    String given = "a:INT64, b:INT64";

    // a run has left `b` out before its rows were staged, and meanwhile the table has it
    assertThat(messages(between("a:INT64", given, given, Columns.DROP, null)), is(empty()));
    assertThat(
        messages(between("a:INT64", given, given, Columns.EVOLVE, null)),
        contains("table `d.t` has column `b` (INT64), which the rows lack"));
    assertThat(
        messages(between("a:INT64, b:INT64, c:DATE", given, given, Columns.EVOLVE, null)),
        contains("column `c` (DATE) is not in the table `d.t`"));
    assertThat(
        messages(between("a:INT64, b:DATE", given, given, Columns.EVOLVE, null)),
        contains(startsWith("column `b` is DATE, but INT64 in the table `d.t`")));
  }
}
