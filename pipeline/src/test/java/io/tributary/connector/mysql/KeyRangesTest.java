package io.tributary.connector.mysql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.tributary.row.Row;
import io.tributary.spec.SqlText;
import io.tributary.testing.MariaDb;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits have every row once and are even, however the keys lie. A failure names its seed. */
class KeyRangesTest {
  private static final String DATABASE = "key_ranges";
  private static final int ROWS = 6000;
  private static final int WANTED = 400;

  /** How unique keys can lie. */
  enum Keys {
    DENSE("bigint", random -> new Counter(1, 1)),
    GAPS("bigint", random -> new Counter(-5_000_000, 1L + random.nextInt(10_000))),
    NEGATIVE("int", random -> new Counter(-6001, 1)),
    /** Nearly all keys in one place, a few far away on both sides. */
    CLUSTER("bigint", random -> new Cluster(random, BigInteger.TWO.pow(62))),
    /** Each half as far from zero as the one before: 60 orders of magnitude. */
    LOGARITHMIC("bigint", random -> new Logarithmic(random)),
    ABOVE_SIGNED("bigint unsigned", random -> new AboveSigned(random)),
    DECIMALS("decimal(20,5)", random -> new Decimals(random)),
    TEXT("varchar(40)", random -> new Words(random)),
    TEXT_WITH_CASE("varchar(40) collate utf8mb4_bin", random -> new Words(random)),
    LATIN("varchar(40) character set latin1", random -> new Words(random)),
    BYTES("binary(16)", random -> new Bytes(random)),
    DAYS("datetime(6)", random -> new Moments(random)),
    UUIDS("uuid", random -> new Uuids(random));

    final String type;
    final Function<Random, Supplier<String>> generator;

    Keys(String type, Function<Random, Supplier<String>> generator) {
      this.type = type;
      this.generator = generator;
    }
  }

  @BeforeAll
  static void createDatabase() {
    MariaDb.required().database(DATABASE);
  }

  @ParameterizedTest
  @EnumSource
  void uniqueKeysAreCutEvenly(Keys keys) {
    for (long seed = 1; seed <= 2; seed++) {
      String table = "t_" + keys.name().toLowerCase(Locale.ROOT) + "_" + seed;
      Set<String> literals = literals(keys.generator.apply(new Random(seed)));
      create(table, "k " + keys.type + " not null primary key", List.copyOf(literals), "(%s, %d)");
      Reading reading = Reading.table(DATABASE, table);

      List<Integer> sizes = sizes(reading, reading.splits(WANTED), table);

      assertEven(keys + " seed " + seed, sizes);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void compositeKeysArePartedInsideOfAHeavyFirstColumn(long seed) {
    Random random = new Random(seed);
    List<String> literals = new ArrayList<>();
    Map<Integer, Integer> next = new HashMap<>();
    for (int i = 0; i < ROWS; i++) {
      int tenant = random.nextInt(10) < 8 ? 7 : random.nextInt(50);
      literals.add(tenant + ", 'x" + next.merge(tenant, 1, Integer::sum) + "'");
    }
    String table = "composite_" + seed;
    create(
        table,
        "tenant int not null, k varchar(20) not null, primary key (tenant, k)",
        literals,
        "(%s, %d)");
    Reading reading = Reading.table(DATABASE, table);

    assertEven("seed " + seed, sizes(reading, reading.splits(WANTED), table));
  }

  @ParameterizedTest
  @ValueSource(strings = {"day", "amount", "word"})
  void aSplitColumnMayHoldNullsAndTies(String column) {
    Random random = new Random(11);
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      literals.add(
          random.nextInt(20) == 0
              ? "null, null, null"
              : "'2024-01-%02d', %d, '%s'"
                  .formatted(
                      1 + random.nextInt(3), // each day has more rows than a split
                      random.nextInt(100),
                      "abcAÄ".charAt(random.nextInt(5))));
    }
    String table = "split_column_" + column;
    create(
        table,
        "day date, amount decimal(10,2), word varchar(5), id int not null auto_increment primary"
            + " key, index (day)",
        literals,
        "(%s, null, %d)");
    Reading reading = Reading.of(DATABASE, Map.of("table", table, "split_column", column));

    assertEven(column, sizes(reading, reading.splits(WANTED), table));
  }

  @Test
  void anIntegerSplitColumnWithAHeavyValueIsPartedByTheKey() {
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      literals.add(String.valueOf(i % 3 == 0 ? i : 42));
    }
    create(
        "heavy",
        "kind int, id int not null auto_increment primary key, index (kind)",
        literals,
        "(%s, null, %d)");
    Reading reading = Reading.of(DATABASE, Map.of("table", "heavy", "split_column", "kind"));

    assertEven("heavy", sizes(reading, reading.splits(WANTED), "heavy"));
  }

