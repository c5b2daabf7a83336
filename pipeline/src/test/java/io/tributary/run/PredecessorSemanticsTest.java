package io.tributary.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.testing.MariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the predecessor got wrong with whole reads, in its own form of config. "Row n" is a row of
 * the corrected semantics; those of increments are in {@link IncrementalRunTest}.
 */
class PredecessorSemanticsTest {
  @TempDir Path folder;

  private final MariaDb server = MariaDb.required();
  private Runs runs;

  @BeforeEach
  void setUp() {
    server.database("old");
    server.execute(
        "CREATE TABLE old.t (id INT PRIMARY KEY, name VARCHAR(20), memo VARCHAR(20))",
        "INSERT INTO old.t VALUES (1, 'one', NULL), (2, 'two', NULL), (3, 'three', NULL)");
    runs = new Runs(folder, "old");
  }

  @Test
  void row1AQueryMayBeAFileWithCommentsAndLines() throws IOException {
    Files.writeString(
        folder.resolve("some.sql"),
        "-- the first two; a comment's semicolon\nselect id, -- name\n       name\nfrom t\nwhere id"
            + " < 3;\n");

    runs.run(config("some.sql", "replace", ""));

    assertThat(runs.rows("SELECT * FROM d.t ORDER BY id"), is(List.of("1|one", "2|two")));
  }

  @Test
  void row11AQueryIsRunOnce() {
    server.execute("CREATE SEQUENCE old.calls");

    runs.run(config("select next value for calls as call_number", "replace", ""));

    assertThat(runs.rows("SELECT * FROM d.t"), is(List.of("1")));
  }

  @Test
  void row12PiecesAreNotCutWithinLiteralsAndEachIsRead() {
    runs.run(
        config(
            "select id, '--sep--' as mark from t where id = 9 --sep-- select id, 'x;y' as mark"
                + " from t where id > 1",
            "replace",
            ""));

    assertThat(runs.rows("SELECT * FROM d.t ORDER BY id"), is(List.of("2|x;y", "3|x;y")));
  }

  @Test
  void row13TypesComeFromTheSourceAlsoWhereEveryValueIsNull() {
    runs.run(config("select id, memo, cast(null as date) as day from t", "replace", ""));

    assertThat(
        runs.rows(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'd'"
                + " ORDER BY ordinal_position"),
        is(List.of("id|BIGINT", "memo|VARCHAR", "day|DATE")));
  }

  @Test
  void row14NumbersKeepTheirValue() {
    server.execute(
        "CREATE TABLE old.wide (tiny TINYINT(1), big BIGINT UNSIGNED, amount DECIMAL(38,10), word"
            + " TEXT)",
        "INSERT INTO old.wide VALUES (2, 18446744073709551615,"
            + " 1234567890123456789012345678.0123456789, 'text')");

    runs.run(config("select * from wide", "replace", ""));

    assertThat(
        runs.rows("SELECT * FROM d.t"),
        is(List.of("2|18446744073709551615|1234567890123456789012345678.0123456789|text")));
  }

  @Test
  void row16AnUnknownInputIsToldWithWhatWasMeant() {
    String config = config("select * from t", "replace", "").replace("\"rows\"}", "\"rwos\"}");

    AssertionError refusal = assertThrows(AssertionError.class, () -> runs.run(config));

    assertThat(
        refusal.getMessage(),
        allOf(
            containsString("TR110: unknown input `rwos`"), containsString("did you mean `rows`?")));
  }

  @Test
  void row18AnEmptySourceEmptiesTheTable() {
    runs.run(config("select id from t", "replace", ""));
    runs.run(config("select id from t where id > 9", "replace", ""));

    assertThat(runs.rows("SELECT count(*) FROM d.t"), is(List.of("0")));
  }

  @Test
  void row20PartitionFieldAndClusteringAreCheckedTogether() {
    String refusal =
        runs.refusal(
            config(
                "select id, name from t",
                "replace",
                ", \"partitioning\": \"DAY\", \"partitioning_field\": \"day\", \"clustering\":"
                    + " \"nam\""));

    assertThat(refusal, allOf(containsString("`day`"), containsString("`nam`")));
  }

  @Test
  void row25MergeBehindATransformWorksLikeAnyOther() {
    String merge =
        """
        {"name": "merge",
         "sources": [{"name": "rows", "module": "mysql",
                      "parameters": {"profile": "db", "query": "select * from t"}}],
         "transforms": [{"name": "both", "module": "beamsql",
                         "parameters": {"inputs": ["rows", "rows"], "inputs_alias": ["a", "b"],
                                        "sql": "SELECT a.id, b.name FROM a JOIN b ON a.id = b.id"}}],
         "sinks": [{"name": "out", "module": "bigquery",
                    "parameters": {"input": "both", "table": "test-project:d.t", "mode": "merge",
                                   "merge_keys": ["id"],
                                   "create_disposition": "CREATE_IF_NEEDED"}}]}
        """;
    runs.run(merge);
    server.execute(
        "UPDATE old.t SET name = 'zwei' WHERE id = 2",
        "INSERT INTO old.t VALUES (4, 'four', NULL)");

    RunReport second = runs.run(merge);

    assertThat(
        runs.rows("SELECT * FROM d.t ORDER BY id"),
        is(List.of("1|one", "2|zwei", "3|three", "4|four")));
    assertThat(second.tables().get(0).inserted(), is(1L));
  }

  private static String config(String query, String mode, String more) {
    return String.format(
        """
        {"name": "old", "description": "",
         "sources": [{"name": "rows", "module": "mysql",
                      "parameters": {"profile": "db", "query": "%s"}}],
         "sinks": [{"name": "out", "module": "bigquery",
                    "parameters": {"mode": "%s", "table": "test-project:d.t",
                                   "create_disposition": "CREATE_IF_NEEDED"%s, "input": "rows"}}]}
        """,
        query, mode, more);
  }
}
