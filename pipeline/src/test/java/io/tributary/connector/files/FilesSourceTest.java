package io.tributary.connector.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.failure.PermanentException;
import io.tributary.row.Row;
import io.tributary.row.format.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FilesSourceTest {
  @TempDir Path folder;

  @Test
  void readsCsvWithTheNarrowestTypesOfAllRows() throws IOException {
    write("a.csv", "id,price,at,code,note\n1,1.50,2024-01-31,007,x\n2,,,12,\n");
    write("b.csv", "id,price,at,code,note\n9223372036854775807,2,2024-02-01,13,\"\"\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "*.csv"));

    assertThat(
        String.valueOf(probe.schema()),
        is("(id INT64, price FLOAT64, at DATE, code STRING, note STRING)"));
    assertThat(
        texts(probe.rows()),
        contains(
            "{id: 1, price: 1.5, at: 2024-01-31, code: 007, note: x}",
            "{id: 2, price: null, at: null, code: 12, note: null}",
            "{id: 9223372036854775807, price: 2.0, at: 2024-02-01, code: 13, note: }"));
    assertThat(probe.splits().size(), is(2));
    assertThat(probe.rejected(), is(empty()));
  }

  @Test
  void aTypeIsFoundInTheLastRowOfTheLastFileToo() throws IOException {
    write("a.csv", "v\n" + "1\n".repeat(50_000));
    write("b.csv", "v\n" + "2\n".repeat(50_000) + "x\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "*.csv"));

    assertThat(String.valueOf(probe.schema()), is("(v STRING)"));
    assertThat(probe.rows().size(), is(100_001));
  }

  @Test
  void readsWhatSpreadsheetsWrite() throws IOException {
    // byte order mark, CRLF, a quoted line break, doubled quotes, a blank line, no line break at
    // the end
    write("excel.csv", "\uFEFFid;text\r\n1;\"two\r\nlines; \"\"quoted\"\"\"\r\n\r\n2;żółć 🐘");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "excel.csv", "delimiter", ";"));

    assertThat(
        texts(probe.rows()),
        contains("{id: 1, text: two\r\nlines; \"quoted\"}", "{id: 2, text: żółć 🐘}"));
  }

  @Test
  void nullValuesAreCellsWithoutQuotes() throws IOException {
    write("a.csv", "n,s\nNA,NA\n1,\"NA\"\n\"\",\"\"\n,\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.csv", "null_values", List.of("", "NA")));

    assertThat(
        texts(probe.rows()),
        contains("{n: null, s: null}", "{n: 1, s: NA}", "{n: null, s: }", "{n: null, s: null}"));
  }

  @Test
  void withoutEmptyInNullValuesAnEmptyCellIsAnEmptyText() throws IOException {
    write("a.csv", "n,s\n1,\n-,-\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.csv", "null_values", "-"));

    assertThat(texts(probe.rows()), contains("{n: 1, s: }", "{n: null, s: null}"));
  }

  @Test
  void anEmptyLineIsARowOnlyWhereThereIsOneColumn() throws IOException {
    write("one.csv", "v\n1\n\n3\n");
    write("two.csv", "v,w\n1,2\n\n3,4\n");

    assertThat(
        texts(probe(Map.of("path", "one.csv")).rows()), contains("{v: 1}", "{v: null}", "{v: 3}"));
    assertThat(
        texts(probe(Map.of("path", "two.csv")).rows()), contains("{v: 1, w: 2}", "{v: 3, w: 4}"));
  }

  @Test
  void readsFilesWithoutHeaderByPosition() throws IOException {
    write("a.csv", "1,a\n2,b\n");

    assertThat(
        texts(probe(Map.of("path", "a.csv", "header", false)).rows()),
        contains("{column_1: 1, column_2: a}", "{column_1: 2, column_2: b}"));
    assertThat(
        texts(
            probe(Map.of("path", "a.csv", "header", false, "schema", "id:INT64,name:STRING"))
                .rows()),
        contains("{id: 1, name: a}", "{id: 2, name: b}"));
  }

  @Test
  void columnsAreMatchedByNameInEveryFile() throws IOException {
    write("a.csv", "id,name\n1,a\n");
    write("b.csv", "NAME,id\nb,2\n");

    assertThat(
        texts(probe(Map.of("path", "*.csv")).rows()),
        contains("{id: 1, name: a}", "{id: 2, name: b}"));
    assertThat(
        texts(probe(Map.of("path", "*.csv", "schema", "name:STRING,id:STRING")).rows()),
        contains("{name: a, id: 1}", "{name: b, id: 2}"));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void decompressesByTheEnding(Compression compression) throws IOException {
    writeCompressed("rows.csv" + compression.extension(), compression, "id\n1\n");
    writeCompressed("rows.ndjson" + compression.extension(), compression, "{\"id\": 1}\n");

    assertThat(texts(probe(Map.of("path", "rows.csv*")).rows()), contains("{id: 1}"));
    assertThat(texts(probe(Map.of("path", "rows.nd*")).rows()), contains("{id: 1}"));
  }

  @Test
  void formatAndCompressionCanBeSaid() throws IOException {
    writeCompressed("export.dat", Compression.GZ, "id\n1\n");

    SourceProbe<FileSplit> probe =
        probe(Map.of("path", "export.dat", "format", "csv", "compression", "gz"));

    assertThat(texts(probe.rows()), contains("{id: 1}"));
  }

  @Test
  void readsNdjsonWithTheTypesOfAllLines() throws IOException {
    write(
        "a.ndjson",
        """
        {"id": 1, "ok": true, "at": "2024-01-31T10:00:00Z", "place": {"x": 1}, "tags": ["a", null]}

        {"id": 18446744073709551615, "place": {"x": 1.5, "y": [1]}, "more": {}, "odd": [[1]]}
        """);

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.ndjson"));

    assertThat(
        String.valueOf(probe.schema()),
        is(
            "(id NUMERIC(38,0), ok BOOL, at TIMESTAMP, place STRUCT<x FLOAT64, y ARRAY<INT64>>,"
                + " tags ARRAY<STRING>, more JSON, odd JSON)"));
    assertThat(
        texts(probe.rows()),
        contains(
            "{id: 1, ok: true, at: 2024-01-31T10:00:00Z, place: {x: 1.0, y: null}, tags: [a, null],"
                + " more: null, odd: null}",
            "{id: 18446744073709551615, ok: null, at: null, place: {x: 1.5, y: [1]}, tags: null,"
                + " more: {}, odd: [[1]]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT64         | 1.5        | is not an INT64",
        "INT64         | 9223372036854775808 | is beyond the range of INT64",
        "BOOL          | maybe      | is not a BOOL such as true or false",
        "FLOAT64       | 0x1p3      | is not a FLOAT64",
        "FLOAT64       | 1e400      | is beyond the range of FLOAT64",
        "NUMERIC(4,2)  | 1.234      | has more than 2 digits after the point, too many for"
            + " NUMERIC(4,2)",
        "NUMERIC(4,2)  | 123        | has more than 2 digits before the point, too many for"
            + " NUMERIC(4,2)",
        "NUMERIC       | 1e999999999| has more than 29 digits before the point, too many for"
            + " NUMERIC(38,9)",
        "NUMERIC       | one        | is not a NUMERIC(38,9)",
        "DATE          | 2023-02-29 | is not a DATE such as 2024-01-31",
        "TIME          | 24:00:00   | is not a TIME such as 23:59:59",
        "DATETIME      | 2024-01-31 25:00 | is not a DATETIME such as 2024-01-31 23:59:59",
        "TIMESTAMP     | yesterday  | is not a TIMESTAMP such as 2024-01-31 23:59:59+01:00",
        "BYTES         | *          | is not base64",
        "JSON          | {a         | is not valid JSON",
        "ARRAY<INT64>  | [1.5]      | has an element 1 that is not an INT64",
        "STRUCT<a INT64> | {\"b\":1} | has the key `b`, which the schema lacks",
      })
  void aCellThatDoesNotFitRejectsItsRowOnly(String type, String cell, String reason)
      throws IOException {
    write("a.csv", "id;v\n1;\n2;'" + cell + "'\n3;\n");

    SourceProbe<FileSplit> probe =
        probe(
            Map.of(
                "path", "a.csv", "delimiter", ";", "quote", "'", "schema", "id:INT64,v:" + type));

    assertThat(texts(probe.rows()), contains("{id: 1, v: null}", "{id: 3, v: null}"));
    assertThat(
        probe.rejected(),
        contains(
            folder.resolve("a.csv")
                + " line 3: column `v` "
                + reason
                + " | {\"id\":\"2\",\"v\":\""
                + cell.replace("\"", "\\\"")
                + "\"}"));
  }

  @Test
  void raggedRowsAreRejectedWithTheirLine() throws IOException {
    write("a.csv", "id,note\n1,\"two\nlines\"\n2\n3,a,b\n4,c\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.csv"));

    assertThat(texts(probe.rows()), contains("{id: 1, note: two\nlines}", "{id: 4, note: c}"));
    String file = folder.resolve("a.csv").toString();
    assertThat(
        probe.rejected(),
        contains(
            file + " line 4: the row has 1 cells instead of 2 | {\"id\":\"2\"}",
            file
                + " line 5: the row has 3 cells instead of 2 |"
                + " {\"id\":\"3\",\"note\":\"a\",\"column_3\":\"b\"}"));
  }

  @Test
  void aRequiredColumnRejectsNull() throws IOException {
    write("a.csv", "id\n1\n\n");
    write("a.ndjson", "{\"id\": 1}\n{}\n");
    Object schema = List.of(Map.of("name", "id", "type", "INT64", "mode", "REQUIRED"));

    for (String file : List.of("a.csv", "a.ndjson")) {
      SourceProbe<FileSplit> probe = probe(Map.of("path", file, "schema", schema));

      assertThat(texts(probe.rows()), contains("{id: 1}"));
      assertThat(
          probe.rejected().get(0),
          containsString(
              "column `id` is REQUIRED, but "
                  + (file.endsWith("csv") ? "the cell is NULL" : "has no value")));
    }
  }

  @Test
  void bytesThatAreNotUtf8RejectTheirRowOnly() throws IOException {
    byte[] latin = "id,name\n1,caf\u00e9\n2,tea\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("a.csv"), latin);
    Files.write(
        folder.resolve("a.ndjson"),
        "{\"id\":1,\"name\":\"caf\u00e9\"}\n{\"id\":2,\"name\":\"tea\"}\n"
            .getBytes(StandardCharsets.ISO_8859_1));

    for (String file : List.of("a.csv", "a.ndjson")) {
      SourceProbe<FileSplit> probe = probe(Map.of("path", file));

      assertThat(texts(probe.rows()), contains("{id: 2, name: tea}"));
      assertThat(
          probe.rejected().get(0),
          containsString(
              " line " + (file.endsWith("csv") ? 2 : 1) + ": column `name` is not valid UTF-8"));
    }
  }

  @Test
  void linesThatAreNotObjectsOfTheSchemaAreRejected() throws IOException {
    write(
        "a.ndjson",
        """
        {"id": 1}
        {"id": 1, "id": 2}
        {"id": 3
        [4]
        {"id": 5, "other": 1}
        {"id": "six"}
        {"ID": 7}
        {"id": 8.0}
        {"id": 1, "ID": 2}
        """);

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.ndjson", "schema", "id:INT64"));

    assertThat(texts(probe.rows()), contains("{id: 1}", "{id: 7}", "{id: 8}"));
    String line = folder.resolve("a.ndjson") + " line ";
    assertThat(
        probe.rejected(),
        contains(
            line
                + "2: the line has a key twice at character 15 | {\"line\":\"{\\\"id\\\": 1,"
                + " \\\"id\\\": 2}\"}",
            line + "3: the line is not valid JSON at character 9 | {\"line\":\"{\\\"id\\\": 3\"}",
            line + "4: the line is not a JSON object | {\"line\":\"[4]\"}",
            line
                + "5: the line has the key `other`, which the schema lacks |"
                + " {\"id\":5,\"other\":1}",
            line + "6: column `id` is not an INT64 | {\"id\":\"six\"}",
            line
                + "9: the line has the key `ID` twice, in upper and lower case |"
                + " {\"id\":1,\"ID\":2}"));
  }

  @Test
  void ndjsonMayHaveAMarkAndCarriageReturnsAndNoLastLineBreak() throws IOException {
    write("a.ndjson", "\uFEFF{\"id\": 1}\r\n\r\n{\"id\": 2}");

    assertThat(texts(probe(Map.of("path", "a.ndjson")).rows()), contains("{id: 1}", "{id: 2}"));
  }

  @Test
  void aLineWithoutEndIsNotReadIntoMemory() throws IOException {
    write("a.ndjson", "{\"id\": 1}\n" + " ".repeat((1 << 24) + 1));

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.ndjson"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems().get(0),
        containsString("a.ndjson line 2 is longer than 16777216 characters"));
  }

  @Test
  void headersThatDifferAreReportedWithTheFile() throws IOException {
    write("a.csv", "id,name,x\n1,a,b\n");
    write("b.csv", "id,nam,y\n2,b,c\n");
    write("c.csv", "id,name,x,z\n2,b,c,d\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "*.csv"));

    assertThat(probe.schema(), is(nullValue()));
    String at = folder + "/";
    assertThat(
        probe.problems(),
        contains(
            ".path TR201 "
                + at
                + "b.csv lacks the columns name, x and has besides nam, y, compared with "
                + at
                + "a.csv -> is `nam` meant to be `name`?",
            ".path TR201 "
                + at
                + "c.csv has besides z, compared with "
                + at
                + "a.csv -> add them to "
                + at
                + "a.csv, or read these files by a source of their own"));
  }

  @Test
  void aHeaderThatIsNotTheSchemaIsReported() throws IOException {
    write("a.csv", "id,name\n1,a\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.csv", "schema", "id:INT64,nane:STRING"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems().get(0),
        is(
            ".path TR201 "
                + folder.resolve("a.csv")
                + " lacks the columns nane and has besides name, compared with `schema` -> is"
                + " `name` meant to be `nane`?"));
  }

  @Test
  void twoColumnsOfOneNameAreReported() throws IOException {
    write("a.csv", "id,ID\n1,2\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.csv"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(probe.problems().get(0), containsString("a.csv has two columns `ID`"));
  }

  @Test
  void blankHeadersGetNames() throws IOException {
    write("a.csv", "id,,\n1,2,3\n");

    assertThat(
        String.valueOf(probe(Map.of("path", "a.csv")).schema()),
        is("(id INT64, column_2 INT64, column_3 INT64)"));
  }

  @Test
  void aPatternWithoutFileSaysWhatIsThere() throws IOException {
    write("flights.csv", "id\n1\n");

    SourceProbe<FileSplit> probe =
        probe(Map.of("path", List.of("flights.csv", "flight-*.csv", "no/where/*.csv")));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems(),
        contains(
            ".path[1] TR209 no file matches "
                + folder
                + "/flight-*.csv -> in "
                + folder
                + " there are: flights.csv",
            ".path[2] TR209 no file matches "
                + folder
                + "/no/where/*.csv -> in "
                + folder
                + " there are: flights.csv"));
  }

  @Test
  void filesWithoutAKnownEndingNeedAFormat() throws IOException {
    write("a.txt", "id\n1\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.txt"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems(),
        contains(
            ".path TR108 the format of "
                + folder.resolve("a.txt")
                + " is not known from its ending -> set `format` to csv, ndjson, parquet or avro"));
  }

  @Test
  void emptyFilesHaveNoSchemaUnlessItIsGiven() throws IOException {
    write("a.csv", "");
    write("b.csv.gz", "");
    write("c.csv", "\n\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "*.csv*"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems(),
        contains(".path TR216 no columns can be found: every file is empty -> give a `schema`"));
    assertThat(probe(Map.of("path", "*.csv*", "schema", "id:INT64")).rows(), is(empty()));
  }

  @Test
  void aHeaderAloneIsAnEmptyTableOfTexts() throws IOException {
    write("a.csv", "id,name\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.csv"));

    assertThat(String.valueOf(probe.schema()), is("(id STRING, name STRING)"));
    assertThat(probe.rows(), is(empty()));
  }

  @Test
  void aFileThatIsNotCsvIsReportedWithItsLine() throws IOException {
    write("a.csv", "id,note\n1,\"never closed\n2,x\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.csv"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems().get(0),
        containsString("a.csv: Unclosed quoted field at end of input (record starting at line 2)"));
  }

  @Test
  void utf16IsReported() throws IOException {
    Files.write(folder.resolve("a.csv"), "id\n1\n".getBytes(StandardCharsets.UTF_16));

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.csv"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(
        probe.problems().get(0), containsString("a.csv: the text is UTF-16; save it as UTF-8"));
  }

  @Test
  void aFileThatIsNotCompressedAsItSaysIsReported() throws IOException {
    write("a.csv.gz", "id\n1\n");

    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.csv.gz"));

    assertThat(probe.schema(), is(nullValue()));
    assertThat(probe.problems().get(0), containsString("a.csv.gz: Not in GZIP format"));
  }

  @Test
  void aFileThatGetsAnotherHeaderAfterThePlanFailsTheRead() throws IOException {
    write("a.csv", "id,name\n1,a\n");
    FilesSource source = source(Map.of("path", "a.csv"), new ProblemList());
    SourceProbe<FileSplit> probe = new SourceProbe<>(source, folder);
    var schema = probe.schema();
    write("a.csv", "id,nome\n1,a\n");

    PermanentException e =
        assertThrows(
            PermanentException.class,
            () ->
                new CsvRowReader(
                    probe.splits().get(0),
                    SourceProbe.parameters(
                        FilesSource.SPEC, Map.of("path", "a.csv"), new ProblemList()),
                    schema,
                    null));

    assertThat(
        e.getMessage(),
        containsString("the header is id, nome, which are not the columns id, name of the plan"));
  }

  @Test
  void theSchemaCanStandInAFile() throws IOException {
    write("schema.json", "[{\"name\": \"id\", \"type\": \"STRING\"}]");
    write("a.csv", "id\n1\n");

    assertThat(
        texts(probe(Map.of("path", "a.csv", "schema", "schema.json")).rows()), contains("{id: 1}"));
    assertThat(
        String.valueOf(probe(Map.of("path", "a.csv", "schema", "schema.json")).schema()),
        is("(id STRING)"));
  }

  @Test
  void aSchemaFileThatIsMissingOrWrongIsReported() throws IOException {
    write("bad.json", "[{\"name\": \"id\"}]");
    write("a.csv", "id\n1\n");

    SourceProbe<FileSplit> missing = probe(Map.of("path", "a.csv", "schema", "schema.json"));
    SourceProbe<FileSplit> bad = probe(Map.of("path", "a.csv", "schema", "bad.json"));

    assertThat(missing.schema(), is(nullValue()));
    assertThat(
        missing.problems(),
        contains(
            ".schema TR116 the schema file "
                + folder.resolve("schema.json")
                + " does not exist -> a relative path is looked up in the folder of the config"));
    assertThat(bad.schema(), is(nullValue()));
    assertThat(
        bad.problems(),
        contains(
            ".schema TR125 the schema file "
                + folder.resolve("bad.json")
                + ": field 1 (`id`) lacks `type`"));
  }

  @Test
  void contradictingKeysAreReported() {
    ProblemList problems = new ProblemList();

    source(Map.of("path", "a.csv", "delimiter", "|", "quote", "|"), problems);
    source(Map.of("path", "a.ndjson", "format", "ndjson", "header", true), problems);
    source(Map.of("path", "a.csv", "delimiter", "||"), problems);
    source(Map.of("path", "a.csv", "schema", "id"), problems);

    assertThat(
        problems.found(),
        contains(
            ".quote TR108 `delimiter` and `quote` are the same character -> use another one",
            ".header TR108 `header` is for CSV, but `format` is ndjson -> remove it",
            ".delimiter TR107 `delimiter` is one character other than a line break",
            ".schema TR125 `id` is no schema -> write auto, \"id:INT64,"
                + " name:STRING\", a list of {name, type, mode}, or the path of a .json file"));
  }

  private SourceProbe<FileSplit> probe(Map<String, Object> plain) {
    ProblemList problems = new ProblemList();
    SourceProbe<FileSplit> probe = new SourceProbe<>(source(plain, problems), folder);
    assertThat(problems.found(), is(empty()));
    return probe;
  }

  private static FilesSource source(Map<String, Object> plain, ProblemList problems) {
    return new FilesSource(SourceProbe.parameters(FilesSource.SPEC, plain, problems));
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).toList();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private void writeCompressed(String name, Compression compression, String text)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compression.compress(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve(name), bytes.toByteArray());
  }
}