  @Test
  void aViewAndAQueryAreCutByTheirSplitColumn() {
    create(
        "viewed",
        "k int not null primary key",
        List.copyOf(literals(new Counter(1, 3))),
        "(%s, %d)");
    MariaDb.required()
        .execute(
            "CREATE OR REPLACE VIEW " + DATABASE + ".v AS SELECT * FROM " + DATABASE + ".viewed");
    Reading view = Reading.of(DATABASE, Map.of("table", "v", "split_column", "k"));
    Reading query =
        Reading.of(
            DATABASE,
            Map.of(
                "query", SqlText.of("SELECT n, k FROM viewed -- all of it"), "split_column", "K"));

    assertEven("view", sizes(view, view.splits(WANTED), "viewed"));
    assertEven("query", sizes(query, query.splits(WANTED), "viewed"));
  }

  @Test
  void aViewWithoutSplitColumnIsOneSplit() {
    create("viewed2", "k int not null primary key", List.of("1", "2", "3"), "(%s, %d)");
    MariaDb.required()
        .execute(
            "CREATE OR REPLACE VIEW " + DATABASE + ".v2 AS SELECT * FROM " + DATABASE + ".viewed2");
    Reading view = Reading.table(DATABASE, "v2");

    assertThat(view.splits(1), is(List.of(KeyRange.all(0))));
    assertThat(view.rows(), hasSize(3));
  }

  @Test
  void rowsWrittenAfterThePlanBelongToASplit() {
    create(
        "late", "k int not null primary key", List.copyOf(literals(new Counter(1, 1))), "(%s, %d)");
    Reading reading = Reading.table(DATABASE, "late");
    List<KeyRange> splits = reading.splits(WANTED);

    MariaDb.required()
        .execute("INSERT INTO " + DATABASE + ".late VALUES (-2147483648, -1), (2147483647, -2)");

    assertThat(splits.size(), greaterThan(5));
    assertThat(reading.rows(splits), hasSize(ROWS + 2));
  }

  @Test
  void emptyAndSmallTablesAreOneSplit() {
    create("small", "k int not null primary key", List.of("1", "2"), "(%s, %d)");
    create("empty", "k int not null primary key", List.of(), "(%s, %d)");

    assertThat(Reading.table(DATABASE, "small").splits(2), is(List.of(KeyRange.all(0))));
    assertThat(Reading.table(DATABASE, "empty").splits(1), is(List.of(KeyRange.all(0))));
    assertThat(Reading.table(DATABASE, "empty").rows(), hasSize(0));
  }

  @Test
  void aTableThatWasJustFilledIsSplitAlthoughTheServerThinksItIsEmpty() {
    MariaDb.required()
        .execute(
            "USE " + DATABASE,
            "CREATE OR REPLACE TABLE fresh (k int not null primary key, n int)"
                + " STATS_AUTO_RECALC=0",
            "INSERT INTO fresh SELECT seq, seq FROM seq_1_to_" + ROWS);
    Reading reading = Reading.table(DATABASE, "fresh");

    assertEven("fresh", sizes(reading, reading.splits(WANTED), "fresh"));
  }

  @Test
  void anIndexThatTheOptimizerIgnoresIsNoObstacle() {
    MariaDb.required()
        .execute(
            "USE " + DATABASE,
            "CREATE OR REPLACE TABLE ignored (k int not null, n int, index i (k) IGNORED)",
            "INSERT INTO ignored SELECT seq, seq FROM seq_1_to_" + ROWS,
            "ANALYZE TABLE ignored");
    Reading reading = Reading.of(DATABASE, Map.of("table", "ignored", "split_column", "k"));

    assertEven("ignored", sizes(reading, reading.splits(WANTED), "ignored"));
  }

  @Test
  void aPartitionedTableIsCutLikeAnyOther() {
    MariaDb.required()
        .execute(
            "USE " + DATABASE,
            "CREATE OR REPLACE TABLE parted (k int not null primary key, n int)"
                + " PARTITION BY RANGE (k) (PARTITION a VALUES LESS THAN (1000),"
                + " PARTITION b VALUES LESS THAN (5000), PARTITION c VALUES LESS THAN MAXVALUE)",
            "INSERT INTO parted SELECT seq, seq FROM seq_1_to_" + ROWS,
            "ANALYZE TABLE parted");
    Reading reading = Reading.table(DATABASE, "parted");

    assertEven("parted", sizes(reading, reading.splits(WANTED), "parted"));
  }

  @Test
  void splitsOfALargeTableAreAFewPerConnection() {
    SplitSize size = SplitSize.forConnections(4);

    assertThat(size.rowsPerSplit(60_000), is(50_000L));
    assertThat(size.rowsPerSplit(5_000_000), is(500_000L));
    assertThat(size.rowsPerSplit(80_000_000), is(1_000_000L));
  }

