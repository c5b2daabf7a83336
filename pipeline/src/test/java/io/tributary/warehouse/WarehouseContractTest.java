package io.tributary.warehouse;

import static io.tributary.warehouse.Publishing.merge;
import static io.tributary.warehouse.Publishing.mergeLatest;
import static io.tributary.warehouse.Publishing.publication;
import static io.tributary.warehouse.Publishing.rows;
import static io.tributary.warehouse.Publishing.run;
import static io.tributary.warehouse.Publishing.table;
import static io.tributary.warehouse.Publishing.write;
import static io.tributary.warehouse.Publishing.writeToExisting;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.WriteMode;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every warehouse keeps to. Written against the interfaces only. */
@ParameterizedClass
@MethodSource("fixtures")
class WarehouseContractTest {
  private static final Schema ORDERS =
      Schema.of(
          Column.required("id", Type.INT64),
          Column.nullable("name", Type.STRING),
          Column.nullable("changed", Type.DATETIME));
  private static final String NO_ORDERS =
      "SELECT 1::BIGINT AS id, 'x' AS name, TIMESTAMP '2024-01-01' AS changed LIMIT 0";

  @Parameter WarehouseFixture fixture;
  @TempDir Path folder;
  private Warehouse warehouse;
  private WarehouseSession session;

