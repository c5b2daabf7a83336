package io.tributary.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills runs at random moments, in every phase, and looks at what is there afterwards: three tables
 * in three modes that one run publishes together, a folder of files, and the ledger. Every run
 * writes its own number into every row.
 */
class KillTest {
  private static final int KILLS = 50;
  private static final int FILES = 4;
  private static final int ROWS_PER_FILE = 5_000;
  private static final int ROWS = FILES * ROWS_PER_FILE;

  @TempDir Path folder;

  private final List<Integer> published = new ArrayList<>();

  @Test
  void noKillAtAnyMomentLeavesAnythingTorn() throws Exception {
    writeInput();
    Tributary tributary = new Tributary(folder, Map.of());
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Tributary.Result first = tributary.learn("run", "job.yaml", "--arg", "batch=0");
    assertThat(first.toString(), first.exitCode(), is(0));
    published.add(0);
    long start = System.nanoTime();
    Tributary.Result second = tributary.run("run", "job.yaml", "--arg", "batch=1");
    long whole = (System.nanoTime() - start) / 1_000_000;
    assertThat(second.toString(), second.exitCode(), is(0));
    published.add(1);
    checkTables("seed " + seed + ", runs left alone");

    int killed = 0;
    for (int batch = 2; killed < KILLS; batch++) {
      Tributary.Running running = tributary.start("run", "job.yaml", "--arg", "batch=" + batch);
      // the second half of a run is where it publishes: it gets two kills out of three
      long delay =
          random.nextInt(3) == 0
              ? random.nextLong(whole)
              : whole / 2 + random.nextLong(whole / 2 + 1);
      if (!running.process().waitFor(delay, TimeUnit.MILLISECONDS)) {
        running.process().destroyForcibly().waitFor();
        killed++;
      } else {
        assertThat(running.result().toString(), running.result().exitCode(), is(0));
      }
      if (succeeded().contains(batch)) {
        published.add(batch);
      }
      checkTables(
          "seed " + seed + ", batch " + batch + ", killed after " + delay + " ms of " + whole);
    }

    int last = published.get(published.size() - 1) + 1000;
    Tributary.Result end = tributary.run("run", "job.yaml", "--arg", "batch=" + last);
    assertThat(end.toString(), end.exitCode(), is(0));
    published.add(last);
    checkTables("seed " + seed + ", the end");
    checkFiles(last);
    checkNothingIsLeft();
    assertThat("kills", killed, is(KILLS));
  }

  private void writeInput() throws IOException {
    Path input = Files.createDirectories(folder.resolve("input"));
    for (int file = 0; file < FILES; file++) {
      StringBuilder csv = new StringBuilder("id,name,amount\n");
      for (int row = 0; row < ROWS_PER_FILE; row++) {
        int id = file * ROWS_PER_FILE + row;
        csv.append(id)
            .append(",name ")
            .append(id % 97)
            .append(',')
            .append(id * 3 % 1000)
            .append(".25\n");
      }
      Files.writeString(input.resolve("part-" + file + ".csv"), csv);
    }
    Files.writeString(
        folder.resolve("job.yaml"),
        """
        name: kill_test
        sources:
          - {name: input, module: files, parameters: {path: "input/*.csv"}}
        transforms:
          - name: numbered
            module: select
            inputs: [input]
            parameters:
              columns: {id: id, name: name, amount: amount, batch: "CAST('${args.batch}' AS INT64)"}
        sinks:
          - {name: replaced, module: bigquery, input: numbered, mode: replace, parameters: {table: d.replaced, create_disposition: CREATE_IF_NEEDED}}
          - {name: appended, module: bigquery, input: numbered, mode: append, parameters: {table: d.appended, create_disposition: CREATE_IF_NEEDED, allow_full_append: true}}
          - {name: merged, module: bigquery, input: numbered, mode: merge, merge_keys: [id], parameters: {table: d.merged, create_disposition: CREATE_IF_NEEDED}}
          - {name: folder, module: files, input: numbered, parameters: {path: out, format: csv}}
        """);
  }

  private Path warehouse() {
    return folder.resolve("tributary.duckdb");
  }

  /** The batches whose rows are in the appended table, which no run takes away again. */
  private List<Integer> succeeded() {
    return Table.rows(warehouse(), "SELECT DISTINCT batch FROM d.appended ORDER BY 1").stream()
        .map(Integer::valueOf)
        .toList();
  }

  private void checkTables(String when) {
    int last = published.get(published.size() - 1);
    List<String> whole = List.of(last + "|" + ROWS + "|" + ROWS);
    String counts =
        "SELECT batch, count(*), count(DISTINCT id) FROM %s GROUP BY batch ORDER BY batch";

    assertThat(when, Table.rows(warehouse(), String.format(counts, "d.replaced")), is(whole));
    assertThat(when, Table.rows(warehouse(), String.format(counts, "d.merged")), is(whole));
    assertThat(
        when,
        Table.rows(warehouse(), String.format(counts, "d.appended")),
        is(published.stream().map(batch -> batch + "|" + ROWS + "|" + ROWS).toList()));
    assertThat(
        when,
        Table.rows(
            warehouse(),
            "SELECT count(*) FROM tributary.runs WHERE status = 'succeeded' AND run_id IN (SELECT"
                + " run_id FROM tributary.publishes GROUP BY 1 HAVING count(*) = 3)"),
        is(List.of(String.valueOf(published.size()))));
    assertThat(
        when,
        Table.rows(warehouse(), "SELECT count(DISTINCT run_id) FROM tributary.publishes"),
        is(List.of(String.valueOf(published.size()))));
    long running =
        Long.parseLong(
            Table.rows(warehouse(), "SELECT count(*) FROM tributary.runs WHERE status = 'running'")
                .get(0));
    assertThat(when + ": runs left as running", running, lessThanOrEqualTo(1L));
  }

  private void checkFiles(int batch) throws IOException {
    long rows = 0;
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).toList()) {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.stream().skip(1).allMatch(line -> line.endsWith("," + batch)), is(true));
        rows += lines.size() - 1;
      }
    }
    assertThat(rows, is((long) ROWS));
  }

  private void checkNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.walk(folder.resolve("out"))) {
      assertThat(
          left.filter(path -> path.getFileName().toString().startsWith(".tributary-")).toList(),
          is(List.of()));
    }
    try (Stream<Path> left = Files.walk(folder.resolve(".tributary"))) {
      assertThat(left.filter(path -> path.toString().endsWith(".parquet")).toList(), is(List.of()));
    }
    assertThat(
        Table.rows(
            warehouse(),
            "SELECT table_name FROM information_schema.tables WHERE table_schema ="
                + " 'tributary_staging'"),
        is(List.of()));
    assertThat(
        Table.rows(warehouse(), "SELECT run_id FROM tributary.runs WHERE status = 'running'"),
        is(List.of()));
    long interrupted =
        Long.parseLong(
            Table.rows(
                    warehouse(), "SELECT count(*) FROM tributary.runs WHERE status = 'interrupted'")
                .get(0));
    assertThat("runs killed before they published", interrupted, greaterThan(0L));
  }
}
