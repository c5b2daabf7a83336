package io.tributary.row;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTextTest {

  @Test
  void readsTheTextForm() {
    Schema schema =
        SchemaText.parse(" id : INTEGER, price:numeric(12, 2),at:TIMESTAMP , tags:ARRAY<STRING>");

    assertThat(
        schema,
        is(
            Schema.of(
                Column.nullable("id", Type.INT64),
                Column.nullable("price", Type.numeric(12, 2)),
                Column.nullable("at", Type.TIMESTAMP),
                Column.nullable("tags", Type.array(Type.STRING)))));
  }

  @Test
  void readsTheListForm() {
    Schema schema =
        SchemaText.of(
            List.of(
                Map.of("name", "id", "type", "INTEGER", "mode", "REQUIRED"),
                Map.of("name", "price", "type", "NUMERIC", "precision", "12", "scale", "2"),
                Map.of("name", "qty", "type", "BIGNUMERIC", "precision", 40L),
                Map.of(
                    "name", "tags", "type", "STRING", "mode", "repeated", "description", "words"),
                Map.of(
                    "name",
                    "place",
                    "type",
                    "RECORD",
                    "fields",
                    List.of(Map.of("name", "x", "type", "FLOAT", "mode", "NULLABLE")))));

    assertThat(
        schema,
        is(
            Schema.of(
                Column.required("id", Type.INT64),
                Column.nullable("price", Type.numeric(12, 2)),
                Column.nullable("qty", Type.numeric(40, 0)),
                new Column("tags", Type.array(Type.STRING), true, "words"),
                Column.nullable(
                    "place", Type.record(Schema.of(Column.nullable("x", Type.FLOAT64)))))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id                | `id` lacks a type; write `name:TYPE`",
        "a:INT64,          | `` lacks a type; write `name:TYPE`",
        ":INT64            | a column without name in `:INT64`",
        "a:INTT            | unknown type `INTT`",
        "a:INT64, A:STRING | column `A` occurs twice",
        "a:ARRAY<STRING    | type `ARRAY<STRING` lacks a closing `>`",
        "a:ARRAY<ARRAY<INT64>> | an ARRAY of ARRAYs is not a column type",
        "a:STRUCT<x>       | `x` in `STRUCT<x>` lacks a type; write `name TYPE`",
        "a:NUMERIC(39,2)   | type `NUMERIC(39,2)`: precision must be 1 to 38 and scale 0 to the"
            + " precision"
      })
  void refusesAWrongTextWithAReason(String text, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SchemaText.parse(text));

    assertThat(e.getMessage(), is(message));
  }

  @Test
  void refusesAWrongListWithAReason() {
    assertRefused(List.of(), "a schema needs at least one field");
    assertRefused(List.of("a"), "field 1 is not a map of name, type and mode");
    assertRefused(List.of(Map.of("type", "INT64")), "field 1 lacks `name`");
    assertRefused(List.of(Map.of("name", "a")), "field 1 (`a`) lacks `type`");
    assertRefused(
        List.of(Map.of("name", "a", "type", "INT64", "mod", "REQUIRED")),
        "field 1 has an unknown key `mod`; valid: name, type, mode, description, fields, precision,"
            + " scale");
    assertRefused(
        List.of(Map.of("name", "a", "type", "INT64", "mode", "MUST")),
        "field 1 (`a`) has mode `MUST`; valid: NULLABLE, REQUIRED, REPEATED");
    assertRefused(
        List.of(Map.of("name", "a", "type", "RECORD")),
        "field 1 (`a`) is a RECORD without `fields`");
    assertRefused(
        List.of(Map.of("name", "a", "type", "INT64", "fields", List.of())),
        "field 1 (`a`) has `fields`, but its type is INT64");
    assertRefused(
        List.of(Map.of("name", "a", "type", "INT64", "precision", 3)),
        "field 1 (`a`): `precision` is for NUMERIC and BIGNUMERIC only");
    assertRefused(
        List.of(
            Map.of(
                "name",
                "a",
                "type",
                "RECORD",
                "fields",
                List.of(Map.of("name", "x", "type", "INTT")))),
        "field 1 of field 1 (`a`) (`x`): unknown type `INTT`");
    assertRefused(5, "a schema is a text \"name:TYPE, name:TYPE\" or a list of {name, type, mode}");
  }

  private static void assertRefused(Object plain, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SchemaText.of(plain));
    assertThat(e.getMessage(), is(message));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsEveryTypeThatIsPrinted(long seed) {
    Random random = new Random(seed);
    List<Column> columns =
        Arrays.stream(new int[20])
            .mapToObj(i -> randomType(random, 3, true))
            .map(type -> Column.nullable("c" + random.nextLong(), type))
            .toList();

    String text =
        columns.stream()
            .map(column -> column.name() + ":" + column.type())
            .collect(Collectors.joining(", "));

    assertThat(SchemaText.parse(text), is(Schema.of(columns)));
  }

  private static Type randomType(Random random, int depth, boolean arrayAllowed) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> Type.STRING;
      case 1 -> Type.INT64;
      case 2 -> Type.TIMESTAMP;
      case 3 -> Type.numeric(1 + random.nextInt(38), 0);
      case 4 -> Type.numeric(77, random.nextInt(38));
      case 5 ->
          Type.record(
              Schema.of(
                  Column.nullable("a", randomType(random, depth - 1, true)),
                  Column.nullable("b", randomType(random, depth - 1, true))));
      default -> arrayAllowed ? Type.array(randomType(random, depth - 1, false)) : Type.JSON;
    };
  }

  @Test
  void aSchemaIsWrittenAsItIsRead() {
    Schema simple = SchemaText.parse("id:INT64, price:NUMERIC(12,2), tags:ARRAY<STRING>");
    Schema odd =
        Schema.of(
            Column.required("a:b", Type.INT64),
            Column.nullable(
                "c, d", Type.array(Type.record(Schema.of(Column.required("e f", Type.DATE))))));

    assertThat(SchemaText.plain(simple), is("id:INT64, price:NUMERIC(12,2), tags:ARRAY<STRING>"));
    assertThat(SchemaText.of(SchemaText.plain(simple)), is(simple));
    assertThat(SchemaText.of(SchemaText.plain(odd)), is(odd));
  }
}