  static Stream<WarehouseFixture> fixtures() {
    return Stream.of(new WarehouseFixture.DuckDb());
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

  private StagedFile orders(String runId, String... values) {
    String sql =
        values.length == 0
            ? NO_ORDERS
            : "SELECT id::BIGINT AS id, name, changed::TIMESTAMP AS changed FROM (VALUES "
                + String.join(", ", values)
                + ") v(id, name, changed)";
    return StagedSql.stage(warehouse, runId, sql);
  }

  private PublishedTable publishOne(String runId, TableWrite write, StagedFile... files) {
    return session.publish(publication(runId, table(write, ORDERS, files))).get(0);
  }

  private List<List<Object>> ordersInTable() {
    return rows(session, "SELECT id, name FROM shop.orders ORDER BY id, name");
  }

  @Test
  void replaceMakesATableAndReplacesItsRows() {
    TableWrite write = write("my-project:shop.orders", WriteMode.REPLACE);

    PublishedTable first =
        publishOne("r1", write, orders("r1", "(1, 'a', NULL)", "(2, 'b', NULL)"));
    PublishedTable second = publishOne("r2", write, orders("r2", "(3, 'c', NULL)"));

    assertThat(
        first,
        is(new PublishedTable("out", write.table(), WriteMode.REPLACE, 0, 2, 2, 2, 0, 0, true)));
    assertThat(
        second,
        is(new PublishedTable("out", write.table(), WriteMode.REPLACE, 2, 1, 1, 1, 0, 0, false)));
    assertThat(ordersInTable(), contains(List.of(3L, "c")));
  }

  @Test
  void appendAddsRowsByName() {
    TableWrite write = write("shop.orders", WriteMode.APPEND);
    publishOne("r1", write, orders("r1", "(1, 'a', NULL)"));
    Schema otherOrder =
        Schema.of(ORDERS.column(2), ORDERS.column(1), ORDERS.column(0)); // changed, name, id
    StagedFile file =
        StagedSql.stage(
            warehouse, "r2", "SELECT NULL::TIMESTAMP AS changed, 'b' AS name, 2::BIGINT AS id");

    PublishedTable published =
        session.publish(publication("r2", table(write, otherOrder, file))).get(0);

    assertThat(
        published,
        is(new PublishedTable("out", write.table(), WriteMode.APPEND, 1, 1, 2, 1, 0, 0, false)));
    assertThat(ordersInTable(), contains(List.of(1L, "a"), List.of(2L, "b")));
  }

  @Test
  void mergeUpdatesRowsWithTheSameKeysAndInsertsTheRest() {
    TableWrite write = merge("shop.orders", "id");
    publishOne("r1", write, orders("r1", "(1, 'a', NULL)", "(2, 'b', NULL)"));

    PublishedTable published =
        publishOne("r2", write, orders("r2", "(2, 'B', NULL)", "(3, 'c', NULL)"));

    assertThat(
        published,
        is(new PublishedTable("out", write.table(), WriteMode.MERGE, 2, 2, 3, 1, 1, 0, false)));
    assertThat(ordersInTable(), contains(List.of(1L, "a"), List.of(2L, "B"), List.of(3L, "c")));
  }

  @Test
  void mergeOfATableThatHasOnlyKeysChangesNothingTwice() {
    Schema keys = Schema.of(Column.nullable("a", Type.INT64), Column.nullable("b", Type.STRING));
    TableWrite write = merge("shop.pairs", "a", "b");
    String sql = "SELECT 1::BIGINT AS a, 'x' AS b UNION ALL SELECT 1, 'y'";
    session.publish(publication("r1", table(write, keys, StagedSql.stage(warehouse, "r1", sql))));

    PublishedTable again =
        session
            .publish(publication("r2", table(write, keys, StagedSql.stage(warehouse, "r2", sql))))
            .get(0);

    assertThat(
        again,
        is(new PublishedTable("out", write.table(), WriteMode.MERGE, 2, 2, 2, 0, 2, 0, false)));
  }

  @Test
  void mergeKeepsTheRowWithTheLargestCursorOfThoseWithOneKey() {
    TableWrite write = mergeLatest("shop.orders", "changed", "id");

    PublishedTable published =
        publishOne(
            "r1",
            write,
            orders("r1", "(1, 'old', '2024-01-01')", "(1, 'unknown', NULL)"),
            orders("r1", "(1, 'new', '2024-01-02')", "(2, 'only', NULL)"));

    assertThat(
        published,
        is(new PublishedTable("out", write.table(), WriteMode.MERGE, 0, 4, 2, 2, 0, 2, true)));
    assertThat(ordersInTable(), contains(List.of(1L, "new"), List.of(2L, "only")));
  }

  @Test
  void mergeRefusesDuplicateKeysWithoutACursorAndNamesTheKey() {
    TableWrite byKey = merge("shop.orders", "id", "name");
    StagedFile file = orders("r1", "(7, 'a', NULL)", "(7, 'a', NULL)", "(8, 'a', NULL)");

    PermanentException refused =
        assertThrows(PermanentException.class, () -> publishOne("r1", byKey, file));

    assertThat(
        refused.getMessage(),
        allOf(
            containsString("sink `out`"),
            containsString("2 rows have the same merge key {'id': 7, 'name': a}"),
            containsString("cursor")));
    assertThat(session.describe(byKey.table()), is(Optional.empty()));
  }

  @Test
  void mergeRefusesNullKeys() {
    TableWrite write = merge("shop.orders", "id", "name");
    StagedFile file = orders("r1", "(1, 'a', NULL)", "(2, NULL, NULL)", "(NULL, 'a', NULL)");

    PermanentException refused =
        assertThrows(PermanentException.class, () -> publishOne("r1", write, file));

    assertThat(
        refused.getMessage(),
        containsString("sink `out`: 2 rows have NULL in a merge key (`id`, `name`)"));
  }

  @Test
  void mergeRefusesATableThatHoldsAKeyTwice() {
    publishOne(
        "r1",
        write("shop.orders", WriteMode.REPLACE),
        orders("r1", "(1, 'a', NULL)", "(1, 'b', NULL)"));

    PermanentException refused =
        assertThrows(
            PermanentException.class,
            () -> publishOne("r2", merge("shop.orders", "id"), orders("r2", "(1, 'c', NULL)")));

    assertThat(refused.getMessage(), containsString("holds a merge key (`id`) more than once"));
    assertThat(ordersInTable(), contains(List.of(1L, "a"), List.of(1L, "b")));
  }

  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void noFilesMakeAnEmptyTableWithTheSchema(WriteMode mode) {
    TableWrite write = write("shop.orders", mode);

    PublishedTable published = publishOne("r1", write);

    assertThat(
        published, is(new PublishedTable("out", write.table(), mode, 0, 0, 0, 0, 0, 0, true)));
    assertThat(
        session.describe(write.table()).orElseThrow().schema().names(),
        contains("id", "name", "changed"));
  }

  @Test
  void replaceWithoutRowsEmptiesTheTableUnlessItIsToBeKept() {
    TableWrite replace = write("shop.orders", WriteMode.REPLACE);
    TableWrite keep =
        new TableWrite(
            replace.table(),
            WriteMode.REPLACE,
            List.of(),
            null,
            true,
            null,
            null,
            List.of(),
            true,
            null,
            Map.of(),
            null,
            false,
            SchemaPolicy.FREEZE);
    publishOne("r1", replace, orders("r1", "(1, 'a', NULL)"));

    PublishedTable kept = publishOne("r2", keep, orders("r2"));
    PublishedTable emptied = publishOne("r3", replace);

    assertThat(kept.rowsAfter(), is(1L));
    assertThat(
        emptied,
        is(new PublishedTable("out", replace.table(), WriteMode.REPLACE, 1, 0, 0, 0, 0, 0, false)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 300})
  void rowsOfAllFilesArriveOnce(int files) {
    StagedFile[] staged = new StagedFile[files];
    for (int i = 0; i < files; i++) {
      staged[i] =
          StagedSql.stage(
              warehouse,
              "r1",
              "SELECT i::BIGINT AS id, 'n' AS name, NULL::TIMESTAMP AS changed FROM range("
                  + i * 3
                  + ", "
                  + (i * 3 + 3)
                  + ") r(i)");
    }

    PublishedTable published = publishOne("r1", write("shop.orders", WriteMode.REPLACE), staged);

    assertThat(published.rowsAfter(), is(files * 3L));
    assertThat(
        rows(session, "SELECT count(DISTINCT id), min(id), max(id) FROM shop.orders"),
        contains(List.of(files * 3L, 0L, files * 3L - 1)));
  }

  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void publishingARunAgainChangesNothingAndSaysTheSame(WriteMode mode) {
    TableWrite write = write("p-1234:shop.orders", mode);
    StagedFile file = orders("r1", "(1, 'a', NULL)", "(2, 'b', NULL)");
    PublishedTable first = publishOne("r1", write, file);

    PublishedTable second = publishOne("r1", write, file);

    assertThat(second, is(first));
    assertThat(session.publishes("r1"), contains(first));
    assertThat(ordersInTable(), contains(List.of(1L, "a"), List.of(2L, "b")));
    assertThat(rows(session, "SELECT count(*) FROM tributary.runs"), contains(List.of(1L)));
  }

  @Test
  void aTableThatFailsLeavesAllTablesAndTheLedgerAsTheyWere() {
    TableWrite good = write("shop.good", WriteMode.REPLACE);
    TableWrite bad = merge("shop.bad", "id");
    session.begin(run("r1", RunStatus.RUNNING));
    Publication publication =
        publication(
            "r1",
            table(good, ORDERS, orders("r1", "(1, 'a', NULL)")),
            table(bad, ORDERS, orders("r1", "(NULL, 'a', NULL)")));

    assertThrows(PermanentException.class, () -> session.publish(publication));

    assertThat(session.tables(), is(empty()));
    assertThat(session.publishes("r1"), is(empty()));
    assertThat(session.run("r1"), is(Optional.of(run("r1", RunStatus.RUNNING))));
  }

  @Test
  void rowsThatAreNotInTheFilesFailThePublish() {
    StagedFile file = orders("r1", "(1, 'a', NULL)");
    StagedFile wrong = new StagedFile(file.path(), 2, file.bytes());

    for (WriteMode mode : WriteMode.values()) {
      PermanentException failure =
          assertThrows(
              PermanentException.class, () -> publishOne("r1", write("shop.orders", mode), wrong));

      assertThat(failure.getMessage(), containsString("2"));
      assertThat(failure.getMessage(), containsString("nothing was published"));
    }
    assertThat(session.tables(), is(empty()));
  }

  static Stream<Arguments> types() {
    // type, its literal in a staged file, the value that is read
    return Stream.of(
        Arguments.of(Type.BOOL, "true", true),
        Arguments.of(Type.INT64, "(-9223372036854775808)::BIGINT", Long.MIN_VALUE),
        Arguments.of(Type.INT64, "9223372036854775807::BIGINT", Long.MAX_VALUE),
        Arguments.of(Type.INT64, "5::INTEGER", 5L),
        Arguments.of(Type.FLOAT64, "'nan'::DOUBLE", Double.NaN),
        Arguments.of(Type.FLOAT64, "0.1::DOUBLE", 0.1),
        Arguments.of(
            Type.numeric(18, 4),
            "-99999999999999.9999::DECIMAL(18,4)",
            dec("-99999999999999.9999")),
        Arguments.of(
            Type.NUMERIC,
            "99999999999999999999999999999.999999999::DECIMAL(38,9)",
            dec("99999999999999999999999999999.999999999")),
        Arguments.of(
            Type.BIGNUMERIC,
            "'123456789012345678901234567890123456789.5'",
            dec("123456789012345678901234567890123456789.50000000000000000000000000000000000000")),
        Arguments.of(Type.STRING, "'naïve 🙂\n'", "naïve 🙂\n"),
        Arguments.of(Type.STRING, "''", ""),
        Arguments.of(Type.JSON, "'{\"a\": [1, 1.10]}'", "{\"a\": [1, 1.10]}"),
        Arguments.of(Type.GEOGRAPHY, "'POINT(1 2)'", "POINT(1 2)"),
        Arguments.of(
            Type.BYTES, "'\\x00\\xFF'::BLOB", ByteBuffer.wrap(new byte[] {0, (byte) 0xFF})),
        Arguments.of(Type.DATE, "DATE '0001-01-01'", LocalDate.of(1, 1, 1)),
        Arguments.of(Type.DATE, "DATE '9999-12-31'", LocalDate.of(9999, 12, 31)),
        Arguments.of(Type.TIME, "TIME '23:59:59.999999'", LocalTime.of(23, 59, 59, 999_999_000)),
        Arguments.of(
            Type.DATETIME,
            "TIMESTAMP '9999-12-31 23:59:59.999999'",
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000)),
        Arguments.of( // the gap of a zone with daylight saving
            Type.DATETIME, "TIMESTAMP '2024-03-31 02:30:00'", LocalDateTime.of(2024, 3, 31, 2, 30)),
        Arguments.of(
            Type.TIMESTAMP,
            "TIMESTAMPTZ '0001-01-01 00:00:00.000001+00'",
            Instant.parse("0001-01-01T00:00:00.000001Z")),
        Arguments.of(Type.array(Type.INT64), "[1, NULL, 3]::BIGINT[]", Arrays.asList(1L, null, 3L)),
        Arguments.of(Type.array(Type.STRING), "[]::VARCHAR[]", List.of()));
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }

  @ParameterizedTest
  @MethodSource("types")
  void aValueArrivesAsItWasStaged(Type type, String literal, Object value) throws Exception {
    Schema schema =
        Schema.of(new Column("v", type, true, "what it is"), Column.nullable("missing", type));
    TableWrite write = write("types.t", WriteMode.REPLACE);
    StagedFile file =
        StagedSql.stage(
            warehouse,
            "r1",
            "SELECT v, CASE WHEN false THEN v END AS missing FROM (SELECT " + literal + " AS v)");

    session.publish(publication("r1", table(write, schema, file)));

    assertThat(session.describe(write.table()).orElseThrow().schema(), is(schema));
    List<Object> read = rows(session, "SELECT v, missing FROM types.t").get(0);
    Object expected = type.kind() == Type.Kind.BIGNUMERIC ? textOf(literal) : value;
    assertThat(read.get(0), is(expected));
    assertThat(read.get(1) == null, is(true));
  }

  private static String textOf(String literal) {
    return literal.substring(1, literal.length() - 1);
  }

  @Test
  void recordsAndRepeatedRecordsArriveWhole() {
    Schema line =
        Schema.of(
            Column.nullable("sku", Type.STRING), Column.nullable("price", Type.numeric(9, 2)));
    Schema schema =
        Schema.of(
            Column.nullable("first line", Type.record(line)),
            Column.nullable("lines", Type.array(Type.record(line))));
    TableWrite write = write("types.t", WriteMode.REPLACE);
    String struct = "{'sku': 'a', 'price': 1.50::DECIMAL(9,2)}";

    session.publish(
        publication(
            "r1",
            table(
                write,
                schema,
                StagedSql.stage(
                    warehouse,
                    "r1",
                    "SELECT " + struct + " AS \"first line\", [" + struct + "] AS lines"))));

    assertThat(session.describe(write.table()).orElseThrow().schema(), is(schema));
    assertThat(
        rows(session, "SELECT lines[1].price, \"first line\".sku FROM types.t"),
        contains(List.of(dec("1.50"), "a")));
  }

  static Stream<Arguments> exactConversions() {
    // from, its literal, the table's type, the value in the table as text; null when it is refused
    return Stream.of(
        Arguments.of(Type.INT64, "7::BIGINT", Type.numeric(38, 9), "7.000000000"),
        Arguments.of(Type.INT64, "99::BIGINT", Type.numeric(4, 2), "99.00"),
        Arguments.of(Type.INT64, "100::BIGINT", Type.numeric(4, 2), null),
        Arguments.of(Type.INT64, "1::BIGINT", Type.BOOL, "true"),
        Arguments.of(Type.INT64, "2::BIGINT", Type.BOOL, null),
        Arguments.of(Type.INT64, "9007199254740992::BIGINT", Type.FLOAT64, "9007199254740992.0"),
        Arguments.of(Type.INT64, "9007199254740993::BIGINT", Type.FLOAT64, null),
        Arguments.of(Type.BOOL, "true", Type.INT64, "1"),
        Arguments.of(Type.numeric(9, 3), "1.500::DECIMAL(9,3)", Type.numeric(9, 1), "1.5"),
        Arguments.of(Type.numeric(9, 3), "1.505::DECIMAL(9,3)", Type.numeric(9, 2), null),
        Arguments.of(Type.numeric(9, 3), "-0.001::DECIMAL(9,3)", Type.numeric(9, 2), null),
        Arguments.of(Type.numeric(9, 3), "100.000::DECIMAL(9,3)", Type.numeric(4, 2), null),
        Arguments.of(Type.numeric(9, 3), "12.000::DECIMAL(9,3)", Type.INT64, "12"),
        Arguments.of(Type.numeric(9, 3), "12.001::DECIMAL(9,3)", Type.INT64, null),
        Arguments.of(Type.BIGNUMERIC, "'1.25'", Type.numeric(38, 9), "1.250000000"),
        Arguments.of(Type.BIGNUMERIC, "'1.0000000001'", Type.numeric(38, 9), null),
        Arguments.of(Type.DATE, "DATE '2024-01-02'", Type.DATETIME, "2024-01-02 00:00:00"),
        Arguments.of(Type.DATE, "DATE '2024-01-02'", Type.TIMESTAMP, "2024-01-02 00:00:00+00"),
        Arguments.of(
            Type.TIMESTAMP,
            "TIMESTAMPTZ '2024-01-02 03:00:00+01'",
            Type.DATETIME,
            "2024-01-02 02:00:00"),
        Arguments.of(Type.STRING, "'é'", Type.BYTES, "\\xC3\\xA9"),
        Arguments.of(Type.BYTES, "'\\xC3\\xA9'::BLOB", Type.STRING, "é"),
        Arguments.of(Type.BYTES, "'\\xFF'::BLOB", Type.STRING, null),
        Arguments.of(Type.STRING, "'{\"a\":1}'", Type.JSON, "{\"a\":1}"),
        Arguments.of(Type.STRING, "'{a'", Type.JSON, null),
        Arguments.of(Type.JSON, "'{a'", Type.JSON, null));
  }

  @ParameterizedTest
  @MethodSource("exactConversions")
  void aValueIsConvertedToTheTablesTypeExactlyOrThePublishFails(
      Type from, String literal, Type to, String expected) {
    TableWrite write = write("types.t", WriteMode.REPLACE);
    session.publish(publication("r1", table(write, Schema.of(Column.nullable("v", to)))));
    Publication second =
        publication(
            "r2",
            table(
                write,
                Schema.of(Column.nullable("v", from)),
                StagedSql.stage(warehouse, "r2", "SELECT " + literal + " AS v"),
                StagedSql.stage(
                    warehouse, "r2", "SELECT v FROM (SELECT " + literal + " AS v) LIMIT 0")));

    if (expected == null) {
      PermanentException refused =
          assertThrows(PermanentException.class, () -> session.publish(second));
      assertThat(
          refused.getMessage(),
          allOf(
              containsString("table `types.t`"),
              containsString("column `v`"),
              containsString("does not fit " + to)));
    } else {
      session.publish(second);
      assertThat(
          rows(session, "SELECT CAST(v AS VARCHAR) FROM types.t"), contains(List.of(expected)));
    }
  }

  @Test
  void replaceKeepsTheColumnsOfTheTableTheirOrderAndTheirDescriptions() {
    TableWrite write = write("shop.orders", WriteMode.REPLACE);
    Schema described =
        Schema.of(
            new Column("name", Type.STRING, true, "of the customer"),
            Column.nullable("id", Type.numeric(20, 0)),
            Column.nullable("changed", Type.DATETIME));
    session.publish(publication("r1", table(write, described)));

    publishOne("r2", write, orders("r2", "(1, 'a', NULL)"));

    assertThat(session.describe(write.table()).orElseThrow().schema(), is(described));
    assertThat(
        rows(session, "SELECT * FROM shop.orders"), contains(Arrays.asList("a", dec("1"), null)));
  }

  @Test
  void aTableThatContradictsTheRowsIsFoundByTheCheckAndRefusedByThePublish() {
    TableWrite write = write("shop.orders", WriteMode.APPEND);
    publishOne("r1", write, orders("r1", "(1, 'a', NULL)"));
    Schema other =
        Schema.of(
            Column.nullable("id", Type.STRING),
            Column.nullable("nme", Type.STRING),
            Column.nullable("changed", Type.DATETIME));

    List<String> findings = session.check(write, other);

    assertThat(
        findings,
        contains(
            allOf(containsString("column `id` is STRING, but INT64"), containsString("cast it")),
            allOf(containsString("column `nme`"), containsString("did you mean `name`?")),
            allOf(containsString("has column `name` (STRING), which the rows lack"))));
    PermanentException refused =
        assertThrows(
            PermanentException.class,
            () -> session.publish(publication("r2", table(write, other))));
    assertThat(refused.getMessage(), containsString(findings.get(0)));
    assertThat(session.check(write, ORDERS), is(empty()));
  }

  @Test
  void aTableOfAnotherProjectIsRefused() {
    publishOne("r1", write("first-project:shop.orders", WriteMode.REPLACE), orders("r1"));
    TableWrite other = write("second-project:shop.orders", WriteMode.REPLACE);

    assertThat(
        session.check(other, ORDERS),
        contains(
            allOf(
                containsString("belongs to project `first-project`"),
                containsString("second-project:shop.orders"))));
    assertThrows(PermanentException.class, () -> publishOne("r2", other, orders("r2")));
    assertThat(session.check(write("shop.orders", WriteMode.REPLACE), ORDERS), is(empty()));
    assertThat(
        session.describe(TableName.parse("shop.orders")).orElseThrow().name().project(),
        is("first-project"));
  }

  @Test
  void aMissingTableIsMadeOnlyWhenAsked() {
    TableWrite created = write("shop.orders", WriteMode.REPLACE);
    TableWrite never = writeToExisting("shop.orders", WriteMode.REPLACE);

    assertThat(
        session.check(never, ORDERS),
        contains(
            allOf(
                containsString("table `shop.orders` does not exist"),
                containsString("CREATE_IF_NEEDED"))));
    assertThrows(PermanentException.class, () -> publishOne("r1", never, orders("r1")));
    assertThat(session.check(created, ORDERS), is(empty()));
  }

  @Test
  void anExplicitSchemaGivesTypesOrderAndConstraints() {
    Schema explicit =
        Schema.of(
            Column.nullable("name", Type.STRING),
            Column.nullable("changed", Type.TIMESTAMP),
            Column.required("id", Type.numeric(20, 0)));
    TableWrite write =
        new TableWrite(
            TableName.parse("shop.orders"),
            WriteMode.APPEND,
            List.of(),
            null,
            true,
            explicit,
            null,
            List.of(),
            false,
            null,
            Map.of(),
            null,
            false,
            SchemaPolicy.FREEZE);

    assertThat(
        session.check(write, Schema.of(ORDERS.column(0), ORDERS.column(1))),
        contains(containsString("has column `changed` (TIMESTAMP), which the rows lack")));
    publishOne("r1", write, orders("r1", "(1, 'a', '2024-01-02 03:04:05')"));

    assertThat(session.describe(write.table()).orElseThrow().schema(), is(explicit));
    assertThat(
        rows(session, "SELECT * FROM shop.orders"),
        contains(List.of("a", Instant.parse("2024-01-02T03:04:05Z"), dec("1"))));
    PermanentException refused =
        assertThrows(
            PermanentException.class,
            () -> publishOne("r2", write, orders("r2", "(NULL, 'b', NULL)")));
    assertThat(refused.getMessage(), containsString("NOT NULL constraint failed: orders.id"));
  }

  @Test
  void theLedgerRemembersRunsStepsAndRejectedRows() {
    StagedFile rejected =
        StagedSql.stage(
            warehouse,
            "r1",
            "SELECT 'paid' AS step, 'division by zero' AS reason, '{\"id\":1}' AS row_json UNION"
                + " ALL SELECT 'paid', 'no json', 'id=2'");
    List<StepCount> steps =
        List.of(
            new StepCount("orders", "source", 5, 5, 0, 0, 10),
            new StepCount("paid", "transform", 5, 2, 1, 2, 20),
            new StepCount("a sink", "sink", 2, 2, 0, 0, 30));
    session.begin(run("r1", RunStatus.RUNNING));
    Publication failed =
        new Publication(
            run("r1", RunStatus.FAILED), List.of(), steps, List.of(rejected), List.of());

    session.fail(failed);
    session.fail(failed);

    assertThat(session.run("r1"), is(Optional.of(run("r1", RunStatus.FAILED))));
    assertThat(session.steps("r1"), is(steps));
    assertThat(
        rows(session, "SELECT run_id, step, reason, row_json FROM tributary.rejected ORDER BY 3"),
        contains(
            List.of("r1", "paid", "division by zero", "{\"id\":1}"),
            List.of("r1", "paid", "no json", "\"id=2\"")));
    assertThat(session.runs(10), contains(run("r1", RunStatus.FAILED)));
    assertThat(session.run("other"), is(Optional.empty()));
  }

  @Test
  void aFailedRunMayBePublishedLater() {
    session.fail(
        new Publication(run("r1", RunStatus.FAILED), List.of(), List.of(), List.of(), List.of()));

    publishOne("r1", write("shop.orders", WriteMode.REPLACE), orders("r1", "(1, 'a', NULL)"));

    assertThat(session.run("r1").orElseThrow().status(), is(RunStatus.SUCCEEDED));
    assertThat(ordersInTable(), contains(List.of(1L, "a")));
  }

  @Test
  void deliveriesArePendingUntilTheyAreDone() {
    Delivery delivery =
        new Delivery(
            "r1",
            "files",
            List.of(new Delivery.Move("/a/staged", "/a/part \"1\".csv")),
            "/a/manifest.json",
            "{}",
            List.of("/a/old.csv"),
            "/a/.staging");
    Publication publication = publication("r1", List.of(delivery));

    session.publish(publication);
    session.publish(publication);
    List<Delivery> pending = session.pendingDeliveries();
    session.delivered(delivery);

    assertThat(pending, contains(delivery));
    assertThat(session.pendingDeliveries(), is(empty()));
  }

  @Test
  void tablesAreListedWithoutTheLedger() {
    publishOne("r1", write("my-project:shop.orders", WriteMode.REPLACE), orders("r1"));

    assertThat(session.tables(), contains(TableName.parse("my-project:shop.orders")));
    assertThat(session.describe(TableName.parse("SHOP.Orders")).orElseThrow().rows(), is(0L));
  }

  @Test
  void aQueryThatIsRefusedSaysWhere() {
    QueryException unknown =
        assertThrows(
            QueryException.class, () -> session.schemaOf("SELECT 'é', foo FROM (SELECT 1 AS bar)"));
    QueryException syntax =
        assertThrows(QueryException.class, () -> session.read("SELECT 'é' FROMM x"));
    QueryException missing =
        assertThrows(QueryException.class, () -> session.schemaOf("SELECT * FROM shop.ordres"));

    assertThat(unknown.offset(), is("SELECT 'é', ".length()));
    assertThat(unknown.getMessage(), containsString("foo"));
    assertThat(syntax.offset(), is("SELECT 'é' FROMM ".length()));
    assertThat(missing.unknownTable(), containsString("ordres"));
  }

  @Test
  void aQueryOfAConfigCannotChangeAnything() {
    publishOne("r1", write("shop.orders", WriteMode.REPLACE), orders("r1", "(1, 'a', NULL)"));

    for (String sql :
        List.of(
            "DELETE FROM shop.orders",
            "SELECT 1; COMMIT; DELETE FROM shop.orders",
            "SELECT 1; SELECT 2",
            "DROP TABLE shop.orders")) {
      QueryException refused = assertThrows(QueryException.class, () -> session.read(sql), sql);
      assertThat(refused.getMessage(), containsString("only one query"));
      assertThrows(QueryException.class, () -> session.schemaOf(sql), sql);
    }
    assertThat(ordersInTable(), contains(List.of(1L, "a")));
  }

  @Test
  void aPersonMayRunAnyStatement() throws Exception {
    try (QueryResult none = session.query("CREATE SCHEMA mart")) {
      assertThat(none.schema().size(), is(0));
    }
    session.query("CREATE TABLE mart.t AS SELECT 1 AS a").close();

    try (QueryResult result = session.query("SELECT a, INTERVAL 1 DAY AS i FROM mart.t;")) {
      assertThat(result.schema().names(), contains("a", "i"));
    }
    assertThat(session.tables(), contains(TableName.parse("mart.t")));
  }

  @Test
  void onlyOneRunHoldsTheLockOfAConfig() {
    Warehouse.RunLock lock = warehouse.tryLock("orders.yaml", "r1").orElseThrow();

    assertThat(warehouse.tryLock("orders.yaml", "r2"), is(Optional.empty()));
    assertThat(warehouse.lockHolder("orders.yaml").orElseThrow(), containsString("r1"));
    assertThat(warehouse.isAlive("r1"), is(true));
    warehouse.tryLock("other.yaml", "r3").orElseThrow().close();
    lock.close();
    lock.close();
    assertThat(warehouse.isAlive("r1"), is(false));
    assertThat(warehouse.lockHolder("orders.yaml"), is(Optional.empty()));
    warehouse.tryLock("orders.yaml", "r4").orElseThrow().close();
  }

  @Test
  void whatDeadRunsLeftIsCleanedAndLivingRunsAreNotTouched() {
    Warehouse.RunLock lock = warehouse.tryLock("orders.yaml", "living").orElseThrow();
    session.begin(run("living", RunStatus.RUNNING));
    session.begin(run("dead", RunStatus.RUNNING));
    session.begin(run("done", RunStatus.SUCCEEDED));
    StagedFile kept = orders("living", "(1, 'a', NULL)");
    StagedFile left = orders("dead", "(1, 'a', NULL)");

    List<String> marked = session.cleanDeadRuns();

    assertThat(marked, contains("dead"));
    assertThat(session.run("dead").orElseThrow().status(), is(RunStatus.INTERRUPTED));
    assertThat(session.run("dead").orElseThrow().error(), is(not(Optional.empty())));
    assertThat(session.run("living").orElseThrow().status(), is(RunStatus.RUNNING));
    assertThat(session.run("done").orElseThrow().status(), is(RunStatus.SUCCEEDED));
    assertThat(Path.of(kept.path()).toFile().exists(), is(true));
    assertThat(Path.of(left.path()).getParent().toFile().exists(), is(false));
    lock.close();
  }

  @Test
  void optionsThatTheWarehouseOnlyNotesAreToldAndKept() {
    TableWrite write =
        new TableWrite(
            TableName.parse("shop.orders"),
            WriteMode.REPLACE,
            List.of(),
            null,
            true,
            null,
            new TableWrite.Partitioning(TableWrite.Granularity.DAY, "changed"),
            List.of("name"),
            false,
            "All orders",
            Map.of("team", "sales"),
            java.time.Duration.ofDays(30),
            true,
            SchemaPolicy.FREEZE);
    Schema wide = Schema.of(Column.nullable("big", Type.BIGNUMERIC));

    assertThat(
        session.notes(write, ORDERS),
        contains(
            allOf(
                containsString("partitioning"),
                containsString("clustering"),
                containsString("labels"),
                containsString("expiration"),
                containsString("require_partition_filter"))));
    assertThat(
        session.notes(write("shop.big", WriteMode.REPLACE), wide),
        contains(containsString("BIGNUMERIC is kept as text")));
  }
}
