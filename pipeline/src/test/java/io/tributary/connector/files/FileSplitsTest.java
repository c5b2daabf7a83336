package io.tributary.connector.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.ParquetRowWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is read in parts has the rows, and the rejected rows, of one that is read whole. */
class FileSplitsTest {
  private static final long WHOLE = Long.MAX_VALUE / 2;
  private static final List<String> CELLS =
      List.of(
          "",
          "a",
          "zażółć",
          "🐘",
          "12",
          "x y",
          "\"\"",
          "\"a,b\"",
          "\"say \"\"hi\"\"\"",
          "\"\"\"\"",
          "\"\n\"",
          "\"a\r\nb\"",
          "\"\r\"",
          "\"\r\r\n\n,\"",
          "a\"b",
          "it\"s \"",
          "\uFEFF");
  private static final List<String> BREAKS = List.of("\n", "\r\n", "\r", "\n\n", "\r\n\r\n");

  @TempDir Path folder;

  /** What reading gave: rows, rejected rows, or the failure. */
  private record Outcome(List<String> rows, List<String> rejected, boolean failed) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void csvInPartsHasTheSameRowsAndLines(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 15; round++) {
      String text = csv(random);
      boolean header = text.startsWith("id,") || text.startsWith("\uFEFFid,");
      Files.writeString(folder.resolve("a.csv"), text);
      Map<String, Object> keys =
          Map.of("path", "a.csv", "header", header, "schema", "id:STRING,v:STRING,w:STRING");

      Outcome whole = read(keys, WHOLE);

