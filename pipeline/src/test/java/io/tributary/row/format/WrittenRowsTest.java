package io.tributary.row.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files say themselves how many rows they hold, whatever is in the rows. */
class WrittenRowsTest {
  private static final Schema ONE = Schema.of(Column.nullable("v", Type.STRING));
  private static final List<@Nullable String> VALUES =
      Arrays.asList(null, "", "a", "\n", "\r\n\"", "\"", "a,b\n\nc", "ż🐘");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.csv",
        "a.csv.gz",
        "a.csv.zst",
        "a.ndjson",
        "a.ndjson.gz",
        "a.ndjson.zst",
        "a.parquet",
        "a.avro"
      })
  void rowsAreCountedFromTheFile(String name) throws IOException {
    Random random = new Random(3);
    for (int rows : List.of(0, 1, 2, 500, 20_000)) {
      String path = folder.resolve(name).toString();
      try (RowWriter writer = open(path)) {
        for (int i = 0; i < rows; i++) {
          writer.write(RowBuilder.of(ONE, VALUES.get(random.nextInt(VALUES.size()))));
        }
      }

      assertThat(name + " of " + rows, WrittenRows.of(path), is((long) rows));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv.gz", "a.ndjson.zst", "a.parquet", "a.avro"})
  void aFileThatWasCutOffIsNamed(String name) throws IOException {
    Path path = folder.resolve(name);
    try (RowWriter writer = open(path.toString())) {
      for (int i = 0; i < 1000; i++) {
        writer.write(RowBuilder.of(ONE, "row " + i * 7919));
      }
    }
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length - 5));

    IOException e = assertThrows(IOException.class, () -> WrittenRows.of(path.toString()));

    assertThat(e.getMessage(), containsString(path + " is not "));
    assertThat(e.getMessage(), containsString("complete"));
  }

  private static RowWriter open(String path) throws IOException {
    if (path.endsWith(".parquet")) {
      return new ParquetRowWriter(ONE, path);
    }
    if (path.endsWith(".avro")) {
      return new AvroRowWriter(ONE, path, AvroRowWriter.Codec.SNAPPY);
    }
    Compression compression = Compression.of(path);
    return path.contains(".csv")
        ? new CsvRowWriter(ONE, path, compression)
        : new NdjsonRowWriter(ONE, path, compression);
  }
}
