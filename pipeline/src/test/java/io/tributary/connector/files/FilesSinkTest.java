package io.tributary.connector.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.failure.PermanentException;
import io.tributary.module.FileSink;
import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.WrittenRows;
import io.tributary.spec.WriteMode;
import io.tributary.storage.Delivery;
import io.tributary.storage.LocalStorage;
import io.tributary.storage.StagedFile;
import io.tributary.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesSinkTest {
  private static final Schema SCHEMA = Schema.of(Column.nullable("id", Type.INT64));
  private static final Storage STORAGE = new LocalStorage();
  private static final String WAREHOUSE = "duckdb:tributary.duckdb";

  @TempDir Path folder;

  @Test
  void deliversFilesByRenamesAndListsThemInTheManifest() throws IOException {
    FileSink sink = sink("replace");

    Delivery delivery = deliver(sink, "r1", new long[] {1, 2}, new long[] {3});
    delivery.carryOut(STORAGE);

    assertThat(
        contents(),
        is(
            Map.of(
                "part-00000.csv", "id\n1\n2\n",
                "part-00001.csv", "id\n3\n",
                "_manifest.json",
                    """
                    {"run": "r1", "sink": "out", "files": [
                      {"name":"part-00000.csv","run":"r1","rows":2,"bytes":7},
                      {"name":"part-00001.csv","run":"r1","rows":1,"bytes":5}]}
                    """)));
  }

  @Test
  void replaceRemovesTheFilesOfTheDeliveryBeforeAndNoOthers() throws IOException {
    FileSink sink = sink("replace");
    deliver(sink, "r1", new long[] {1}, new long[] {2}, new long[] {3}).carryOut(STORAGE);
    Files.writeString(out().resolve("notes.txt"), "mine");
    Files.writeString(out().resolve("part-00009.csv"), "mine, too");

    deliver(sink, "r2", new long[] {4}).carryOut(STORAGE);

    assertThat(
        contents().keySet(),
        contains("_manifest.json", "notes.txt", "part-00000.csv", "part-00009.csv"));
    assertThat(contents().get("part-00000.csv"), is("id\n4\n"));
  }

  @Test
  void appendAddsFilesThatNameTheirRun() throws IOException {
    FileSink sink = sink("append");

    deliver(sink, "r1", new long[] {1}).carryOut(STORAGE);
    deliver(sink, "r2", new long[] {2}).carryOut(STORAGE);

    assertThat(
        contents().keySet(), contains("_manifest.json", "part-r1-00000.csv", "part-r2-00000.csv"));
    assertThat(
        contents().get("_manifest.json"),
        is(
            """
            {"run": "r2", "sink": "out", "files": [
              {"name":"part-r1-00000.csv","run":"r1","rows":1,"bytes":5},
              {"name":"part-r2-00000.csv","run":"r2","rows":1,"bytes":5}]}
            """));
  }

  @Test
  void replaceAfterAppendRemovesWhatWasAppended() throws IOException {
    deliver(sink("append"), "r1", new long[] {1}).carryOut(STORAGE);

    deliver(sink("replace"), "r2", new long[] {2}).carryOut(STORAGE);

    assertThat(contents().keySet(), contains("_manifest.json", "part-00000.csv"));
  }

  @Test
  void aRunWithoutRowsLeavesAnEmptyManifestOrChangesNothing() throws IOException {
    deliver(sink("append"), "r1", new long[] {1}).carryOut(STORAGE);

    deliver(sink("append"), "r2", new long[] {}).carryOut(STORAGE);
    assertThat(contents().keySet(), contains("_manifest.json", "part-r1-00000.csv"));

    deliver(sink("replace"), "r3", new long[] {}).carryOut(STORAGE);
    assertThat(
        contents(),
        is(Map.of("_manifest.json", "{\"run\": \"r3\", \"sink\": \"out\", \"files\": []}\n")));
  }

  @ParameterizedTest
  @CsvSource({"replace", "append"})
  void interruptedAtAnyStepAndCarriedOutAgainItIsAsIfNothingHappened(String mode)
      throws IOException {
    int steps = 0;
    boolean interrupted = true;
    while (interrupted) {
      deleteAll();
      FileSink sink = sink(mode);
      deliver(sink, "r1", new long[] {1}, new long[] {2}, new long[] {3}).carryOut(STORAGE);
      Delivery delivery = deliver(sink, "r2", new long[] {4}, new long[] {5});

      interrupted = carryOutUntil(delivery, steps);
      delivery.carryOut(STORAGE);
      Map<String, String> once = contents();
      delivery.carryOut(STORAGE);

      assertThat("after " + steps + " steps", once, is(expectedAfterBoth(mode)));
      assertThat("twice", contents(), is(once));
      steps++;
    }
    assertThat("every step was interrupted", steps > 5, is(true));
  }

  /** What both deliveries leave when nothing goes wrong. */
  private static Map<String, String> expectedAfterBoth(String mode) {
    String entry = "  {\"name\":\"%s\",\"run\":\"%s\",\"rows\":1,\"bytes\":5}";
    Map<String, String> files = new TreeMap<>();
    List<String> entries = new ArrayList<>();
    if (mode.equals("append")) {
      for (int i = 0; i < 3; i++) {
        files.put("part-r1-0000" + i + ".csv", "id\n" + (i + 1) + "\n");
        entries.add(entry.formatted("part-r1-0000" + i + ".csv", "r1"));
      }
    }
    for (int i = 0; i < 2; i++) {
      String name = mode.equals("append") ? "part-r2-0000" + i + ".csv" : "part-0000" + i + ".csv";
      files.put(name, "id\n" + (i + 4) + "\n");
      entries.add(entry.formatted(name, "r2"));
    }
    files.put(
        "_manifest.json",
        "{\"run\": \"r2\", \"sink\": \"out\", \"files\": [\n"
            + String.join(",\n", entries)
            + "]}\n");
    return files;
  }

  @Test
  void aDeliveryDecidedAgainAfterItWasCarriedOutIsTheSame() throws IOException {
    for (String mode : List.of("replace", "append")) {
      deleteAll();
      FileSink sink = sink(mode);
      List<StagedFile> files = stage(sink, "r1", new long[] {1});
      sink.delivery("r1", "out", files).carryOut(STORAGE);
      Map<String, String> once = contents();

      sink.delivery("r1", "out", files).carryOut(STORAGE);

      assertThat(contents(), is(once));
    }
  }

  @Test
  void aFileOfSomeoneElseIsNotOverwritten() throws IOException {
    Files.createDirectories(out());
    Files.writeString(out().resolve("part-00000.csv"), "mine");

    PermanentException e =
        assertThrows(
            PermanentException.class, () -> deliver(sink("replace"), "r1", new long[] {1}));

    assertThat(
        e.getMessage(),
        is(
            "sink `out`: "
                + out().resolve("part-00000.csv")
                + " was not written by Tributary and would be overwritten; move it away, or choose"
                + " another `path`"));
  }

  @Test
  void aManifestThatIsNotOursStopsTheDelivery() throws IOException {
    Files.createDirectories(out());
    for (String text :
        List.of(
            "{",
            "[]",
            "{\"files\": [1]}",
            "{\"files\": [{\"name\": \"part-/../../x\"}]}",
            "{\"files\": [{\"name\": \"a=b/../part-0\"}]}",
            "{\"files\": [{\"name\": \"a=b/notes.txt\"}]}")) {
      Files.writeString(out().resolve("_manifest.json"), text);

      PermanentException e =
          assertThrows(
              PermanentException.class, () -> deliver(sink("replace"), "r1", new long[] {1}));

      assertThat(e.getMessage(), containsString("so it is not known which files are Tributary's"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "csv, none, .csv",
    "csv, gz, .csv.gz",
    "ndjson, zst, .ndjson.zst",
    "parquet, none, .parquet",
    "avro, zst, .avro",
    "avro, none, .avro"
  })
  void whatIsWrittenCanBeReadByItsEnding(String format, String compression, String ending)
      throws IOException {
    FileSink sink = sink(Map.of("path", "out", "format", format, "compression", compression));
    Delivery delivery = deliver(sink, "r1", new long[] {7});
    delivery.carryOut(STORAGE);

    assertThat(sink.extension(), is(ending));
    assertThat(contents().keySet(), contains("_manifest.json", "part-00000" + ending));
    FilesSource source =
        new FilesSource(
            SourceProbe.parameters(
                FilesSource.SPEC, Map.of("path", "out/part-*"), new ProblemList()));
    assertThat(new SourceProbe<>(source, folder).rows().toString(), is("[{id: 7}]"));
    assertThat(WrittenRows.of(out().resolve("part-00000" + ending).toString()), is(1L));
  }

  @Test
  void stagesInsideTheFolderAndDeclaresItsWrite() {
    ProblemList problems = new ProblemList();
    FilesSinkParameters parameters =
        SourceProbe.parameters(
            FilesSink.SPEC,
            Map.of("path", "out/", "format", "csv", "mode", "append", "allow_full_append", true),
            problems);

    assertThat(problems.found(), is(empty()));
    assertThat(parameters.mode(), is(WriteMode.APPEND));
    assertThat(parameters.allowFullAppend(), is(true));
    assertThat(parameters.destination(folder.toString()), is("out"));
    assertThat(sink("replace").destination(), is(out().toString()));
    assertThat(
        sink("replace").stagingFolder("r1"),
        allOf(startsWith(out().resolve(".tributary-").toString()), endsWith("-r1")));
  }

  @Test
  void stagedRunsAreThoseWhoseDeliveryIsNotDone() throws IOException {
    FileSink sink = sink("replace");
    assertThat(sink.stagedRuns(), is(empty()));
    Delivery first = deliver(sink, "r1", new long[] {1});
    deliver(sink, "r2", new long[] {2});
    assertThat(sink.stagedRuns(), contains("r1", "r2"));

    first.carryOut(STORAGE);

    assertThat(sink.stagedRuns(), contains("r2"));
  }

  @Test
  void runsOfAnotherWarehouseAreNotTakenForOnesThatAreDead() throws IOException {
    FilesSink sink = (FilesSink) sink("replace");
    deliver(sink, "r1", new long[] {1});

    FileSink other = sink.resolvedAgainst(folder.toString(), "duckdb:other.duckdb");

    assertThat(sink.stagedRuns(), contains("r1"));
    assertThat(other.stagedRuns(), is(empty()));
  }

  @Test
  void wrongParametersAreReported() {
    ProblemList problems = new ProblemList();

    for (Map<String, Object> plain :
        List.<Map<String, Object>>of(
            Map.of("path", "out", "format", "parquet", "compression", "gz"),
            Map.of("path", "out", "format", "csv", "compression", "snappy"),
            Map.of("path", "out", "format", "avro", "compression", "gz"),
            Map.of("path", "gs://bucket/out", "format", "csv"),
            Map.of("path", "out", "format", "csv", "mode", "merge"))) {
      SourceProbe.parameters(FilesSink.SPEC, plain, problems);
    }

    assertThat(
        problems.found(),
        contains(
            ".compression TR108 Parquet files are compressed by themselves -> remove"
                + " `compression`",
            ".compression TR108 `compression` snappy is not for csv -> write one of none, gz, zst",
            ".compression TR108 `compression` gz is not for avro -> write one of none, zst, snappy,"
                + " deflate",
            ".path TR107 `gs://` paths are not supported here; use a local path",
            ".mode TR105 `merge` is not allowed here -> valid here: replace, append"));
  }

  private FileSink sink(String mode) {
    return sink(Map.of("path", "out", "format", "csv", "mode", mode));
  }

  private FileSink sink(Map<String, Object> plain) {
    ProblemList problems = new ProblemList();
    FilesSinkParameters parameters = SourceProbe.parameters(FilesSink.SPEC, plain, problems);
    assertThat(problems.found(), is(empty()));
    return new FilesSink(parameters).resolvedAgainst(folder.toString(), WAREHOUSE);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private static Delivery deliver(FileSink sink, String runId, long[]... files) throws IOException {
    return sink.delivery(runId, "out", stage(sink, runId, files));
  }

  private static List<StagedFile> stage(FileSink sink, String runId, long[]... files)
      throws IOException {
    List<StagedFile> staged = new ArrayList<>();
    for (long[] ids : files) {
      String path =
          STORAGE.resolve(sink.stagingFolder(runId), "s" + staged.size() + sink.extension());
      try (RowWriter writer = sink.open(SCHEMA, path)) {
        for (long id : ids) {
          writer.write(RowBuilder.of(SCHEMA, id));
        }
      }
      staged.add(new StagedFile(path, ids.length, STORAGE.size(path)));
    }
    return staged;
  }

  private void deleteAll() throws IOException {
    STORAGE.deleteTree(out().toString());
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out())) {
      for (Path file : files.filter(path -> !path.equals(out())).toList()) {
        String name = out().relativize(file).toString();
        contents.put(
            name,
            name.endsWith(".csv") || name.endsWith(".json") || name.endsWith(".txt")
                ? Files.readString(file)
                : "binary");
      }
    }
    return contents;
  }

  /**
   * Carries out a delivery and fails before the given step that changes something; whether it got
   * there.
   */
  private static boolean carryOutUntil(Delivery delivery, int step) throws IOException {
    try {
      delivery.carryOut(new FailingStorage(step));
      return false;
    } catch (Interruption e) {
      return true;
    }
  }

  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The local storage until a number of changes was made. */
  private static final class FailingStorage implements Storage {
    private final Storage local = new LocalStorage();
    private int left;

    FailingStorage(int changes) {
      this.left = changes;
    }

    private void change() {
      if (left-- == 0) {
        throw new Interruption();
      }
    }

    @Override
    public List<FileStatus> glob(String pattern) throws IOException {
      return local.glob(pattern);
    }

    @Override
    public boolean exists(String path) throws IOException {
      return local.exists(path);
    }

    @Override
    public List<String> names(String path) throws IOException {
      return local.names(path);
    }

    @Override
    public long size(String path) throws IOException {
      return local.size(path);
    }

    @Override
    public InputStream open(String path) throws IOException {
      return local.open(path);
    }

    @Override
    public InputStream open(String path, long from) throws IOException {
      return local.open(path, from);
    }

    @Override
    public OutputStream create(String path) throws IOException {
      change();
      return local.create(path);
    }

    @Override
    public void move(String from, String to) throws IOException {
      change();
      local.move(from, to);
    }

    @Override
    public void delete(String path) throws IOException {
      change();
      local.delete(path);
    }

    @Override
    public void deleteTree(String path) throws IOException {
      change();
      local.deleteTree(path);
    }

    @Override
    public String resolve(String path, String name) {
      return local.resolve(path, name);
    }
  }
}
