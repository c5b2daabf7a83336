package io.tributary.warehouse.duckdb;

import static io.tributary.warehouse.Publishing.publication;
import static io.tributary.warehouse.Publishing.rows;
import static io.tributary.warehouse.Publishing.table;
import static io.tributary.warehouse.Publishing.write;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Environment;
import io.tributary.spec.WriteMode;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.QueryException;
import io.tributary.warehouse.QueryResult;
import io.tributary.warehouse.SchemaPolicy;
import io.tributary.warehouse.StagedSql;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import io.tributary.warehouse.TableWrite.Granularity;
import io.tributary.warehouse.TableWrite.Partitioning;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouse.RunLock;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbWarehouseTest {
  private static final Schema ORDERS =
      Schema.of(Column.nullable("id", Type.INT64), Column.nullable("name", Type.STRING));

  @TempDir Path folder;

  private Warehouse warehouse() {
    return Warehouses.at("duckdb:" + folder.resolve("w.duckdb"));
  }

  private Warehouse impatient(Duration patience) {
    return new DuckDbWarehouse(
        "duckdb:w.duckdb", folder.resolve("w.duckdb"), new DuckDbSettings("256MB", patience));
  }

  @Test
  void aFileThatAnotherProcessHasOpenIsToldWithThatProcess() throws Exception {
    try (ChildProcess holder = new ChildProcess(FileHolder.class, warehouse().address())) {
      holder.line();

      TransientException inUse =
          assertThrows(TransientException.class, () -> impatient(Duration.ofMillis(300)).open());

      assertThat(
          inUse.getMessage(),
          allOf(
              containsString("w.duckdb is in use by process " + holder.pid()),
              containsString("only one process")));
    }
  }

  @Test
  void openingWaitsUntilTheOtherProcessHasClosedTheFile() throws Exception {
    try (ChildProcess holder = new ChildProcess(FileHolder.class, warehouse().address())) {
      holder.line();
      assertThrows(TransientException.class, () -> impatient(Duration.ZERO).open());
      holder.tell("close");

      try (WarehouseSession session = impatient(Duration.ofSeconds(60)).open()) {
        assertThat(session.runs(1).size(), is(0));
      }
    }
  }

  @Test
  void oneProcessMayHaveItOpenSeveralTimes() {
    try (WarehouseSession first = warehouse().open();
        WarehouseSession second = warehouse().open()) {
      first.publish(publication("r1", table(write("a.b", WriteMode.REPLACE), ORDERS)));

      assertThat(second.tables(), contains(TableName.parse("a.b")));
    }
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws Exception {
    Files.writeString(folder.resolve("w.duckdb"), "no database, ".repeat(1000));

    PermanentException refused = assertThrows(PermanentException.class, () -> warehouse().open());

    assertThat(refused.getMessage(), containsString("is not a DuckDB file"));
  }

  @Test
  void aFileThatDuckDbCouldReadAsATableIsRefusedAndStaysAsItWas() throws Exception {
    Path orders = Files.writeString(folder.resolve("orders.csv"), "id,name\n1,a\n");

    PermanentException refused =
        assertThrows(
            PermanentException.class, () -> Warehouses.at("duckdb:" + orders).open().close());

    assertThat(refused.getMessage(), containsString("is not a DuckDB file"));
    assertThat(Files.readString(orders), is("id,name\n1,a\n"));
  }

  @Test
  void aFolderInPlaceOfTheFileIsRefused() {
    PermanentException refused =
        assertThrows(
            PermanentException.class, () -> Warehouses.at("duckdb:" + folder).open().close());

    assertThat(refused.getMessage(), containsString("is a folder; name a file in it"));
  }

  @Test
  void severalQueriesAtOnceAreRefused() {
    try (WarehouseSession session = warehouse().open()) {
      QueryException refused =
          assertThrows(QueryException.class, () -> session.query("SELECT 1; SELECT 2;").close());

      assertThat(refused.getMessage(), containsString("more than one query"));
    }
  }

  @Test
  void foldersAboveTheFileAreMadeAndMayHaveAnyName() {
    Warehouse warehouse = Warehouses.at("duckdb:" + folder.resolve("it's [new]/w.duckdb"));
    assertThat(warehouse.exists(), is(false));

    try (WarehouseSession session = warehouse.open()) {
      session.publish(
          publication(
              "r1",
              table(
                  write("a.b", WriteMode.REPLACE),
                  ORDERS,
                  StagedSql.stage(warehouse, "r1", "SELECT 1::BIGINT AS id, 'a' AS name"))));

      assertThat(rows(session, "SELECT * FROM a.b"), contains(List.of(1L, "a")));
    }
    assertThat(warehouse.exists(), is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "duckdb:,has no file",
    "duckdb::memory:,has no file",
    "duckdb:a?memory=1GB,unknown setting `memory=1GB`",
    "duckdb:a?memory_limit=much,is not a size",
    "sqlite:a,unknown warehouse `sqlite:a`; valid: duckdb:PATH"
  })
  void aWrongAddressIsRefused(String address, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Warehouses.at(address));

    assertThat(refused.getMessage(), containsString(message));
  }

  @Test
  void theMemoryLimitComesFromTheAddressElseFromTheEnvironment() {
    Environment environment = new Environment(Map.of("TRIBUTARY_DUCKDB_MEMORY", "2GB"), folder);
    Environment none = new Environment(Map.of(), folder);

    assertThat(DuckDbSettings.parse("memory_limit=100MB", environment).memoryLimit(), is("100MB"));
    assertThat(DuckDbSettings.parse("", environment).memoryLimit(), is("2GB"));
    assertThat(DuckDbSettings.parse("", none).memoryLimit(), is("512MB"));
    Warehouse small = Warehouses.at("duckdb:" + folder.resolve("s.duckdb?memory_limit=100MB"));
    try (WarehouseSession session = small.open()) {
      assertThat(
          rows(session, "SELECT current_setting('memory_limit'), current_setting('TimeZone')"),
          contains(List.of("95.3 MiB", "UTC")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/hostname')",
        "ATTACH '/tmp/other.duckdb'",
        "COPY (SELECT 1) TO '/tmp/tributary-test-leak.csv'",
        "INSTALL httpfs"
      })
  void queriesCannotTouchTheMachinesFiles(String sql) {
    try (WarehouseSession session = warehouse().open()) {
      QueryException refused = assertThrows(QueryException.class, () -> session.query(sql).close());

      assertThat(refused.getMessage(), containsString("disabled"));
    }
  }

  @Test
  void anErrorInTheFirstRowsIsToldInFull() {
    try (WarehouseSession session = warehouse().open()) {
      QueryException refused =
          assertThrows(
              QueryException.class, () -> session.read("SELECT CAST('x' || 1 AS DATE) AS d"));
      QueryException person =
          assertThrows(
              QueryException.class, () -> session.query("SELECT CAST('x' || 1 AS DATE) AS d;"));

      assertThat(refused.getMessage(), containsString("invalid date field format: \"x1\""));
      assertThat(person.getMessage(), is(refused.getMessage()));
    }
  }

  @Test
  void aSumBeyondInt64FailsInsteadOfWrapping() throws Exception {
    try (WarehouseSession session = warehouse().open();
        QueryResult result =
            session.read("SELECT sum(i) AS s FROM (VALUES (9223372036854775807), (1)) v(i)")) {
      assertThat(result.schema(), is(Schema.of(Column.nullable("s", Type.INT64))));

      PermanentException failure =
          assertThrows(
              PermanentException.class, () -> result.next(new RowBuilder(result.schema())));

      assertThat(failure.getMessage(), containsString("column `s` does not fit INT64"));
    }
  }

  @Test
  void aFileReachedByALinkHasOneSetOfLocks() throws Exception {
    Path real = Files.createDirectories(folder.resolve("real")).resolve("w.duckdb");
    Warehouses.at("duckdb:" + real).open().close();
    Path folderLink = Files.createSymbolicLink(folder.resolve("link"), real.getParent());
    Path fileLink = Files.createSymbolicLink(folder.resolve("linked.duckdb"), real);

    try (RunLock held = Warehouses.at("duckdb:" + real).tryLock("orders", "r1").orElseThrow()) {
      assertThat(held, is(notNullValue()));
      for (Path other : List.of(folderLink.resolve("w.duckdb"), fileLink)) {
        Warehouse warehouse = Warehouses.at("duckdb:" + other);
        assertThat(warehouse.tryLock("orders", "r2").isPresent(), is(false));
        assertThat(warehouse.isAlive("r1"), is(true));
        warehouse.open().close();
      }
    }
  }

  @Test
  void aFolderMayHaveCharactersOfAPattern() throws Exception {
    Path odd = Files.createDirectories(folder.resolve("it's [a-c]* {x,y}"));
    Warehouse warehouse = Warehouses.at("duckdb:" + odd.resolve("w.duckdb"));
    StagedFile staged = StagedSql.stage(warehouse, "r1", "SELECT 7 AS id, 'x' AS name");

    try (WarehouseSession session = warehouse.open()) {
      session.publish(publication("r1", table(write("d.t", WriteMode.REPLACE), ORDERS, staged)));

      assertThat(rows(session, "FROM d.t"), contains(List.of(7L, "x")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.t", "D.T", "project-1:d.t"})
  void twoSinksOfARunDoNotWriteToOneTable(String second) {
    StagedFile one = StagedSql.stage(warehouse(), "r1", "SELECT 1 AS id, 'a' AS name");
    StagedFile two = StagedSql.stage(warehouse(), "r1", "SELECT 2 AS id, 'b' AS name");

    try (WarehouseSession session = warehouse().open()) {
      PermanentException refused =
          assertThrows(
              PermanentException.class,
              () ->
                  session.publish(
                      publication(
                          "r1",
                          table(write("d.t", WriteMode.REPLACE), ORDERS, one),
                          table(write(second, WriteMode.REPLACE), ORDERS, two))));

      assertThat(refused.getMessage(), containsString("are one table in this warehouse"));
      assertThat(session.describe(TableName.parse("d.t")), is(Optional.empty()));
    }
  }

  @Test
  void largeResultsAreStreamed() throws Exception {
    try (WarehouseSession session = warehouse().open();
        QueryResult result =
            session.read("SELECT i, repeat('x', 100) AS s FROM range(5000000000) r(i)")) {
      RowBuilder row = new RowBuilder(result.schema());
      for (int i = 0; i < 10_000; i++) {
        assertThat(result.next(row), is(true));
      }
      assertThat(row.longAt(0), lessThan(5_000_000_000L));
    }
  }

  @Test
  void theCommentOfATableKeepsProjectDescriptionAndWhatOnlyBigQueryHonours() {
    TableWrite write =
        new TableWrite(
            TableName.parse("my-project:shop.orders"),
            WriteMode.REPLACE,
            List.of(),
            null,
            true,
            null,
            new Partitioning(Granularity.DAY, "day"),
            List.of("name"),
            false,
            "All orders, it's \"new\"",
            Map.of("team", "sales", "env", "dev"),
            Duration.ofDays(30),
            true,
            SchemaPolicy.FREEZE);

    try (WarehouseSession session = warehouse().open()) {
      session.publish(publication("r1", table(write, ORDERS)));

      assertThat(
          rows(session, "SELECT comment FROM duckdb_tables() WHERE table_name = 'orders'"),
          contains(
              List.of(
                  "All orders, it's \"new\"\n"
                      + "tributary: {\"project\":\"my-project\",\"partitioning\":\"day\","
                      + "\"partitioning_field\":\"day\",\"clustering\":[\"name\"],"
                      + "\"labels\":{\"env\":\"dev\",\"team\":\"sales\"},"
                      + "\"expiration\":\"PT720H\",\"require_partition_filter\":true}")));
    }
  }

  @Test
  void replaceKeepsConstraintsDefaultsIndexesAndComments() throws Exception {
    try (WarehouseSession session = warehouse().open()) {
      session.query("CREATE SCHEMA shop").close();
      session
          .query(
              "CREATE TABLE shop.orders (name VARCHAR DEFAULT 'none', id BIGINT PRIMARY KEY,"
                  + " CHECK (id > 0))")
          .close();
      session.query("CREATE INDEX by_name ON shop.orders (name)").close();
      session.query("COMMENT ON TABLE shop.orders IS 'mine'").close();
      session.query("COMMENT ON COLUMN shop.orders.name IS 'of whom'").close();
      session.query("INSERT INTO shop.orders VALUES ('old', 1)").close();
      TableWrite write = write("my-project:shop.orders", WriteMode.REPLACE);

      session.publish(
          publication(
              "r1",
              table(
                  write,
                  ORDERS,
                  StagedSql.stage(warehouse(), "r1", "SELECT 1::BIGINT AS id, 'new' AS name"))));

      assertThat(rows(session, "SELECT * FROM shop.orders"), contains(List.of("new", 1L)));
      assertThat(
          rows(session, "SELECT sql, comment FROM duckdb_tables() WHERE schema_name = 'shop'"),
          contains(
              List.of(
                  "CREATE TABLE shop.orders(\"name\" VARCHAR DEFAULT('none'), id BIGINT PRIMARY"
                      + " KEY, CHECK((id > 0)));",
                  "mine\ntributary: {\"project\":\"my-project\"}")));
      assertThat(
          rows(session, "SELECT index_name FROM duckdb_indexes()"), contains(List.of("by_name")));
      assertThat(
          rows(session, "SELECT comment FROM duckdb_columns() WHERE table_name = 'orders'"),
          contains(Arrays.asList("of whom"), Arrays.asList((Object) null)));
    }
  }

  @Test
  void viewsAndTheWarehousesOwnDatasetsCannotBeWritten() throws Exception {
    try (WarehouseSession session = warehouse().open()) {
      session.query("CREATE SCHEMA shop").close();
      session.query("CREATE VIEW shop.v AS SELECT 1::BIGINT AS id, 'a' AS name").close();

      assertThat(
          session.check(write("shop.v", WriteMode.REPLACE), ORDERS),
          contains(containsString("is a view")));
      assertThat(
          session.check(write("Tributary.runs", WriteMode.APPEND), ORDERS),
          contains(containsString("is the warehouse's own")));
      assertThat(session.tables(), contains(TableName.parse("shop.v")));
      assertThat(session.describe(TableName.parse("shop.v")).orElseThrow().rows(), is(1L));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TINYINT | INT64",
        "UINTEGER | INT64",
        "HUGEINT | INT64",
        "UBIGINT | NUMERIC(20,0)",
        "FLOAT | FLOAT64",
        "DECIMAL(5,2) | NUMERIC(5,2)",
        "UUID | STRING",
        "ENUM('a', 'b)') | STRING",
        "TIMESTAMP_MS | DATETIME",
        "TIMESTAMPTZ | TIMESTAMP",
        "INTEGER[] | ARRAY<INT64>",
        "INTEGER[3] | ARRAY<INT64>",
        "STRUCT(a INTEGER, \"b \"\"c\" DECIMAL(9,2)[]) | STRUCT<a INT64, b \"c"
            + " ARRAY<NUMERIC(9,2)>>",
        "STRUCT(a STRUCT(b DATE))[] | ARRAY<STRUCT<a STRUCT<b DATE>>>",
        "INTEGER[][] | none",
        "INTERVAL | none",
        "TIMESTAMP_NS | none",
        "MAP(INTEGER, VARCHAR) | none",
        "STRUCT(a INTERVAL) | none",
        "UNION(a INTEGER, b VARCHAR) | none"
      })
  void typesOfDuckDbAreReadOrRefused(String duckDb, String type) throws Exception {
    try (WarehouseSession session = warehouse().open()) {
      String sql = "SELECT CAST(NULL AS " + duckDb + ") AS c";
      if (type.equals("none")) {
        QueryException refused = assertThrows(QueryException.class, () -> session.schemaOf(sql));
        assertThat(refused.getMessage(), containsString("column `c` is "));
      } else {
        assertThat(session.schemaOf(sql).type(0).toString(), is(type));
        assertThat(rows(session, sql), contains(Arrays.asList((Object) null)));
      }
    }
  }

  @Test
  void stagingIsEmptyAfterARun() {
    Warehouse warehouse = warehouse();
    try (WarehouseSession session = warehouse.open()) {
      TableWrite merge = write("shop.orders", WriteMode.MERGE);
      session.publish(
          publication(
              "r1",
              table(
                  merge,
                  ORDERS,
                  StagedSql.stage(warehouse, "r1", "SELECT 1::BIGINT AS id, 'a' AS name"))));

      assertThat(
          rows(
              session,
              "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'tributary_staging'"),
          contains(List.of(0L)));
    }
    try (WarehouseSession session = warehouse.open()) {
      assertThat(session.run("r1").isPresent(), is(true));
      assertThat(session.run("r2"), is(Optional.empty()));
    }
  }
}
