package io.tributary.warehouse.duckdb;

import io.tributary.failure.TransientException;
import io.tributary.storage.LocalStorage;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What runs leave behind whose process is gone, and its removal. Living runs are not touched. */
final class DeadRuns {
  /** The folder of the locks, beside the staging folders of runs. */
  static final String LOCKS = "locks";

  private final Path stagingRoot;
  private final RunLocks locks;

  DeadRuns(Path stagingRoot, RunLocks locks) {
    this.stagingRoot = stagingRoot;
    this.locks = locks;
  }

  /** Marks runs that the ledger calls running, and returns their ids. */
  List<String> markInterrupted(Ledger ledger, Instant now) {
    List<String> marked = new ArrayList<>();
    List<RunEntry> running = ledger.running();
    List<String> living = locks.livingRuns(); // after the list: a run is locked before it is in it
    for (RunEntry run : running) {
      if (!living.contains(run.runId())) {
        ledger.write(
            run.ended(RunStatus.INTERRUPTED, now, "the process ended before the run was finished"));
        marked.add(run.runId());
      }
    }
    return marked;
  }

  /** Drops staging tables; a table's name begins with the id of its run. */
  void dropStagingTables(Database database) {
    List<String> living = locks.livingRuns();
    List<String> tables =
        database.list(
            "reading the catalog",
            row -> row.getString(1),
            "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND"
                + " schema_name = ?",
            Tables.STAGING);
    for (String table : tables) {
      if (living.stream().noneMatch(run -> table.startsWith(run + "."))) {
        database.execute(
            "dropping a staging table",
            "DROP TABLE " + Sql.name(Tables.STAGING) + "." + Sql.name(table));
      }
    }
  }

  /** Removes staging folders and locks. */
  void removeFolders() {
    try (Stream<Path> entries = Files.list(stagingRoot)) {
      List<Path> folders = entries.filter(Files::isDirectory).toList();
      // after the list: a run is locked before it has a folder, and another warehouse file in the
      // same folder does not keep its runs out
      List<String> living = locks.livingRuns();
      for (Path folder : folders) {
        String name = folder.getFileName().toString();
        if (!name.equals(LOCKS) && !living.contains(name)) {
          new LocalStorage().deleteTree(folder.toString());
        }
      }
    } catch (IOException e) {
      throw new TransientException(
          "staging folders in " + stagingRoot + " cannot be removed: " + e.getMessage(), e);
    }
    locks.removeDead();
  }
}
