package io.tributary.warehouse.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.failure.PermanentException;
import io.tributary.spec.WriteMode;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.Drift;
import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.StepCount;
import io.tributary.warehouse.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tables that remember runs: {@code tributary.runs, steps, publishes, cursors, drift, rejected,
 * deliveries}. Whoever calls several methods that belong together does it in a transaction. Used by
 * one thread.
 */
final class Ledger {
  /** The dataset of the ledger. */
  static final String SCHEMA = "tributary";

  private static final List<String> TABLES =
      List.of(
          "runs (run_id VARCHAR NOT NULL, config VARCHAR, config_hash VARCHAR, status VARCHAR,"
              + " runner VARCHAR, started_at TIMESTAMPTZ, finished_at TIMESTAMPTZ, error VARCHAR)",
          "steps (run_id VARCHAR NOT NULL, step VARCHAR, kind VARCHAR, rows_in BIGINT, rows_out"
              + " BIGINT, filtered BIGINT, rejected BIGINT, millis BIGINT)",
          "publishes (run_id VARCHAR NOT NULL, sink VARCHAR, table_name VARCHAR, mode VARCHAR,"
              + " rows_written BIGINT, published_at TIMESTAMPTZ, rows_before BIGINT, rows_after"
              + " BIGINT, inserted BIGINT, updated BIGINT, duplicates BIGINT, created BOOLEAN)",
          "cursors (config VARCHAR NOT NULL, source VARCHAR, column_name VARCHAR, value VARCHAR,"
              + " type VARCHAR, run_id VARCHAR, updated_at TIMESTAMPTZ, sink VARCHAR)",
          "drift (run_id VARCHAR NOT NULL, sink VARCHAR, table_name VARCHAR, column_name VARCHAR,"
              + " change VARCHAR, detail VARCHAR, detected_at TIMESTAMPTZ)",
          "rejected (run_id VARCHAR NOT NULL, step VARCHAR, reason VARCHAR, row_json JSON,"
              + " rejected_at TIMESTAMPTZ)",
          "deliveries (run_id VARCHAR NOT NULL, sink VARCHAR, delivery JSON, published_at"
              + " TIMESTAMPTZ, delivered_at TIMESTAMPTZ)");

  private static final String RUN_COLUMNS =
      "run_id, config, config_hash, status, runner, started_at, finished_at, error";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WRITING = "writing the ledger";
  private static final String READING = "reading the ledger";

  private final Database database;

  Ledger(Database database) {
    this.database = database;
  }

