package io.tributary.compile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.config.ErrorPolicy;
import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.ParquetFooter;
import io.tributary.row.format.ParquetRowWriter;
import io.tributary.spec.SqlText;
import io.tributary.sql.SqlQuery;
import io.tributary.storage.StagedFile;
import io.tributary.testing.NoProblems;
import io.tributary.warehouse.StepCount;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryRoundTest {
  private static final Schema NUMBERS = Schema.of(Column.required("n", Type.INT64));

  @TempDir Path folder;
  private final String runId = "run-" + UUID.randomUUID();
  private final RunProgress progress = RunProgress.begin(runId, 1, Map.of());
  private Path results;
  private QueryRound round;

  @BeforeEach
  void setUp() {
    Warehouse warehouse = Warehouses.at("duckdb:" + folder.resolve("w.duckdb"));
    results = Path.of(warehouse.stagingFolder(runId), "even");
    SqlQuery query =
        SqlQuery.analyze(
            SqlText.of("SELECT n FROM t WHERE MOD(n, 2) = 0"),
            Map.of("t", NUMBERS),
            Instant.EPOCH,
            ZoneOffset.UTC,
            new NoProblems());
    RoundSpec spec =
        new RoundSpec(
            new BarrierSpec(
                runId,
                List.of(new BarrierSpec.Step("in", "source", null, 1)),
                ErrorPolicy.NONE,
                Map.of()),
            warehouse.address(),
            List.of(
                new RoundSpec.Query(
                    new QuerySpec("even", query, Map.of("t", new QuerySpec.Table("in", NUMBERS))),
                    results.toString(),
                    true)));
    round = new QueryRound(spec, progress);
  }

  @Test
  void aRoundThatIsRunTwiceGivesOtherFilesWithTheSameRows() throws IOException {
    List<CompletionRecord> read = List.of(record(300_000));

    QueryRound.Result first = round.run(read).get(0);
    QueryRound.Result second = round.run(read).get(0);

    StagedFile file = first.record().files().get("even").get(0);
    StagedFile other = second.record().files().get("even").get(0);
    assertThat(file.path(), is(not(other.path())));
    assertThat(ParquetFooter.rows(file.path()), is(150_000L));
    assertThat(ParquetFooter.rows(other.path()), is(150_000L));
    assertThat(first.record().split(), is(CompletionRecord.RESULT));
    assertThat(first.record().counts().get(0).in(), is(300_000L));
    assertThat(first.record().counts().get(0).out(), is(150_000L));
  }

  @Test
  void aLargeResultIsReadOnInParts() throws IOException {
    QueryRound.Result result = round.run(List.of(record(4_400_000))).get(0);

    assertThat(result.parts(), hasSize(2));
    assertThat(result.parts().get(0).firstGroup(), is(0));
    assertThat(result.parts().get(1).firstGroup(), is(result.parts().get(0).endGroup()));
    assertThat(progress.snapshot().splits(), is(1 + 2));
  }

  @Test
  void aResultWithoutRowsHasNoParts() throws IOException {
    QueryRound.Result result = round.run(List.of(record(1))).get(0);

    assertThat(result.parts(), is(List.of()));
    assertThat(result.record().counts().get(0).out(), is(0L));
  }

  @Test
  void aStoppedRunRunsNoQuery() throws IOException {
    List<CompletionRecord> read = List.of(record(10));
    progress.cancel();

    assertThrows(PermanentException.class, () -> round.run(read));

    assertThat(Files.exists(results), is(false));
  }

  /** A split of the numbers from 1. */
  private CompletionRecord record(int rows) throws IOException {
    Path path = results.resolveSibling("in").resolve("rows.parquet");
    try (ParquetRowWriter writer = new ParquetRowWriter(NUMBERS, path.toString())) {
      RowBuilder row = new RowBuilder(NUMBERS);
      for (int n = 1; n <= rows; n++) {
        row.setLong(0, n);
        writer.write(row);
      }
    }
    return new CompletionRecord(
        "in",
        0,
        List.of(new StepCount("in", "source", rows, rows, 0, 0, 1)),
        Map.of("in", List.of(new StagedFile(path.toString(), rows, 1))),
        List.of(),
        Map.of(),
        null);
  }
}
