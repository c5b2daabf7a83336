package io.tributary.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.testing.MariaDb;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies a database of fifteen tables, of every type and every shape of key, with one config and
 * compares every value: as MariaDB prints it, and as DuckDB prints what arrived.
 */
class CopyDatabaseTest {
  /**
   * How a column is printed on both sides so that equal values give equal text; {@code %s} is the
   * quoted column.
   */
  private enum Print {
    TEXT("CAST(%s AS CHAR)", "CAST(%s AS VARCHAR)"),
    NUMBER("CAST(%s AS CHAR)", "CAST(%s AS VARCHAR)"),
    BITS("CAST(%s + 0 AS CHAR)", "CAST(CAST(%s AS DECIMAL(20, 0)) AS VARCHAR)"),
    BOOL("CAST(%s + 0 AS CHAR)", "CAST(CAST(%s AS INT) AS VARCHAR)"),
    HEX("HEX(%s)", "hex(%s)"),
    MOMENT(
        "DATE_FORMAT(%s, '%%Y-%%m-%%d %%H:%%i:%%s.%%f')",
        "strftime(%s, '%%Y-%%m-%%d %%H:%%M:%%S.%%f')"),
    INSTANT(
        "DATE_FORMAT(%s, '%%Y-%%m-%%d %%H:%%i:%%s.%%f')",
        "strftime(%s AT TIME ZONE 'UTC', '%%Y-%%m-%%d %%H:%%M:%%S.%%f')");

    private final String mariaDb;
    private final String duckDb;

    Print(String mariaDb, String duckDb) {
      this.mariaDb = mariaDb;
      this.duckDb = duckDb;
    }
  }

  /** A table: its definition, how to fill it, and how its columns are printed. */
  private record Source(String name, String definition, String fill, Map<String, Print> columns) {}

  @TempDir Path folder;

  private final MariaDb server = MariaDb.required();

  @Test
  void everyValueOfEveryTableArrives() throws Exception {
    String database = server.database("fifteen");
    List<Source> sources = sources();
    assertThat(sources.size(), is(15));
    for (Source source : sources) {
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement()) {
        connection.setCatalog(database);
        statement.execute("SET time_zone = '+00:00'");
        statement.execute("SET sql_mode = 'NO_ZERO_IN_DATE'");
        statement.execute("CREATE TABLE " + quoted(source.name()) + " (" + source.definition());
        for (String sql : source.fill().split(";;")) {
          if (!sql.isBlank()) {
            statement.execute(sql);
          }
        }
      }
    }
    Files.writeString(folder.resolve("copy.yaml"), config(database, sources));

    Tributary.Result result =
        new Tributary(folder, Map.of("TRIBUTARY_SECRET_COPY", server.password()))
            .run("run", "copy.yaml");

