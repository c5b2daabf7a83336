package io.tributary.warehouse.duckdb;

import io.tributary.row.Row;
import io.tributary.warehouse.ScratchQueries;
import io.tributary.warehouse.StagedQuery;
import java.nio.file.Path;
import java.util.List;

/** Runs each query in a DuckDB of its own, in memory. */
final class DuckDbScratch implements ScratchQueries {
  private final Path folder;
  private final DuckDbSettings settings;

  /**
   * @param folder which holds the staged files, and to which a query can reach
   */
  DuckDbScratch(Path folder, DuckDbSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  @Override
  public List<Row> run(StagedQuery query) {
    try (Database database = Database.inMemory(folder, settings)) {
      StagedQueries queries = new StagedQueries(database);
      queries.prepare(query);
      return queries.rows(query);
    }
  }
}
