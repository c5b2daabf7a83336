package io.tributary.connector.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.Compression;
import io.tributary.row.format.CsvRowWriter;
import io.tributary.row.format.NdjsonRowWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sink writes, the source reads back as it was. */
class RoundTripTest {
  private static final List<String> TEXTS =
      List.of(
          "", " ", "NULL", "null", "a,b", "\"", "\"\"", "x\ny", "\r\n", "ż🐘", "007", "\\",
          "\u0000", "'", "\uFEFF", "true", "\u2028");

  private static final Schema NESTED =
      Schema.of(
          Column.nullable("text", Type.STRING),
          Column.nullable("days", Type.array(Type.DATE)),
          Column.nullable("amount", Type.numeric(30, 5)));
  private static final Schema SCHEMA =
      Schema.of(
          Column.nullable("b", Type.BOOL),
          Column.nullable("i", Type.INT64),
          Column.nullable("f", Type.FLOAT64),
          Column.nullable("n", Type.numeric(12, 3)),
          Column.nullable("w", Type.NUMERIC),
          Column.nullable("big", Type.BIGNUMERIC),
          Column.nullable("s", Type.STRING),
          Column.nullable("g", Type.GEOGRAPHY),
          Column.nullable("raw", Type.BYTES),
          Column.nullable("d", Type.DATE),
          Column.nullable("t", Type.TIME),
          Column.nullable("dt", Type.DATETIME),
          Column.nullable("ts", Type.TIMESTAMP),
          Column.nullable("record", Type.record(NESTED)),
          Column.nullable("list", Type.array(Type.STRING)),
          Column.nullable("json", Type.JSON));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "csv,NONE,1",
    "csv,GZ,2",
    "csv,ZST,3",
    "ndjson,NONE,4",
    "ndjson,GZ,5",
    "ndjson,ZST,6"
  })
  void rowsOfAllTypesComeBackAsTheyWere(String format, Compression compression, long seed)
      throws IOException {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      rows.add(RowBuilder.of(SCHEMA, values(random)));
    }
    String file = folder.resolve("rows." + format + compression.extension()).toString();
    try (RowWriter writer =
        format.equals("csv")
            ? new CsvRowWriter(SCHEMA, file, compression)
            : new NdjsonRowWriter(SCHEMA, file, compression)) {
      for (Row row : rows) {
        writer.write(row);
      }
    }

    String schema =
        SCHEMA.columns().stream()
            .map(column -> column.name() + ":" + column.type())
            .collect(Collectors.joining(","));
    SourceProbe<FileSplit> probe =
        new SourceProbe<>(
            new FilesSource(
                SourceProbe.parameters(
                    FilesSource.SPEC,
                    Map.of("path", "rows.*", "schema", schema),
                    new ProblemList())),
            folder);
    List<Row> read = probe.rows();

    assertThat(probe.rejected(), is(empty()));
    assertThat(read.size(), is(rows.size()));
    for (int i = 0; i < read.size(); i++) {
      assertThat("seed " + seed + " row " + i, read.get(i).toString(), is(rows.get(i).toString()));
      assertThat("seed " + seed + " row " + i, read.get(i), is(rows.get(i)));
    }
  }

  private static @Nullable Object[] values(Random random) {
    @Nullable Object[] values = new Object[SCHEMA.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(5) == 0 ? null : value(SCHEMA.type(i), random);
    }
    return values;
  }

  private static Object value(Type type, Random random) {
    return switch (type.kind()) {
      case BOOL -> random.nextBoolean();
      case INT64 -> random.nextLong() >> random.nextInt(64);
      case FLOAT64 ->
          random.nextInt(10) == 0
              ? List.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE)
                  .get(random.nextInt(3))
              : Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
      case NUMERIC, BIGNUMERIC ->
          new BigDecimal(new BigInteger(random.nextInt(type.precision() * 3), random), type.scale())
              .multiply(new BigDecimal(random.nextBoolean() ? 1 : -1));
      case STRING, GEOGRAPHY -> TEXTS.get(random.nextInt(TEXTS.size()));
      case JSON ->
          List.of("{\"a\":[1,2.50,null]}", "\"text\"", "1E+400", "true").get(random.nextInt(4));
      case BYTES -> {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        yield ByteBuffer.wrap(bytes).asReadOnlyBuffer();
      }
      case DATE ->
          LocalDate.of(1 + random.nextInt(9999), 1 + random.nextInt(12), 1 + random.nextInt(28));
      case TIME -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1000);
      case DATETIME ->
          LocalDateTime.of(
              LocalDate.of(1 + random.nextInt(9999), 1, 1),
              LocalTime.ofSecondOfDay(random.nextInt(86_400)));
      case TIMESTAMP ->
          Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L)
              .atOffset(ZoneOffset.UTC)
              .toInstant();
      case RECORD ->
          RowBuilder.of(
              type.recordFields(),
              type.recordFields().columns().stream()
                  .map(field -> random.nextInt(4) == 0 ? null : value(field.type(), random))
                  .toArray());
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(random.nextInt(4) == 0 ? null : value(type.elementType(), random));
        }
        yield list;
      }
    };
  }
}
