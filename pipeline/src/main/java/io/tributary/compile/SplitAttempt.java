package io.tributary.compile;

import io.tributary.failure.PermanentException;
import io.tributary.module.ReadContext;
import io.tributary.module.RowFunction;
import io.tributary.module.Source;
import io.tributary.module.Split;
import io.tributary.module.StagedOutput;
import io.tributary.module.StagedParts;
import io.tributary.row.CursorRange;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.format.ParquetRowWriter;
import io.tributary.row.format.RowJson;
import io.tributary.spec.Environment;
import io.tributary.storage.StagedFile;
import io.tributary.storage.Storages;
import io.tributary.warehouse.RejectedRows;
import io.tributary.warehouse.RowConversion;
import io.tributary.warehouse.StepCount;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one split: its reader, the steps its rows pass, and its files. Used by one thread.
 */
final class SplitAttempt implements AutoCloseable, ReadContext {
  /** Often enough for a progress line, rarely enough not to be felt. */
  private static final int ROWS_PER_REPORT = 10_000;

  private final StageSpec spec;
  private final SplitTask task;
  private final RunProgress progress;
  private final Environment environment;
  private final String name;
  private final List<CountedStep> steps = new ArrayList<>();
  private final List<StagedStep> staged = new ArrayList<>();
  private final Output rejects;
  private final RowBuilder rejectedRow = new RowBuilder(RejectedRows.SCHEMA);
  private final Map<String, Long> tallies = new HashMap<>();
  private final @Nullable CursorWatch cursor;
  private long rowsRead;
  private long rejectedAtSource;
  private long rejectedInAll;

  SplitAttempt(StageSpec spec, SplitTask task, RunProgress progress, Environment environment) {
    this.spec = spec;
    this.task = task;
    this.progress = progress;
    this.environment = environment;
    this.cursor = spec.cursor() == null ? null : new CursorWatch(spec.cursor());
    this.name = String.format("%05d-%s", task.index(), UUID.randomUUID());
    this.rejects =
        new Output(
            StagedParts.one(
                // a sink may have the name of the folder
                Storages.of(spec.stagedRejects())
                    .resolve(spec.stagedRejects(), name + ".rejected.parquet"),
                path -> new ParquetRowWriter(RejectedRows.SCHEMA, path)));
  }

  /** Reads all rows and completes all files. */
  CompletionRecord run() throws IOException {
    long start = System.nanoTime();
    Step[] first = open(spec.branches());
    RowBuilder row = new RowBuilder(spec.schema());
    long rows = 0;
    try (RowReader reader = open(spec.source(), task.split())) {
      while (reader.next(row)) {
        rows++;
        if (cursor != null) {
          cursor.see(row);
        }
        for (Step step : first) {
          step.accept(row);
        }
        if (rows % ROWS_PER_REPORT == 0) {
          report(ROWS_PER_REPORT);
        }
      }
    }
    report(rows % ROWS_PER_REPORT);
    rowsRead = rows;
    long millis = (System.nanoTime() - start) / 1_000_000;
    List<StepCount> counts = new ArrayList<>();
    if (!spec.readsResult()) {
      counts.add(
          new StepCount(
              spec.step(), "source", rows + rejectedAtSource, rows, 0, rejectedAtSource, millis));
    }
    Map<String, List<StagedFile>> files = new LinkedHashMap<>();
    for (CountedStep step : steps) {
      counts.add(step.count(millis));
      if (step instanceof SinkStep sink) {
        files.put(sink.step, sink.output.complete());
      }
    }
    for (StagedStep step : staged) {
      files.put(step.step, step.output.complete());
    }
    return new CompletionRecord(
        spec.step(),
        task.index(),
        counts,
        files,
        rejects.complete(),
        tallies,
        cursor == null ? null : cursor.span());
  }

  /** How many rows were read, once they all were. */
  long rowsRead() {
    return rowsRead;
  }

  @SuppressWarnings("unchecked") // a source's splits are its own
  private RowReader open(Source<? extends Split> source, Split split) throws IOException {
    return ((Source<Split>) source).open(split, spec.schema(), this);
  }

  private Step[] open(List<StageSpec.Branch> branches) {
    Step[] opened = new Step[branches.size()];
    for (int i = 0; i < opened.length; i++) {
      if (branches.get(i) instanceof StageSpec.Through through) {
        TransformStep step = new TransformStep(through.step(), through.transform().open());
        steps.add(step);
        step.next = open(through.branches());
        opened[i] = step;
      } else if (branches.get(i) instanceof StageSpec.Into into) {
        SinkStep step = new SinkStep(into);
        steps.add(step);
        opened[i] = step;
      } else {
        StagedStep step = new StagedStep((StageSpec.Staged) branches.get(i));
        staged.add(step);
        opened[i] = step;
      }
    }
    return opened;
  }

  private void report(long rows) {
    progress.rowsRead(rows);
    if (progress.isCancelled()) {
      throw new PermanentException("the run was stopped");
    }
  }

