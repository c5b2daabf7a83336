package io.tributary.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;

import io.tributary.testing.MariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs every config in {@code examples/} as it stands, twice, from a copy of the folder. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir Path folder;

  static List<String> configs() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") || name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void everyExampleRunsTwiceWithTheSameResult(String config) throws IOException {
    copyExamples();
    Tributary tributary = new Tributary(folder, Map.of());
    List<String> profile = profile(config);
    prepareTable(config);

    Tributary.Result lint = tributary.run(command("lint", config, profile));
    Tributary.Result first = tributary.run(command("run", config, profile));
    List<String> before = contents();
    Tributary.Result second = tributary.run(command("run", config, profile));

    assertThat(lint.toString(), lint.exitCode(), is(0));
    assertThat(first.toString(), first.exitCode(), is(0));
    assertThat(second.toString(), second.exitCode(), is(0));
    assertThat(before, is(not(List.of())));
    assertThat(contents(), is(before));
  }

  @Test
  void thereIsAnExampleForEveryPartOfTheMainJob() throws IOException {
    assertThat(
        configs()
            .containsAll(
                List.of(
                    "beamsql.json",
                    "bigquery_to_bigquery.json",
                    "csv_to_bigquery.yaml",
                    "drift.yaml",
                    "incremental_append.yaml",
                    "incremental_merge.yaml",
                    "merge.yaml",
                    "multi_sink.yaml",
                    "mysql_to_bigquery.json",
                    "mysql_to_bigquery_incremental_append.json",
                    "mysql_to_bigquery_incremental_merge.json",
                    "mysql_to_bigquery_multi_pipeline.json",
                    "tested.yaml")),
        is(true));
  }

  @Test
  void theTestsOfExamplesPassWithoutASourceOrAWarehouse() throws IOException {
    copyExamples();
    try (Stream<Path> data = Files.list(folder.resolve("examples/data"))) {
      for (Path file : data.toList()) {
        Files.delete(file);
      }
    }

    Tributary.Result tests = new Tributary(folder, Map.of()).run("test", "examples");

    assertThat(tests.toString(), tests.exitCode(), is(0));
    assertThat(Files.exists(folder.resolve("tributary.duckdb")), is(false));
  }

  @Test
  void theDriftExampleEvolvesTheTableOfTheDayBefore() throws IOException {
    copyExamples();
    Tributary tributary = new Tributary(folder, Map.of());
    String config = "examples/drift.yaml";

    Tributary.Result before = tributary.run("run", config, "--arg", "day=2013-02-07");
    Tributary.Result plan = tributary.run("plan", config);
    Tributary.Result after = tributary.run("run", config);
    Tributary.Result again = tributary.run("run", config);

    assertThat(before.toString(), before.exitCode(), is(0));
    assertThat(plan.stdout(), containsString("change: column `tailnum` added: STRING"));
    assertThat(after.toString(), after.exitCode(), is(0));
    assertThat(
        after.stdout(),
        stringContainsInOrder(
            "drift: sink table, demo.arrivals: column `flight` widened: INT64 to STRING",
            "drift: sink table, demo.arrivals: column `tailnum` added: STRING"));
    assertThat(again.stdout(), not(containsString("drift: sink")));
    assertThat(
        Table.rows(
            folder.resolve("tributary.duckdb"),
            "SELECT count(*), count(tailnum), min(flight), max(flight) FROM demo.arrivals"),
        is(List.of("16|8|1018|US2114")));
  }

  @Test
  void thePartitionedFilesAreReadBackWithEveryRow() throws IOException {
    copyExamples();
    Tributary tributary = new Tributary(folder, Map.of());

    Tributary.Result written = tributary.run("run", "examples/partitioned_files.yaml");
    Tributary.Result read = tributary.run("run", "examples/partitioned/read_back.yaml");

    assertThat(written.toString(), written.exitCode(), is(0));
    assertThat(read.toString(), read.exitCode(), is(0));
    Path warehouse = folder.resolve("tributary.duckdb");
    String columns = "origin, flight, scheduled, dep_delay";
    assertThat(
        Table.rows(warehouse, "SELECT " + columns + " FROM demo.departures_again ORDER BY ALL"),
        is(Table.rows(warehouse, "SELECT " + columns + " FROM demo.departures ORDER BY ALL")));
    try (Stream<Path> files = Files.walk(folder.resolve("examples/out/departures"))) {
      assertThat(
          files
              .filter(file -> file.toString().endsWith(".parquet"))
              .map(file -> file.getParent().getParent().getFileName().toString())
              .distinct()
              .sorted()
              .toList(),
          is(List.of("airport=EWR", "airport=JFK", "airport=LGA")));
    }
  }

  private static String[] command(String command, String config, List<String> profile) {
    List<String> arguments = new ArrayList<>(List.of(command, "examples/" + config));
    arguments.addAll(profile);
    return arguments.toArray(String[]::new);
  }

  private void copyExamples() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve("examples").resolve(EXAMPLES.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  /** The database that the examples with MySQL read, and the profile that leads to it. */
  private List<String> profile(String config) throws IOException {
    if (!Files.readString(EXAMPLES.resolve(config)).contains("test_mysql")) {
      return List.of();
    }
    MariaDb server = MariaDb.required();
    server.execute(
        Files.readString(EXAMPLES.resolve("mysql/test.sql"))
            .replaceAll("(?m)^--.*$", "")
            .strip()
            .split(";\\s*"));
    if (config.contains("incremental_merge.json")) {
      // the last 120 days are read
      server.execute("UPDATE test_db.test SET date = CURRENT_DATE - INTERVAL id DAY WHERE id > 2");
    }
    Path profile = folder.resolve("profile.json");
    Files.writeString(
        profile,
        String.format(
            "{\"test_mysql\": {\"host\": \"%s\", \"port\": %d, \"database\": \"test_db\", \"user\":"
                + " \"%s\", \"password\": \"%s\"}}",
            server.host(), server.port(), server.user(), server.password()));
    return List.of("--profile", profile.toString());
  }

  /** What has to be in the warehouse before a config runs. */
  private void prepareTable(String config) throws IOException {
    String text = Files.readString(EXAMPLES.resolve(config));
    if (text.contains("CREATE_NEVER")) { // goes on from what was there in March
      String table = "test_dataset." + config.replace(".json", "");
      inWarehouse(
          "CREATE SCHEMA test_dataset",
          "CREATE TABLE " + table + " (id DECIMAL(20, 0), name VARCHAR, date DATE, memo VARCHAR)",
          "INSERT INTO "
              + table
              + " VALUES (1, 'test1', '2023-01-01', NULL), (2, 'test2', '2023-02-02', 'two'), (3,"
              + " 'test3', '2023-03-03', NULL)");
    } else if (text.contains("samples.shakespeare")) {
      inWarehouse(
          "CREATE SCHEMA samples",
          "CREATE TABLE samples.shakespeare (word VARCHAR, word_count BIGINT, corpus VARCHAR,"
              + " corpus_date BIGINT)",
          "INSERT INTO samples.shakespeare VALUES ('brave', 7, 'tempest', 1611), ('hamlet', 473,"
              + " 'hamlet', 1600)");
    }
  }

  private void inWarehouse(String... statements) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("tributary.duckdb"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"append", "merge"})
  void theIncrementalExamplesAddWhatTheTableDoesNotHave(String mode) throws IOException {
    String config = "mysql_to_bigquery_incremental_" + mode + ".json";
    copyExamples();
    List<String> profile = profile(config);
    prepareTable(config);

    Tributary.Result run = new Tributary(folder, Map.of()).run(command("run", config, profile));

    assertThat(run.toString(), run.exitCode(), is(0));
    assertThat(
        Table.rows(
            folder.resolve("tributary.duckdb"),
            "SELECT id, name, memo FROM test_dataset.mysql_to_bigquery_incremental_"
                + mode
                + " ORDER BY id"),
        is(List.of("1|test1|null", "2|test2|two", "3|test3|null", "4|test4|four", "5|test5|null")));
  }

  @Test
  void aTableOfTheWarehouseIsCopied() throws IOException {
    copyExamples();
    prepareTable("bigquery_to_bigquery.json");

    Tributary.Result run =
        new Tributary(folder, Map.of()).run("run", "examples/bigquery_to_bigquery.json");

    assertThat(run.toString(), run.exitCode(), is(0));
    assertThat(
        Table.rows(
            folder.resolve("tributary.duckdb"),
            "SELECT * FROM test_dataset.bigquery_to_bigquery ORDER BY word"),
        is(List.of("brave|7|tempest|1611", "hamlet|473|hamlet|1600")));
  }

  /** All tables with their rows, but for the ledger. */
  private List<String> contents() {
    Path warehouse = folder.resolve("tributary.duckdb");
    List<String> contents = new ArrayList<>();
    for (String table :
        Table.rows(
            warehouse,
            "SELECT '\"' || table_schema || '\".\"' || table_name || '\"' FROM"
                + " information_schema.tables WHERE table_schema NOT LIKE 'tributary%' ORDER BY"
                + " 1")) {
      contents.add(table);
      contents.addAll(Table.rows(warehouse, "SELECT * FROM " + table + " ORDER BY ALL"));
    }
    return contents;
  }
}
