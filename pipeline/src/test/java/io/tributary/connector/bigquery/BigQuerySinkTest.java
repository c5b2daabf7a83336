package io.tributary.connector.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.module.Registry;
import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Spec;
import io.tributary.spec.WriteMode;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.Publishing;
import io.tributary.warehouse.SchemaPolicy;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import io.tributary.warehouse.TableWrite.Granularity;
import io.tributary.warehouse.TableWrite.Partitioning;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BigQuerySinkTest {
  private static final Schema ROWS =
      Schema.of(
          Column.required("id", Type.INT64),
          Column.nullable("name", Type.STRING),
          Column.nullable("amount", Type.numeric(12, 2)),
          Column.nullable("day", Type.DATE),
          Column.nullable("created_at", Type.TIMESTAMP),
          Column.nullable("extra", Type.JSON),
          Column.nullable("score", Type.FLOAT64));

  @TempDir Path folder;
  private final ProblemList problems = new ProblemList();

  private static Map<String, Object> with(Object... keysAndValues) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("table", "mart.orders");
    plain.put("create_disposition", "CREATE_IF_NEEDED");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      plain.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return plain;
  }

  private TableWrite write(Map<String, Object> plain, Schema rows, Schema table) {
    SinkParameters parameters = SourceProbe.parameters(BigQuerySink.SPEC, plain, problems);
    if (parameters == null || problems.errors() > 0) {
      return null;
    }
    Optional<TableDescription> existing =
        Optional.ofNullable(table)
            .map(schema -> new TableDescription(parameters.table(), schema, 5));
    return new BigQuerySink(parameters).write(rows, existing, folder.toString(), problems);
  }

  @Test
  void onlyTheTableIsRequiredAndEveryDefaultIsThePredecessors() {
    Map<String, Object> plain = Map.of("table", "`my-project.mart.orders`");

    TableWrite write = write(plain, ROWS, ROWS);

    assertThat(problems.found(), is(empty()));
    assertThat(
        write,
        is(
            new TableWrite(
                new TableName("my-project", "mart", "orders"),
                WriteMode.REPLACE,
                List.of(),
                null,
                false,
                null,
                null,
                List.of(),
                false,
                null,
                Map.of(),
                null,
                false,
                SchemaPolicy.FREEZE)));
  }

  @Test
  void everyParameterIsInTheWrite() {
    Map<String, Object> plain =
        with(
            "mode", "merge",
            "merge_keys", List.of("id"),
            "partitioning", "DAY",
            "partitioning_field", "created_at",
            "clustering", "name, id",
            "description", "All orders",
            "labels", Map.of("team", "sales"),
            "expiration", "30d",
            "require_partition_filter", true);

    TableWrite write = write(plain, ROWS, null);

    assertThat(problems.found(), is(empty()));
    assertThat(
        write,
        is(
            new TableWrite(
                TableName.parse("mart.orders"),
                WriteMode.MERGE,
                List.of("id"),
                null,
                true,
                null,
                new Partitioning(Granularity.DAY, "created_at"),
                List.of("name", "id"),
                false,
                "All orders",
                Map.of("team", "sales"),
                Duration.ofDays(30),
                true,
                SchemaPolicy.FREEZE)));
  }

  @Test
  void onEmptyKeepLeavesTheTable() {
    assertThat(write(with("on_empty", "keep"), ROWS, null).keepWhenEmpty(), is(true));
    assertThat(write(with(), ROWS, null).keepWhenEmpty(), is(false));
  }

  @Test
  void parametersSayWhatIsWritten() {
    SinkParameters parameters =
        SourceProbe.parameters(
            BigQuerySink.SPEC,
            with("mode", "append", "allow_full_append", true, "table", "p-1234.mart.orders"),
            problems);

    assertThat(parameters.mode(), is(WriteMode.APPEND));
    assertThat(parameters.allowFullAppend(), is(true));
    assertThat(parameters.destination("."), is("p-1234:mart.orders"));
    assertThat(new BigQuerySink(parameters).table(), is(parameters.table()));
  }

  static Stream<Arguments> wrongParameters() {
    return Stream.of(
        wrong(".table TR122 table name `orders` lacks a dataset", "table", "orders"),
        wrong(
            ".table TR122 table name `mart.or*ders`: table `or*ders` may have letters",
            "table",
            "mart.or*ders"),
        wrong(".mode TR105 `mergee` is not allowed here", "mode", "mergee"),
        wrong(".mode TR108 `mode: merge` needs `merge_keys`", "mode", "merge"),
        wrong(
            ".merge_keys TR108 `merge_keys` has a meaning with `mode: merge` only, and the mode is"
                + " replace",
            "merge_keys",
            List.of("id")),
        wrong(
            ".partitioning TR108 `partitioning` needs `partitioning_field`", "partitioning", "DAY"),
        wrong(
            ".partitioning_field TR108 `partitioning_field` needs `partitioning`",
            "partitioning_field",
            "day"),
        wrong(".partitioning TR105 `WEEK` is not allowed here", "partitioning", "WEEK"),
        wrong(
            ".require_partition_filter TR108 `require_partition_filter` needs `partitioning`",
            "require_partition_filter",
            true),
        wrong(".clustering TR106 5 clustering columns are too many", "clustering", "a,b,c,d,e"),
        wrong(".clustering TR104 expected column names, found \"a,,b\"", "clustering", "a,,b"),
        wrong(".clustering TR104 expected column names, found 3", "clustering", 3L),
        wrong(".create_disposition TR105 `CREATE` is not allowed", "create_disposition", "CREATE"),
        wrong(
            ".allow_full_append(key) TR108 `allow_full_append` has no effect with `mode: replace`",
            "allow_full_append",
            true),
        wrong(
            ".on_empty(key) TR108 `on_empty` has no effect with `mode: append`",
            "on_empty",
            "keep",
            "mode",
            "append"),
        wrong(".labels.Team(key) TR107 `Team` cannot be the key", "labels", Map.of("Team", "a")),
        wrong(".labels.team TR107 `A b` cannot be the value", "labels", Map.of("team", "A b")),
        wrong(".schema TR125 `autoo` is no schema", "schema", "autoo"),
        wrong(".schema@10+4 TR125 `name` lacks a type", "schema", "id:INT64, name"),
        wrong(".schema@3+5 TR125 unknown type `INT65`", "schema", "id:INT65"),
        wrong(
            ".schema TR125 field 1 (`id`) has mode `MUST`",
            "schema",
            List.of(Map.of("name", "id", "type", "INT64", "mode", "MUST"))),
        wrong(".schema@10+2 TR125 column `ID` occurs twice", "schema", "id:INT64, ID:STRING"),
        wrong(
            ".partitioning_field TR214 partitioning column `days` is not a column of the rows ->"
                + " day",
            "schema",
            "id:INT64, day:DATE",
            "partitioning",
            "DAY",
            "partitioning_field",
            "days"));
  }

  private static Arguments wrong(String problem, Object... keysAndValues) {
    return Arguments.of(problem, with(keysAndValues));
  }

  @ParameterizedTest
  @MethodSource("wrongParameters")
  void aWrongParameterIsFoundWithoutConnecting(String problem, Map<String, Object> plain) {
    SourceProbe.parameters(BigQuerySink.SPEC, plain, problems);

    assertThat(problems.found(), contains(startsWith(problem)));
  }

  static Stream<Arguments> contradictions() {
    Schema table =
        Schema.of(
            Column.nullable("id", Type.STRING),
            Column.nullable("names", Type.STRING),
            Column.nullable("amount", Type.BOOL));
    return Stream.of(
        // problems, parameters, the table that exists
        Arguments.of(
            List.of(
                ".table TR207 table `mart.orders` does not exist -> set `create_disposition:"
                    + " CREATE_IF_NEEDED`"),
            with("create_disposition", "create_never"),
            null),
        Arguments.of(
            List.of(".schema TR207 table `mart.orders` does not exist, so its schema cannot"),
            with("schema", "get_from_table"),
            null),
        Arguments.of(
            List.of(".merge_keys[0] TR205 merge key `idd` is not a column of the rows -> id"),
            with("mode", "merge", "merge_keys", List.of("idd", "name")),
            null),
        Arguments.of(
            List.of(
                ".merge_keys[0] TR205 merge key `customer` is not a column of the rows -> valid"
                    + " here: id, name"),
            with("mode", "merge", "merge_keys", List.of("customer")),
            null),
        Arguments.of(
            List.of(".merge_keys[1] TR205 merge key `extra` is JSON, whose values cannot be"),
            with("mode", "merge", "merge_keys", List.of("id", "extra")),
            null),
        Arguments.of(
            List.of(".partitioning_field TR214 partitioning column `name` is STRING"),
            with("partitioning", "DAY", "partitioning_field", "name"),
            null),
        Arguments.of(
            List.of(".partitioning_field TR214 partitioning column `day` is DATE, which has no"),
            with("partitioning", "HOUR", "partitioning_field", "day"),
            null),
        Arguments.of(
            List.of(
                ".clustering TR214 clustering column `nam` is not a column of the rows -> did you"
                    + " mean `name`?",
                ".clustering TR214 clustering column `score` is FLOAT64, by which"),
            with("clustering", List.of("nam", "score")),
            null),
        Arguments.of(
            List.of(
                ".table TR206 column `id` is INT64, but BYTES in the table `mart.orders`",
                ".table TR206 column `day` (DATE) is not in the table",
                ".table TR206 table `mart.orders` has column `days` (DATE), which the rows lack"),
            with(),
            replaced(ROWS, "id", Type.BYTES, "day", "days")),
        Arguments.of(
            List.of(
                ".schema@10+3 TR125 the schema has column `nam`, which the rows lack -> name",
                ".schema@22+6 TR125 the schema has column `amount` as DATE, but the rows have"
                    + " NUMERIC(12,2)",
                ".schema TR125 the rows have column `name`, which the schema lacks",
                ".schema TR125 the rows have column `day`, which the schema lacks",
                ".schema TR125 the rows have column `created_at`",
                ".schema TR125 the rows have column `extra`",
                ".schema TR125 the rows have column `score`"),
            with("schema", "id:INT64, nam:STRING, amount:DATE"),
            null),
        Arguments.of(
            List.of(".schema TR116 the schema file "), with("schema", "missing.json"), null),
        Arguments.of(
            List.of(
                ".table TR206 column `name`",
                ".table TR206 column `amount` is NUMERIC(12,2), but BOOL",
                ".table TR206 column `day`",
                ".table TR206 column `created_at`",
                ".table TR206 column `extra`",
                ".table TR206 column `score`",
                ".table TR206 table `mart.orders` has column `names`"),
            with(),
            table));
  }

  private static Schema replaced(
      Schema schema, String column, Type type, String renamed, String newName) {
    return Schema.of(
        schema.columns().stream()
            .map(c -> c.name().equals(column) ? c.withType(type) : c)
            .map(c -> c.name().equals(renamed) ? c.withName(newName) : c)
            .toList());
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void aContradictionToTheRowsOrTheTableIsFoundByThePlan(
      List<String> expected, Map<String, Object> plain, Schema table) {
    TableWrite write = write(plain, ROWS, table);

    assertThat(write, is(nullValue()));
    List<Matcher<? super String>> matchers = new ArrayList<>();
    expected.forEach(text -> matchers.add(startsWith(text)));
    assertThat(problems.found(), contains(matchers));
  }

  @Test
  void columnNamesThatBigQueryRefusesAreReportedOrMadeSafe() {
    Schema rows =
        Schema.of(
            Column.nullable("Größe (m²)", Type.FLOAT64),
            Column.nullable("2024", Type.INT64),
            Column.nullable("_TABLE_x", Type.INT64),
            Column.nullable("a.b", Type.INT64),
            Column.nullable("a;b", Type.INT64),
            Column.nullable("fine & well", Type.INT64),
            Column.nullable(
                "r", Type.array(Type.record(Schema.of(Column.nullable("x*", Type.INT64))))));

    write(with(), rows, null);

    assertThat(
        problems.found(),
        contains(
            startsWith(".column_names TR213 column name `Größe (m²)` is not allowed by BigQuery"),
            startsWith(".column_names TR213 column name `2024` is not allowed"),
            startsWith(".column_names TR213 column name `_TABLE_x` begins with `_TABLE_`"),
            startsWith(".column_names TR213 column name `a.b` is not allowed"),
            startsWith(".column_names TR213 column name `a;b` is not allowed"),
            startsWith(".column_names TR213 column name `r.x*` is not allowed")));
    BigQuerySink safe =
        new BigQuerySink(
            SourceProbe.parameters(
                BigQuerySink.SPEC, with("column_names", "safe"), new ProblemList()));
    assertThat(
        safe.stagedSchema(rows),
        is(
            Schema.of(
                Column.nullable("Größe_m2_", Type.FLOAT64),
                Column.nullable("_2024", Type.INT64),
                Column.nullable("c_TABLE_x", Type.INT64),
                Column.nullable("a_b", Type.INT64),
                Column.nullable("a_b_1", Type.INT64),
                Column.nullable("fine_well", Type.INT64),
                Column.nullable(
                    "r", Type.array(Type.record(Schema.of(Column.nullable("x_", Type.INT64))))))));
  }

  static Stream<Object> schemas() {
    return Stream.of(
        "amount:NUMERIC(20,4), id:NUMERIC",
        List.of(
            Map.of("name", "amount", "type", "NUMERIC", "precision", 20L, "scale", 4L),
            Map.of("name", "id", "type", "NUMERIC")),
        "orders.json");
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void aSchemaMayReorderAndWidenTheColumns(Object schema) throws IOException {
    Files.writeString(
        folder.resolve("orders.json"),
        """
        [{"name": "amount", "type": "NUMERIC", "precision": "20", "scale": "4"},
         {"name": "id", "type": "NUMERIC", "mode": "NULLABLE"}]\
        """);
    Schema rows = Schema.of(ROWS.column(0), ROWS.column(2));

    TableWrite write = write(with("schema", schema), rows, null);

    assertThat(problems.found(), is(empty()));
    assertThat(
        write.schema(),
        is(
            Schema.of(
                Column.nullable("amount", Type.numeric(20, 4)),
                Column.nullable("id", Type.NUMERIC))));
  }

  @Test
  void rowsGoThroughStagedFilesIntoTheTable() throws IOException {
    BigQuerySink sink =
        new BigQuerySink(
            SourceProbe.parameters(
                BigQuerySink.SPEC, with("column_names", "safe"), new ProblemList()));
    Schema rows =
        Schema.of(
            Column.nullable("the id", Type.INT64),
            Column.nullable("amount", Type.NUMERIC),
            Column.nullable("big", Type.BIGNUMERIC),
            Column.nullable("at", Type.TIMESTAMP),
            Column.nullable("doc", Type.JSON),
            Column.nullable("tags", Type.array(Type.STRING)));
    Instant instant = Instant.parse("2024-03-31T00:30:00.123456Z");
    Warehouse warehouse = Warehouses.at("duckdb:" + folder.resolve("w.duckdb"));
    Path file = Path.of(warehouse.stagingFolder("r1")).resolve("a" + sink.extension());
    Files.createDirectories(file.getParent());

    try (RowWriter writer = sink.open(rows, file.toString())) {
      writer.write(
          RowBuilder.of(
              rows,
              1L,
              new BigDecimal("1.5"),
              new BigDecimal("12345678901234567890123456789012345678.25"),
              instant,
              "{\"a\":1}",
              List.of("x", "y")));
      writer.write(RowBuilder.of(rows, 2L, null, null, null, null, null));
    }
    TableWrite write = sink.write(rows, Optional.empty(), folder.toString(), problems);
    try (WarehouseSession session = warehouse.open()) {
      session.publish(
          Publishing.publication(
              "r1",
              Publishing.table(
                  write,
                  sink.stagedSchema(rows),
                  new StagedFile(file.toString(), 2, Files.size(file)))));

      assertThat(
          session.describe(sink.table()).orElseThrow().schema().names(),
          contains("the_id", "amount", "big", "at", "doc", "tags"));
      assertThat(
          Publishing.rows(session, "SELECT * FROM mart.orders ORDER BY 1"),
          contains(
              List.of(
                  1L,
                  new BigDecimal("1.500000000"),
                  "12345678901234567890123456789012345678.25",
                  instant,
                  "{\"a\":1}",
                  List.of("x", "y")),
              Arrays.asList(2L, null, null, null, null, null)));
    }
  }

  @Test
  void theModuleIsFoundByItsName() {
    assertThat(
        Registry.load().find(Spec.Kind.SINK, "bigquery").orElseThrow(), is(BigQuerySink.SPEC));
  }
}