  @Override
  public String runId() {
    return spec.runId();
  }

  @Override
  public Environment environment() {
    return environment;
  }

  @Override
  public Warehouse warehouse() {
    return Warehouses.at(spec.warehouse());
  }

  @Override
  public void reject(String reason, String rowJson) {
    rejectedAtSource++;
    keep(spec.step(), reason, rowJson);
  }

  @Override
  public void tally(String what, long times) {
    tallies.merge(what, times, Long::sum);
  }

  private void keep(String step, String reason, String rowJson) {
    rejectedRow.setBytes(0, step.getBytes(StandardCharsets.UTF_8));
    rejectedRow.setBytes(1, reason.getBytes(StandardCharsets.UTF_8));
    rejectedRow.setBytes(2, rowJson.getBytes(StandardCharsets.UTF_8));
    rejects.write(rejectedRow);
    rejectedInAll++;
    long all = progress.rowRejected();
    if (all > spec.rejectLimit()) {
      PermanentException stop =
          new PermanentException(
              String.format(
                  "step `%s`: %,d rows were rejected, more than the config allows; the latest: %s",
                  step, all, reason));
      stop.happenedIn(step);
      throw stop;
    }
  }

  /** Takes the rejected rows out of the count: the split will be read again. */
  void forget() {
    progress.forgetRejected(rejectedInAll);
  }

  /** Keeps the rejected rows though the split failed. */
  void keepRejected() throws IOException {
    progress.splitFailed(rejects.complete());
  }

  /** Gives up the files that were not completed. */
  @Override
  public void close() throws IOException {
    rejects.abort();
    for (Step step : steps) {
      if (step instanceof SinkStep sink) {
        sink.output.abort();
      }
    }
    for (StagedStep step : staged) {
      step.output.abort();
    }
  }

  /** Where rows go next. */
  private interface Step {
    void accept(Row row);
  }

  /** A step of the config. */
  private interface CountedStep extends Step {
    StepCount count(long millis);
  }

  private final class TransformStep implements CountedStep, RowFunction.Output {
    private final String step;
    private final RowFunction function;
    private Step[] next = {};
    private long in;
    private long out;
    private long filtered;
    private long rejected;

    TransformStep(String step, RowFunction function) {
      this.step = step;
      this.function = function;
    }

    @Override
    public void accept(Row row) {
      in++;
      function.apply(row, this);
    }

    @Override
    public void emit(Row row) {
      out++;
      for (Step consumer : next) {
        consumer.accept(row);
      }
    }

    @Override
    public void filtered() {
      filtered++;
    }

    @Override
    public void reject(Row row, String reason) {
      rejected++;
      keep(step, reason, RowJson.text(row));
    }

    @Override
    public StepCount count(long millis) {
      return new StepCount(step, "transform", in, out, filtered, rejected, millis);
    }
  }

  private final class SinkStep implements CountedStep {
    private final String step;
    private final RowConversion.@Nullable Converter conversion;
    private final Output output;
    private final @Nullable CursorRange range;
    private long in;
    private long filtered;
    private long rejected;

    SinkStep(StageSpec.Into into) {
      this.step = into.step();
      this.range = into.range();
      this.conversion = into.conversion() == null ? null : into.conversion().open();
      this.output = new Output(into.sink().stage(into.schema(), into.folder(), name));
    }

    @Override
    public void accept(Row row) {
      in++;
      if (range != null && cursor != null && !cursor.isIn(range)) {
        filtered++; // it is there already, or not to come yet
        return;
      }
      if (conversion == null) {
        output.write(row);
        return;
      }
      String refusal = conversion.convert(row);
      if (refusal == null) {
        output.write(conversion.row());
      } else {
        rejected++;
        keep(step, refusal, RowJson.text(row));
      }
    }

    @Override
    public StepCount count(long millis) {
      return new StepCount(step, "sink", in, output.rows, filtered, rejected, millis);
    }
  }

  /** Keeps the rows of a step for queries; they are counted as what the step gave out. */
  private final class StagedStep implements Step {
    private final String step;
    private final Output output;

    StagedStep(StageSpec.Staged staged) {
      this.step = staged.step();
      this.output =
          new Output(
              StagedParts.one(
                  Storages.of(staged.folder()).resolve(staged.folder(), name + ".parquet"),
                  path -> new ParquetRowWriter(staged.schema(), path)));
    }

    @Override
    public void accept(Row row) {
      output.write(row);
    }
  }

  /** Staged files, with their rows counted. */
  private static final class Output {
    private final StagedOutput files;
    private long rows;

    Output(StagedOutput files) {
      this.files = files;
    }

    void write(Row row) {
      try {
        files.write(row);
        rows++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    List<StagedFile> complete() throws IOException {
      return files.complete();
    }

    void abort() throws IOException {
      files.abort();
    }
  }
}
