package io.tributary.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema that a sink names is held against what flows, at the place of each column. */
class ExplicitSchemaTest {
  @TempDir Path folder;

  private static String config(String schema) {
    return """
    sources:
      - name: in
        module: create
        parameters: {schema: "id:INT64, name:STRING, day:DATE", rows: []}
    sinks:
      - name: out
        module: bigquery
        input: in
        parameters:
          table: d.t
          create_disposition: CREATE_IF_NEEDED
          schema: %s
    """
        .formatted(schema);
  }

  @Test
  void inTheTextOfTheConfig() {
    RunProbe probe = new RunProbe(folder);

    assertThat(probe.plan(config("\"ID:STRING,  nmae:STRING, day:BOOL\"")), is(nullValue()));
    assertThat(
        probe.problems(),
        contains(
            "12:15 TR125 the rows have column `name`, which the schema lacks -> add `name:STRING`"
                + " to the schema, or drop the column in a select transform",
            "12:28 TR125 the schema has column `nmae`, which the rows lack -> did you mean `name`?",
            "12:41 TR125 the schema has column `day` as BOOL, but the rows have DATE, which cannot"
                + " be converted without loss -> write DATE, or cast the column in a select"
                + " transform"));
  }

  @Test
  void inTheListOfTheConfig() {
    RunProbe probe = new RunProbe(folder);

    probe.plan(
        config(
            "[{name: id, type: INT64}, {name: name, type: STRING}, {type: DATE, name: day}, {name:"
                + " extra, type: STRING}]"));

    assertThat(
        probe.problems(),
        contains(
            "12:101 TR125 the schema has column `extra`, which the rows lack -> remove it, or add"
                + " it in a select transform"));
  }

  @Test
  void inTheFileThatTheConfigNames() throws IOException {
    Files.writeString(
        folder.resolve("orders.json"),
        """
        [
          {"name": "id", "type": "INT64", "mode": "REQUIRED"},
          {"type": "STRING", "name": "nmae"},
          {"type": "RECORD", "fields": [{"name": "inner", "type": "DATE"}], "name": "day"}
        ]
        """);
    RunProbe probe = new RunProbe(folder);

    probe.plan(config("orders.json"));

    assertThat(
        probe.problems(),
        contains(
            "12:15 TR125 the rows have column `name`, which the schema lacks -> add `name:STRING`"
                + " to the schema, or drop the column in a select transform",
            "orders.json:3:31 TR125 the schema has column `nmae`, which the rows lack -> did you"
                + " mean `name`?",
            "orders.json:4:78 TR125 the schema has column `day` as STRUCT<inner DATE>, but the rows"
                + " have DATE, which cannot be converted without loss -> write DATE, or cast the"
                + " column in a select transform"));
  }

  @Test
  void againstTheTableThatExists() throws InterruptedException {
    RunProbe probe = new RunProbe(folder);
    probe.run(config("\"id:INT64, name:STRING, day:DATE\""));

    assertThat(probe.problems(), is(empty()));
    probe.sql("ALTER TABLE d.t DROP COLUMN name");
    probe.plan(config("\"id:INT64, name:STRING, day:DATE\""));

    assertThat(
        probe.problems(),
        contains(
            "12:26 TR206 column `name` (STRING) is not in the table `d.t` -> leave it out in a"
                + " select transform, add it to the table, or set `on_schema_change: {columns:"
                + " evolve}` to have it added (`drop` leaves it out)"));
  }
}
