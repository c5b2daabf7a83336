package io.tributary.row.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.ReadNotes;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.AvroRowWriter.Codec;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AvroFilesTest {
  @TempDir Path folder;

  private final Notes notes = new Notes();

  @ParameterizedTest
  @MethodSource("io.tributary.row.format.ParquetRowWriterTest#values")
  void whatIsWrittenComesBackAsItWas(
      Type type, @Nullable Object value, String duckType, @Nullable String text) throws Exception {
    Schema schema = Schema.of(Column.nullable("before", Type.STRING), Column.nullable("v", type));
    Row row = RowBuilder.of(schema, "x", value);
    String file = write(schema, Codec.ZSTD, row);

    assertThat(AvroContents.of(file, null), is(new AvroContents(schema.columns(), List.of())));
    assertThat(read(file, schema), contains(row));
    assertThat(notes.rejected, is(empty()));
  }

  @ParameterizedTest
  @MethodSource("io.tributary.row.format.ParquetRowWriterTest#values")
  void columnsThatAreNeverNullComeBackToo(
      Type type, @Nullable Object value, String duckType, @Nullable String text) throws Exception {
    Schema schema = Schema.of(Column.required("v", type));
    if (value == null) {
      PermanentException e =
          assertThrows(
              PermanentException.class, () -> write(schema, Codec.NONE, new RowBuilder(schema)));
      assertThat(e.getMessage(), containsString("column `v` is NOT NULL, but NULL in row 1 of "));
      return;
    }
    Row row = RowBuilder.of(schema, value);
    String file = write(schema, Codec.NONE, row);

    assertThat(AvroContents.of(file, null).columns(), is(schema.columns()));
    assertThat(read(file, schema), contains(row));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void everyPartOfAFileHasItsBlocksAndAllPartsHaveAllRows(Codec codec) throws Exception {
    Schema schema = Schema.of(Column.required("id", Type.INT64), Column.nullable("t", Type.STRING));
    String file = folder.resolve("many.avro").toString();
    try (AvroRowWriter writer = new AvroRowWriter(schema, file, codec)) {
      RowBuilder row = new RowBuilder(schema);
      for (long id = 0; id < 20_000; id++) {
        row.set(0, id);
        row.set(1, "text of a row that fills blocks " + id * 7919);
        writer.write(row);
      }
    }
    long size = Files.size(Path.of(file));

    for (long part : List.of(size / 2, size / 7, size / 40 + 1)) {
      long next = 0;
      for (long from = 0; from < size; from += part) {
        try (AvroRowReader reader = new AvroRowReader(file, schema, from, from + part, notes)) {
          RowBuilder row = new RowBuilder(schema);
          while (reader.next(row)) {
            assertThat(row.longAt(0), is(next++));
          }
        }
      }
      assertThat("parts of " + part + " of " + size, next, is(20_000L));
    }
    assertThat(AvroContents.rows(file), is(20_000L));
  }

  /** A schema in Avro, a value for its writer, our type, our value. */
  static List<Arguments> otherWriters() {
    Schema entry =
        Schema.of(Column.required("key", Type.STRING), Column.required("value", Type.INT64));
    Schema point = Schema.of(Column.required("x", Type.INT64), Column.nullable("y", Type.STRING));
    org.apache.avro.Schema record =
        parse(
            """
            {"type": "record", "name": "p", "fields": [
              {"name": "x", "type": "int"}, {"name": "y", "type": ["string", "null"]}]}\
            """);
    org.apache.avro.Schema colour =
        parse("{\"type\": \"enum\", \"name\": \"c\", \"symbols\": [\"RED\", \"BLUE\"]}");
    org.apache.avro.Schema four = parse("{\"type\": \"fixed\", \"name\": \"f\", \"size\": 4}");
    org.apache.avro.Schema money =
        parse(
            "{\"type\": \"fixed\", \"name\": \"m\", \"size\": 4, \"logicalType\": \"decimal\","
                + " \"precision\": 9, \"scale\": 2}");
    return List.of(
        other("\"int\"", Integer.MIN_VALUE, Type.INT64, (long) Integer.MIN_VALUE),
        other("\"long\"", Long.MAX_VALUE, Type.INT64, Long.MAX_VALUE),
        other("\"float\"", 0.1f, Type.FLOAT64, (double) 0.1f),
        other("\"double\"", Double.NaN, Type.FLOAT64, Double.NaN),
        other("\"double\"", Double.NEGATIVE_INFINITY, Type.FLOAT64, Double.NEGATIVE_INFINITY),
        other("\"string\"", "ż🐘", Type.STRING, "ż🐘"),
        other(colour.toString(), new GenericData.EnumSymbol(colour, "BLUE"), Type.STRING, "BLUE"),
        other(
            four.toString(),
            new GenericData.Fixed(four, new byte[] {1, 2, 3, 4}),
            Type.BYTES,
            ByteBuffer.wrap(new byte[] {1, 2, 3, 4})),
        other(
            money.toString(),
            new GenericData.Fixed(money, new byte[] {-1, -1, -1, -2}),
            Type.numeric(9, 2),
            dec("-0.02")),
        other(
            logical("bytes", "decimal\", \"precision\": 30, \"scale\": \"0").replace("\"0\"", "0"),
            ByteBuffer.wrap(new BigInteger("-123456789012345678901234567890").toByteArray()),
            Type.numeric(30, 0),
            dec("-123456789012345678901234567890")),
        other(logical("int", "date"), -719_162, Type.DATE, LocalDate.of(1, 1, 1)),
        other(logical("int", "date"), 2_932_896, Type.DATE, LocalDate.of(9999, 12, 31)),
        other(
            logical("int", "time-millis"),
            86_399_999,
            Type.TIME,
            LocalTime.of(23, 59, 59, 999_000_000)),
        other(logical("long", "time-micros"), 1L, Type.TIME, LocalTime.of(0, 0, 0, 1000)),
        other(
            logical("long", "timestamp-millis"),
            -1L,
            Type.TIMESTAMP,
            Instant.parse("1969-12-31T23:59:59.999Z")),
        other(
            logical("long", "timestamp-micros"),
            -1L,
            Type.TIMESTAMP,
            Instant.parse("1969-12-31T23:59:59.999999Z")),
        other(
            logical("long", "timestamp-nanos"),
            1000L,
            Type.TIMESTAMP,
            Instant.parse("1970-01-01T00:00:00.000001Z")),
        other(
            logical("long", "local-timestamp-millis"),
            1L,
            Type.DATETIME,
            LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1_000_000)),
        other(
            logical("long", "local-timestamp-micros"),
            1L,
            Type.DATETIME,
            LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1000)),
        other(
            logical("long", "local-timestamp-nanos"),
            -1000L,
            Type.DATETIME,
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000)),
        other(
            logical("string", "uuid"),
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            Type.STRING,
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        other("{\"type\": \"string\", \"sqlType\": \"JSON\"}", "[1.50]", Type.JSON, "[1.50]"),
        other(
            "{\"type\": \"array\", \"items\": \"int\"}",
            List.of(1, 2),
            Type.array(Type.INT64),
            List.of(1L, 2L)),
        other(
            "{\"type\": \"array\", \"items\": [\"null\", \"int\"]}",
            Arrays.asList(1, null),
            Type.array(Type.INT64),
            Arrays.asList(1L, null)),
        other(
            "{\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": \"int\"}}",
            List.of(List.of(1, 2), List.of()),
            Type.JSON,
            "[[1,2],[]]"),
        other(
            "{\"type\": \"map\", \"values\": \"int\"}",
            Map.of("a", 1),
            Type.array(Type.record(entry)),
            List.of(RowBuilder.of(entry, "a", 1L))),
        other(
            record.toString(),
            new GenericRecordBuilder(record).set("x", 7).set("y", null).build(),
            Type.record(point),
            RowBuilder.of(point, 7L, null)));
  }

  private static Arguments other(String schema, Object value, Type type, Object expected) {
    return Arguments.of(schema, value, type, expected);
  }

  private static String logical(String type, String logicalType) {
    return "{\"type\": \"" + type + "\", \"logicalType\": \"" + logicalType + "\"}";
  }

  @ParameterizedTest
  @MethodSource("otherWriters")
  void readsWhatOthersWrite(String schema, Object value, Type type, Object expected)
      throws Exception {
    String file = foreign(schema, value);
    Schema columns = Schema.of(Column.required("v", type));

    assertThat(AvroContents.of(file, null), is(new AvroContents(columns.columns(), List.of())));
    assertThat(read(file, columns), contains(RowBuilder.of(columns, expected)));
    assertThat(notes.rejected, is(empty()));
    assertThat(notes.tallies, is(empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "'[\"null\", \"int\"]', 1, true",
    "'[\"int\", \"null\"]', 1, true",
    "'[\"int\"]', 1, false"
  })
  void aUnionWithNullIsAColumnThatMayBeNull(String schema, int value, boolean nullable)
      throws Exception {
    String file = foreign(schema, value);

    assertThat(
        AvroContents.of(file, null).columns(),
        contains(new Column("v", Type.INT64, nullable, null)));
    assertThat(read(file, Schema.of(Column.nullable("v", Type.INT64))).toString(), is("[{v: 1}]"));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1969-12-31T23:59:59.999999Z", "1999, 1970-01-01T00:00:00.000001Z"})
  void nanosecondsAreCutOffAndCounted(long nanos, String expected) throws Exception {
    String file = foreign(logical("long", "timestamp-nanos"), nanos);

    List<Row> rows = read(file, Schema.of(Column.nullable("v", Type.TIMESTAMP)));

    assertThat(String.valueOf(rows.get(0).get(0)), is(expected));
    assertThat(notes.tallies, contains("nanoseconds cut off in v: 1"));
  }

  /** A schema, a value that no row can hold, why. */
  static List<Arguments> misfits() {
    return List.of(
        Arguments.of(logical("int", "date"), 2_932_897, "is a date outside of the years 1 to 9999"),
        Arguments.of(logical("int", "time-millis"), -1, "is a time outside of 00:00 to 24:00"),
        Arguments.of(
            logical("long", "timestamp-millis"),
            Long.MAX_VALUE,
            "is a date outside of the years 1 to 9999"),
        Arguments.of(
            logical("long", "timestamp-micros"),
            -62_135_596_800_000_001L,
            "is a date outside of the years 1 to 9999"),
        Arguments.of(
            "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 2}",
            ByteBuffer.wrap(new byte[] {100}),
            "has more than 2 digits before the point, too many for NUMERIC(2,0)"),
        Arguments.of(
            "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 2}",
            ByteBuffer.wrap(new byte[0]),
            "is a decimal without bytes"),
        Arguments.of("{\"type\": \"string\", \"sqlType\": \"JSON\"}", "{", "is not valid JSON"),
        Arguments.of(
            "\"string\"",
            new org.apache.avro.util.Utf8(new byte[] {'a', -1}),
            "is not valid UTF-8"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void aValueThatNoRowCanHoldRejectsItsRowAndNoOther(String schema, Object value, String reason)
      throws Exception {
    String file = foreign("[\"null\", " + schema + "]", value, null);
    Schema columns = Schema.of(AvroContents.of(file, null).columns());

    List<Row> rows = read(file, columns);

    assertThat(rows, contains(new RowBuilder(columns)));
    assertThat(notes.rejected.size(), is(1));
    assertThat(notes.rejected.get(0), containsString(file + " row 1 after byte "));
    assertThat(notes.rejected.get(0), containsString(": column `v` " + reason + " | {\"v\":null}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"null\", \"int\", \"string\"] | is a union of null, int, string in the file; only unions"
            + " of null and one type can be read",
        "{\"type\": \"array\", \"items\": [\"int\", \"string\"]} | is a union of int, string in the"
            + " file; only unions of null and one type can be read",
        "{\"type\": \"record\", \"name\": \"n\", \"fields\": [{\"name\": \"next\", \"type\":"
            + " [\"null\", \"n\"]}]} | has a field `next`, which is a record `n` inside itself,"
            + " which cannot be read",
        "{\"type\": \"fixed\", \"name\": \"d\", \"size\": 12, \"logicalType\": \"duration\"} | is"
            + " fixed (duration) in the file, which cannot be read"
      })
  void whatCannotBeReadIsNamedWithItsColumn(String schema, String reason) throws Exception {
    String file = foreign(schema);

    assertThat(AvroContents.of(file, null).unreadable(), contains("column `v` " + reason));
  }

  @Test
  void columnsAreFoundByNameAndOthersAreNotRead() throws Exception {
    Schema written =
        Schema.of(
            Column.nullable("skipped", Type.array(Type.STRING)),
            Column.nullable("b", Type.STRING),
            Column.nullable("a", Type.INT64));
    String file =
        write(written, Codec.SNAPPY, RowBuilder.of(written, List.of("x", "y"), "text", 1L));
    Schema schema = Schema.of(Column.nullable("A", Type.INT64), Column.nullable("b", Type.STRING));

    assertThat(read(file, schema), contains(RowBuilder.of(schema, 1L, "text")));
  }

  @Test
  void aColumnCanBeReadAsATypeThatHoldsAllItsValues() throws Exception {
    Schema written =
        Schema.of(
            Column.nullable("i", Type.INT64),
            Column.nullable("d", Type.numeric(5, 2)),
            Column.nullable("b", Type.BYTES),
            Column.nullable("j", Type.STRING));
    String file =
        write(
            written,
            Codec.DEFLATE,
            RowBuilder.of(written, 7L, dec("1.25"), ByteBuffer.wrap("text".getBytes()), "{}"));
    Schema schema =
        Schema.of(
            Column.nullable("i", Type.numeric(19, 0)),
            Column.nullable("d", Type.NUMERIC),
            Column.nullable("b", Type.STRING),
            Column.nullable("j", Type.JSON));

    assertThat(
        read(file, schema), contains(RowBuilder.of(schema, dec("7"), dec("1.25"), "text", "{}")));
    assertThat(
        AvroContents.of(file, Schema.of(Column.nullable("d", Type.numeric(5, 1)))).unreadable(),
        contains("column `d` is NUMERIC(5,2) in the file, not NUMERIC(5,1)"));
  }

  @Test
  void namesThatAvroDoesNotAllowAreFoundInside() {
    Schema inner = Schema.of(Column.nullable("a b", Type.INT64));
    Schema schema =
        Schema.of(
            Column.nullable("ok_1", Type.INT64),
            Column.nullable("1st", Type.INT64),
            Column.nullable("list", Type.array(Type.record(inner))));

    assertThat(AvroRowWriter.wrongNames(schema), contains("1st", "list.a b"));
  }

  @Test
  void aFileThatWasCutIsNotComplete() throws Exception {
    Schema schema = Schema.of(Column.required("id", Type.INT64));
    String file = write(schema, Codec.ZSTD, RowBuilder.of(schema, 1L));
    byte[] bytes = Files.readAllBytes(Path.of(file));
    Files.write(Path.of(file), Arrays.copyOf(bytes, bytes.length - 3));

    IOException e = assertThrows(IOException.class, () -> AvroContents.rows(file));

    assertThat(e.getMessage(), containsString(file + " is not a complete Avro file"));
    assertThrows(IOException.class, () -> read(file, schema));
  }

  @Test
  void aFileThatIsNotAvroOrHoldsNoRecordsIsNamed() throws Exception {
    Path text = Files.writeString(folder.resolve("no.avro"), "id,name\n1,a\n");
    String numbers = folder.resolve("numbers.avro").toString();
    try (DataFileWriter<Object> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(parse("\"int\"")))) {
      writer.create(parse("\"int\""), Path.of(numbers).toFile());
    }

    assertThat(
        assertThrows(IOException.class, () -> AvroContents.of(text.toString(), null)).getMessage(),
        containsString(text + " cannot be read as Avro: "));
    assertThat(
        assertThrows(IOException.class, () -> AvroContents.of(numbers, null)).getMessage(),
        containsString("it holds values of type int, not records"));
  }

  private String write(Schema schema, Codec codec, Row... rows) throws IOException {
    String file = folder.resolve("written.avro").toString();
    try (AvroRowWriter writer = new AvroRowWriter(schema, file, codec)) {
      for (Row row : rows) {
        writer.write(row);
      }
    }
    assertThat(AvroContents.rows(file), is((long) rows.length));
    return file;
  }

  private List<Row> read(String file, Schema schema) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (AvroRowReader reader = new AvroRowReader(file, schema, 0, Long.MAX_VALUE, notes)) {
      RowBuilder row = new RowBuilder(schema);
      while (reader.next(row)) {
        rows.add(row.copy());
      }
    }
    return rows;
  }

  private String foreign(String fieldSchema, @Nullable Object... values) throws IOException {
    org.apache.avro.Schema record =
        parse(
            "{\"type\": \"record\", \"name\": \"outer\", \"fields\": [{\"name\": \"v\", \"type\": "
                + fieldSchema
                + "}]}");
    String file = folder.resolve("foreign.avro").toString();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(record))) {
      writer.setCodec(CodecFactory.deflateCodec(1)).create(record, Path.of(file).toFile());
      for (Object value : values) {
        GenericRecord row = new GenericData.Record(record);
        row.put("v", value);
        writer.append(row);
      }
    }
    return file;
  }

  private static org.apache.avro.Schema parse(String text) {
    return new org.apache.avro.Schema.Parser().parse(text);
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }

  private static final class Notes implements ReadNotes {
    private final List<String> rejected = new ArrayList<>();
    private final List<String> tallies = new ArrayList<>();

    @Override
    public void reject(String reason, String rowJson) {
      rejected.add(reason + " | " + rowJson);
    }

    @Override
    public void tally(String what, long times) {
      tallies.add(what + ": " + times);
    }
  }
}
