package io.tributary.row.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.row.Column;
import io.tributary.row.ReadNotes;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParquetRowReaderTest {
  @TempDir Path folder;

  private final Notes notes = new Notes();

  @ParameterizedTest
  @MethodSource("io.tributary.row.format.ParquetRowWriterTest#values")
  void aStagedValueComesBackAsItWas(
      Type type, @Nullable Object value, String duckType, @Nullable String text) throws Exception {
    Schema schema = Schema.of(Column.nullable("v", type));
    Row row = RowBuilder.of(schema, value);
    String flat = path("flat.parquet");
    String nested = path("nested.parquet");
    try (ParquetRowWriter one = new ParquetRowWriter(schema, flat);
        NestedParquetWriter other = new NestedParquetWriter(schema, nested)) {
      one.write(row);
      other.write(row);
    }

    assertThat(staged(flat, schema), contains(row));
    assertThat("by parquet-hadoop", staged(nested, schema), contains(row));
  }

  @Test
  void aRangeOfRowGroupsHasItsRowsAndAllRangesHaveAll() throws Exception {
    Schema schema = Schema.of(Column.required("id", Type.INT64));
    String file = path("groups.parquet");
    duck("copy (select range as id from range(10000)) to '" + file + "' (row_group_size 2048)");
    ParquetContents contents = ParquetContents.of(file);
    assertThat(contents.rowGroups(), is(List.of(2048L, 2048L, 2048L, 2048L, 1808L)));

    List<Row> middle = read(new ParquetRowReader(file, schema, 1, 3, notes), schema);
    List<Row> rest = read(new ParquetRowReader(file, schema, 3, 99, notes), schema);

    assertThat(middle.size(), is(4096));
    assertThat(middle.get(0).get("id"), is(2048L));
    assertThat(middle.get(4095).get("id"), is(6143L));
    assertThat(rest.size(), is(3856));
    assertThat(rest.get(3855).get("id"), is(9999L));
  }

  /** What DuckDB calls the type, its literal, our type, the value. */
  static List<Arguments> duckValues() {
    Schema xy = Schema.of(Column.nullable("x", Type.INT64), Column.nullable("y", Type.STRING));
    Schema entry =
        Schema.of(Column.required("key", Type.STRING), Column.nullable("value", Type.INT64));
    return List.of(
        Arguments.of("UTINYINT", "255", Type.INT64, 255L),
        Arguments.of("USMALLINT", "65535", Type.INT64, 65535L),
        Arguments.of("UINTEGER", "4294967295", Type.INT64, 4294967295L),
        Arguments.of(
            "UBIGINT", "18446744073709551615", Type.numeric(20, 0), dec("18446744073709551615")),
        Arguments.of("TINYINT", "(-128)", Type.INT64, -128L),
        Arguments.of("SMALLINT", "(-32768)", Type.INT64, -32768L),
        Arguments.of("INTEGER", "(-2147483648)", Type.INT64, -2147483648L),
        Arguments.of("REAL", "0.1", Type.FLOAT64, (double) 0.1f),
        Arguments.of("REAL", "'-inf'", Type.FLOAT64, Double.NEGATIVE_INFINITY),
        Arguments.of("DOUBLE", "'nan'", Type.FLOAT64, Double.NaN),
        Arguments.of("DECIMAL(4,1)", "-999.9", Type.numeric(4, 1), dec("-999.9")),
        Arguments.of(
            "DECIMAL(38,10)",
            "-9999999999999999999999999999.9999999999",
            Type.numeric(38, 10),
            dec("-9999999999999999999999999999.9999999999")),
        Arguments.of(
            "UUID",
            "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'",
            Type.STRING,
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        Arguments.of("ENUM('a', 'ż')", "'ż'", Type.STRING, "ż"),
        Arguments.of("JSON", "'{\"a\": 1.50}'", Type.JSON, "{\"a\": 1.50}"),
        Arguments.of("DATE", "'0001-01-01'", Type.DATE, LocalDate.of(1, 1, 1)),
        Arguments.of("DATE", "'9999-12-31'", Type.DATE, LocalDate.of(9999, 12, 31)),
        Arguments.of("TIME", "'23:59:59.999999'", Type.TIME, LocalTime.of(23, 59, 59, 999_999_000)),
        Arguments.of(
            "TIMESTAMP",
            "'0001-01-01 00:00:00.000001'",
            Type.DATETIME,
            LocalDateTime.of(1, 1, 1, 0, 0, 0, 1000)),
        Arguments.of(
            "TIMESTAMP_S",
            "'1969-12-31 23:59:59'",
            Type.DATETIME,
            LocalDateTime.of(1969, 12, 31, 23, 59, 59)),
        Arguments.of(
            "TIMESTAMP_MS",
            "'9999-12-31 23:59:59.999'",
            Type.DATETIME,
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_000_000)),
        Arguments.of(
            "TIMESTAMP_NS",
            "'2024-01-31 23:59:59.123456'",
            Type.DATETIME,
            LocalDateTime.of(2024, 1, 31, 23, 59, 59, 123_456_000)),
        Arguments.of(
            "TIMESTAMPTZ",
            "'2024-01-31 23:59:59.5+02'",
            Type.TIMESTAMP,
            Instant.parse("2024-01-31T21:59:59.5Z")),
        Arguments.of(
            "BIGINT[]", "[1, NULL, 3]", Type.array(Type.INT64), Arrays.asList(1L, null, 3L)),
        Arguments.of("VARCHAR[]", "[]", Type.array(Type.STRING), List.of()),
        Arguments.of(
            "STRUCT(x BIGINT, y VARCHAR)",
            "{'x': NULL, 'y': 'q'}",
            Type.record(xy),
            RowBuilder.of(xy, null, "q")),
        Arguments.of(
            "STRUCT(x BIGINT, y VARCHAR)[]",
            "[{'x': 1, 'y': 'a'}, NULL]",
            Type.array(Type.record(xy)),
            Arrays.asList(RowBuilder.of(xy, 1L, "a"), null)),
        Arguments.of("BIGINT[][]", "[[1, NULL], NULL, []]", Type.JSON, "[[1,null],null,[]]"),
        Arguments.of(
            "MAP(VARCHAR, BIGINT)",
            "MAP {'a': 1, 'b': NULL}",
            Type.array(Type.record(entry)),
            List.of(RowBuilder.of(entry, "a", 1L), RowBuilder.of(entry, "b", null))));
  }

  @ParameterizedTest
  @MethodSource("duckValues")
  void readsWhatDuckDbWrites(String duckType, String literal, Type type, Object value)
      throws Exception {
    String file = path("duck.parquet");
    String rows = "select " + literal + "::" + duckType + " as v union all select NULL";
    for (String options :
        List.of(
            "",
            ", codec zstd",
            ", parquet_version v2, codec gzip",
            ", codec lz4_raw",
            ", codec uncompressed")) {
      duck("copy (" + rows + ") to '" + file + "' (format parquet" + options + ")");
      Schema schema = schema(file);

      assertThat(schema, is(Schema.of(Column.nullable("v", type))));
      assertThat(
          options,
          read(new ParquetRowReader(file, schema, 0, 9, notes), schema),
          is(List.of(RowBuilder.of(schema, value), new RowBuilder(schema))));
    }
    assertThat(notes.rejected, is(empty()));
    assertThat(notes.tallies, is(empty()));
  }

  /** A message type, what is put into it, the schema, the values. */
  static List<Arguments> otherWriters() {
    Schema kv =
        Schema.of(Column.required("key", Type.STRING), Column.required("value", Type.INT64));
    Schema point = Schema.of(Column.required("x", Type.INT64), Column.required("y", Type.INT64));
    return List.of(
        other(
            "required int32 v (DECIMAL(9,2))",
            g -> g.add("v", -99),
            Type.numeric(9, 2),
            dec("-0.99")),
        other(
            "required int64 v (DECIMAL(18,0))", g -> g.add("v", 7L), Type.numeric(18, 0), dec("7")),
        other(
            "required binary v (DECIMAL(20,3))",
            g ->
                g.add(
                    "v",
                    Binary.fromConstantByteArray(
                        new BigInteger("-12345678901234567890").toByteArray())),
            Type.numeric(20, 3),
            dec("-12345678901234567.890")),
        other(
            "required fixed_len_byte_array(3) v (DECIMAL(5,2))",
            g -> g.add("v", Binary.fromConstantByteArray(new byte[] {-1, -1, -2})),
            Type.numeric(5, 2),
            dec("-0.02")),
        other(
            "required binary v (DECIMAL(60,10))",
            g -> g.add("v", Binary.fromConstantByteArray(BigInteger.TEN.pow(59).toByteArray())),
            Type.numeric(60, 10),
            new BigDecimal(BigInteger.TEN.pow(59), 10)),
        other(
            "required int32 v (TIME(MILLIS,true))",
            g -> g.add("v", 86_399_999),
            Type.TIME,
            LocalTime.of(23, 59, 59, 999_000_000)),
        other(
            "required int64 v (TIME(NANOS,true))",
            g -> g.add("v", 1000L),
            Type.TIME,
            LocalTime.of(0, 0, 0, 1000)),
        other(
            "required int64 v (TIMESTAMP_MILLIS)",
            g -> g.add("v", -1L),
            Type.TIMESTAMP,
            Instant.parse("1969-12-31T23:59:59.999Z")),
        other(
            "required int96 v",
            g -> g.add("v", int96(2_440_588 - 1, 1_000_000L)),
            Type.TIMESTAMP,
            Instant.parse("1969-12-31T00:00:00.001Z")),
        other(
            "required fixed_len_byte_array(2) v (FLOAT16)",
            g -> g.add("v", Binary.fromConstantByteArray(new byte[] {0x00, (byte) 0xC1})),
            Type.FLOAT64,
            -2.5),
        other(
            "required fixed_len_byte_array(3) v",
            g -> g.add("v", Binary.fromString("abc")),
            Type.BYTES,
            ByteBuffer.wrap("abc".getBytes())),
        other(
            "required binary v (BSON)",
            g -> g.add("v", Binary.fromString("b")),
            Type.BYTES,
            ByteBuffer.wrap("b".getBytes())),
        other("required binary v (ENUM)", g -> g.add("v", "RED"), Type.STRING, "RED"),
        // lists with two levels, in the forms that old writers have
        other(
            "required group v (LIST) {repeated int64 item;}",
            g -> g.addGroup("v").append("item", 1L).append("item", 2L),
            Type.array(Type.INT64),
            List.of(1L, 2L)),
        other(
            "required group v (LIST) {repeated group array {required int64 x;}}",
            g -> g.addGroup("v").addGroup("array").append("x", 1L),
            Type.array(Type.record(Schema.of(Column.required("x", Type.INT64)))),
            List.of(RowBuilder.of(Schema.of(Column.required("x", Type.INT64)), 1L))),
        other(
            "required group v (LIST) {repeated group v_tuple {required int64 x;}}",
            g -> g.addGroup("v").addGroup("v_tuple").append("x", 1L),
            Type.array(Type.record(Schema.of(Column.required("x", Type.INT64)))),
            List.of(RowBuilder.of(Schema.of(Column.required("x", Type.INT64)), 1L))),
        other(
            "required group v (LIST) {repeated group p {required int64 x; required int64 y;}}",
            g -> g.addGroup("v").addGroup("p").append("x", 1L).append("y", 2L),
            Type.array(Type.record(point)),
            List.of(RowBuilder.of(point, 1L, 2L))),
        // a list with three levels of odd names
        other(
            "required group v (LIST) {repeated group bag {optional int64 x;}}",
            g -> {
              g.addGroup("v").addGroup("bag").append("x", 1L);
              g.getGroup("v", 0).addGroup("bag");
            },
            Type.array(Type.INT64),
            Arrays.asList(1L, null)),
        // no list, but a field that is repeated
        other(
            "repeated int64 v",
            g -> {
              g.add("v", 3L);
              g.add("v", 4L);
            },
            Type.array(Type.INT64),
            List.of(3L, 4L)),
        other("repeated int64 v", g -> {}, Type.array(Type.INT64), List.of()),
        other(
            "repeated group v {required int64 x; required int64 y;}",
            g -> g.addGroup("v").append("x", 1L).append("y", 2L),
            Type.array(Type.record(point)),
            List.of(RowBuilder.of(point, 1L, 2L))),
        other(
            "required group v (MAP) {repeated group map (MAP_KEY_VALUE) {required binary str"
                + " (UTF8); required int32 num;}}",
            g -> g.addGroup("v").addGroup("map").append("str", "a").append("num", 1),
            Type.array(Type.record(kv)),
            List.of(RowBuilder.of(kv, "a", 1L))),
        other(
            "required group v (MAP_KEY_VALUE) {repeated group map {required binary k (UTF8);"
                + " required int32 n;}}",
            g -> g.addGroup("v").addGroup("map").append("k", "a").append("n", 1),
            Type.array(Type.record(kv)),
            List.of(RowBuilder.of(kv, "a", 1L))));
  }

  private static Arguments other(String field, Consumer<Group> value, Type type, Object expected) {
    return Arguments.of(field, value, type, expected);
  }

  @ParameterizedTest
  @MethodSource("otherWriters")
  void readsTheFormsOfOtherWriters(String field, Consumer<Group> value, Type type, Object expected)
      throws Exception {
    String file = foreign(field, value);
    Schema schema = schema(file);

    assertThat(schema, is(Schema.of(Column.required("v", type))));
    assertThat(
        read(new ParquetRowReader(file, schema, 0, 9, notes), schema),
        contains(RowBuilder.of(schema, expected)));
    assertThat(notes.rejected, is(empty()));
    assertThat(notes.tallies, is(empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "required int64 v (TIMESTAMP(NANOS,true)) | -1 | 1969-12-31T23:59:59.999999Z",
        "required int64 v (TIMESTAMP(NANOS,false)) | 1999 | 1970-01-01T00:00:00.000001",
        "required int64 v (TIME(NANOS,true)) | 86399999999999 | 23:59:59.999999"
      })
  void nanosecondsAreCutOffAndCounted(String field, long nanos, String expected) throws Exception {
    String file = foreign(field, g -> g.add("v", nanos), g -> g.add("v", 1000L));
    Schema schema = schema(file);

    List<Row> rows = read(new ParquetRowReader(file, schema, 0, 9, notes), schema);

    assertThat(String.valueOf(rows.get(0).get(0)), is(expected));
    assertThat(rows.size(), is(2));
    assertThat(notes.tallies, contains("nanoseconds cut off in v: 1"));
  }

  @Test
  void nanosecondsOfAnOldTimestampAreCutOffAndCounted() throws Exception {
    String file = foreign("required int96 v", g -> g.add("v", int96(2_440_588, 1999L)));
    Schema schema = schema(file);

    List<Row> rows = read(new ParquetRowReader(file, schema, 0, 9, notes), schema);

    assertThat(rows.get(0).get(0), is(Instant.parse("1970-01-01T00:00:00.000001Z")));
    assertThat(notes.tallies, contains("nanoseconds cut off in v: 1"));
  }

  /** A message type, a value that no row can hold, why. */
  static List<Arguments> misfits() {
    return List.of(
        misfit(
            "required int32 v (DATE)",
            g -> g.add("v", -719_163),
            "is a date outside of the years 1 to 9999"),
        misfit(
            "required int32 v (DATE)",
            g -> g.add("v", 2_932_897),
            "is a date outside of the years 1 to 9999"),
        misfit(
            "required int32 v (TIME(MILLIS,true))",
            g -> g.add("v", 86_400_000),
            "is a time outside of 00:00 to 24:00"),
        misfit(
            "required int64 v (TIME(MICROS,true))",
            g -> g.add("v", -1L),
            "is a time outside of 00:00 to 24:00"),
        misfit(
            "required int64 v (TIMESTAMP(MICROS,true))",
            g -> g.add("v", 253_402_300_800_000_000L),
            "is a date outside of the years 1 to 9999"),
        misfit(
            "required int64 v (TIMESTAMP(MILLIS,false))",
            g -> g.add("v", Long.MIN_VALUE),
            "is a date outside of the years 1 to 9999"),
        misfit(
            "required int64 v (TIMESTAMP(MILLIS,false))",
            g -> g.add("v", -62_135_596_800_001L),
            "is a date outside of the years 1 to 9999"),
        misfit(
            "required int96 v",
            g -> g.add("v", int96(0, 0)),
            "is a date outside of the years 1 to 9999"),
        misfit(
            "required int96 v",
            g -> g.add("v", int96(2_440_588, -1000)),
            "is a time outside of 00:00 to 24:00"),
        misfit(
            "required int32 v (DECIMAL(3,1))",
            g -> g.add("v", 1000),
            "has too many digits for NUMERIC(3,1)"),
        misfit(
            "required binary v (DECIMAL(20,1))",
            g -> g.add("v", Binary.fromConstantByteArray(BigInteger.TEN.pow(20).toByteArray())),
            "has more than 19 digits before the point, too many for NUMERIC(20,1)"),
        misfit(
            "required binary v (UTF8)",
            g -> g.add("v", Binary.fromConstantByteArray(new byte[] {'a', -1})),
            "is not valid UTF-8"));
  }

  private static Arguments misfit(String field, Consumer<Group> value, String reason) {
    return Arguments.of(field, value, reason);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void aValueThatNoRowCanHoldRejectsItsRow(String field, Consumer<Group> value, String reason)
      throws Exception {
    String both = field + "; required int64 id";
    String file =
        foreign(
            both,
            g -> {
              value.accept(g);
              g.add("id", 7L);
            });
    Schema schema = schema(file);

    List<Row> rows = read(new ParquetRowReader(file, schema, 0, 9, notes), schema);

    assertThat(rows, is(empty()));
    assertThat(
        notes.rejected,
        contains(file + " row 1: column `v` " + reason + " | {\"v\":null,\"id\":7}"));
    IOException e = assertThrows(IOException.class, () -> staged(file, schema));
    assertThat(e.getMessage(), is(file + " row 1: column `v` " + reason));
  }

  @Test
  void aFieldInsideIsNamedByItsPath() throws Exception {
    String file =
        foreign(
            "required group v {optional group days (LIST) {repeated group list {optional int32"
                + " element (DATE);}}}",
            g -> g.addGroup("v").addGroup("days").addGroup("list").append("element", 9_999_999));
    Schema schema = schema(file);

    read(new ParquetRowReader(file, schema, 0, 9, notes), schema);

    assertThat(
        notes.rejected.get(0), containsString("column `v.days` is a date outside of the years"));
  }

  @Test
  void jsonThatIsNoneIsRejectedUnlessItWasStaged() throws Exception {
    String file = foreign("required binary v (JSON)", g -> g.add("v", "{"));
    Schema schema = schema(file);

    assertThat(read(new ParquetRowReader(file, schema, 0, 9, notes), schema), is(empty()));
    assertThat(
        notes.rejected, contains(file + " row 1: column `v` is not valid JSON | {\"v\":null}"));
    assertThat(staged(file, schema), contains(RowBuilder.of(schema, "{")));
  }

  @Test
  void rowsAfterARejectedOneAreWhole() throws Exception {
    String file =
        foreign(
            "required int32 v (DATE); optional int64 id",
            g -> g.append("v", 9_999_999).append("id", 1L),
            g -> g.append("v", 0));
    Schema schema = schema(file);

    List<Row> rows = read(new ParquetRowReader(file, schema, 0, 9, notes), schema);

    assertThat(rows, contains(RowBuilder.of(schema, LocalDate.EPOCH, null)));
  }

  @Test
  void columnsAreFoundByNameAndOthersAreNotRead() throws Exception {
    String file = path("names.parquet");
    duck("copy (select 1 as a, 'x' as \"B\", 2.5 as c) to '" + file + "'");
    Schema schema = Schema.of(Column.nullable("b", Type.STRING), Column.nullable("a", Type.INT64));

    assertThat(
        read(new ParquetRowReader(file, schema, 0, 9, notes), schema),
        contains(RowBuilder.of(schema, "x", 1L)));
  }

  @Test
  void aRecordMayHaveItsFieldsInAnotherOrder() throws Exception {
    String file = path("fields.parquet");
    duck("copy (select {'x': 1::bigint, 'y': 'p'} as v) to '" + file + "'");
    Schema fields = Schema.of(Column.nullable("y", Type.STRING), Column.nullable("x", Type.INT64));
    Schema schema = Schema.of(Column.nullable("v", Type.record(fields)));

    assertThat(
        read(new ParquetRowReader(file, schema, 0, 9, notes), schema),
        contains(RowBuilder.of(schema, RowBuilder.of(fields, "p", 1L))));
  }

  @Test
  void aColumnCanBeReadAsATypeThatHoldsAllItsValues() throws Exception {
    String file = path("wide.parquet");
    duck(
        "copy (select 7::int as i, 1.25::decimal(5,2) as d, 'text'::blob as b, '{}' as j,"
            + " 'POINT (1 2)' as g) to '"
            + file
            + "'");
    Schema schema =
        Schema.of(
            Column.nullable("i", Type.numeric(19, 0)),
            Column.nullable("d", Type.NUMERIC),
            Column.nullable("b", Type.STRING),
            Column.nullable("j", Type.JSON),
            Column.nullable("g", Type.GEOGRAPHY));

    assertThat(
        read(new ParquetRowReader(file, schema, 0, 9, notes), schema),
        contains(RowBuilder.of(schema, dec("7"), dec("1.25"), "text", "{}", "POINT (1 2)")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BIGINT | STRING | column `v` is INT64 in the file, not STRING",
        "VARCHAR | INT64 | column `v` is STRING in the file, not INT64",
        "DECIMAL(10,2) | NUMERIC(10,1) | column `v` is NUMERIC(10,2) in the file, not"
            + " NUMERIC(10,1)",
        "TIMESTAMP | TIMESTAMP | column `v` is DATETIME in the file, not TIMESTAMP"
      })
  void anotherTypeIsRefusedWithColumnAndTypes(String duckType, String wanted, String message)
      throws Exception {
    String file = path("other.parquet");
    duck("copy (select NULL::" + duckType + " as v) to '" + file + "'");

    IOException e =
        assertThrows(
            IOException.class,
            () -> staged(file, Schema.of(Column.nullable("v", Type.parse(wanted)))));

    assertThat(e.getMessage(), is(file + ": " + message));
  }

  @Test
  void aMissingColumnIsRefusedWithItsFile() throws Exception {
    String file = path("missing.parquet");
    duck("copy (select 1::bigint as a) to '" + file + "'");

    IOException e =
        assertThrows(
            IOException.class,
            () ->
                staged(
                    file,
                    Schema.of(Column.nullable("a", Type.INT64), Column.nullable("b", Type.INT64))));

    assertThat(e.getMessage(), is(file + " has the columns a of the expected a, b"));
  }

  @Test
  void columnsThatCannotBeReadAreAllNamed() throws Exception {
    String file =
        foreign(
            "required fixed_len_byte_array(12) v (INTERVAL); required int64 n; required int64 N;"
                + " optional group s {optional fixed_len_byte_array(12) i (INTERVAL);}",
            g ->
                g.append("v", Binary.fromConstantByteArray(new byte[12]))
                    .append("n", 1L)
                    .append("N", 2L));

    ParquetContents contents = ParquetContents.of(file);

    assertThat(contents.columns(), contains(Column.required("n", Type.INT64)));
    assertThat(
        contents.unreadable(),
        contains(
            "column `v` is FIXED_LEN_BYTE_ARRAY (INTERVAL) in the file, which cannot be read",
            "column `N` occurs twice, in upper and lower case",
            "column `s` has a field `i`, which is FIXED_LEN_BYTE_ARRAY (INTERVAL) in the file,"
                + " which cannot be read"));
  }

  @Test
  void aFileThatIsNotParquetIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("no.parquet"), "id,name\n1,a\n");

    IOException e = assertThrows(IOException.class, () -> ParquetContents.of(file.toString()));

    assertThat(e.getMessage(), containsString(file + " is not a complete Parquet file"));
  }

  @Test
  void aBrokenPageIsAnErrorWithFileAndRow() throws Exception {
    String file = path("broken.parquet");
    duck(
        "copy (select range as id, md5(range::varchar) as t from range(5000)) to '"
            + file
            + "' (row_group_size 2048, codec zstd)");
    byte[] bytes = Files.readAllBytes(Path.of(file));
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 2000, (byte) 0x55);
    Files.write(Path.of(file), bytes);
    Schema schema = schema(file);

    IOException e =
        assertThrows(
            IOException.class, () -> read(new ParquetRowReader(file, schema, 0, 9, notes), schema));

    assertThat(e.getMessage(), containsString(file + " cannot be read after row 2048: "));
  }

  @Test
  void valuesOfMegabytesComeWhole() throws Exception {
    String file = path("large.parquet");
    duck("copy (select repeat('ż', 3000000) as v from range(3)) to '" + file + "'");
    Schema schema = schema(file);

    List<Row> rows = read(new ParquetRowReader(file, schema, 0, 9, notes), schema);

    assertThat(rows.size(), is(3));
    assertThat(rows.get(2).get(0), is("ż".repeat(3_000_000)));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Schema schema(String file) throws IOException {
    return Schema.of(ParquetContents.of(file).columns());
  }

  private static List<Row> staged(String file, Schema schema) throws IOException {
    return read(new ParquetRowReader(file, schema), schema);
  }

  private static List<Row> read(ParquetRowReader reader, Schema schema) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (reader) {
      RowBuilder row = new RowBuilder(schema);
      while (reader.next(row)) {
        rows.add(row.copy());
      }
    }
    return rows;
  }

  @SafeVarargs
  private String foreign(String fields, Consumer<Group>... rows) throws IOException {
    String file = path("foreign.parquet");
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m {" + fields + (fields.endsWith("}") ? "" : ";") + "}");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(
                new StorageOutputFile(io.tributary.storage.Storages.of(file), file))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .withCodecFactory(new ZstdCodecs())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (Consumer<Group> fill : rows) {
        Group row = new SimpleGroup(type);
        fill.accept(row);
        writer.write(row);
      }
    }
    return file;
  }

  private static Binary int96(int julianDay, long nanos) {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    return Binary.fromConstantByteArray(bytes.putLong(nanos).putInt(julianDay).array());
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }

  private static void duck(String sql) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("set timezone = 'UTC'");
      statement.execute(sql);
    }
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
