package io.tributary.connector.mysql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.tributary.spec.Secret;
import io.tributary.spec.SqlText;
import io.tributary.testing.MariaDb;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is wrong is said before the run, where it stands, with what to do about it. */
class MySqlProblemsTest {
  private static final String DATABASE = "problems_test";

  @BeforeAll
  static void createTables() {
    MariaDb server = MariaDb.required();
    server.database(DATABASE);
    server.execute(
        "USE " + DATABASE,
        "CREATE TABLE orders (id int PRIMARY KEY, status varchar(10), place point, area polygon,"
            + " kind enum('a'))",
        "CREATE TABLE nothing (id int)",
        "CREATE OR REPLACE USER stranger IDENTIFIED BY 'p'",
        "GRANT SELECT ON " + DATABASE + ".nothing TO stranger");
  }

  @Test
  void anUnknownTableIsNamedWithTheNearestOne() {
    assertThat(
        complaints(Map.of("table", "order")),
        is(List.of("table TR209 there is no table `order` in database `problems_test` -> orders")));
  }

  @Test
  void everyUnknownColumnIsReportedAtItsPlace() {
    assertThat(
        complaints(Map.of("table", "orders", "columns", List.of("id", "statsu", "zzz"))),
        is(
            List.of(
                "columns/1 TR201 table `orders` has no column `statsu` -> status",
                "columns/2 TR201 table `orders` has no column `zzz`; it has id, status, place,"
                    + " area, kind")));
  }

  @Test
  void everyColumnThatCannotBeReadIsReported() {
    assertThat(
        complaints(Map.of("table", "orders")),
        is(
            List.of(
                "table TR208 orders.place is POINT, which mysql cannot read; leave it out of"
                    + " `columns`, or write a `query` that casts it, for instance"
                    + " ST_AsText(`place`) AS `place`",
                "table TR208 orders.area is POLYGON, which mysql cannot read; leave it out of"
                    + " `columns`, or write a `query` that casts it, for instance"
                    + " ST_AsText(`area`) AS `area`")));
  }

  @Test
  void aColumnOfAQueryThatCannotBeReadIsReported() {
    assertThat(
        complaints(Map.of("query", SqlText.of("SELECT id, place FROM orders"))),
        contains(startsWith("query TR208 column `place` of the query is POINT")));
    assertThat(
        complaints(Map.of("query", SqlText.of("SELECT id, ST_AsText(place) AS p FROM orders"))),
        is(empty()));
  }

  @Test
  void aWrongConditionIsReportedAtTheWrongWord() {
    assertThat(
        complaints(
            Map.of(
                "table", "orders",
                "columns", List.of("id"),
                "where", "id > 5 AND statuss = 'x'")),
        is(
            List.of(
                "where[11+7] TR215 the database refuses the condition: Unknown column 'statuss' in"
                    + " 'WHERE'")));
  }

  @Test
  void aSyntaxErrorInAPieceIsReportedAtItsPlaceInTheWholeText() {
    List<String> complaints =
        complaints(Map.of("query", SqlText.of("SELECT 1 AS a\n--sep--\nSELECT 2 AS a FORM x")));

    assertThat(
        complaints, contains(startsWith("query[36+4] TR215 the database refuses piece 2 of the")));
  }

  @Test
  void aStatementThatGivesNoRowsIsNotAQuery() {
    assertThat(
        complaints(Map.of("query", SqlText.of("SET @x = 1"))),
        is(List.of("query[0+10] TR215 the query gives no rows; write a SELECT")));
  }

  @Test
  void piecesMustHaveTheSameColumns() {
    assertThat(
        complaints(Map.of("query", SqlText.of("SELECT 1 AS a --sep-- SELECT 'x' AS a"))),
        is(
            List.of(
                "query[22+15] TR215 piece 2 of the query has the columns a STRING, the first piece"
                    + " a INT64; give all pieces the same columns, types and order")));
  }

  @Test
  void columnsWithTheSameNameAreReported() {
    assertThat(
        complaints(Map.of("query", SqlText.of("SELECT 1 AS a, 2 AS A"))),
        is(List.of("query TR212 two columns have the name `A`; rename one with AS")));
    assertThat(
        complaints(Map.of("table", "orders", "columns", List.of("id", "ID"))),
        is(List.of("columns TR212 two columns have the name `id`; name it once")));
  }