  /** Creates a table and fills it; {@code row} formats a literal and the row's number. */
  private static void create(String table, String columns, List<String> literals, String row) {
    List<String> statements = new ArrayList<>();
    statements.add("USE " + DATABASE);
    statements.add("CREATE OR REPLACE TABLE " + table + " (" + columns(columns) + ")");
    for (int from = 0; from < literals.size(); from += 1000) {
      List<String> rows = new ArrayList<>();
      for (int i = from; i < Math.min(from + 1000, literals.size()); i++) {
        rows.add(row.formatted(literals.get(i), i));
      }
      statements.add("INSERT INTO " + table + " VALUES " + String.join(", ", rows));
    }
    statements.add("ANALYZE TABLE " + table);
    MariaDb.required().execute(statements.toArray(String[]::new));
  }

  /** Puts the column that numbers the rows after the given ones and before the indexes. */
  private static String columns(String columns) {
    int constraints = columns.replace("not null primary key", "NOT NULL PRIMARY KEY").length();
    for (String word : List.of(", primary key (", ", index (")) {
      int at = columns.indexOf(word);
      constraints = at >= 0 ? Math.min(at, constraints) : constraints;
    }
    return columns.substring(0, constraints) + ", n int" + columns.substring(constraints);
  }

  /** Reads every split; fails when a row is missing or comes twice. */
  private static List<Integer> sizes(Reading reading, List<KeyRange> splits, String table) {
    Set<Object> seen = new HashSet<>();
    List<Integer> sizes = new ArrayList<>();
    for (KeyRange split : splits) {
      List<Row> rows = reading.rows(List.of(split));
      for (Row row : rows) {
        assertThat(table + " " + split + " again " + row, seen.add(row.get("n")), is(true));
      }
      sizes.add(rows.size());
    }
    assertThat(table + " rows", seen.size(), is(ROWS));
    return sizes;
  }

  private static void assertEven(String what, List<Integer> sizes) {
    List<Integer> sorted = sizes.stream().sorted().toList();
    int median = sorted.get(sorted.size() / 2);
    assertThat(what + " " + sizes, sizes.size(), greaterThan(ROWS / WANTED / 3));
    assertThat(what + " " + sizes, sorted.get(sorted.size() - 1), lessThanOrEqualTo(3 * median));
  }

  private static Set<String> literals(Supplier<String> generator) {
    Set<String> literals = new HashSet<>();
    while (literals.size() < ROWS) {
      literals.add(generator.get());
    }
    return literals;
  }

  private static final class Counter implements Supplier<String> {
    private final long step;
    private long next;

    Counter(long first, long step) {
      this.next = first;
      this.step = step;
    }

    @Override
    public String get() {
      next += step;
      return String.valueOf(next);
    }
  }

  private record Cluster(Random random, BigInteger far) implements Supplier<String> {
    @Override
    public String get() {
      return random.nextInt(500) == 0
          ? far.subtract(BigInteger.valueOf(random.nextInt(1000)))
              .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1))
              .toString()
          : String.valueOf(123_456_789L + random.nextInt(3 * ROWS));
    }
  }

  private record Logarithmic(Random random) implements Supplier<String> {
    @Override
    public String get() {
      return String.valueOf(random.nextLong() >> random.nextInt(52));
    }
  }

  private record AboveSigned(Random random) implements Supplier<String> {
    @Override
    public String get() {
      return Long.toUnsignedString(
          random.nextInt(10) == 0 ? random.nextLong() : -1 - random.nextInt(100_000));
    }
  }

  private record Decimals(Random random) implements Supplier<String> {
    @Override
    public String get() {
      return (random.nextInt(2000) - 1000) + "." + (10_000 + random.nextInt(89_999));
    }
  }

  private record Words(Random random) implements Supplier<String> {
    @Override
    public String get() {
      // the number keeps them unique under collations that ignore case and accents
      StringBuilder word = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        word.append("aAbBzZÄäéß_ 9".charAt(random.nextInt(13)));
      }
      return "'" + word + random.nextInt(1_000_000_000) + "'";
    }
  }

  private record Bytes(Random random) implements Supplier<String> {
    @Override
    public String get() {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
  }

  private record Moments(Random random) implements Supplier<String> {
    @Override
    public String get() {
      return "'%d-%02d-%02d 12:%02d:00.%06d'"
          .formatted(
              random.nextInt(10) == 0 ? 1000 + random.nextInt(9000) : 2024,
              1 + random.nextInt(12),
              1 + random.nextInt(28),
              random.nextInt(60),
              random.nextInt(1_000_000));
    }
  }

  private record Uuids(Random random) implements Supplier<String> {
    @Override
    public String get() {
      byte[] name = new byte[8];
      random.nextBytes(name);
      return "'" + UUID.nameUUIDFromBytes(name) + "'";
    }
  }
}