      for (long bytes : List.of(1L, 2L, 3L, 7L, 1L + random.nextInt(200))) {
        assertThat(
            "seed " + seed + " round " + round + " in parts of " + bytes + ": " + text,
            read(keys, bytes),
            is(whole));
      }
    }
  }

  private static String csv(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextBoolean()) {
      text.append(random.nextBoolean() ? "\uFEFF" : "").append("id,v,w");
      text.append(BREAKS.get(random.nextInt(BREAKS.size())));
    } else if (random.nextInt(4) == 0) {
      text.append(BREAKS.get(random.nextInt(BREAKS.size())));
    }
    for (int row = random.nextInt(30); row >= 0; row--) {
      for (int cell = random.nextInt(8) == 0 ? random.nextInt(3) : 2; cell >= 0; cell--) {
        text.append(CELLS.get(random.nextInt(CELLS.size()))).append(cell > 0 ? "," : "");
      }
      text.append(
          row == 0 && random.nextBoolean() ? "" : BREAKS.get(random.nextInt(BREAKS.size())));
    }
    return text.toString();
  }

  /** Quotes where no writer puts them: either way fails, or both give the same. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void csvOfAnyCharactersIsReadAlike(long seed) throws IOException {
    Random random = new Random(seed);
    String alphabet = "\"\"\n\n\r,,ab";
    for (int round = 0; round < 50; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Files.writeString(folder.resolve("a.csv"), text);
      Map<String, Object> keys =
          Map.of("path", "a.csv", "header", false, "schema", "a:STRING,b:STRING");

      Outcome whole = read(keys, WHOLE);
      Outcome parts = read(keys, 1 + random.nextInt(6));

      assertThat("seed " + seed + " round " + round, parts.failed(), is(whole.failed()));
      if (!whole.failed()) {
        assertThat("seed " + seed + " round " + round + ": " + text, parts, is(whole));
      }
    }
  }

  @Test
  void bytesThatAreNotUtf8AreRejectedOnTheirLineInAnyPart() throws IOException {
    byte[] text = "id,v,w\na,b,c\nd,?,f\ng,h,i\n".getBytes(StandardCharsets.UTF_8);
    text[15] = (byte) 0xC5; // begins a character that goes on with the comma, which it does not
    Files.write(folder.resolve("a.csv"), text);
    Map<String, Object> keys = Map.of("path", "a.csv", "schema", "id:STRING,v:STRING,w:STRING");

    Outcome whole = read(keys, WHOLE);

    assertThat(whole.rejected(), hasSize(1));
    assertThat(whole.rejected().get(0), containsString("line 3: column `v` is not valid UTF-8"));
    for (long bytes = 1; bytes < 20; bytes++) {
      assertThat(read(keys, bytes), is(whole));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void ndjsonInPartsHasTheSameRowsAndLines(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 15; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
      for (int row = random.nextInt(30); row >= 0; row--) {
        text.append(
            switch (random.nextInt(6)) {
              case 0 -> "";
              case 1 -> "   ";
              case 2 -> "{\"id\": \"x\"";
              case 3 -> "{\"id\": {}}";
              default -> "{\"id\": \"zażółć 🐘 \\n\"}";
            });
        text.append(random.nextInt(3) == 0 ? "\r\n" : "\n");
      }
      Files.writeString(folder.resolve("a.ndjson"), text);
      Map<String, Object> keys = Map.of("path", "a.ndjson", "schema", "id:STRING");

      Outcome whole = read(keys, WHOLE);

      for (long bytes : List.of(1L, 5L, 1L + random.nextInt(100))) {
        assertThat("seed " + seed + " round " + round, read(keys, bytes), is(whole));
      }
    }
  }

  @Test
  void partsHaveAboutTheSizeThatWasAskedFor() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id\n" + "1234567\n".repeat(1000));

    List<FileSplit> splits = probe(Map.of("path", "a.csv"), 1000).splits();

    assertThat(splits, hasSize(8));
    assertThat(splits.get(0).toString(), is(folder.resolve("a.csv") + " bytes 0 to 1003"));
    assertThat(splits.get(7).toString(), is(folder.resolve("a.csv") + " bytes 7003 to the end"));
    assertThat(splits.get(7).linesBefore(), is(876L));
  }

  @ParameterizedTest
  @CsvSource({"a.csv.gz,','", "a.csv,§"})
  void aFileThatIsCompressedOrHasAnOddDelimiterIsOnePart(String name, char delimiter)
      throws IOException {
    Files.writeString(folder.resolve(name), "id\n" + "1\n".repeat(1000));

    List<FileSplit> splits =
        probe(
                Map.of("path", name, "delimiter", String.valueOf(delimiter), "schema", "id:INT64"),
                10)
            .splits();

    assertThat(splits, hasSize(1));
    assertThat(splits.get(0).isWhole(), is(true));
  }

  @Test
  void anUnclosedQuoteIsNamedByItsLineInTheFile() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id\n" + "1\n".repeat(50) + "\"2\n3\n");

    IOException e =
        assertThrows(
            IOException.class,
            () -> probe(Map.of("path", "a.csv", "schema", "id:STRING"), 10).rows());

    assertThat(e.getMessage(), containsString("record starting at line 52"));
  }

  @Test
  void aFileThatWasChangedAfterItWasDividedFailsTheRead() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id\n" + "1\n".repeat(50));
    FilesSource source = source(Map.of("path", "a.csv", "schema", "id:INT64"), 10);
    FileSplit last = new SourceProbe<>(source, folder).splits().get(1);
    Files.writeString(folder.resolve("a.csv"), "id\n" + "1\n".repeat(49));

    PermanentException e =
        assertThrows(
            PermanentException.class,
            () -> source.open(last, Schema.of(Column.nullable("id", Type.INT64)), null));

    assertThat(
        e.getMessage(),
        is(
            folder.resolve("a.csv")
                + " was changed after the run was planned; run the config again"));
  }

  @Test
  void aParquetFileIsDividedByRowGroups() throws IOException {
    Schema schema = Schema.of(Column.required("id", Type.INT64), Column.nullable("t", Type.STRING));
    try (ParquetRowWriter writer =
        new ParquetRowWriter(schema, folder.resolve("a.parquet").toString())) {
      byte[] text = new byte[800];
      Random random = new Random(1);
      RowBuilder row = new RowBuilder(schema);
      for (long id = 0; id < 200_000; id++) {
        for (int i = 0; i < text.length; i++) {
          text[i] = (byte) ('!' + random.nextInt(90));
        }
        row.setLong(0, id);
        row.setBytes(1, text);
        writer.write(row);
      }
    }
    FilesParameters parameters = parameters(Map.of("path", "a.parquet"));
    SourceFile file = new SourceFile(folder.resolve("a.parquet").toString(), FileFormat.PARQUET);

    List<FileSplit> splits = new FileSplits(parameters, 1, 50_000).of(file);

    assertThat(splits, hasSize(greaterThan(2)));
    assertThat(splits.get(0).toString(), containsString(" row groups 0 to "));
    SourceProbe<FileSplit> probe = probe(Map.of("path", "a.parquet"), 1);
    assertThat(probe.splits(), hasSize(1));
    assertThat(probe.rows(), hasSize(200_000));
    assertThat(probe.rejected(), is(empty()));
  }

  private Outcome read(Map<String, Object> keys, long bytes) {
    SourceProbe<FileSplit> probe = probe(keys, bytes);
    List<String> rows = new ArrayList<>();
    boolean failed = false;
    try {
      probe.rows().stream().map(Row::toString).forEach(rows::add);
    } catch (IOException e) {
      failed = true;
    }
    return new Outcome(rows, List.copyOf(probe.rejected()), failed);
  }

  private SourceProbe<FileSplit> probe(Map<String, Object> keys, long bytes) {
    return new SourceProbe<>(source(keys, bytes), folder);
  }

  private static FilesSource source(Map<String, Object> keys, long bytes) {
    return new FilesSource(parameters(keys), bytes);
  }

  private static FilesParameters parameters(Map<String, Object> keys) {
    return SourceProbe.parameters(FilesSource.SPEC, new HashMap<>(keys), new ProblemList());
  }
}