  @Test
  void splitAndJsonColumnsMustExistAndFit() {
    assertThat(
        complaints(
            Map.of(
                "table",
                "orders",
                "columns",
                List.of("id", "status"),
                "split_column",
                "idd",
                "json_columns",
                List.of("state"))),
        is(
            List.of(
                "split_column TR201 table `orders` has no column `idd` -> id",
                "json_columns/0 TR201 what is read has no column `state` -> status")));
    assertThat(
        complaints(Map.of("table", "orders", "columns", List.of("id"), "split_column", "kind")),
        is(
            List.of(
                "split_column TR208 `kind` is enum, whose values cannot be cut into ranges; name a"
                    + " column of integers, decimals, dates, text or binary strings")));
  }

  @Test
  void aWrongPasswordIsReportedWithoutIt() {
    List<String> complaints =
        complaints(Map.of("table", "orders", "password", Secret.literal("wr0ng-one")));

    assertThat(complaints, contains(startsWith("user TR211 127.0.0.1:")));
    assertThat(complaints.get(0), containsString("Access denied for user 'tributary'"));
    assertThat(complaints.get(0), not(containsString("wr0ng-one")));
  }

  @Test
  void aPasswordThatIsNowhereIsReportedWithThePlacesThatWereTried() {
    List<String> complaints =
        complaints(Map.of("table", "orders", "password", Secret.named("shop-db")));

    assertThat(complaints, contains(startsWith("password TR113 secret `shop-db` was not found;")));
  }

  @Test
  void anUnknownDatabaseIsReported() {
    assertThat(
        complaints(Map.of("table", "orders", "database", "nowhere")),
        contains(startsWith("database TR209 there is no database `nowhere` on 127.0.0.1:")));
  }

  @Test
  void aServerThatCannotBeReachedIsReported() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertThat(
        complaints(Map.of("table", "orders", "port", free)),
        contains(startsWith("host TR210 127.0.0.1:" + free + " cannot be reached: ")));
  }

  @Test
  void aTableThatTheUserMayNotSeeIsReported() {
    assertThat(
        complaints(Map.of("table", "orders", "user", "stranger", "password", Secret.literal("p"))),
        contains(startsWith("table TR209 there is no table `orders` in database")));
    assertThat(
        complaints(
            Map.of(
                "query", SqlText.of("SELECT id FROM orders"),
                "user", "stranger",
                "password", Secret.literal("p"))),
        contains(startsWith("query[15+6] TR211 access to the query is denied: SELECT command")));
  }

  @Test
  void namesCannotSmuggleInOptionsOfTheDriver() {
    assertThat(
        complaints(Map.of("table", "orders", "database", "x?allowLocalInfile=true")),
        contains(startsWith("database TR209 there is no database `x?allowLocalInfile=true`")));
  }

  @Test
  void keysThatContradictEachOtherAreReportedAtTheKey() {
    SqlText query = SqlText.of("SELECT 1 --sep-- SELECT 2");

    assertThat(
        Reading.of(DATABASE, Map.of("table", "orders", "query", query)).problems.lines(),
        is(List.of("query(key) TR108 `query` cannot stand beside `table`; keep one of them")));
    assertThat(
        Reading.of(
                DATABASE,
                Map.of("query", query, "columns", "a", "where", "a > 1", "split_column", "a"))
            .problems
            .lines(),
        is(
            List.of(
                "columns(key) TR108 `columns` cannot stand beside `query`; select the columns in"
                    + " the query",
                "where(key) TR108 `where` cannot stand beside `query`; write the condition into"
                    + " the query",
                "split_column(key) TR108 `split_column` and `--sep--` both say how the query is"
                    + " split; remove one of them")));
    assertThat(
        Reading.of(DATABASE, Map.of()).problems.lines(),
        is(
            List.of(
                " TR101 neither `table` nor `query` is given; add `table` with a table's name")));
  }

  @Test
  void anEmptyPieceIsReported() {
    assertThat(
        Reading.of(DATABASE, Map.of("query", SqlText.of("SELECT 1 --sep-- -- none")))
            .problems
            .lines(),
        is(List.of("query TR107 piece 2 of the query is empty; remove a `--sep--`")));
    assertThat(
        Reading.of(DATABASE, Map.of("query", SqlText.of(" ; "))).problems.lines(),
        is(List.of("query TR107 the query is empty; write a SELECT")));
  }

  private static List<String> complaints(Map<String, Object> keys) {
    return Reading.of(DATABASE, keys).complaints();
  }
}
