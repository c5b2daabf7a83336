package io.tributary.compile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.config.ErrorPolicy;
import io.tributary.failure.PermanentException;
import io.tributary.row.CursorRange;
import io.tributary.row.CursorValue;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.ParquetRowWriter;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.RejectedRows;
import io.tributary.warehouse.StepCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarrierTest {
  @TempDir Path folder;

  @Test
  void whatAddsUpPasses() throws IOException {
    Barrier barrier = barrier(ErrorPolicy.NONE, record(0, 3, 3, 0), record(1, 4, 4, 0));

    barrier.checkRejected();

    assertThat(barrier.counts().get(0).in(), is(7L));
    assertThat(barrier.files("out").stream().mapToLong(StagedFile::rows).sum(), is(7L));
  }

  @Test
  void aMissingSplitIsFound() {
    assertThat(
        refused(record(0, 3, 3, 0)),
        containsString("source `in` has 2 splits, of which 1 were completed"));
  }

  @Test
  void aSplitCompletedTwiceIsFound() {
    assertThat(
        refused(record(0, 3, 3, 0), record(0, 3, 3, 0)),
        containsString("split 0 of source `in` was completed twice"));
  }

  @Test
  void rowsLostBetweenStepsAreFound() {
    assertThat(
        refused(record(0, 3, 2, 0), record(1, 4, 4, 0)),
        containsString("step `out` took in 6 rows, but `in` gave out 7"));
  }

  @Test
  void rowsMissingInAFileAreFound() {
    CompletionRecord honest = record(0, 3, 3, 0);
    CompletionRecord shortened =
        new CompletionRecord(
            "in",
            0,
            honest.counts(),
            Map.of("out", List.of(file(ScriptedSource.SCHEMA, 2))),
            List.of(),
            Map.of());

    assertThat(
        refused(shortened, record(1, 4, 4, 0)),
        containsString("sink `out` was given 7 rows, but its staged files hold 6"));
  }

  @Test
  void rowsOutsideOfWhatWasToBeReadAreFound() {
    CursorRange range =
        new CursorRange("n", new CursorValue(Type.INT64, 5), new CursorValue(Type.INT64, 8));
    BarrierSpec spec =
        new BarrierSpec(
            "run",
            List.of(new BarrierSpec.Step("in", "source", null, 1)),
            ErrorPolicy.NONE,
            Map.of("in", range));

    assertThat(refused(spec, new CursorSpan(4, 7)), containsString("cursors from 4 to 7"));
    assertThat(
        refused(spec, new CursorSpan(5, 8)),
        containsString("source `in` was to be read n from 5 to before 8, but split 0"));
    assertDoesNotThrow(() -> new Barrier(spec, List.of(read(new CursorSpan(5, 7)))));
    assertDoesNotThrow(() -> new Barrier(spec, List.of(read(null))));
  }

  private static String refused(BarrierSpec spec, CursorSpan cursors) {
    return assertThrows(PermanentException.class, () -> new Barrier(spec, List.of(read(cursors))))
        .getMessage();
  }

  private static CompletionRecord read(@Nullable CursorSpan cursors) {
    return new CompletionRecord("in", 0, List.of(), Map.of(), List.of(), Map.of(), cursors);
  }

  @Test
  void aQueryWithoutResultIsFound() {
    BarrierSpec spec =
        new BarrierSpec(
            "run",
            List.of(new BarrierSpec.Step("totals", StepCount.SQL, null, 1)),
            ErrorPolicy.NONE,
            Map.of());

    PermanentException refusal =
        assertThrows(PermanentException.class, () -> new Barrier(spec, List.of()));

    assertThat(refusal.getMessage(), containsString("query `totals` has no result"));
  }

  @Test
  void rowsOfAResultThatWereNotReadAreFound() {
    assertThat(
        refusedResult(4, 4, 3),
        containsString("step `out` took in 3 rows, but `totals` gave out 4"));
  }

  @Test
  void rowsMissingInAResultAreFound() {
    assertThat(
        refusedResult(4, 3, 4),
        containsString("step `totals` gave out 4 rows, but its staged files hold 3"));
  }

  @Test
  void aQueryMayGiveOutMoreOrFewerRowsThanItTakesIn() throws IOException {
    Barrier barrier = resultBarrier(4, 4, 4);

    assertThat(barrier.counts().get(0).in(), is(100L));
    assertThat(barrier.counts().get(0).out(), is(4L));
    assertThat(barrier.files("totals").get(0).rows(), is(4L));
  }

  private String refusedResult(long out, long inFile, long readOn) {
    return assertThrows(PermanentException.class, () -> resultBarrier(out, inFile, readOn))
        .getMessage();
  }

  /** A query that took in 100 rows, and a sink that reads its result on. */
  private Barrier resultBarrier(long out, long inFile, long readOn) throws IOException {
    BarrierSpec spec =
        new BarrierSpec(
            "run",
            List.of(
                new BarrierSpec.Step("totals", StepCount.SQL, null, 1),
                new BarrierSpec.Step("out", "sink", "totals", 0)),
            ErrorPolicy.NONE,
            Map.of());
    CompletionRecord result =
        new CompletionRecord(
            "totals",
            CompletionRecord.RESULT,
            List.of(new StepCount("totals", StepCount.SQL, 100, out, 0, 0, 1)),
            Map.of("totals", List.of(file(ScriptedSource.SCHEMA, inFile))),
            List.of(),
            Map.of(),
            null);
    CompletionRecord read =
        new CompletionRecord(
            "totals",
            0,
            List.of(new StepCount("out", "sink", readOn, readOn, 0, 0, 1)),
            Map.of("out", List.of(file(ScriptedSource.SCHEMA, readOn))),
            List.of(),
            Map.of());
    return new Barrier(spec, List.of(read, result));
  }

  @Test
  void rejectedRowsThatWereNotKeptAreFound() {
    CompletionRecord honest = record(0, 3, 2, 1);
    CompletionRecord forgetful =
        new CompletionRecord("in", 0, honest.counts(), honest.files(), List.of(), Map.of());

    assertThat(
        refused(forgetful, record(1, 4, 4, 0)),
        containsString("1 rows were rejected, but the files of rejected rows hold 0"));
  }

  @Test
  void noRowMayBeRejectedUnlessTheConfigSaysSo() throws IOException {
    Barrier barrier = barrier(ErrorPolicy.NONE, record(0, 3, 2, 1), record(1, 4, 4, 0));

    PermanentException refusal = assertThrows(PermanentException.class, barrier::checkRejected);

    assertThat(
        refusal.getMessage(),
        containsString("step `in` rejected 1 of 7 rows; `errors` allows none"));
  }

  @Test
  void theRateIsThatOfTheStep() throws IOException {
    ErrorPolicy tenPercent = new ErrorPolicy(0.1, Long.MAX_VALUE);

    barrier(tenPercent, record(0, 10, 9, 1), record(1, 10, 9, 1)).checkRejected();
    Barrier above = barrier(tenPercent, record(0, 10, 9, 1), record(1, 10, 8, 2));

    PermanentException refusal = assertThrows(PermanentException.class, above::checkRejected);
    assertThat(
        refusal.getMessage(),
        containsString("rejected 3 of 20 rows; `errors` allows 10.0 % of a step's rows"));
  }

  @Test
  void theNumberIsThatOfTheRun() throws IOException {
    ErrorPolicy two = new ErrorPolicy(1, 2);

    barrier(two, record(0, 10, 9, 1), record(1, 10, 9, 1)).checkRejected();
    Barrier above = barrier(two, record(0, 10, 9, 1), record(1, 10, 8, 2));

    PermanentException refusal = assertThrows(PermanentException.class, above::checkRejected);
    assertThat(
        refusal.getMessage(), containsString("rejected 3 of 20 rows; `errors` allows 2 rows"));
  }

  private String refused(CompletionRecord... records) {
    return assertThrows(PermanentException.class, () -> barrier(ErrorPolicy.NONE, records))
        .getMessage();
  }

  private static Barrier barrier(ErrorPolicy errors, CompletionRecord... records)
      throws IOException {
    BarrierSpec spec =
        new BarrierSpec(
            "run",
            List.of(
                new BarrierSpec.Step("in", "source", null, 2),
                new BarrierSpec.Step("out", "sink", "in", 0)),
            errors,
            Map.of());
    return new Barrier(spec, List.of(records));
  }

  /**
   * A record of a split that read rows, of which some reached the sink and some were rejected by
   * the source.
   */
  private CompletionRecord record(int split, long read, long written, long rejected) {
    return new CompletionRecord(
        "in",
        split,
        List.of(
            new StepCount("in", "source", read, read - rejected, 0, rejected, 1),
            new StepCount("out", "sink", written, written, 0, 0, 1)),
        Map.of("out", List.of(file(ScriptedSource.SCHEMA, written))),
        rejected == 0 ? List.of() : List.of(file(RejectedRows.SCHEMA, rejected)),
        Map.of());
  }

  private StagedFile file(Schema schema, long rows) {
    String path = folder.resolve(System.nanoTime() + ".parquet").toString();
    try (ParquetRowWriter writer = new ParquetRowWriter(schema, path)) {
      RowBuilder row = new RowBuilder(schema);
      for (int i = 0; i < schema.size(); i++) {
        row.set(i, schema.type(i).isText() ? "{}" : (Object) 1L);
      }
      for (int i = 0; i < rows; i++) {
        writer.write(row);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new StagedFile(path, rows, 1);
  }
}
