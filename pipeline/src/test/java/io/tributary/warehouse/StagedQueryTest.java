package io.tributary.warehouse;

import static io.tributary.warehouse.Publishing.rows;
import static io.tributary.warehouse.Publishing.write;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.ParquetRowReader;
import io.tributary.row.format.ParquetRowWriter;
import io.tributary.spec.SqlText;
import io.tributary.spec.WriteMode;
import io.tributary.sql.SqlQuery;
import io.tributary.storage.StagedFile;
import io.tributary.testing.NoProblems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every warehouse keeps to when it runs queries over staged rows. */
@ParameterizedClass
@MethodSource("fixtures")
class StagedQueryTest {
  private static final Schema NUMBERS =
      Schema.of(Column.required("n", Type.INT64), Column.nullable("word", Type.STRING));
  private static final Instant NOW = Instant.parse("2024-05-01T02:00:00Z");

  @Parameter WarehouseFixture fixture;
  @TempDir Path folder;
  private Warehouse warehouse;
  private WarehouseSession session;

  static Stream<WarehouseFixture> fixtures() {
    return WarehouseContractTest.fixtures();
  }

  @BeforeEach
  void open() {
    warehouse = fixture.empty(folder);
    session = warehouse.open();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void aResultIsExportedAsOftenAsAskedEachTimeToAFileOfItsOwn() throws IOException {
    StagedQuery query =
        query(
            "SELECT word, COUNT(*) AS c FROM t GROUP BY word", Map.of("t", numbers("a", "a", "b")));
    String results = Path.of(warehouse.stagingFolder("r1"), "q").toString();

    StagedFile first = session.export(query, results);
    StagedFile second = session.export(query, results);

    assertThat(first.path(), is(not(second.path())));
    for (StagedFile file : List.of(first, second)) {
      assertThat(file.rows(), is(2L));
      assertThat(file.bytes(), is(Files.size(Path.of(file.path()))));
      assertThat(texts(file, query.query().schema()), contains("a|2", "b|1"));
    }
  }

  @Test
  void everyTypeComesThroughAQuery() throws IOException {
    Schema schema =
        Schema.of(
            Column.nullable("bool", Type.BOOL),
            Column.nullable("int", Type.INT64),
            Column.nullable("float", Type.FLOAT64),
            Column.nullable("short", Type.numeric(12, 2)),
            Column.nullable("long", Type.numeric(38, 9)),
            Column.nullable("text", Type.STRING),
            Column.nullable("json", Type.JSON),
            Column.nullable("bytes", Type.BYTES),
            Column.nullable("date", Type.DATE),
            Column.nullable("time", Type.TIME),
            Column.nullable("datetime", Type.DATETIME),
            Column.nullable("timestamp", Type.TIMESTAMP),
            Column.nullable("list", Type.array(Type.INT64)));
    List<@Nullable Object> values = new ArrayList<>();
    values.add(true);
    values.add(Long.MIN_VALUE);
    values.add(0.1);
    values.add(new BigDecimal("-1234567890.12"));
    values.add(new BigDecimal("12345678901234567890123456789.123456789"));
    values.add("O'Hara \"🙂\"");
    values.add("{\"a\":[1]}");
    values.add(ByteBuffer.wrap(new byte[] {0, -1}));
    values.add(LocalDate.of(1582, 10, 14));
    values.add(LocalTime.of(23, 59, 59, 999_999_000));
    values.add(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
    values.add(Instant.parse("2024-03-31T01:30:00.000001Z"));
    values.add(List.of(1L, 2L));
    List<@Nullable Object> nulls = new ArrayList<>();
    values.forEach(value -> nulls.add(null));
    StagedTable table = table(schema, values, nulls);
    StagedQuery query = query("SELECT * FROM t", Map.of("t", table));

    StagedFile exported =
        session.export(query, Path.of(warehouse.stagingFolder("r1"), "q").toString());
    List<Row> scratched = Warehouses.scratch(Path.of(warehouse.stagingFolder("r1"))).run(query);

    assertThat(
        query.query().schema().columns().stream().map(Column::type).toList(),
        is(schema.columns().stream().map(Column::type).toList()));
    assertThat(values(read(exported, schema)).get(0), is(values));
    assertThat(values(read(exported, schema)).get(1), is(nulls));
    assertThat(values(scratched).get(0), is(values));
    assertThat(values(scratched).get(1), is(nulls));
  }

  @Test
  void queriesOfOneRunMayCallDifferentTablesTheSame() {
    StagedQuery one = query("SELECT n, word FROM t", Map.of("t", numbers("a")));
    StagedQuery other = query("SELECT n, word FROM t", Map.of("t", numbers("b", "c")));

    List<PublishedTable> published =
        session.publish(
            Publishing.publication(
                "r1",
                filled("one", "d.one", WriteMode.REPLACE, one),
                filled("other", "d.other", WriteMode.APPEND, other)));

    assertThat(published.stream().map(PublishedTable::rowsWritten).toList(), contains(1L, 2L));
    assertThat(words("d.one"), contains(List.of("a")));
    assertThat(words("d.other"), contains(List.of("b"), List.of("c")));
  }

  @Test
  void aPublishThatIsRepeatedChangesNothing() {
    Publication publication =
        Publishing.publication(
            "r1",
            filled(
                "out",
                "d.t",
                WriteMode.APPEND,
                query("SELECT n, word FROM t", Map.of("t", numbers("a", "b")))));

    List<PublishedTable> first = session.publish(publication);
    List<PublishedTable> second = session.publish(publication);

    assertThat(second, is(first));
    assertThat(words("d.t"), contains(List.of("a"), List.of("b")));
  }

  @Test
  void theLedgerHasTheCountsOfAQueryWithinThePublish() {
    StagedTable words = numbers("a", "b", "c");
    Map<String, StagedTable> tables = new LinkedHashMap<>();
    tables.put("x", words);
    tables.put("y", words);
    tables.put("z", numbers("a"));
    StagedQuery query =
        query("SELECT x.n, x.word FROM x JOIN y USING (n) JOIN z ON z.word = x.word", tables);
    Publication bare = Publishing.publication("r1", filled("out", "d.t", WriteMode.REPLACE, query));
    Publication publication =
        new Publication(
            bare.run(),
            bare.tables(),
            List.of(
                new StepCount("q", StepCount.SQL, 0, 0, 0, 0, 0),
                new StepCount("out", "sink", 0, 0, 0, 0, 0)),
            List.of(),
            List.of());

    session.publish(publication);

    assertThat(
        session.steps("r1").stream()
            .map(step -> step.step() + " " + step.kind() + " " + step.in() + ">" + step.out())
            .toList(),
        contains("q sql 4>1", "out sink 1>1"));
  }

  @Test
  void aQueryThatFailsNamesItsStepAndLeavesEveryTableAsItWas() {
    StagedQuery good = query("SELECT n, word FROM t", Map.of("t", numbers("a")));
    StagedQuery bad =
        query("SELECT n, CAST(word AS INT64) AS word FROM t", Map.of("t", numbers("7", "x")));
    session.publish(Publishing.publication("r1", filled("one", "d.one", WriteMode.REPLACE, good)));

    PermanentException failure =
        assertThrows(
            PermanentException.class,
            () ->
                session.publish(
                    Publishing.publication(
                        "r2",
                        filled("one", "d.one", WriteMode.APPEND, good),
                        filled("other", "d.other", WriteMode.REPLACE, bad))));

    assertThat(failure.step(), is("q"));
    assertThat(failure.getMessage(), containsString("query `q`, loading d.other"));
    assertThat(words("d.one"), contains(List.of("a")));
    assertThat(session.describe(TableName.parse("d.other")).isPresent(), is(false));
  }

  @Test
  void aResultThatDoesNotFitItsTableIsRefusedWithTheColumn() {
    StagedQuery texts = query("SELECT n, 'x' AS word FROM t", Map.of("t", numbers("a")));
    StagedQuery large = query("SELECT n * 1000 AS n, word FROM t", Map.of("t", numbers("a", "b")));
    TableWrite narrow = write("d.t", WriteMode.REPLACE);
    session.publish(
        Publishing.publication(
            "r1",
            new Publication.Table(
                "out",
                narrow,
                Schema.of(
                    Column.nullable("n", Type.numeric(4, 0)), Column.nullable("word", Type.STRING)),
                List.of())));
    session.publish(Publishing.publication("r2", filled("out", "d.t", WriteMode.REPLACE, texts)));

    PermanentException failure =
        assertThrows(
            PermanentException.class,
            () ->
                session.publish(
                    Publishing.publication(
                        "r3",
                        filled(
                            "out",
                            "d.t",
                            WriteMode.REPLACE,
                            query("SELECT n * 10000 AS n, word FROM t", large.tables())))));

    assertThat(
        failure.getMessage(),
        containsString("table `d.t`: a value of column `n` (INT64) does not fit NUMERIC(4,0)"));
    assertThat(words("d.t"), contains(List.of("x")));
  }

  @Test
  void aMergeOfAResultRefusesAKeyThatComesTwice() {
    StagedQuery twice = query("SELECT 1 AS id, word FROM t", Map.of("t", numbers("a", "b")));

    PermanentException failure =
        assertThrows(
            PermanentException.class,
            () ->
                session.publish(
                    Publishing.publication("r1", filled("out", "d.t", WriteMode.MERGE, twice))));

    assertThat(failure.getMessage(), containsString("2 rows have the same merge key"));
  }

  @Test
  void aScratchQueryThatFailsNamesItsStep() {
    StagedQuery bad = query("SELECT CAST(word AS INT64) AS n FROM t", Map.of("t", numbers("x")));

    PermanentException failure =
        assertThrows(
            PermanentException.class,
            () -> Warehouses.scratch(Path.of(warehouse.stagingFolder("r1"))).run(bad));

    assertThat(failure.step(), is("q"));
  }

  private Publication.Table filled(String sink, String table, WriteMode mode, StagedQuery query) {
    return new Publication.Table(
        sink, write(table, mode), query.query().schema(), List.of(), List.of(), query);
  }

  private List<List<Object>> words(String table) {
    return rows(session, "SELECT word FROM " + table + " ORDER BY word");
  }

  private static StagedQuery query(String sql, Map<String, StagedTable> tables) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    tables.forEach((name, table) -> schemas.put(name, table.schema()));
    SqlQuery query =
        SqlQuery.analyze(SqlText.of(sql), schemas, NOW, ZoneOffset.UTC, new NoProblems());
    return new StagedQuery("q", query, tables);
  }

  private StagedTable numbers(String... words) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (String word : words) {
      rows.add(List.of(rows.size() + 1L, word));
    }
    return table(NUMBERS, rows.toArray(List[]::new));
  }

