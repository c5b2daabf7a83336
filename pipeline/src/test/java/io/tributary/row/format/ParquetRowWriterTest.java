package io.tributary.row.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetRowWriterTest {
  private static final Schema POINT =
      Schema.of(Column.nullable("x", Type.INT64), Column.nullable("label", Type.STRING));
  private static final Schema POINTS =
      Schema.of(Column.nullable("points", Type.array(Type.record(POINT))));

  @TempDir Path folder;

  /** type, value, DuckDB's name of the type it reads, the value as DuckDB's text. */
  static List<Arguments> values() {
    return List.of(
        value(Type.BOOL, true, "BOOLEAN", "true"),
        value(Type.BOOL, false, "BOOLEAN", "false"),
        value(Type.BOOL, null, "BOOLEAN", null),
        value(Type.INT64, Long.MIN_VALUE, "BIGINT", "-9223372036854775808"),
        value(Type.INT64, Long.MAX_VALUE, "BIGINT", "9223372036854775807"),
        value(Type.INT64, null, "BIGINT", null),
        value(Type.FLOAT64, Double.MIN_VALUE, "DOUBLE", "5e-324"),
        value(Type.FLOAT64, Double.MAX_VALUE, "DOUBLE", "1.7976931348623157e+308"),
        value(Type.FLOAT64, -0.1, "DOUBLE", "-0.1"),
        value(Type.FLOAT64, Double.NaN, "DOUBLE", "nan"),
        value(Type.FLOAT64, Double.NEGATIVE_INFINITY, "DOUBLE", "-inf"),
        value(Type.FLOAT64, null, "DOUBLE", null),
        value(Type.numeric(1, 0), new BigDecimal("-9"), "DECIMAL(1,0)", "-9"),
        value(Type.numeric(9, 2), dec("-9999999.99"), "DECIMAL(9,2)", "-9999999.99"),
        value(Type.numeric(10, 0), dec("9999999999"), "DECIMAL(10,0)", "9999999999"),
        value(
            Type.numeric(18, 4),
            dec("99999999999999.9999"),
            "DECIMAL(18,4)",
            "99999999999999.9999"),
        value(
            Type.numeric(18, 18),
            dec("-0.999999999999999999"),
            "DECIMAL(18,18)",
            "-.999999999999999999"),
        value(
            Type.numeric(19, 0),
            dec("9999999999999999999"),
            "DECIMAL(19,0)",
            "9999999999999999999"),
        value(
            Type.numeric(20, 0),
            dec("18446744073709551615"),
            "DECIMAL(20,0)",
            "18446744073709551615"),
        value(
            Type.NUMERIC,
            dec("99999999999999999999999999999.999999999"),
            "DECIMAL(38,9)",
            "99999999999999999999999999999.999999999"),
        value(
            Type.NUMERIC,
            dec("-99999999999999999999999999999.999999999"),
            "DECIMAL(38,9)",
            "-99999999999999999999999999999.999999999"),
        value(Type.NUMERIC, dec("-0.000000001"), "DECIMAL(38,9)", "-0.000000001"),
        value(Type.NUMERIC, dec("1.5"), "DECIMAL(38,9)", "1.500000000"),
        value(Type.NUMERIC, null, "DECIMAL(38,9)", null),
        value(
            Type.BIGNUMERIC,
            dec("-12345678901234567890123456789012345678.5"),
            "VARCHAR",
            "-12345678901234567890123456789012345678.5"),
        value(Type.BIGNUMERIC, dec("1E+5"), "VARCHAR", "100000"),
        value(Type.BIGNUMERIC, dec("0.00"), "VARCHAR", "0"),
        value(Type.BIGNUMERIC, null, "VARCHAR", null),
        value(Type.STRING, "", "VARCHAR", ""),
        value(
            Type.STRING,
            "Zażółć 🐘 \u0000 \"quoted\"\r\n",
            "VARCHAR",
            "Zażółć 🐘 \u0000 \"quoted\"\r\n"),
        value(Type.STRING, "x".repeat(100_000), "VARCHAR", "x".repeat(100_000)),
        value(Type.STRING, null, "VARCHAR", null),
        value(Type.JSON, "{\"a\": [1, 2.50]}", "JSON", "{\"a\": [1, 2.50]}"),
        value(Type.GEOGRAPHY, "POINT (1 2)", "VARCHAR", "POINT (1 2)"),
        value(Type.BYTES, ByteBuffer.wrap(new byte[] {0, -1, 65}), "BLOB", "\\x00\\xFFA"),
        value(Type.BYTES, ByteBuffer.wrap(new byte[0]), "BLOB", ""),
        value(Type.BYTES, null, "BLOB", null),
        value(Type.DATE, LocalDate.of(1, 1, 1), "DATE", "0001-01-01"),
        value(Type.DATE, LocalDate.of(9999, 12, 31), "DATE", "9999-12-31"),
        value(Type.DATE, LocalDate.of(1969, 12, 31), "DATE", "1969-12-31"),
        value(Type.TIME, LocalTime.MIDNIGHT, "TIME", "00:00:00"),
        value(Type.TIME, LocalTime.of(23, 59, 59, 999_999_000), "TIME", "23:59:59.999999"),
        value(Type.DATETIME, LocalDateTime.of(1, 1, 1, 0, 0), "TIMESTAMP", "0001-01-01 00:00:00"),
        value(
            Type.DATETIME,
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
            "TIMESTAMP",
            "9999-12-31 23:59:59.999999"),
        // does not exist on clocks in Berlin
        value(
            Type.DATETIME,
            LocalDateTime.of(2024, 3, 31, 2, 30),
            "TIMESTAMP",
            "2024-03-31 02:30:00"),
        value(
            Type.TIMESTAMP,
            Instant.parse("0001-01-01T00:00:00Z"),
            "TIMESTAMP WITH TIME ZONE",
            "0001-01-01 00:00:00+00"),
        value(
            Type.TIMESTAMP,
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            "TIMESTAMP WITH TIME ZONE",
            "1969-12-31 23:59:59.999999+00"),
        value(Type.TIMESTAMP, null, "TIMESTAMP WITH TIME ZONE", null),
        value(Type.array(Type.INT64), Arrays.asList(1L, null, 3L), "BIGINT[]", "[1, NULL, 3]"),
        value(Type.array(Type.INT64), List.of(), "BIGINT[]", "[]"),
        value(Type.array(Type.INT64), null, "BIGINT[]", null),
        value(
            Type.array(Type.NUMERIC),
            List.of(dec("1.250000000")),
            "DECIMAL(38,9)[]",
            "[1.250000000]"),
        value(Type.array(Type.STRING), Arrays.asList("a", null, ""), "VARCHAR[]", "[a, NULL, '']"),
        value(
            Type.record(POINT),
            RowBuilder.of(POINT, 7L, null),
            "STRUCT(x BIGINT, \"label\" VARCHAR)",
            "{'x': 7, 'label': NULL}"),
        value(
            Type.record(POINT),
            RowBuilder.of(POINT, null, null),
            "STRUCT(x BIGINT, \"label\" VARCHAR)",
            "{'x': NULL, 'label': NULL}"),
        value(Type.record(POINT), null, "STRUCT(x BIGINT, \"label\" VARCHAR)", null),
        value(
            Type.record(POINTS),
            RowBuilder.of(POINTS, Arrays.asList(RowBuilder.of(POINT, 1L, "p"), null)),
            "STRUCT(points STRUCT(x BIGINT, \"label\" VARCHAR)[])",
            "{'points': [{'x': 1, 'label': p}, NULL]}"));
  }

  private static Arguments value(
      Type type, @Nullable Object value, String duckType, @Nullable String text) {
    return Arguments.of(type, value, duckType, text);
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }

  @ParameterizedTest
  @MethodSource("values")
  void duckDbReadsEveryValueAsItWas(
      Type type, @Nullable Object value, String duckType, @Nullable String text) throws Exception {
    Schema schema = Schema.of(Column.nullable("v", type));

    List<List<String>> expected = List.of(Arrays.asList(duckType, text));
    String query = "select typeof(v), v::varchar from read_parquet('%s')";
    Row row = RowBuilder.of(schema, value);
    String nested = folder.resolve("nested.parquet").toString();
    try (NestedParquetWriter writer = new NestedParquetWriter(schema, nested)) {
      writer.write(row);
    }

    assertThat(duck(query.formatted(write(schema, row))), is(expected));
    assertThat("by parquet-hadoop", duck(query.formatted(nested)), is(expected));
  }

  @Test
  void writesManyRowGroupsOfMixedRowsInOrder() throws Exception {
    Schema schema =
        Schema.of(Column.required("id", Type.INT64), Column.nullable("note", Type.STRING));
    String file = folder.resolve("many.parquet").toString();
    byte[] reused = new byte[400];
    try (ParquetRowWriter writer = new ParquetRowWriter(schema, file)) {
      RowBuilder row = new RowBuilder(schema);
      Random random = new Random(7);
      for (long i = 0; i < 200_000; i++) {
        random.nextBytes(reused);
        row.setLong(0, i);
        if (i % 3 == 0) {
          row.setNull(1);
        } else {
          for (int k = 0; k < reused.length; k++) {
            reused[k] = (byte) ('0' + (reused[k] & 63));
          }
          row.setBytes(1, reused, 1, 399);
        }
        writer.write(row);
        Arrays.fill(reused, (byte) '!'); // the writer has consumed the row
      }
      assertThat(writer.rows(), is(200_000L));
    }

    assertThat(ParquetFooter.rows(file), is(200_000L));
    assertThat(
        duck(
            "select count(*), count(note), sum(id), min(length(note)), count(*) filter (note like"
                + " '%!%') from read_parquet('"
                + file
                + "')"),
        is(List.of(List.of("200000", "133333", "19999900000", "399", "0"))));
    assertThat(
        duck("select count(distinct row_group_id) > 1 from parquet_metadata('" + file + "')"),
        is(List.of(List.of("true"))));
    assertThat(
        duck("select distinct compression from parquet_metadata('" + file + "')"),
        is(List.of(List.of("ZSTD"))));
  }

  /**
   * Both writers give the same table, whatever mixture of repeated, rare, long and missing values
   * the columns have.
   */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void theFlatWriterWritesWhatParquetHadoopWrites(long seed) throws Exception {
    Random random = new Random(seed);
    Schema schema =
        Schema.of(
            Column.required("n", Type.INT64),
            Column.nullable("b", Type.BOOL),
            Column.nullable("i", Type.INT64),
            Column.nullable("f", Type.FLOAT64),
            Column.nullable("small", Type.numeric(5, 1)),
            Column.nullable("wide", Type.NUMERIC),
            Column.nullable("s", Type.STRING),
            Column.nullable("raw", Type.BYTES),
            Column.nullable("d", Type.DATE),
            Column.nullable("ts", Type.TIMESTAMP),
            Column.required("rb", Type.BOOL));
    int[] distinct = random.ints(schema.size(), 0, 6).map(k -> (int) Math.pow(10, k)).toArray();
    int[] nulls = random.ints(schema.size(), 0, 4).map(k -> new int[] {0, 1, 50, 100}[k]).toArray();
    int rows = 1 + random.nextInt(300_000);
    String flat = folder.resolve("flat.parquet").toString();
    String nested = folder.resolve("nested.parquet").toString();
    try (ParquetRowWriter one = new ParquetRowWriter(schema, flat);
        NestedParquetWriter other = new NestedParquetWriter(schema, nested)) {
      RowBuilder row = new RowBuilder(schema);
      for (int n = 0; n < rows; n++) {
        row.clear();
        row.setLong(0, n);
        row.setLong(10, n & 1);
        for (int i = 1; i < 10; i++) {
          if (random.nextInt(100) >= nulls[i]) {
            int value = random.nextInt(distinct[i]);
            switch (schema.type(i).kind()) {
              case BOOL -> row.setLong(i, value & 1);
              case FLOAT64 -> row.setDouble(i, value / 7.0);
              case NUMERIC -> row.set(i, new BigDecimal(value % 9999).movePointLeft(1));
              case STRING, BYTES ->
                  row.setBytes(
                      i, ("v" + value + "x".repeat(value % 40)).getBytes(UTF_8), 1, value % 40);
              default -> row.setLong(i, value);
            }
          }
        }
        one.write(row);
        other.write(row);
      }
    }

    assertThat(ParquetFooter.rows(flat), is((long) rows));
    assertThat(
        "seed " + seed,
        duck(
            "select count(*) from read_parquet('%s') one full join read_parquet('%s') other on one.n = other.n where one is distinct from other"
                .formatted(flat, nested)),
        is(List.of(List.of("0"))));
    assertThat(
        duck("select count(*) from read_parquet('" + flat + "')"),
        is(List.of(List.of(String.valueOf(rows)))));
  }

  @Test
  void aFileInWhichARowWasWrittenInPartIsNotCompleted() throws Exception {
    Schema schema = Schema.of(Column.nullable("id", Type.INT64), Column.nullable("day", Type.DATE));
    String file = folder.resolve("torn.parquet").toString();
    ParquetRowWriter writer = new ParquetRowWriter(schema, file);
    RowBuilder row = new RowBuilder(schema);
    row.setLong(0, 1);
    row.setLong(1, Long.MAX_VALUE);
    assertThrows(ArithmeticException.class, () -> writer.write(row));

    IOException e = assertThrows(IOException.class, writer::close);

    assertThat(e.getMessage(), is(file + " cannot be completed: a row of it was written in part"));
    assertThrows(IOException.class, () -> ParquetFooter.rows(file));
  }

  @Test
  void aFileWithoutRowsHasItsColumns() throws Exception {
    String file = write(Schema.of(Column.nullable("v", Type.NUMERIC)));

    assertThat(ParquetFooter.rows(file), is(0L));
    assertThat(
        duck("select column_name from (describe select * from read_parquet('" + file + "'))"),
        is(List.of(List.of("v"))));
  }

  @Test
  void nullInARequiredColumnNamesTheColumnAndTheFileGoesOn() throws Exception {
    Schema schema = Schema.of(Column.required("id", Type.INT64));
    String file = folder.resolve("required.parquet").toString();
    try (ParquetRowWriter writer = new ParquetRowWriter(schema, file)) {
      writer.write(RowBuilder.of(schema, 1L));

      PermanentException e =
          assertThrows(
              PermanentException.class, () -> writer.write(RowBuilder.of(schema, (Object) null)));

      assertThat(e.getMessage(), containsString("column `id` is NOT NULL, but NULL in row 2 of "));
      assertThat(writer.rows(), is(1L));
    }
    assertThat(ParquetFooter.rows(file), is(1L));
  }

  @Test
  void nullInARequiredFieldNamesTheField() throws Exception {
    Schema fields = Schema.of(Column.required("x", Type.INT64));
    Schema schema = Schema.of(Column.nullable("point", Type.record(fields)));

    PermanentException e =
        assertThrows(
            PermanentException.class,
            () -> write(schema, RowBuilder.of(schema, new RowBuilder(fields))));

    assertThat(e.getMessage(), is("field `x` of column `point` is NOT NULL, but holds NULL"));
  }

  @Test
  void anAbortedFileIsNotAParquetFile() throws Exception {
    Schema schema = Schema.of(Column.nullable("v", Type.INT64));
    String file = folder.resolve("aborted.parquet").toString();
    ParquetRowWriter writer = new ParquetRowWriter(schema, file);
    writer.write(RowBuilder.of(schema, 1L));

    writer.abort();
    writer.close();

    IOException e = assertThrows(IOException.class, () -> ParquetFooter.rows(file));
    assertThat(e.getMessage(), is(file + " is not a complete Parquet file"));
  }

  @Test
  void closingTwiceIsClosingOnce() throws Exception {
    Schema schema = Schema.of(Column.nullable("v", Type.INT64));
    String file = folder.resolve("twice.parquet").toString();
    ParquetRowWriter writer = new ParquetRowWriter(schema, file);
    writer.write(RowBuilder.of(schema, 1L));

    writer.close();
    writer.close();
    writer.abort();

    assertThat(ParquetFooter.rows(file), is(1L));
  }

  private String write(Schema schema, Row... rows) throws IOException {
    String file = folder.resolve("values.parquet").toString();
    try (ParquetRowWriter writer = new ParquetRowWriter(schema, file)) {
      for (Row row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static List<List<String>> duck(String sql) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("set timezone = 'UTC'");
      try (ResultSet rows = statement.executeQuery(sql)) {
        List<List<String>> all = new ArrayList<>();
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.add(rows.getString(i));
          }
          all.add(row);
        }
        return all;
      }
    }
  }
}
