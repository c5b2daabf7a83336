package io.tributary.cli;

import io.tributary.warehouse.CursorEntry;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints cursors. */
final class StateView {
  /** The form of the output. */
  enum Format {
    TEXT,
    JSON
  }

  private final Console console;
  private final Format format;

  StateView(Console console, Format format) {
    this.console = console;
    this.format = format;
  }

  /** What became of one cursor: as it was and as it is; null where there was or is none. */
  record Change(@Nullable CursorEntry before, @Nullable CursorEntry after) {
    CursorEntry either() {
      CursorEntry entry = after == null ? before : after;
      if (entry == null) {
        throw new IllegalStateException("a change of nothing");
      }
      return entry;
    }
  }

  /** Prints the cursors of all configs. */
  int all(WarehouseOption warehouseOption) throws IOException {
    return print(cursors(warehouseOption.existing(), null));
  }

  static List<CursorEntry> cursors(Warehouse warehouse, @Nullable String config) {
    try (WarehouseSession session = warehouse.open()) {
      return session.cursors(config);
    }
  }

  int print(List<CursorEntry> cursors) throws IOException {
    if (format == Format.JSON) {
      Json.write(
          console.out(),
          json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("cursors");
            for (CursorEntry cursor : cursors) {
              json.writeStartObject();
              json.writeStringField("config", cursor.config());
              json.writeStringField("source", cursor.source());
              json.writeStringField("sink", cursor.sink());
              json.writeStringField("column", cursor.column());
              json.writeStringField("type", cursor.value().type().toString());
              json.writeStringField("value", cursor.value().toString());
              json.writeStringField("runId", cursor.runId());
              json.writeStringField("updatedAt", cursor.updatedAt().toString());
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
          });
      return ExitCode.DONE.number();
    }
    if (cursors.isEmpty()) {
      console.out().println("no cursors: the next run begins where its config says");
      return ExitCode.DONE.number();
    }
    TextTable table =
        new TextTable()
            .left("config")
            .left("source")
            .left("sink")
            .left("column")
            .left("read before")
            .left("by run")
            .left("at");
    for (CursorEntry cursor : cursors) {
      table.add(
          cursor.config(),
          cursor.source(),
          cursor.sink(),
          cursor.column(),
          cursor.value().toString(),
          cursor.runId(),
          cursor.updatedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    table.print(console.out(), console.outStyle(), "");
    return ExitCode.DONE.number();
  }

  /** Says what was changed. */
  int changed(List<Change> changes, List<String> notes) throws IOException {
    if (format == Format.JSON) {
      Json.write(
          console.out(),
          json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("changed");
            for (Change change : changes) {
              json.writeStartObject();
              json.writeStringField("config", change.either().config());
              json.writeStringField("source", change.either().source());
              json.writeStringField("sink", change.either().sink());
              json.writeStringField("column", change.either().column());
              Json.text(json, "from", change.before() == null ? null : change.before().value());
              Json.text(json, "to", change.after() == null ? null : change.after().value());
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notes");
            for (String note : notes) {
              json.writeString(note);
            }
            json.writeEndArray();
            json.writeEndObject();
          });
      return ExitCode.DONE.number();
    }
    for (Change change : changes) {
      console
          .out()
          .println(
              "source "
                  + change.either().source()
                  + ", sink "
                  + change.either().sink()
                  + ": "
                  + change.either().column()
                  + " "
                  + (change.before() == null ? "unknown" : change.before().value())
                  + " -> "
                  + (change.after() == null ? "unknown" : change.after().value()));
    }
    notes.forEach(note -> console.out().println("note: " + note));
    console
        .out()
        .println(
            changes.isEmpty()
                ? "nothing was changed"
                : "only the ledger was changed; no data was touched");
    return ExitCode.DONE.number();
  }
}
