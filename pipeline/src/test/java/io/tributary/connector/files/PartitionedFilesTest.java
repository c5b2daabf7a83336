package io.tributary.connector.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.failure.PermanentException;
import io.tributary.module.FileSink;
import io.tributary.module.StagedOutput;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.WrittenRows;
import io.tributary.storage.LocalStorage;
import io.tributary.storage.StagedFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionedFilesTest {
  private static final Schema SCHEMA =
      Schema.of(
          Column.nullable("country", Type.STRING),
          Column.nullable("id", Type.INT64),
          Column.nullable("day", Type.DATE));
  private static final LocalDate DAY = LocalDate.of(2024, 1, 31);

  @TempDir Path folder;

  @Test
  void rowsLieInFoldersByTheirValuesWithoutThePartitionColumns() throws IOException {
    FileSink sink = sink(Map.of("partition_by", List.of("day", "country")));

    deliver(
        sink,
        "r1",
        row("pl", 1, DAY),
        row("de", 2, DAY),
        row("pl", 3, DAY),
        row(null, 4, null),
        row("", 5, DAY));

    assertThat(
        contents(),
        is(
            Map.of(
                "day=2024-01-31/country=pl/part-00001.csv",
                "id\n1\n3\n",
                "day=2024-01-31/country=de/part-00000.csv",
                "id\n2\n",
                "day=__HIVE_DEFAULT_PARTITION__/country=__HIVE_DEFAULT_PARTITION__/part-00002.csv",
                "id\n4\n",
                "day=2024-01-31/country=/part-00003.csv",
                "id\n5\n",
                "_manifest.json",
                """
                {"run": "r1", "sink": "out", "files": [
                  {"name":"day=2024-01-31/country=de/part-00000.csv","run":"r1","rows":1,"bytes":5},
                  {"name":"day=2024-01-31/country=pl/part-00001.csv","run":"r1","rows":2,"bytes":7},
                  {"name":"day=__HIVE_DEFAULT_PARTITION__/country=__HIVE_DEFAULT_PARTITION__/part-00002.csv","run":"r1","rows":1,"bytes":5},
                  {"name":"day=2024-01-31/country=/part-00003.csv","run":"r1","rows":1,"bytes":5}]}
                """)));
  }

  @Test
  void replaceRemovesWhatWasInFoldersBeforeAndAppendKeepsIt() throws IOException {
    Map<String, Object> replace = Map.of("partition_by", "country");
    Map<String, Object> append = Map.of("partition_by", "country", "mode", "append");
    deliver(sink(replace), "r1", row("pl", 1, DAY), row("de", 2, DAY));

    deliver(sink(append), "r2", row("de", 3, DAY));
    assertThat(
        contents().keySet(),
        contains(
            "_manifest.json",
            "country=de/part-00001.csv",
            "country=de/part-r2-00000.csv",
            "country=pl/part-00000.csv"));

    deliver(sink(replace), "r3", row("fr", 4, DAY));
    assertThat(contents().keySet(), contains("_manifest.json", "country=fr/part-00000.csv"));

    deliver(sink(Map.of()), "r4", row("fr", 5, DAY));
    assertThat(contents().keySet(), contains("_manifest.json", "part-00000.csv"));
  }

  /** A type, a value, the name of its folder. */
  static List<Arguments> values() {
    return List.of(
        value(Type.STRING, "a b/c=d%é🐘", "v=a%20b%2Fc%3Dd%25%C3%A9%F0%9F%90%98"),
        value(Type.STRING, "..", "v=.."),
        value(Type.STRING, "A-z_0.9~", "v=A-z_0.9~"),
        value(Type.STRING, "__HIVE_DEFAULT_PARTITION__", "v=%5F_HIVE_DEFAULT_PARTITION__"),
        value(Type.BOOL, true, "v=true"),
        value(Type.INT64, Long.MIN_VALUE, "v=-9223372036854775808"),
        value(Type.numeric(9, 2), new BigDecimal("-0.50"), "v=-0.50"),
        value(Type.NUMERIC, new BigDecimal("0.000000001"), "v=0.000000001"),
        value(Type.DATE, LocalDate.of(1, 1, 1), "v=0001-01-01"),
        value(Type.TIME, LocalTime.of(9, 5), "v=09%3A05%3A00"),
        value(Type.DATETIME, LocalDateTime.of(2024, 1, 31, 0, 0), "v=2024-01-31T00%3A00%3A00"),
        value(
            Type.TIMESTAMP,
            Instant.parse("2024-01-31T00:00:00.5Z"),
            "v=2024-01-31T00%3A00%3A00.500000Z"));
  }

  private static Arguments value(Type type, Object value, String name) {
    return Arguments.of(type, value, name);
  }

  @ParameterizedTest
  @MethodSource("values")
  void theNameOfAFolderIsTheTextOfTheValue(Type type, Object value, String name) {
    Schema schema = Schema.of(Column.nullable("v", type), Column.nullable("w", Type.INT64));

    assertThat(
        new Partitioning(schema, List.of("v")).folder(RowBuilder.of(schema, value, 1L)), is(name));
  }

  @Test
  void duckDbReadsTheValuesFromTheFolders() throws Exception {
    FileSink sink = sink(Map.of("partition_by", List.of("country", "day"), "format", "parquet"));
    deliver(sink, "r1", row("a b/ż", 1, DAY), row(null, 2, DAY), row("x", 3, null));

    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select id || ' ' || coalesce(country, '-') || ' ' || coalesce(day::varchar, '-')"
                    + " from read_parquet('"
                    + folder.resolve("out")
                    + "/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)"
                    + " order by id")) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      assertThat(found, contains("1 a b/ż 2024-01-31", "2 - 2024-01-31", "3 x -"));
    }
  }

  @Test
  void moreFoldersThanCanBeOpenGetAFileEachAndNoRowIsLost() throws IOException {
    FileSink sink = sink(Map.of("partition_by", "country"));
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < 300; id++) {
      rows.add(row("c" + id % 100, id, DAY));
    }

    List<StagedFile> staged = stage(sink, "r1", rows.toArray(Row[]::new));

    assertThat(staged.size(), is(300)); // each was completed before its folder came again
    long sum = 0;
    for (StagedFile file : staged) {
      sum += WrittenRows.of(file.path());
    }
    assertThat(sum, is(300L));
    assertThat(staged.stream().map(StagedFile::path).distinct().count(), is(300L));
    sink.delivery("r1", "out", staged).carryOut(new LocalStorage());
    try (Stream<Path> files = Files.list(folder.resolve("out/country=c7"))) {
      assertThat(files.count(), is(3L));
    }
  }

  @Test
  void theFolderThatWasWrittenToLastStaysOpen() throws IOException {
    FileSink sink = sink(Map.of("partition_by", "country"));
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < 200; id++) {
      rows.add(row(id % 2 == 0 ? "often" : "c" + id, id, DAY));
    }

    List<StagedFile> staged = stage(sink, "r1", rows.toArray(Row[]::new));

    assertThat(staged.stream().filter(file -> file.path().contains("often")).count(), is(1L));
    assertThat(staged.size(), is(101));
  }

  @ParameterizedTest
  @CsvSource({"csv", "ndjson", "avro"})
  void aFileOfItsMostBytesIsFollowedByAnother(String format) throws IOException {
    FileSink sink = sink(Map.of("format", format, "max_file_size", "100kB"));
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < 40_000; id++) {
      rows.add(row("a text that is somewhat long " + id * 7919L, id, DAY));
    }

    List<StagedFile> staged = stage(sink, "r1", rows.toArray(Row[]::new));

    assertThat(staged.size(), is(greaterThan(2)));
    assertThat(staged.stream().mapToLong(StagedFile::rows).sum(), is(40_000L));
    for (StagedFile file : staged) {
      assertThat(file.bytes(), is(lessThanOrEqualTo(100_000L + 700_000)));
      assertThat(WrittenRows.of(file.path()), is(file.rows()));
    }
  }

  @Test
  void wrongColumnsAreAllReported() {
    Schema schema =
        Schema.of(Column.nullable("country", Type.STRING), Column.nullable("price", Type.FLOAT64));
    ProblemList problems = new ProblemList();
    sink(Map.of("partition_by", List.of("contry", "price", "country", "COUNTRY")))
        .check(schema, problems);
    sink(Map.of("partition_by", List.of("country", "country"))).check(schema, problems);

    assertThat(
        problems.found(),
        contains(
            ".partition_by[0] TR201 column `contry` does not exist -> did you mean `country`?",
            ".partition_by[1] TR214 column `price` is FLOAT64, which names no folder -> partition"
                + " by a BOOL, whole number, decimal, text, date or time",
            ".partition_by[3] TR109 column `COUNTRY` is named twice -> remove one of them",
            ".partition_by[1] TR109 column `country` is named twice -> remove one of them",
            ".partition_by TR214 every column is a partition column, so that the files would have"
                + " none -> leave one out"));
  }

  @Test
  void avroRefusesNamesThatItDoesNotAllowBeforeAnythingRuns() {
    ProblemList problems = new ProblemList();

    sink(Map.of("format", "avro")).check(Schema.of(Column.nullable("a b", Type.INT64)), problems);

    assertThat(
        problems.found(),
        contains(
            " TR213 column `a b` has a name that Avro does not allow -> rename it in a `select` to"
                + " letters, digits and `_`"));
  }

  @Test
  void aValueThatIsTooLongForAFolderFailsWithItsColumn() {
    PermanentException e =
        assertThrows(
            PermanentException.class,
            () ->
                stage(sink(Map.of("partition_by", "country")), "r1", row("ż".repeat(50), 1, DAY)));

    assertThat(
        e.getMessage(), is("a value of column `country` is too long for the name of a folder"));
  }

  private FileSink sink(Map<String, Object> more) {
    Map<String, Object> keys = new HashMap<>(Map.of("path", "out", "format", "csv"));
    keys.putAll(more);
    ProblemList problems = new ProblemList();
    FilesSinkParameters parameters = SourceProbe.parameters(FilesSink.SPEC, keys, problems);
    assertThat(problems.found(), is(empty()));
    return new FilesSink(parameters).resolvedAgainst(folder.toString(), "duckdb:w.duckdb");
  }

  private static Row row(@Nullable String country, long id, @Nullable LocalDate day) {
    return RowBuilder.of(SCHEMA, country, id, day);
  }

  private static List<StagedFile> stage(FileSink sink, String runId, Row... rows)
      throws IOException {
    StagedOutput output = sink.stage(SCHEMA, sink.stagingFolder(runId), "00000-x");
    for (Row row : rows) {
      output.write(row);
    }
    return output.complete();
  }

  private static void deliver(FileSink sink, String runId, Row... rows) throws IOException {
    sink.delivery(runId, "out", stage(sink, runId, rows)).carryOut(new LocalStorage());
  }

  private Map<String, String> contents() throws IOException {
    Path out = folder.resolve("out");
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(out.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
