package io.tributary.row.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextFormatsTest {
  private static final Schema POINT =
      Schema.of(Column.nullable("x", Type.INT64), Column.nullable("label", Type.STRING));

  @TempDir Path folder;

  /** type, value, as JSON, as a CSV cell. */
  static List<Arguments> values() {
    return List.of(
        value(Type.BOOL, true, "true", "true"),
        value(Type.BOOL, false, "false", "false"),
        value(Type.INT64, Long.MIN_VALUE, "-9223372036854775808", "-9223372036854775808"),
        value(Type.FLOAT64, 0.1, "0.1", "0.1"),
        value(Type.FLOAT64, Double.NaN, "\"NaN\"", "NaN"),
        value(Type.FLOAT64, Double.NEGATIVE_INFINITY, "\"-Infinity\"", "-Infinity"),
        value(Type.numeric(18, 2), new BigDecimal("1.50"), "1.50", "1.50"),
        value(Type.numeric(18, 10), new BigDecimal("0.0000000001"), "0.0000000001", "0.0000000001"),
        value(
            Type.NUMERIC,
            new BigDecimal("-99999999999999999999999999999.999999999"),
            "-99999999999999999999999999999.999999999",
            "-99999999999999999999999999999.999999999"),
        value(
            Type.BIGNUMERIC,
            new BigDecimal("1E-38"),
            "0.00000000000000000000000000000000000001",
            "0.00000000000000000000000000000000000001"),
        value(Type.STRING, "", "\"\"", "\"\""),
        value(
            Type.STRING,
            "a,b \"c\"\nżółć 🐘\t",
            "\"a,b \\\"c\\\"\\nżółć 🐘\\t\"",
            "\"a,b \"\"c\"\"\nżółć 🐘\t\""),
        value(Type.STRING, null, "null", ""),
        value(
            Type.JSON,
            "{\"a\":\n [1, 2.50]}",
            "{\"a\":  [1, 2.50]}",
            "\"{\"\"a\"\":\n [1, 2.50]}\""),
        value(Type.JSON, "\"text\"", "\"text\"", "\"\"\"text\"\"\""),
        value(Type.JSON, "{a}", "\"{a}\"", "{a}"),
        value(Type.JSON, "1 2", "\"1 2\"", "1 2"),
        value(Type.JSON, "", "\"\"", "\"\""),
        value(Type.GEOGRAPHY, "POINT (1 2)", "\"POINT (1 2)\"", "POINT (1 2)"),
        value(Type.BYTES, ByteBuffer.wrap(new byte[] {0, -1, 65}), "\"AP9B\"", "AP9B"),
        value(Type.DATE, LocalDate.of(1, 1, 1), "\"0001-01-01\"", "0001-01-01"),
        value(Type.TIME, LocalTime.MIDNIGHT, "\"00:00:00\"", "00:00:00"),
        value(Type.TIME, LocalTime.of(9, 5, 0, 1000), "\"09:05:00.000001\"", "09:05:00.000001"),
        value(
            Type.DATETIME,
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
            "\"1969-12-31T23:59:59.999999\"",
            "1969-12-31T23:59:59.999999"),
        value(
            Type.TIMESTAMP,
            Instant.parse("9999-12-31T23:59:00Z"),
            "\"9999-12-31T23:59:00Z\"",
            "9999-12-31T23:59:00Z"),
        value(
            Type.array(Type.STRING),
            Arrays.asList("a", null, ""),
            "[\"a\",null,\"\"]",
            "\"[\"\"a\"\",null,\"\"\"\"]\""),
        value(Type.array(Type.DATE), List.of(), "[]", "[]"),
        value(
            Type.record(POINT),
            RowBuilder.of(POINT, 7L, null),
            "{\"x\":7,\"label\":null}",
            "\"{\"\"x\"\":7,\"\"label\"\":null}\""),
        value(
            Type.array(Type.record(POINT)),
            Arrays.asList(RowBuilder.of(POINT, 7L, "p"), null),
            "[{\"x\":7,\"label\":\"p\"},null]",
            "\"[{\"\"x\"\":7,\"\"label\"\":\"\"p\"\"},null]\""));
  }

  private static Arguments value(Type type, @Nullable Object value, String json, String csv) {
    return Arguments.of(type, value, json, csv);
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesEveryValueExactly(Type type, @Nullable Object value, String json, String csv)
      throws IOException {
    Schema schema = Schema.of(Column.nullable("v", type), Column.nullable("n", Type.INT64));
    Row row = RowBuilder.of(schema, value, 1L);

    assertThat(RowJson.text(row), is("{\"v\":" + json + ",\"n\":1}"));
    assertThat(
        written(
            new NdjsonRowWriter(schema, path("v.ndjson"), Compression.NONE), "v.ndjson", row, row),
        is(("{\"v\":" + json + ",\"n\":1}\n").repeat(2)));
    assertThat(
        written(new CsvRowWriter(schema, path("v.csv"), Compression.NONE), "v.csv", row, row),
        is("v,n\n" + (csv + ",1\n").repeat(2)));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void whatIsCompressedIsReadBackByTheEndingOfItsName(Compression compression) throws IOException {
    String path = path("rows.csv" + compression.extension());
    Schema schema = Schema.of(Column.nullable("text", Type.STRING));
    CsvRowWriter writer = new CsvRowWriter(schema, path, compression);
    writer.write(RowBuilder.of(schema, "żółć"));
    writer.close();
    writer.close();
    writer.abort();

    assertThat(writer.rows(), is(1L));
    assertThat(Compression.of(path), is(compression));
    try (InputStream in = Compression.of(path).decompress(Files.newInputStream(Path.of(path)))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8), is("text\nżółć\n"));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void severalCompressedPartsInOneFileAreAllRead(Compression compression) throws IOException {
    Path file = folder.resolve("parts" + compression.extension());
    for (String part : List.of("a", "b")) {
      try (var out =
          compression.compress(
              Files.newOutputStream(
                  file,
                  java.nio.file.StandardOpenOption.CREATE,
                  java.nio.file.StandardOpenOption.APPEND))) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
      }
    }

    try (InputStream in = compression.decompress(Files.newInputStream(file))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8), is("ab"));
    }
  }

  @Test
  void anAbortedFileIsNotCompleted() throws IOException {
    Schema schema = Schema.of(Column.nullable("text", Type.STRING));
    RowWriter csv = new CsvRowWriter(schema, path("a.csv"), Compression.NONE);
    RowWriter json = new NdjsonRowWriter(schema, path("a.ndjson"), Compression.NONE);

    for (RowWriter writer : List.of(csv, json)) {
      writer.write(RowBuilder.of(schema, "x"));
      writer.abort();
      writer.close();
    }

    assertThat(Files.size(folder.resolve("a.csv")), is(0L));
    assertThat(Files.size(folder.resolve("a.ndjson")), is(0L));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String written(RowWriter writer, String name, Row... rows) throws IOException {
    try (writer) {
      for (Row row : rows) {
        writer.write(row);
      }
    }
    return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
  }
}
