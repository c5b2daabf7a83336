package io.tributary.connector.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.module.ReadContext;
import io.tributary.module.SourceContext;
import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Environment;
import io.tributary.spec.SqlText;
import io.tributary.spec.WriteMode;
import io.tributary.warehouse.Publishing;
import io.tributary.warehouse.StagedSql;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BigQuerySourceTest {
  private static final Schema ORDERS =
      Schema.of(
          new Column("id", Type.INT64, true, "of the order"),
          Column.nullable("name", Type.STRING),
          Column.nullable("big", Type.BIGNUMERIC));

  @TempDir Path folder;
  private final ProblemList problems = new ProblemList();
  private Warehouse warehouse;

  @BeforeEach
  void publishOrders() {
    warehouse = Warehouses.at("duckdb:" + folder.resolve("w.duckdb"));
    try (WarehouseSession session = warehouse.open()) {
      session.publish(
          Publishing.publication(
              "r1",
              Publishing.table(
                  Publishing.write("my-project:shop.orders", WriteMode.REPLACE),
                  ORDERS,
                  StagedSql.stage(
                      warehouse,
                      "r1",
                      "SELECT i AS id, 'n' || i AS name, CASE WHEN i = 1 THEN '1.5' END AS big"
                          + " FROM range(3) r(i)"))));
    }
  }

  private SourceContext context() {
    return new SourceContext(
        new Environment(Map.of(), folder),
        folder.toString(),
        Instant.EPOCH,
        ZoneOffset.UTC,
        warehouse);
  }

  private BigQuerySource source(Map<String, Object> plain) {
    return new BigQuerySource(SourceProbe.parameters(BigQuerySource.SPEC, plain, problems));
  }

  private static Map<String, Object> query(String sql) {
    return Map.of("query", SqlText.of(sql));
  }

  private List<List<Object>> rows(Map<String, Object> plain) throws IOException {
    BigQuerySource source = source(plain);
    Schema schema = source.schema(context(), problems);
    assertThat(problems.found(), is(empty()));
    List<List<Object>> rows = new ArrayList<>();
    for (WarehouseQuery split : source.splits(context())) {
      try (RowReader reader = source.open(split, schema, new Reading())) {
        RowBuilder row = new RowBuilder(schema);
        while (reader.next(row)) {
          List<Object> values = new ArrayList<>();
          for (int i = 0; i < schema.size(); i++) {
            values.add(row.get(i));
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }

  private final class Reading implements ReadContext {
    @Override
    public String runId() {
      return "r2";
    }

    @Override
    public Environment environment() {
      return context().environment();
    }

    @Override
    public Warehouse warehouse() {
      return warehouse;
    }

    @Override
    public void reject(String reason, String rowJson) {
      throw new AssertionError(reason);
    }

    @Override
    public void tally(String what, long times) {
      throw new AssertionError(what);
    }
  }

  @Test
  void aTableHasItsOwnSchema() {
    Schema schema = source(Map.of("table", "shop.orders")).schema(context(), problems);

    assertThat(schema, is(ORDERS));
  }

  @Test
  void aTableIsReadWithColumnsAndCondition() throws IOException {
    List<List<Object>> rows =
        rows(
            Map.of(
                "table", "`my-project.shop.orders`",
                "columns", List.of("big", "id"),
                "where", "name = 'n1' -- the second"));

    assertThat(rows, contains(List.of(new BigDecimal("1.5").setScale(38), 1L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM shop.orders ORDER BY id",
        "SELECT id FROM shop.orders ORDER BY id; -- done",
        "SELECT id FROM `my-project:shop.orders` ORDER BY id;\n",
        "SELECT id FROM `my-project.shop.orders` ORDER BY id",
        "SELECT id FROM `my-project`.shop.orders AS o ORDER BY o.id",
        "SELECT id FROM my-project.shop.orders ORDER BY id",
        "SELECT `shop.orders`.id FROM `shop.orders` ORDER BY id",
        "SELECT a.id FROM shop.orders a JOIN `my-project.shop`.orders b ON a.id = b.id ORDER BY 1",
        "SELECT id FROM shop.orders WHERE name <> '`p:d.t`; --' /* `x.y` ; */ ORDER BY id",
        "WITH o AS (SELECT id, DATE '2024-05-01' AS d FROM `shop.orders`)"
            + " SELECT id FROM o WHERE EXTRACT(YEAR FROM o.d) = 2024 ORDER BY id",
        "SELECT id FROM (SELECT *, {'b': {'c': DATE '2024-05-01'}} AS a FROM shop.orders)"
            + " WHERE EXTRACT(YEAR FROM a.b.c) = 2024 ORDER BY id"
      })
  void aQueryIsReadWithItsTableNamesResolved(String sql) throws IOException {
    assertThat(rows(query(sql)), contains(List.of(0L), List.of(1L), List.of(2L)));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            query("SELECT id FROM `my-project:shop.orders` WHERE nam = 'x'"),
            ".query@46+3 TR215 the warehouse refuses the query:"),
        Arguments.of(
            query("SELECT id FROMM shop.orders"), ".query@16+4 TR215 the warehouse refuses"),
        Arguments.of(
            query("SELECT id FROM `my-project:shop.ordrs` o"),
            ".query@15+23 TR209 table `shop.ordrs` does not exist in the warehouse -> did you mean"
                + " `shop.orders`?"),
        Arguments.of(
            query("DELETE FROM shop.orders"),
            ".query TR215 the warehouse refuses the query: only one query"),
        Arguments.of(
            Map.of("table", "shop.order"),
            ".table TR209 table `shop.order` does not exist in the warehouse -> shop.orders"),
        Arguments.of(
            Map.of("table", "shop.orders", "columns", List.of("id", "nam")),
            ".columns[1] TR201 column `nam` is not in table `shop.orders` -> name"),
        Arguments.of(
            Map.of("table", "shop.orders", "columns", List.of("id", "ID")),
            ".columns[1] TR212 column `ID` is named twice"),
        Arguments.of(
            Map.of("table", "shop.orders", "where", "id > 1 AND nme = 'x'"),
            ".where@11+3 TR217 the warehouse refuses the condition:"),
        Arguments.of(
            Map.of("table", "other-project:shop.orders"),
            ".table TR218 table `shop.orders` belongs to project `my-project`, not"
                + " `other-project`"),
        Arguments.of(
            Map.of("table", "shop.orders", "project", "other-project"),
            ".project TR218 table `shop.orders` belongs to project `my-project`"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeReadIsFoundByThePlan(Map<String, Object> plain, String problem) {
    Schema schema = source(plain).schema(context(), problems);

    assertThat(schema, is(nullValue()));
    assertThat(problems.found(), contains(startsWith(problem)));
  }

  static Stream<Arguments> wrongParameters() {
    return Stream.of(
        Arguments.of(Map.of(), " TR101 `table` or `query` is missing"),
        Arguments.of(
            Map.of("table", "a.b", "query", SqlText.of("SELECT 1")),
            " TR108 `table` and `query` exclude each other"),
        Arguments.of(
            Map.of("query", SqlText.of("SELECT 1"), "columns", List.of("a")),
            ".columns(key) TR108 `columns` goes with `table`"),
        Arguments.of(
            Map.of("query", SqlText.of("SELECT 1"), "where", "true"),
            ".where(key) TR108 `where` goes with `table`"),
        Arguments.of(Map.of("table", "orders"), ".table TR122 table name `orders` lacks"));
  }

  @ParameterizedTest
  @MethodSource("wrongParameters")
  void aWrongParameterIsFoundWithoutConnecting(Map<String, Object> plain, String problem) {
    SourceProbe.parameters(BigQuerySource.SPEC, plain, problems);

    assertThat(problems.found(), contains(startsWith(problem)));
  }

  @Test
  void aWarehouseThatDoesNotExistIsNotMadeByAPlan() {
    warehouse = Warehouses.at("duckdb:" + folder.resolve("none.duckdb"));

    Schema schema = source(Map.of("table", "shop.orders")).schema(context(), problems);

    assertThat(schema, is(nullValue()));
    assertThat(
        problems.found(),
        contains(allOf(startsWith(".table TR209"), containsString("none.duckdb"))));
    assertThat(warehouse.exists(), is(false));
  }
}