    assertThat(result.toString(), result.exitCode(), is(0));
    for (Source source : sources) {
      same(source.name(), copied(source), original(database, source));
    }
  }

  /** Compares row by row, so that a difference is shown and not two whole tables. */
  private static void same(String table, List<String> actual, List<String> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        assertThat(table + ", row " + i + " in order", actual.get(i), is(expected.get(i)));
      }
    }
    assertThat(table + ": number of rows", actual.size(), is(expected.size()));
  }

  private static Map<String, Print> columns(Object... namesAndPrints) {
    Map<String, Print> columns = new LinkedHashMap<>();
    for (int i = 0; i < namesAndPrints.length; i += 2) {
      columns.put((String) namesAndPrints[i], (Print) namesAndPrints[i + 1]);
    }
    return columns;
  }

  private static List<Source> sources() {
    return List.of(
        new Source(
            "customers",
            "id BIGINT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(80) NOT NULL, email VARCHAR(120),"
                + " credit DECIMAL(12,2), born DATE, vip TINYINT(1), created_at DATETIME(6) NOT"
                + " NULL) COMMENT 'Who buys'",
            "INSERT INTO customers (name, email, credit, born, vip, created_at) SELECT CONCAT(ELT(1"
                + " + seq % 5, 'Ada', 'Müller', '山田', 'Zoë', 'O''Hara'), ' ', seq), IF(seq % 7 = 0,"
                + " NULL, CONCAT('c', seq, '@example.com')), IF(seq % 3 = 0, NULL, (seq * 7919 %"
                + " 100000000) / 100), DATE '1950-01-01' + INTERVAL seq % 20000 DAY, seq % 3,"
                + " TIMESTAMP '2020-01-01 00:00:00' + INTERVAL seq * 977 SECOND + INTERVAL seq * 13"
                + " % 1000000 MICROSECOND FROM seq_1_to_20000",
            columns(
                "id",
                Print.NUMBER,
                "name",
                Print.TEXT,
                "email",
                Print.TEXT,
                "credit",
                Print.NUMBER,
                "born",
                Print.TEXT,
                "vip",
                Print.NUMBER,
                "created_at",
                Print.MOMENT)),
        new Source(
            "orders",
            "id BIGINT UNSIGNED PRIMARY KEY, customer_id BIGINT NOT NULL, status"
                + " ENUM('new','paid','lost') NOT NULL, tags SET('a','b','c'), total DECIMAL(18,4),"
                + " placed_at TIMESTAMP(6) NULL)",
            "INSERT INTO orders SELECT 18446744073709551615 - CAST(seq * 1000003 AS UNSIGNED), seq"
                + " % 20000, ELT(1 + seq % 3, 'new', 'paid', 'lost'), seq % 8, IF(seq % 11 = 0,"
                + " NULL, seq * 1.2345), IF(seq % 5 = 0, NULL, TIMESTAMP '2021-03-28 00:59:59' +"
                + " INTERVAL seq MINUTE) FROM seq_1_to_30000",
            columns(
                "id",
                Print.NUMBER,
                "customer_id",
                Print.NUMBER,
                "status",
                Print.TEXT,
                "tags",
                Print.TEXT,
                "total",
                Print.NUMBER,
                "placed_at",
                Print.INSTANT)),
        new Source(
            "order_items",
            "order_id INT NOT NULL, line SMALLINT NOT NULL, sku CHAR(12) NOT NULL, quantity"
                + " MEDIUMINT, price DECIMAL(10,3), PRIMARY KEY (order_id, line))",
            "INSERT INTO order_items SELECT seq DIV 4, seq % 4, LEFT(MD5(seq), 12), seq % 8388607,"
                + " IF(seq % 9 = 0, NULL, -CAST(seq AS SIGNED) / 1000) FROM seq_1_to_40000",
            columns(
                "order_id",
                Print.NUMBER,
                "line",
                Print.NUMBER,
                "sku",
                Print.TEXT,
                "quantity",
                Print.NUMBER,
                "price",
                Print.NUMBER)),
        new Source(
            "products",
            "code VARCHAR(40) COLLATE utf8mb4_general_ci PRIMARY KEY, title TEXT, long_text"
                + " MEDIUMTEXT, weight DOUBLE, rating FLOAT, attributes JSON)",
            "INSERT INTO products SELECT CONCAT(ELT(1 + seq % 4, 'a', 'B', 'ä', 'Z'), '-', seq),"
                + " CONCAT('Title ', seq, ' 😀 ', CHAR(9), 'tab'), REPEAT(CONCAT('x', seq, ' '), 1"
                + " + seq % 300), IF(seq % 6 = 0, NULL, seq / 7), seq / 8, JSON_OBJECT('n', seq,"
                + " 'list', JSON_ARRAY(1, 'two', NULL)) FROM seq_1_to_3000",
            columns(
                "code",
                Print.TEXT,
                "title",
                Print.TEXT,
                "long_text",
                Print.TEXT,
                "weight",
                Print.NUMBER,
                "rating",
                Print.NUMBER,
                "attributes",
                Print.TEXT)),
        new Source(
            "files",
            "id INT PRIMARY KEY, small TINYBLOB, body LONGBLOB, fixed BINARY(4), varied"
                + " VARBINARY(20), flag BIT(1), mask BIT(17), wide BIT(64))",
            "INSERT INTO files SELECT seq, UNHEX(MD5(seq)), IF(seq % 4 = 0, NULL,"
                + " UNHEX(REPEAT(SHA1(seq), 1 + seq % 50))), UNHEX('00'), UNHEX(LEFT(MD5(seq), seq"
                + " % 20 DIV 2 * 2)), seq % 2, seq % 131072, 18446744073709551615 - seq FROM"
                + " seq_1_to_2000",
            columns(
                "id",
                Print.NUMBER,
                "small",
                Print.HEX,
                "body",
                Print.HEX,
                "fixed",
                Print.HEX,
                "varied",
                Print.HEX,
                "flag",
                Print.BOOL,
                "mask",
                Print.BITS,
                "wide",
                Print.BITS)),
        new Source(
            "no_key",
            "a INT, b VARCHAR(10))",
            "INSERT INTO no_key SELECT seq % 50, ELT(1 + seq % 3, 'x', NULL, '') FROM"
                + " seq_1_to_5000",
            columns("a", Print.NUMBER, "b", Print.TEXT)),
        new Source(
            "empty_table",
            "id INT PRIMARY KEY, v VARCHAR(5))",
            "",
            columns("id", Print.NUMBER, "v", Print.TEXT)),
        new Source(
            "one_row",
            "id INT PRIMARY KEY, v DECIMAL(65,30))",
            "INSERT INTO one_row VALUES (-2147483648,"
                + " 99999999999999999999999999999999999.999999999999999999999999999999)",
            columns("id", Print.NUMBER, "v", Print.NUMBER)),
        new Source(
            "negative_keys",
            "id BIGINT PRIMARY KEY, v INT)",
            "INSERT INTO negative_keys SELECT -9223372036854775807 + CAST(seq AS SIGNED) *"
                + " 1000000007, seq FROM seq_1_to_2000;;INSERT INTO negative_keys VALUES (0, 0),"
                + " (9223372036854775807, 1)",
            columns("id", Print.NUMBER, "v", Print.NUMBER)),
        new Source(
            "partitioned",
            "id INT NOT NULL, day DATE NOT NULL, v INT, PRIMARY KEY (id, day)) PARTITION BY RANGE"
                + " (YEAR(day)) (PARTITION p0 VALUES LESS THAN (2023), PARTITION p1 VALUES LESS"
                + " THAN (2024), PARTITION p2 VALUES LESS THAN MAXVALUE)",
            "ALTER TABLE partitioned COMMENT 'in parts';;INSERT INTO partitioned SELECT seq, DATE"
                + " '2022-06-01' + INTERVAL seq DAY, seq FROM seq_1_to_1500",
            columns("id", Print.NUMBER, "day", Print.TEXT, "v", Print.NUMBER)),
        new Source(
            "moments",
            "id INT PRIMARY KEY, d DATE, t TIME, t6 TIME(6), dt DATETIME, dt6 DATETIME(6), ts"
                + " TIMESTAMP NULL, y YEAR)",
            "INSERT INTO moments VALUES (1, '1000-01-01', '-838:59:59', '-838:59:59.000000',"
                + " '1000-01-01 00:00:00', '1000-01-01 00:00:00.000001', '1970-01-01 00:00:01',"
                + " 1901), (2, '9999-12-31', '838:59:59', '838:59:59.000000', '9999-12-31"
                + " 23:59:59', '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07', 2155), (3,"
                + " NULL, NULL, NULL, NULL, NULL, NULL, NULL), (4, '2024-02-29', '00:00:00',"
                + " '23:59:59.999999', '2021-03-28 02:30:00', '2021-10-31 02:30:00.5', '2021-03-28"
                + " 01:30:00', 0)",
            columns(
                "id",
                Print.NUMBER,
                "d",
                Print.TEXT,
                "t",
                Print.TEXT,
                "t6",
                Print.TEXT,
                "dt",
                Print.MOMENT,
                "dt6",
                Print.MOMENT,
                "ts",
                Print.INSTANT,
                "y",
                Print.NUMBER)),
        new Source(
            "integers",
            "id INT PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED, s SMALLINT, su SMALLINT UNSIGNED,"
                + " m MEDIUMINT, mu MEDIUMINT UNSIGNED, i INT, iu INT UNSIGNED, b BIGINT, bu BIGINT"
                + " UNSIGNED, z INT(8) ZEROFILL)",
            "INSERT INTO integers VALUES (1, -128, 0, -32768, 0, -8388608, 0, -2147483648, 0,"
                + " -9223372036854775808, 0, 0), (2, 127, 255, 32767, 65535, 8388607, 16777215,"
                + " 2147483647, 4294967295, 9223372036854775807, 18446744073709551615, 42), (3,"
                + " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
            columns(
                "id",
                Print.NUMBER,
                "t",
                Print.NUMBER,
                "tu",
                Print.NUMBER,
                "s",
                Print.NUMBER,
                "su",
                Print.NUMBER,
                "m",
                Print.NUMBER,
                "mu",
                Print.NUMBER,
                "i",
                Print.NUMBER,
                "iu",
                Print.NUMBER,
                "b",
                Print.NUMBER,
                "bu",
                Print.NUMBER,
                "z",
                Print.NUMBER)),
        new Source(
            "order",
            "`select` INT PRIMARY KEY, `group` VARCHAR(20), `Mixed Case` INT, `u` UUID)",
            "INSERT INTO `order` SELECT seq, ELT(1 + seq % 3, 'a|b', 'line\\n"
                + "break', '\"quoted\"'), seq, IF(seq % 2, NULL,"
                + " '123e4567-e89b-12d3-a456-426614174000') FROM seq_1_to_100",
            columns(
                "select",
                Print.NUMBER,
                "group",
                Print.TEXT,
                "Mixed Case",
                Print.NUMBER,
                "u",
                Print.TEXT)),
        new Source(
            "old_charset",
            "id INT PRIMARY KEY, latin VARCHAR(20) CHARACTER SET latin1, wide VARCHAR(20) CHARACTER"
                + " SET ucs2, bin VARCHAR(20) CHARACTER SET binary)",
            "INSERT INTO old_charset VALUES (1, 'Grüße', 'Ωμέγα', 'raw'), (2, '', '', ''), (3,"
                + " NULL, NULL, NULL)",
            columns("id", Print.NUMBER, "latin", Print.TEXT, "wide", Print.TEXT, "bin", Print.HEX)),
        new Source(
            "long_table",
            "id INT PRIMARY KEY, v INT NOT NULL)",
            "INSERT INTO long_table SELECT seq * 3, seq * 7919 % 1000003 FROM seq_1_to_2300000",
            columns("id", Print.NUMBER, "v", Print.NUMBER)));
  }

  private String config(String database, List<Source> sources) {
    StringBuilder text = new StringBuilder("name: copy\nsources:\n");
    for (Source source : sources) {
      text.append(
          String.format(
              "  - {name: %s, module: mysql, parameters: {host: %s, port: %d, database: %s, user:"
                  + " %s, password: \"${secret:copy}\", table: %s}}%n",
              node(source), server.host(), server.port(), database, server.user(), source.name()));
    }
    text.append("sinks:\n");
    for (Source source : sources) {
      text.append(
          String.format(
              "  - {name: to_%s, module: bigquery, input: %s, parameters: {table: \"copy.%s\","
                  + " create_disposition: CREATE_IF_NEEDED, column_names: safe}}%n",
              node(source), node(source), source.name()));
    }
    return text.toString();
  }

  private static String node(Source source) {
    return "src_" + source.name();
  }

  private List<String> original(String database, Source source) throws SQLException {
    String columns =
        source.columns().entrySet().stream()
            .map(column -> String.format(column.getValue().mariaDb, quoted(column.getKey())))
            .collect(Collectors.joining(", "));
    List<String> rows = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setCatalog(database);
      statement.execute("SET time_zone = '+00:00'");
      statement.setFetchSize(10_000);
      try (ResultSet result =
          statement.executeQuery("SELECT " + columns + " FROM " + quoted(source.name()))) {
        while (result.next()) {
          rows.add(row(source, result));
        }
      }
    }
    Collections.sort(rows);
    return rows;
  }

  private List<String> copied(Source source) throws SQLException {
    String columns =
        source.columns().entrySet().stream()
            .map(
                column ->
                    String.format(
                        column.getValue().duckDb, "\"" + column.getKey().replace(' ', '_') + "\""))
            .collect(Collectors.joining(", "));
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("tributary.duckdb"));
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT " + columns + " FROM \"copy\".\"" + source.name() + "\"")) {
      while (result.next()) {
        rows.add(row(source, result));
      }
    }
    Collections.sort(rows);
    return rows;
  }

  /** Numbers are compared by value: {@code 1.50} is {@code 1.5}. */
  private static String row(Source source, ResultSet result) throws SQLException {
    StringBuilder text = new StringBuilder();
    int position = 1;
    for (Print print : source.columns().values()) {
      String value = result.getString(position++);
      if (value != null && print == Print.NUMBER) {
        value = new BigDecimal(value).stripTrailingZeros().toPlainString();
      }
      text.append(value == null ? "NULL" : "'" + value + "'").append(' ');
    }
    return text.toString();
  }

  private static String quoted(String name) {
    return "`" + name + "`";
  }
}
