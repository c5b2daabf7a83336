package io.tributary.warehouse.duckdb;

import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.sql.SqlQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a DuckDB file, whose errors are told as failures of a run. All connections of a
 * process share one database instance, so they must be opened with the same settings. Used by one
 * thread.
 */
final class Database implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Two threads that open a file at once would both attach it. */
  private static final ReentrantLock OPENING = new ReentrantLock();

  /** Turns the current row of a result into a value. */
  @FunctionalInterface
  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final String describe;

  private Database(Connection connection, String describe) {
    this.connection = connection;
    this.describe = describe;
  }

  /**
   * Opens a file, creating it and the folders above it when they do not exist.
   *
   * @throws TransientException when another process keeps it open for longer than the patience of
   *     the settings
   */
  static Database open(Path file, Path stagingRoot, DuckDbSettings settings) {
    String describe = "warehouse " + file;
    try {
      Files.createDirectories(stagingRoot);
    } catch (IOException e) {
      throw new PermanentException(
          describe + ": the folder " + stagingRoot + " cannot be made: " + e.getMessage(), e);
    }
    return new Database(connect(file, stagingRoot, settings), describe);
  }

  /**
   * A database in memory, for queries over the files of a folder.
   *
   * @throws io.tributary.failure.RunException when DuckDB cannot be started
   */
  static Database inMemory(Path folder, DuckDbSettings settings) {
    String describe = "database in memory";
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties(settings));
      try {
        reachOnly(connection, folder);
        set(connection);
        return new Database(connection, describe);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw DuckDbErrors.failure(describe, e);
    }
  }

  /** A connection of one's own, whose results are fetched as they are read. */
  static Connection connect(Path file, Path stagingRoot, DuckDbSettings settings) {
    String describe = "warehouse " + file;
    long deadline = System.nanoTime() + settings.patience().toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return attached(file, stagingRoot, settings);
      } catch (SQLException e) {
        if (!DuckDbErrors.isLocked(e)) {
          throw cannotOpen(describe, file, e);
        }
        if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
          throw new TransientException(
              describe
                  + " is in use by "
                  + DuckDbErrors.holder(e)
                  + "; only one process can have it open: wait until that one has ended, or use"
                  + " another file",
              e);
        }
        LockSupport.parkNanos(pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    }
  }

  /**
   * The file under a name that no dataset can have. Opened directly it would be named after the
   * file, and in {@code tributary.duckdb} the name {@code tributary.runs} would be ambiguous.
   */
  private static Connection attached(Path file, Path stagingRoot, DuckDbSettings settings)
      throws SQLException {
    OPENING.lock();
    try {
      Connection connection =
          DriverManager.getConnection(
              "jdbc:duckdb::memory:tributary-"
                  + HexFormat.of().formatHex(file.toString().getBytes(StandardCharsets.UTF_8)),
              properties(settings));
      try {
        if (!isAttached(connection)) {
          attach(connection, file, stagingRoot);
        }
        run(connection, "USE " + Sql.name(Sql.CATALOG));
        set(connection);
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } finally {
      OPENING.unlock();
    }
  }

  private static void set(Connection connection) throws SQLException {
    run(connection, "SET errors_as_json = true");
    run(connection, "SET TimeZone = 'UTC'");
  }

  private static Properties properties(DuckDbSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("memory_limit", settings.memoryLimit());
    properties.setProperty("preserve_insertion_order", "false");
    // else the driver keeps a whole result in memory
    properties.setProperty("jdbc_stream_results", "true");
    return properties;
  }

  private static boolean isAttached(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet databases =
            statement.executeQuery(
                "SELECT count(*) FROM duckdb_databases() WHERE database_name = "
                    + Sql.text(Sql.CATALOG))) {
      databases.next();
      return databases.getInt(1) > 0;
    }
  }

  private static void attach(Connection connection, Path file, Path stagingRoot)
      throws SQLException {
    // without the type DuckDB goes by the file: a CSV file would be a database in memory
    run(
        connection,
        "ATTACH " + Sql.text(file.toString()) + " AS " + Sql.name(Sql.CATALOG) + " (TYPE duckdb)");
    run(connection, "SET temp_directory = " + Sql.text(file + ".tmp"));
    reachOnly(connection, stagingRoot);
  }

  /** A query of a config may read the warehouse and its staged files, not the machine's files. */
  private static void reachOnly(Connection connection, Path folder) throws SQLException {
    run(connection, "SET allowed_directories = [" + Sql.text(folder.toString()) + "]");
    run(connection, "SET enable_external_access = false");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static RuntimeException cannotOpen(String describe, Path file, SQLException e) {
    if (Files.isDirectory(file)) {
      return new PermanentException(
          describe + " is a folder; name a file in it with --warehouse duckdb:PATH", e);
    }
    String message = DuckDbErrors.message(e);
    if (message.contains("not a valid DuckDB database")) {
      return new PermanentException(
          describe + " is not a DuckDB file; name another one with --warehouse duckdb:PATH", e);
    }
    return DuckDbErrors.failure(describe + " cannot be opened", e);
  }

  /** Makes ready for a query: its functions are there from then on, in every transaction. */
  void prepare(String doing, SqlQuery query) {
    try {
      SqlFunctions.prepare(connection, query);
    } catch (SQLException e) {
      throw DuckDbErrors.failure(describe + ", " + doing, e);
    }
  }

  /** Runs a statement with parameters and returns how many rows it changed. */
  long update(String doing, String sql, @Nullable Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeLargeUpdate();
    } catch (SQLException e) {
      throw DuckDbErrors.failure(describe + ", " + doing, e);
    }
  }

  /** Runs a statement that changes no rows. */
  void execute(String doing, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw DuckDbErrors.failure(describe + ", " + doing, e);
    }
  }

  /** The rows of a small result. */
  <T> List<T> list(String doing, RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(mapper.map(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw DuckDbErrors.failure(describe + ", " + doing, e);
    }
  }

  /** The first row of a small result. */
  <T> Optional<T> first(
      String doing, RowMapper<T> mapper, String sql, @Nullable Object... parameters) {
    return list(doing, mapper, sql, parameters).stream().findFirst();
  }

  /** The single number of a query. */
  long number(String doing, String sql) {
    return list(doing, row -> row.getLong(1), sql).get(0);
  }

  /** The rows of a query, which is given one statement with a schema, all in memory. */
  List<Row> rows(String doing, Schema schema, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(Queries.instantsAsMicros(sql, schema))) {
      DuckDbRowReader reader = new DuckDbRowReader(connection, result, schema);
      List<Row> rows = new ArrayList<>();
      RowBuilder row = new RowBuilder(schema);
      while (reader.next(row)) {
        rows.add(row.copy());
      }
      return rows;
    } catch (SQLException e) {
      throw DuckDbErrors.failure(describe + ", " + doing, e);
    } catch (IOException e) {
      throw new PermanentException(describe + ", " + doing + ": " + e.getMessage(), e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  /** Does all of it or, when it throws, nothing. */
  void transaction(Runnable work) {
    execute("begin", "BEGIN TRANSACTION");
    try {
      work.run();
      execute("commit", "COMMIT");
    } catch (RuntimeException | Error e) {
      rollback(e);
      throw e;
    }
  }

  private void rollback(Throwable cause) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e); // a commit that failed has rolled back already
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw DuckDbErrors.failure(describe + ", closing", e);
    }
  }
}
