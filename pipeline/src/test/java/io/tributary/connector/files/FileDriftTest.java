package io.tributary.connector.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.AvroRowWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of one source that do not have the same columns. */
class FileDriftTest {
  @TempDir Path folder;

  @Test
  void everyDifferenceOfEveryFileIsReportedWithItsFile() throws Exception {
    parquet("a.parquet", "select 1::bigint as id, 'x' as name, 2.5::double as price");
    parquet("b.parquet", "select 1::bigint as id, 'x' as nane, 2.5::double as price");
    parquet("c.parquet", "select '1' as id, 'x' as name, 1.5::decimal(5,2) as price");
    parquet("d.parquet", "select 2.5::double as price, 'x' as NAME, 1::bigint as id");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "*.parquet"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems(),
        contains(
            ".path TR201 "
                + file("b.parquet")
                + " lacks the columns name and has besides nane, compared with "
                + file("a.parquet")
                + " -> is `nane` meant to be `name`?",
            ".path TR202 "
                + file("c.parquet")
                + " has `id` as STRING instead of INT64, `price` as NUMERIC(5,2) instead of"
                + " FLOAT64, compared with "
                + file("a.parquet")
                + " -> give a `schema` with types that hold the values of all files, or read these"
                + " files by a source of their own"));
  }

  @Test
  void columnsInAnotherOrderAndIntegersOfAnotherWidthAreTheSame() throws Exception {
    parquet("a.parquet", "select 1::bigint as id, 'x' as name, {'p': 1::int, 'q': 'a'} as s");
    parquet("b.parquet", "select {'q': 'b', 'p': 2::bigint} as s, 'y' as NAME, 2::tinyint as id");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "*.parquet"));

    assertThat(
        texts(probe.rows()),
        contains("{id: 1, name: x, s: {p: 1, q: a}}", "{id: 2, name: y, s: {p: 2, q: b}}"));
    assertThat(probe.problems(), is(empty()));
  }

  @Test
  void aSchemaIsCheckedAgainstEveryFile() throws Exception {
    parquet("a.parquet", "select 1::bigint as id, 1.5::decimal(5,2) as price");
    parquet("b.parquet", "select 'x' as id, 1.5::decimal(9,4) as price");
    parquet("c.parquet", "select 2::bigint as id, 'x' as note");

    SourceProbe<FileSplit> probe =
        probe(Map.of("path", "*.parquet", "schema", "id:INT64, price:NUMERIC(10,3)"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems(),
        contains(
            ".path TR202 " + file("b.parquet") + ": column `id` is STRING in the file, not INT64",
            ".path TR202 "
                + file("b.parquet")
                + ": column `price` is NUMERIC(9,4) in the file, not NUMERIC(10,3)",
            ".path TR201 "
                + file("c.parquet")
                + " lacks the columns price and has besides note, compared with `schema` -> read"
                + " files with other columns by a source of their own"));
  }

  @Test
  void aSchemaMakesTypesOfDifferentFilesOne() throws Exception {
    parquet("a.parquet", "select 1::bigint as id, 1.5::decimal(5,2) as price");
    parquet("b.parquet", "select 18446744073709551615::ubigint as id, 1.25::decimal(9,4) as price");

    SourceProbe<FileSplit> probe =
        probe(Map.of("path", "*.parquet", "schema", "id:NUMERIC(20,0), price:NUMERIC(12,4)"));

    assertThat(
        texts(probe.rows()),
        contains("{id: 1, price: 1.5000}", "{id: 18446744073709551615, price: 1.2500}"));
  }

  @Test
  void aColumnThatCannotBeReadIsNamedWithItsFile() throws Exception {
    parquet("a.parquet", "select interval '1 day' as wait, 1 as id");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.parquet"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems(),
        contains(
            ".path TR208 "
                + file("a.parquet")
                + ": column `wait` is FIXED_LEN_BYTE_ARRAY (INTERVAL) in the file, which cannot be"
                + " read -> leave the column out of the files"));
  }

  @Test
  void avroFilesAreComparedToo() throws Exception {
    avro("a.avro", Schema.of(Column.required("id", Type.INT64)), 1L);
    avro("b.avro", Schema.of(Column.nullable("ID", Type.INT64)), 2L);
    avro("c.avro", Schema.of(Column.required("id", Type.STRING)), "x");

    SourceProbe<FileSplit> same = probe(Map.of("path", List.of("a.avro", "b.avro")));
    SourceProbe<FileSplit> different = probe(Map.of("path", "*.avro"));

    assertThat(String.valueOf(same.schema()), is("(id INT64)"));
    assertThat(texts(same.rows()), contains("{id: 1}", "{id: 2}"));
    assertThat(different.schema(), is(nullValue()));
    assertThat(
        different.problems(),
        contains(
            ".path TR202 "
                + file("c.avro")
                + " has `id` as STRING instead of INT64, compared with "
                + file("a.avro")
                + " -> give a `schema` with types that hold the values of all files, or read these"
                + " files by a source of their own"));
  }

  @Test
  void filesOfDifferentFormatsNeedASchema() throws Exception {
    parquet("a.parquet", "select 1::bigint as id");
    Files.writeString(folder.resolve("b.csv"), "id\n2\n");

    SourceProbe<FileSplit> without = probe(Map.of("path", List.of("*.parquet", "*.csv")));
    SourceProbe<FileSplit> with =
        probe(Map.of("path", List.of("*.parquet", "*.csv"), "schema", "id:INT64"));

    assertThat(without.schema(), is(nullValue()));
    assertThat(
        without.problems(),
        contains(
            ".path TR108 files of different formats together have no schema of their own -> give a"
                + " `schema`"));
    assertThat(texts(with.rows()), contains("{id: 1}", "{id: 2}"));
  }

  @Test
  void aCsvFileThatMakesAColumnTextIsAWarning() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id,n,s\n1,1,a\n");
    Files.writeString(folder.resolve("b.csv"), "id,n,s\n2,1.5,b\n");
    Files.writeString(folder.resolve("c.csv"), "id,n,s\nx,2,c\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "*.csv"));

    assertThat(String.valueOf(probe.schema()), is("(id STRING, n FLOAT64, s STRING)"));
    assertThat(
        probe.problems(),
        contains(
            ".path TR202 column `id` is INT64 in the files from "
                + file("a.csv")
                + " on, but not in "
                + file("c.csv")
                + "; it is read as STRING -> give a `schema` to reject rows of another type"));
  }

  private void avro(String name, Schema schema, Object value) throws IOException {
    try (AvroRowWriter writer = new AvroRowWriter(schema, file(name), AvroRowWriter.Codec.NONE)) {
      writer.write(RowBuilder.of(schema, value));
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private SourceProbe<FileSplit> probe(Map<String, Object> keys) {
    return new SourceProbe<>(
        new FilesSource(
            SourceProbe.parameters(FilesSource.SPEC, new HashMap<>(keys), new ProblemList())),
        folder);
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).toList();
  }

  private void parquet(String name, String query) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("copy (" + query + ") to '" + file(name) + "' (format parquet)");
    }
  }
}
