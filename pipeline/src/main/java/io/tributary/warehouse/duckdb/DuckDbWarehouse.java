package io.tributary.warehouse.duckdb;

import io.tributary.warehouse.TableName;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A DuckDB file and the folder {@code .tributary} beside it. */
final class DuckDbWarehouse implements Warehouse {
  private static final Map<Path, Lock> WRITING = new ConcurrentHashMap<>();

  private final String address;
  private final Path file;
  private final Path stagingRoot;
  private final DuckDbSettings settings;
  private final Clock clock;
  private final RunLocks locks;

  DuckDbWarehouse(String address, Path file, DuckDbSettings settings) {
    this(address, file, settings, Clock.systemUTC());
  }

  DuckDbWarehouse(String address, Path file, DuckDbSettings settings, Clock clock) {
    this.address = address;
    this.file = real(file.toAbsolutePath().normalize());
    this.stagingRoot = this.file.resolveSibling(".tributary");
    this.settings = settings;
    this.clock = clock;
    this.locks = new RunLocks(stagingRoot.resolve(DeadRuns.LOCKS), clock);
  }

  /** Without symbolic links: whichever way a file is reached, its locks are the same. */
  private static Path real(Path file) {
    try {
      if (Files.exists(file)) {
        return file.toRealPath();
      }
      Path folder = file.getParent();
      return folder != null && Files.exists(folder)
          ? folder.toRealPath().resolve(file.getFileName())
          : file;
    } catch (IOException e) {
      return file; // opening it will tell what is wrong
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String describe() {
    return "embedded warehouse " + address.replaceFirst("^duckdb:", "").replaceFirst("\\?.*$", "");
  }

  /** DuckDB knows neither projects nor the case of letters. */
  @Override
  public String identity(TableName table) {
    return table.local().toLowerCase(Locale.ROOT);
  }

  @Override
  public String stagingFolder(String runId) {
    return stagingRoot.resolve(runId).toString();
  }

  @Override
  public WarehouseSession open() {
    Database database = Database.open(file, stagingRoot, settings);
    try {
      return new DuckDbSession(
          database,
          new Queries(file, stagingRoot, settings),
          new DeadRuns(stagingRoot, locks),
          WRITING.computeIfAbsent(file, path -> new ReentrantLock()),
          clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public boolean exists() {
    return Files.exists(file);
  }

  @Override
  public Optional<RunLock> tryLock(String config, String runId) {
    return locks.tryLock(config, runId);
  }

  @Override
  public Optional<String> lockHolder(String config) {
    return locks.holder(config).map(LockFile::describe);
  }

  @Override
  public boolean isAlive(String runId) {
    return locks.livingRuns().contains(runId);
  }

  @Override
  public String toString() {
    return address;
  }
}
