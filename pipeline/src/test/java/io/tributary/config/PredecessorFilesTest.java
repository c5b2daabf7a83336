package io.tributary.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.TestCatalog.Database;
import io.tributary.config.TestCatalog.Table;
import io.tributary.spec.Incremental;
import io.tributary.spec.Incremental.Interval;
import io.tributary.spec.Incremental.Unit;
import io.tributary.spec.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the predecessor are accepted as they are. */
class PredecessorFilesTest {
  @TempDir Path folder;
  private ConfigFolder files;

  @BeforeEach
  void setUp() {
    files =
        new ConfigFolder(folder)
            .write(
                ".connections.json",
                """
                {"shop": {"host": "localhost", "port": "3306", "database": "test_db", "user": "u",
                          "password": "${env:P}"}}
                """)
            .set("P", "x");
  }

  @Test
  void aWholeTableIsCopied() throws IOException {
    try (var in = PredecessorFilesTest.class.getResourceAsStream("mysql_to_bigquery.json")) {
      files.write("mysql_to_bigquery.json", in.readAllBytes());
    }

    Loaded loaded = files.load("mysql_to_bigquery.json");

    assertThat(files.shown(loaded), is(""));
    PipelineConfig config = loaded.config();
    assertThat(config.description(), is("a whole table of a database, every night"));
    assertThat(
        config.schedule(), is(new Schedule("nightly", "0 0 * * *", false, ZoneId.of("UTC"))));
    assertThat(
        ((Database) config.nodes().get(0).parameters()).query().text(),
        is("SELECT id, `name`, \"date\", memo FROM test_db.test;"));
    assertThat(
        config.nodes().get(1).parameters(),
        is(new Table("my-project:test_db.test", WriteMode.REPLACE, false, List.of("id"))));
  }

  @Test
  void keysMayStandBesideParametersAndOneSourceFeedTwoSinks() {
    Loaded loaded =
        files.load(
            "multi.json",
            """
            {"name": "multi", "sources": [
               {"name": "pg", "module": "postgres", "profile": "shop",
                "parameters": {"query": "select * from test"}}],
             "sinks": [
               {"name": "one", "module": "bigquery", "input": "pg", "mode": "replace",
                "parameters": {"table": "p:d.one", "schema": "id:INTEGER,name:STRING"}},
               {"name": "two", "module": "bigquery",
                "parameters": {"input": "pg", "table": "p:d.two", "clustering": "id,name",
                               "partitioning": "DAY", "partitioning_field": "date"}}]}
            """);

    assertThat(files.shown(loaded), is(""));
    assertThat(
        loaded.config().nodes().stream().map(NodeConfig::inputs).toList(),
        contains(List.of(), List.of("pg"), List.of("pg")));
  }

  @Test
  void anIncrementalFileIsUnderstoodAndItsMissingZoneMentioned() {
    Loaded loaded =
        files.load(
            "merge.json",
            """
            {"sources": [
               {"name": "pg", "module": "postgres", "parameters": {"profile": "shop",
                "query": "select * from test", "incremental": true,
                "incremental_column": "date", "incremental_interval_from": "120day",
                "destination_sink_name": "bigqueryOutput"}}],
             "sinks": [
               {"name": "bigqueryOutput", "module": "bigquery", "parameters": {"input": "pg",
                "mode": "merge", "merge_keys": ["id", "name"], "table": "p:d.test"}}]}
            """);

    assertThat(
        loaded.config().nodes().get(0).incremental(),
        is(new Incremental("date", new Interval(120, Unit.DAY), null, null, null, null)));
    assertThat(
        files.shown(loaded),
        is(
            """
            merge.json:4:64: warning TR129: the config has no `timezone`, so `120day` is counted in\
             UTC
                4 |     "incremental_column": "date", "incremental_interval_from": "120day",
                  |                                                                ^^^^^^^^ add\
             `timezone` with the zone in which days are meant, such as Asia/Tokyo, or UTC
            """));
  }
}
