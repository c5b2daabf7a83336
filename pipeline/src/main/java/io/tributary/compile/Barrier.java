package io.tributary.compile;

import io.tributary.compile.BarrierSpec.Step;
import io.tributary.failure.PermanentException;
import io.tributary.row.CursorRange;
import io.tributary.row.CursorValue;
import io.tributary.row.format.WrittenRows;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.StepCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All completion records of a run, checked against what was planned and against the files
 * themselves, so that nothing is published that does not add up.
 */
final class Barrier {
  private final BarrierSpec spec;
  private final List<CompletionRecord> records;
  private final Map<String, StepCount> counts = new LinkedHashMap<>();

  /**
   * @throws PermanentException when a split is missing or doubled, or counts contradict each other
   */
  Barrier(BarrierSpec spec, List<CompletionRecord> records) throws IOException {
    this.spec = spec;
    this.records = new ArrayList<>(records);
    this.records.sort(
        Comparator.comparing(CompletionRecord::step).thenComparing(CompletionRecord::split));
    checkSplits();
    checkCursors();
    addUp();
    checkCounts();
    checkFooters();
  }

  private void checkSplits() {
    Map<String, Set<Integer>> seen = new HashMap<>();
    for (CompletionRecord record : records) {
      if (!seen.computeIfAbsent(record.step(), step -> new HashSet<>()).add(record.split())) {
        throw contradiction(
            "split " + record.split() + " of source `" + record.step() + "` was completed twice");
      }
    }
    for (Step step : spec.steps()) {
      Set<Integer> done = seen.getOrDefault(step.name(), Set.of());
      if (step.kind().equals("source") && done.size() != step.records()) {
        throw contradiction(
            "source `"
                + step.name()
                + "` has "
                + step.records()
                + " splits, of which "
                + done.size()
                + " were completed");
      }
      // of what is read of a result the rows are counted, by the steps that take them in
      if (step.kind().equals(StepCount.SQL)
          && step.records() > 0
          && !done.contains(CompletionRecord.RESULT)) {
        throw contradiction("query `" + step.name() + "` has no result");
      }
    }
  }

  /** A row beyond what was planned would be read again, or never have been asked for. */
  private void checkCursors() {
    for (CompletionRecord record : records) {
      CursorRange range = spec.ranges().get(record.step());
      CursorSpan read = record.cursors();
      if (range != null
          && read != null
          && !(range.has(false, read.least()) && range.has(false, read.largest()))) {
        throw contradiction(
            "source `"
                + record.step()
                + "` was to be read "
                + range
                + ", but split "
                + record.split()
                + " has cursors from "
                + new CursorValue(range.to().type(), read.least())
                + " to "
                + new CursorValue(range.to().type(), read.largest()));
      }
    }
  }

  private void addUp() {
    for (Step step : spec.steps()) {
      counts.put(step.name(), new StepCount(step.name(), step.kind(), 0, 0, 0, 0, 0));
    }
    for (CompletionRecord record : records) {
      record.counts().forEach(count -> counts.merge(count.step(), count, StepCount::plus));
    }
  }

  private void checkCounts() {
    for (StepCount count : counts.values()) {
      if (!count.kind().equals(StepCount.SQL)
          && count.in() != count.out() + count.filtered() + count.rejected()) {
        throw contradiction(
            String.format(
                "step `%s` took in %,d rows, but gave out %,d, filtered %,d and rejected %,d",
                count.step(), count.in(), count.out(), count.filtered(), count.rejected()));
      }
    }
    for (Step step : spec.steps()) {
      String input = step.input();
      if (input != null && count(step.name()).in() != count(input).out()) {
        throw contradiction(
            String.format(
                "step `%s` took in %,d rows, but `%s` gave out %,d",
                step.name(), count(step.name()).in(), input, count(input).out()));
      }
    }
  }

  /** The writers' counts against what the files say of themselves. */
  private void checkFooters() throws IOException {
    Map<String, Long> written = new HashMap<>();
    long rejected = 0;
    for (CompletionRecord record : records) {
      for (Map.Entry<String, List<StagedFile>> entry : record.files().entrySet()) {
        written.merge(entry.getKey(), rows(entry.getValue()), Long::sum);
      }
      rejected += rows(record.rejected());
    }
    for (Map.Entry<String, Long> entry : written.entrySet()) {
      if (entry.getValue() != count(entry.getKey()).out()) {
        StepCount count = count(entry.getKey());
        throw contradiction(
            String.format(
                count.kind().equals("sink")
                    ? "sink `%s` was given %,d rows, but its staged files hold %,d"
                    : "step `%s` gave out %,d rows, but its staged files hold %,d",
                entry.getKey(),
                count.out(),
                entry.getValue()));
      }
    }
    if (rejected != rejected()) {
      throw contradiction(
          String.format(
              "%,d rows were rejected, but the files of rejected rows hold %,d",
              rejected(), rejected));
    }
  }

  private static long rows(List<StagedFile> files) throws IOException {
    long rows = 0;
    for (StagedFile file : files) {
      rows += WrittenRows.of(file.path());
    }
    return rows;
  }

  private PermanentException contradiction(String what) {
    return new PermanentException(
        "run "
            + spec.runId()
            + " is not published, because its counts contradict each other: "
            + what);
  }

  private StepCount count(String step) {
    StepCount count = counts.get(step);
    if (count == null) {
      throw new IllegalStateException("no counts of step " + step);
    }
    return count;
  }

  /**
   * @throws PermanentException when more rows were rejected than the config allows
   */
  void checkRejected() {
    for (StepCount count : counts.values()) {
      if (count.rejected() > 0
          && (double) count.rejected() / count.in() > spec.errors().maxRate()) {
        throw tooMany(count);
      }
    }
    if (rejected() > spec.errors().maxRows()) {
      throw tooMany(
          counts.values().stream()
              .max(Comparator.comparingLong(StepCount::rejected))
              .orElseThrow());
    }
  }

  private PermanentException tooMany(StepCount count) {
    PermanentException refusal =
        new PermanentException(
            String.format(
                "step `%s` rejected %,d of %,d rows; `errors` allows %s",
                count.step(), count.rejected(), count.in(), RejectLimit.describe(spec.errors())));
    refusal.happenedIn(count.step());
    return refusal;
  }

  List<StepCount> counts() {
    return List.copyOf(counts.values());
  }

  long rejected() {
    return counts.values().stream().mapToLong(StepCount::rejected).sum();
  }

  List<StagedFile> rejectedFiles() {
    return records.stream().flatMap(record -> record.rejected().stream()).toList();
  }

  /** The staged files of a sink, or of a step whose rows queries read, by split. */
  List<StagedFile> files(String step) {
    return records.stream()
        .flatMap(record -> record.files().getOrDefault(step, List.of()).stream())
        .toList();
  }
}
