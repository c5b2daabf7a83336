package io.tributary.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.Diagnostic;
import io.tributary.run.RunReport;
import io.tributary.run.RunReport.DeliveredFiles;
import io.tributary.run.RunReport.Failure;
import io.tributary.spec.Severity;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.Drift;
import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.StepCount;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report of a run as a JSON file for scripts. Whoever sees the file sees all of it. */
final class ReportFile {
  private final Path path;

  ReportFile(Path path) {
    this.path = path;
  }

  /**
   * Finds out before a run whether the report can be written after it.
   *
   * @throws InputException when the folder is not there
   */
  void check() {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InputException(
          "--report " + path + ": " + folder + " is no folder that can be written to",
          "make the folder first, or name another file");
    }
    if (Files.isDirectory(path)) {
      throw new InputException("--report " + path + " is a folder", "name a file");
    }
  }

  /** Writes what a run did. */
  void write(RunReport report) throws IOException {
    write(json -> report(report, json));
  }

  /** Writes that a config has errors, so that nothing ran. */
  void write(Loaded loaded, String warehouse, Instant at) throws IOException {
    Optional<Diagnostic> first =
        loaded.diagnostics().all().stream()
            .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
            .findFirst();
    write(
        json -> {
          json.writeStartObject();
          json.writeNullField("runId");
          json.writeStringField(
              "config", loaded.config() == null ? loaded.file() : loaded.config().name());
          json.writeStringField("status", "failed");
          json.writeStringField("startedAt", at.toString());
          json.writeStringField("finishedAt", at.toString());
          json.writeNullField("runner");
          json.writeStringField("warehouse", warehouse);
          for (String nothing :
              new String[] {"steps", "sinks", "files", "cursors", "drift", "notes"}) {
            empty(nothing, json);
          }
          error(
              first.map(diagnostic -> diagnostic.code().name()).orElse(null),
              first.map(Diagnostic::message).orElse(null),
              null,
              first.map(diagnostic -> diagnostic.span().line()).orElse(0),
              json);
          json.writeEndObject();
        });
  }

  private void write(Json.Content content) throws IOException {
    Path unfinished =
        path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
        Json.write(writer, content);
      }
      Files.move(
          unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void report(RunReport report, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("runId", report.runId());
    json.writeStringField("config", report.config());
    json.writeStringField("status", report.status().word());
    json.writeStringField("startedAt", report.startedAt().toString());
    json.writeStringField("finishedAt", report.finishedAt().toString());
    json.writeStringField("runner", report.runner());
    json.writeStringField("warehouse", report.warehouse());
    json.writeArrayFieldStart("steps");
    for (StepCount step : report.steps()) {
      step(step, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("sinks");
    for (PublishedTable table : report.tables()) {
      table(table, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("files");
    for (DeliveredFiles files : report.files()) {
      json.writeStartObject();
      json.writeStringField("name", files.sink());
      json.writeStringField("destination", files.destination());
      json.writeNumberField("files", files.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("cursors");
    for (CursorMove cursor : report.cursors()) {
      cursor(cursor, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("drift");
    for (Drift drift : report.drift()) {
      json.writeStartObject();
      json.writeStringField("sink", drift.sink());
      json.writeStringField("table", drift.table().toString());
      change(drift.change(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (String note : report.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    Failure failure = report.error();
    if (failure == null) {
      json.writeNullField("error");
    } else {
      error(failure.code().name(), failure.message(), failure.step(), failure.line(), json);
    }
    json.writeEndObject();
  }

  private static void step(StepCount step, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", step.step());
    json.writeStringField("kind", step.kind());
    json.writeNumberField("in", step.in());
    json.writeNumberField("out", step.out());
    json.writeNumberField("filtered", step.filtered());
    json.writeNumberField("rejected", step.rejected());
    json.writeNumberField("millis", step.millis());
    json.writeEndObject();
  }

  private static void table(PublishedTable table, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", table.sink());
    json.writeStringField("table", table.table().toString());
    json.writeStringField("mode", table.mode().toString());
    json.writeNumberField("rowsBefore", table.rowsBefore());
    json.writeNumberField("rowsWritten", table.rowsWritten());
    json.writeNumberField("rowsAfter", table.rowsAfter());
    json.writeNumberField("inserted", table.inserted());
    json.writeNumberField("updated", table.updated());
    json.writeNumberField("duplicates", table.duplicates());
    json.writeBooleanField("created", table.created());
    json.writeEndObject();
  }

  /** {@code to} is where the next run goes on; null when the run moved no cursor. */
  private static void cursor(CursorMove cursor, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("source", cursor.source());
    json.writeStringField("column", cursor.range().column());
    Json.text(json, "from", cursor.from());
    Json.text(json, "to", cursor.to());
    json.writeStringField("sink", cursor.sink());
    json.writeEndObject();
  }

  /** Fields of a change in the object that is being written. */
  static void change(ColumnChange change, JsonGenerator json) throws IOException {
    json.writeStringField("column", change.column());
    json.writeStringField("change", change.kind().word());
    json.writeStringField("detail", change.detail());
  }

  private static void empty(String key, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(key);
    json.writeEndArray();
  }

  private static void error(
      @Nullable String code,
      @Nullable String message,
      @Nullable String step,
      int line,
      JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart("error");
    Json.text(json, "code", code);
    Json.text(json, "message", message);
    Json.text(json, "step", step);
    if (line > 0) {
      json.writeNumberField("line", line);
    } else {
      json.writeNullField("line");
    }
    json.writeEndObject();
  }
}
