package io.tributary.warehouse;

import io.tributary.storage.StagedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Makes staged Parquet files of the rows of a SQL query. */
public final class StagedSql {
  private StagedSql() {}

  /** A file below a warehouse's staging folder of a run. */
  public static StagedFile stage(Warehouse warehouse, String runId, String sql) {
    Path folder = Path.of(warehouse.stagingFolder(runId));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      Files.createDirectories(folder);
      Path file = folder.resolve(UUID.randomUUID() + ".parquet");
      try (Statement zone = connection.createStatement()) {
        zone.execute("SET TimeZone = 'UTC'");
      }
      try (Statement statement = connection.createStatement()) {
        long rows =
            statement.executeUpdate(
                "COPY ("
                    + sql
                    + ") TO '"
                    + file.toString().replace("'", "''")
                    + "' (FORMAT parquet)");
        return new StagedFile(file.toString(), rows, Files.size(file));
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