  /** Makes the tables of a new warehouse. */
  void create() {
    boolean there =
        database.number(
                READING,
                "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database()"
                    + " AND schema_name = 'tributary'")
            >= TABLES.size();
    if (!there) {
      database.transaction(
          () -> {
            database.execute(WRITING, "CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
            for (String table : TABLES) {
              database.execute(WRITING, "CREATE TABLE IF NOT EXISTS " + SCHEMA + "." + table);
            }
          });
    }
  }

  /** Writes or overwrites the row of a run. */
  void write(RunEntry run) {
    database.update(WRITING, "DELETE FROM tributary.runs WHERE run_id = ?", run.runId());
    database.update(
        WRITING,
        "INSERT INTO tributary.runs (" + RUN_COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        run.runId(),
        run.config(),
        run.configHash(),
        run.status().word(),
        run.runner(),
        time(run.startedAt()),
        time(run.finishedAt()),
        run.error());
  }

  /** Writes or overwrites the steps and rejected rows of a run. */
  void writeSteps(String runId, List<StepCount> steps, List<StagedFile> rejected, Instant now) {
    database.update(WRITING, "DELETE FROM tributary.steps WHERE run_id = ?", runId);
    for (StepCount step : steps) {
      database.update(
          WRITING,
          "INSERT INTO tributary.steps VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          runId,
          step.step(),
          step.kind(),
          step.in(),
          step.out(),
          step.filtered(),
          step.rejected(),
          step.millis());
    }
    database.update(WRITING, "DELETE FROM tributary.rejected WHERE run_id = ?", runId);
    if (!rejected.isEmpty()) {
      writeRejected(runId, rejected, now);
    }
  }

  private void writeRejected(String runId, List<StagedFile> files, Instant now) {
    // a row that could not be read may be no JSON; it is kept as a JSON text then
    long loaded =
        database.update(
            "keeping the rejected rows of run " + runId,
            "INSERT INTO tributary.rejected SELECT ?, step, reason, coalesce(TRY_CAST(row_json AS"
                + " JSON), to_json(CAST(row_json AS VARCHAR))), ? FROM "
                + StagedRows.scan(files),
            runId,
            time(now));
    long expected = files.stream().mapToLong(StagedFile::rows).sum();
    if (loaded != expected) {
      throw new PermanentException(
          "run "
              + runId
              + ": the staged files of rejected rows hold "
              + loaded
              + " rows, but "
              + expected
              + " were written to them");
    }
  }

  void writePublish(String runId, PublishedTable table, Instant now) {
    database.update(
        WRITING,
        "INSERT INTO tributary.publishes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        runId,
        table.sink(),
        table.table().toString(),
        table.mode().toString(),
        table.rowsWritten(),
        time(now),
        table.rowsBefore(),
        table.rowsAfter(),
        table.inserted(),
        table.updated(),
        table.duplicates(),
        table.created());
  }

  void writeDrift(String runId, List<Drift> drift, Instant now) {
    for (Drift found : drift) {
      database.update(
          WRITING,
          "INSERT INTO tributary.drift VALUES (?, ?, ?, ?, ?, ?, ?)",
          runId,
          found.sink(),
          found.table().toString(),
          found.change().column(),
          found.change().kind().word(),
          found.change().detail(),
          time(now));
    }
  }

  List<Drift> drift(String runId) {
    return database.list(
        READING,
        row -> new Drift(row.getString(1), TableName.parse(row.getString(2)), change(row, 3)),
        "SELECT sink, table_name, column_name, change, detail FROM tributary.drift WHERE run_id = ?"
            + " ORDER BY rowid",
        runId);
  }

  /** The latest change of each column of a table that runs of a config wrote through a sink. */
  List<ColumnChange> latestChanges(String config, String sink, TableName table) {
    return database.list(
        READING,
        row -> change(row, 1),
        "SELECT column_name, change, detail FROM tributary.drift d JOIN tributary.runs r USING"
            + " (run_id) WHERE r.config = ? AND d.sink = ? AND d.table_name = ? QUALIFY"
            + " row_number() OVER (PARTITION BY lower(column_name) ORDER BY d.rowid DESC) = 1",
        config,
        sink,
        table.toString());
  }

  private static ColumnChange change(ResultSet row, int first) throws SQLException {
    return new ColumnChange(
        row.getString(first),
        ColumnChange.Kind.of(row.getString(first + 1)),
        row.getString(first + 2));
  }

  void writeDelivery(Delivery delivery, Instant now) {
    database.update(
        WRITING,
        "INSERT INTO tributary.deliveries VALUES (?, ?, ?, ?, NULL)",
        delivery.runId(),
        delivery.sink(),
        json(delivery),
        time(now));
  }

  private static String json(Delivery delivery) {
    try {
      return JSON.writeValueAsString(delivery);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a delivery cannot be written as JSON", e);
    }
  }

  List<Delivery> pendingDeliveries() {
    return database.list(
        READING,
        row -> delivery(row.getString(1)),
        "SELECT CAST(delivery AS VARCHAR) FROM tributary.deliveries WHERE delivered_at IS NULL"
            + " ORDER BY published_at, rowid");
  }

  private static Delivery delivery(String json) {
    try {
      return JSON.readValue(json, Delivery.class);
    } catch (JsonProcessingException e) {
      throw new PermanentException(
          "the ledger holds a delivery that cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  void delivered(Delivery delivery, Instant now) {
    database.update(
        WRITING,
        "UPDATE tributary.deliveries SET delivered_at = ? WHERE run_id = ? AND sink = ? AND"
            + " delivered_at IS NULL",
        time(now),
        delivery.runId(),
        delivery.sink());
  }

  List<RunEntry> runs(int most) {
    return database.list(
        READING,
        Ledger::run,
        "SELECT "
            + RUN_COLUMNS
            + " FROM tributary.runs ORDER BY started_at DESC, run_id DESC LIMIT ?",
        most);
  }

  List<RunEntry> running() {
    return database.list(
        READING,
        Ledger::run,
        "SELECT " + RUN_COLUMNS + " FROM tributary.runs WHERE status = 'running' ORDER BY run_id");
  }

  Optional<RunEntry> run(String runId) {
    return database.first(
        READING,
        Ledger::run,
        "SELECT " + RUN_COLUMNS + " FROM tributary.runs WHERE run_id = ?",
        runId);
  }

  private static RunEntry run(ResultSet row) throws SQLException {
    return new RunEntry(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        RunStatus.of(row.getString(4)),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        instant(row.getObject(7, OffsetDateTime.class)),
        row.getString(8));
  }

  List<StepCount> steps(String runId) {
    return database.list(
        READING,
        row ->
            new StepCount(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)),
        "SELECT step, kind, rows_in, rows_out, filtered, rejected, millis FROM tributary.steps"
            + " WHERE run_id = ? ORDER BY rowid",
        runId);
  }

  List<PublishedTable> publishes(String runId) {
    return database.list(
        READING,
        row ->
            new PublishedTable(
                row.getString(1),
                TableName.parse(row.getString(2)),
                WriteMode.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getBoolean(10)),
        "SELECT sink, table_name, mode, rows_before, rows_written, rows_after, inserted, updated,"
            + " duplicates, created FROM tributary.publishes WHERE run_id = ? ORDER BY rowid",
        runId);
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
