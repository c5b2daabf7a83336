package io.tributary.warehouse.duckdb;

import io.tributary.row.CursorValue;
import io.tributary.row.SchemaText;
import io.tributary.warehouse.CursorEntry;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.RunEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's table of cursors: one row for each config, source and sink. Whoever changes it does
 * so in a transaction. Used by one thread.
 */
final class Cursors {
  private static final String WRITING = "writing the cursors";
  private static final String READING = "reading the cursors";

  private final Database database;

  Cursors(Database database) {
    this.database = database;
  }

  /** Adds the column that a table of an older version lacks; nothing was ever written to that. */
  void migrate() {
    boolean old =
        database.number(
                READING,
                "SELECT count(*) FROM duckdb_columns() WHERE database_name = current_database() AND"
                    + " schema_name = 'tributary' AND table_name = 'cursors' AND column_name ="
                    + " 'sink'")
            == 0;
    if (old) {
      database.execute(WRITING, "ALTER TABLE tributary.cursors ADD COLUMN sink VARCHAR");
    }
  }

  List<CursorEntry> all(@Nullable String config) {
    return database.list(
        READING,
        Cursors::entry,
        "SELECT config, source, sink, column_name, value, type, run_id, updated_at FROM"
            + " tributary.cursors WHERE coalesce(config = ?, true) ORDER BY config, source, sink",
        config);
  }

  private static CursorEntry entry(ResultSet row) throws SQLException {
    return new CursorEntry(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        CursorValue.parse(SchemaText.parseType(row.getString(6)), row.getString(5), ZoneOffset.UTC),
        row.getString(7),
        row.getObject(8, OffsetDateTime.class).toInstant());
  }

  /** Notes how far a run brought its sinks. */
  void write(RunEntry run, List<CursorMove> moves, Instant now) {
    for (CursorMove move : moves) {
      if (move.to() != null) {
        set(
            new CursorEntry(
                run.config(),
                move.source(),
                move.sink(),
                move.range().column(),
                move.to(),
                run.runId(),
                now));
      }
    }
  }

  void set(CursorEntry cursor) {
    forget(cursor);
    database.update(
        WRITING,
        "INSERT INTO tributary.cursors (config, source, sink, column_name, value, type, run_id,"
            + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        cursor.config(),
        cursor.source(),
        cursor.sink(),
        cursor.column(),
        cursor.value().toString(),
        cursor.value().type().toString(),
        cursor.runId(),
        cursor.updatedAt().atOffset(ZoneOffset.UTC));
  }

  void forget(CursorEntry cursor) {
    database.update(
        WRITING,
        "DELETE FROM tributary.cursors WHERE config = ? AND source = ? AND sink = ?",
        cursor.config(),
        cursor.source(),
        cursor.sink());
  }
}
