package io.tributary.connector.create;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.row.Row;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreateSourceTest {

  @Test
  void columnsAreAllKeysWithTheNarrowestTypes() throws IOException {
    Map<String, Object> first = row("id", 1L, "price", 1.5, "ok", true, "name", "a");
    Map<String, Object> second =
        row("id", 2L, "price", 2L, "big", new BigInteger("18446744073709551615"), "name", null);
    Map<String, Object> third =
        row("place", row("x", 1L), "tags", Arrays.asList("a", null), "when", "2024-01-31");

    SourceProbe<?> probe = probe(Map.of("rows", List.of(first, second, third)));

    assertThat(
        String.valueOf(probe.schema()),
        is(
            "(id INT64, price FLOAT64, ok BOOL, name STRING, big NUMERIC(38,0), place STRUCT<x"
                + " INT64>, tags ARRAY<STRING>, when STRING)"));
    assertThat(
        texts(probe.rows()),
        contains(
            "{id: 1, price: 1.5, ok: true, name: a, big: null, place: null, tags: null, when:"
                + " null}",
            "{id: 2, price: 2.0, ok: null, name: null, big: 18446744073709551615, place: null,"
                + " tags: null, when: null}",
            "{id: null, price: null, ok: null, name: null, big: null, place: {x: 1}, tags: [a,"
                + " null], when: 2024-01-31}"));
    assertThat(probe.splits().size(), is(1));
    assertThat(probe.rejected(), is(empty()));
  }

  @Test
  void aSchemaTurnsTextsIntoDatesAndDecimals() throws IOException {
    SourceProbe<?> probe =
        probe(
            Map.of(
                "rows",
                List.of(row("id", 1L, "at", "2024-01-31T10:00:00+01:00", "price", 0.1)),
                "schema",
                "id:INT64,day:DATE,at:TIMESTAMP,price:NUMERIC(5,2)"));

    assertThat(
        texts(probe.rows()), contains("{id: 1, day: null, at: 2024-01-31T09:00:00Z, price: 0.10}"));
  }

  @Test
  void valuesOfDifferentKindsAreReportedAtTheirPlace() {
    SourceProbe<?> probe =
        probe(
            Map.of(
                "rows",
                List.of(
                    row("a", null, "b", 1L, "c", row("d", 1L), "e", List.of(1L)),
                    row("a", "x", "b", "one", "c", row("d", true), "e", List.of(1L, "two")),
                    row("a", 1L, "b", 2L, "c", List.of(), "e", 1L))));

    assertThat(probe.schema(), is(nullValue()));
    String fix = " -> write values of one kind, or give a `schema`";
    assertThat(
        probe.problems(),
        contains(
            ".rows[1].b TR104 `b` is text here, but a number in row 1" + fix,
            ".rows[1].c.d TR104 `c.d` is true or false here, but a number in row 1" + fix,
            ".rows[1].e[1] TR104 `e[]` is text here, but a number in row 1" + fix,
            ".rows[2].a TR104 `a` is a number here, but text in row 2" + fix,
            ".rows[2].c TR104 `c` is a list here, but a map in row 1" + fix,
            ".rows[2].e TR104 `e` is a number here, but a list in row 1" + fix));
  }

  @Test
  void whatDoesNotFitTheSchemaIsReportedAtItsPlace() {
    SourceProbe<?> probe =
        probe(
            Map.of(
                "rows",
                List.of(row("id", "one", "nam", "x"), row("name", "y"), row("id", null)),
                "schema",
                List.of(
                    Map.of("name", "id", "type", "INT64", "mode", "REQUIRED"),
                    Map.of("name", "name", "type", "STRING"))));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems(),
        contains(
            ".rows[0].id TR104 column `id` is INT64, but the value is not an INT64",
            ".rows[0].nam(key) TR201 `schema` has no column `nam` -> did you mean `name`?",
            ".rows[1] TR104 column `id` is REQUIRED, but has no value -> give it a value",
            ".rows[2] TR104 column `id` is REQUIRED, but has no value -> give it a value"));
  }

  @Test
  void rowsWithoutColumnsAreReported() {
    assertThat(
        problemsOf(Map.of("rows", List.of())),
        contains(".rows TR216 there is no column in `rows` -> write the columns in `schema`"));
    assertThat(
        problemsOf(Map.of("rows", List.of(row("a", 1L, "A", 2L)))),
        contains(
            ".rows TR216 `rows` has two keys that differ in upper and lower case only, an empty"
                + " key, or too many keys -> write the columns in `schema`"));
  }

  @Test
  void noRowsWithASchemaAreAnEmptyTable() throws IOException {
    assertThat(probe(Map.of("rows", List.of(), "schema", "id:INT64")).rows(), is(empty()));
  }

  @Test
  void whatIsNotAListOfMapsIsReported() {
    ProblemList problems = new ProblemList();

    parameters(Map.of("rows", "a"), problems);
    parameters(Map.of("rows", Arrays.asList(row("a", 1L), 2L, null)), problems);
    parameters(Map.of("rows", List.of(row("a", 1L)), "schema", "a:INTT"), problems);

    assertThat(
        problems.found(),
        contains(
            ".rows TR104 expected a list of maps, found \"a\" -> write one map per row",
            ".rows[1] TR104 a row is a map from column to value, found 2 -> write {column: value}",
            ".rows[2] TR104 a row is a map from column to value, found nothing -> write {column:"
                + " value}",
            ".schema TR125 unknown type `INTT` -> write \"id:INT64, name:STRING\" or a list of"
                + " {name, type, mode}"));
  }

  private static List<String> problemsOf(Map<String, Object> plain) {
    SourceProbe<?> probe = probe(plain);
    assertThat(probe.schema(), is(nullValue()));
    return probe.problems();
  }

  private static SourceProbe<?> probe(Map<String, Object> plain) {
    ProblemList problems = new ProblemList();
    SourceProbe<?> probe =
        new SourceProbe<>(new CreateSource(parameters(plain, problems)), Path.of(""));
    assertThat(problems.found(), is(empty()));
    return probe;
  }

  private static CreateSource.Parameters parameters(
      Map<String, Object> plain, ProblemList problems) {
    Map<String, Object> withRows = new LinkedHashMap<>(plain);
    return SourceProbe.parameters(CreateSource.SPEC, withRows, problems);
  }

  private static Map<String, Object> row(Object... keysAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      row.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(row);
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).toList();
  }
}
