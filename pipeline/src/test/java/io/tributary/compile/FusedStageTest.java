package io.tributary.compile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.failsafe.RetryPolicy;
import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.module.RowFunction;
import io.tributary.module.RowTransform;
import io.tributary.row.Schema;
import io.tributary.row.format.ParquetFooter;
import io.tributary.spec.Environment;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.StepCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusedStageTest {
  private static final RetryPolicy<CompletionRecord> AT_ONCE =
      RetryPolicy.<CompletionRecord>builder()
          .handle(TransientException.class)
          .withMaxAttempts(3)
          .build();

  @TempDir Path folder;

  private final String runId = "run-" + UUID.randomUUID();
  private final RunProgress progress = RunProgress.begin(runId, 1, Map.of());

  @Test
  void everyRowGoesIntoTheFilesOfEverySink() throws Exception {
    StageSpec.Branch both = new StageSpec.Through("even", new Even(), List.of(into("evens")));

    CompletionRecord record =
        read(ScriptedSource.whole("s", 1, 101), List.of(both, into("all")), Long.MAX_VALUE);

    assertThat(
        counts(record),
        is(
            List.of(
                "s source 101=101+0+0",
                "even transform 101=51+50+0",
                "evens sink 51=51+0+0",
                "all sink 101=101+0+0")));
    assertThat(rows(record.files().get("evens")), is(51L));
    assertThat(rows(record.files().get("all")), is(101L));
  }

  @Test
  void rowsForQueriesAreStagedOnceAndCountedAsTheStepsOwn() throws Exception {
    StageSpec.Branch even =
        new StageSpec.Through("even", new Even(), List.of(staged("even"), into("evens")));

    CompletionRecord record =
        read(ScriptedSource.whole("s", 1, 101), List.of(even, staged("s")), Long.MAX_VALUE);

    assertThat(
        counts(record),
        is(List.of("s source 101=101+0+0", "even transform 101=51+50+0", "evens sink 51=51+0+0")));
    assertThat(rows(record.files().get("even")), is(51L));
    assertThat(rows(record.files().get("s")), is(101L));
  }

  @Test
  void anAttemptThatBreaksOffLeavesFilesThatNoRecordNames() throws Exception {
    ScriptedSource twiceBroken = new ScriptedSource(runId, 1, 100, 2, false, 0);

    CompletionRecord record = read(twiceBroken, List.of(into("all")), Long.MAX_VALUE);

    assertThat(rows(record.files().get("all")), is(100L));
    assertThat(record.files().get("all"), hasSize(1));
    try (Stream<Path> left = Files.list(folder.resolve("all"))) {
      assertThat("the files of three attempts", left.count(), is(3L));
    }
  }

  @Test
  void aSplitThatKeepsFailingNamesItsStep() {
    ScriptedSource broken = new ScriptedSource(runId, 1, 100, 99, false, 0);

    TransientException failure =
        assertThrows(
            TransientException.class, () -> read(broken, List.of(into("all")), Long.MAX_VALUE));

    assertThat(failure.getMessage(), containsString("connection lost after row 50"));
    assertThat(failure.step(), is("orders"));
  }

  @Test
  void aPermanentFailureIsNotRepeated() throws IOException {
    ScriptedSource broken = new ScriptedSource(runId, 1, 100, 0, true, 0);

    assertThrows(
        PermanentException.class, () -> read(broken, List.of(into("all")), Long.MAX_VALUE));

    try (Stream<Path> left = Files.list(folder.resolve("all"))) {
      assertThat(left.count(), is(1L));
    }
  }

  @Test
  void rejectedRowsOfARepeatedAttemptCountOnce() throws Exception {
    ScriptedSource source = new ScriptedSource(runId, 1, 100, 1, false, 10);

    CompletionRecord record = read(source, List.of(into("all")), Long.MAX_VALUE);

    assertThat(counts(record).get(0), is("orders source 100=90+0+10"));
    assertThat(rows(record.rejected()), is(10L));
    assertThat(progress.snapshot().rejected(), is(10L));
  }

  @Test
  void rejectedRowsAreKeptWhenTheSplitFailsForGood() {
    ScriptedSource source = new ScriptedSource(runId, 1, 100, 0, true, 10);

    assertThrows(
        PermanentException.class, () -> read(source, List.of(into("all")), Long.MAX_VALUE));

    assertThat(progress.rejectedFiles().stream().mapToLong(StagedFile::rows).sum(), is(5L));
  }

  @Test
  void tooManyRejectedRowsStopTheRunAndAreKept() {
    ScriptedSource source = new ScriptedSource(runId, 1, 1000, 0, false, 2);

    PermanentException failure =
        assertThrows(PermanentException.class, () -> read(source, List.of(into("all")), 7));

    assertThat(failure.getMessage(), containsString("8 rows were rejected"));
    assertThat(progress.rejectedFiles().stream().mapToLong(StagedFile::rows).sum(), is(8L));
  }

  @Test
  void aStoppedRunReadsNoFurther() {
    StageSpec.Branch stop = new StageSpec.Through("stop", new Stop(runId), List.of(into("all")));

    assertThrows(
        PermanentException.class,
        () -> read(ScriptedSource.whole(runId, 1, 1_000_000), List.of(stop), Long.MAX_VALUE));

    assertThat(progress.snapshot().rows(), is(10_000L));
  }

  @Test
  void aSinkCalledLikeTheFolderOfRejectedRowsHasFilesOfItsOwn() throws Exception {
    ScriptedSource source = new ScriptedSource(runId, 1, 100, 0, false, 10);

    CompletionRecord record = read(source, List.of(into("rejected")), Long.MAX_VALUE);

    assertThat(rows(record.files().get("rejected")), is(90L));
    assertThat(rows(record.rejected()), is(10L));
  }

  @Test
  void aStoppedRunBeginsNoSplit() {
    progress.cancel();

    assertThrows(
        PermanentException.class,
        () -> read(ScriptedSource.whole(runId, 1, 5), List.of(into("all")), Long.MAX_VALUE));

    assertThat(Files.exists(folder.resolve("all")), is(false));
  }

  private CompletionRecord read(
      ScriptedSource source, List<StageSpec.Branch> branches, long rejectLimit)
      throws InterruptedException {
    String step = source.name().equals("s") ? "s" : "orders";
    StageSpec spec =
        new StageSpec(
            runId,
            step,
            source,
            ScriptedSource.SCHEMA,
            branches,
            folder.resolve("rejected").toString(),
            "none:",
            rejectLimit,
            null);
    FusedStage stage = new FusedStage(spec, progress, new Environment(Map.of(), folder), AT_ONCE);
    return stage.read(new SplitTask(step, 0, new ScriptedSource.Part(0)));
  }

  private StageSpec.Into into(String sink) {
    return new StageSpec.Into(
        sink,
        new ParquetSink(),
        ScriptedSource.SCHEMA,
        null,
        folder.resolve(sink).toString(),
        null);
  }

  private StageSpec.Staged staged(String step) {
    return new StageSpec.Staged(step, ScriptedSource.SCHEMA, folder.resolve(step).toString());
  }

  private static List<String> counts(CompletionRecord record) {
    return record.counts().stream().map(FusedStageTest::text).toList();
  }

  private static String text(StepCount count) {
    return String.format(
        "%s %s %d=%d+%d+%d",
        count.step(), count.kind(), count.in(), count.out(), count.filtered(), count.rejected());
  }

  private static long rows(List<StagedFile> files) throws IOException {
    long rows = 0;
    for (StagedFile file : files) {
      rows += ParquetFooter.rows(file.path());
    }
    return rows;
  }

  /** Stops the run at its first row. */
  private record Stop(String runId) implements RowTransform.Planned {
    @Override
    public Schema schema() {
      return ScriptedSource.SCHEMA;
    }

    @Override
    public RowFunction open() {
      return (row, out) -> {
        RunProgress.of(runId).cancel();
        out.emit(row);
      };
    }
  }

  /** Keeps even numbers. */
  private record Even() implements RowTransform.Planned {
    @Override
    public Schema schema() {
      return ScriptedSource.SCHEMA;
    }

    @Override
    public RowFunction open() {
      return (row, out) -> {
        if (row.longAt(0) % 2 == 0) {
          out.emit(row);
        } else {
          out.filtered();
        }
      };
    }
  }
}