  @SafeVarargs
  private StagedTable table(Schema schema, List<@Nullable Object>... rows) {
    Path path = Path.of(warehouse.stagingFolder("r1"), UUID.randomUUID() + ".parquet");
    try (ParquetRowWriter writer = new ParquetRowWriter(schema, path.toString())) {
      RowBuilder row = new RowBuilder(schema);
      for (List<@Nullable Object> values : rows) {
        for (int i = 0; i < schema.size(); i++) {
          row.set(i, values.get(i));
        }
        writer.write(row);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new StagedTable(schema, List.of(new StagedFile(path.toString(), rows.length, 1)));
  }

  private static List<Row> read(StagedFile file, Schema schema) throws IOException {
    List<Row> rows = new ArrayList<>();
    RowBuilder row = new RowBuilder(schema);
    try (ParquetRowReader reader = new ParquetRowReader(file.path(), schema)) {
      while (reader.next(row)) {
        rows.add(row.copy());
      }
    }
    return rows;
  }

  private static List<String> texts(StagedFile file, Schema schema) throws IOException {
    return values(read(file, schema)).stream()
        .map(row -> row.get(0) + "|" + row.get(1))
        .sorted()
        .toList();
  }

  private static List<List<@Nullable Object>> values(List<Row> rows) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (Row row : rows) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < row.schema().size(); i++) {
        values.add(row.get(i));
      }
      all.add(values);
    }
    return all;
  }
}
