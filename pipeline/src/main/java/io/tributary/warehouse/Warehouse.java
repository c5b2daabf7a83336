package io.tributary.warehouse;

import io.tributary.failure.TransientException;
import java.util.Optional;

/**
 * A warehouse by its address. Holds nothing open itself; thread-safe. Made by a {@link
 * WarehouseProvider}.
 */
public interface Warehouse {

  /** The address by which workers find it again, such as {@code duckdb:/data/tributary.duckdb}. */
  String address();

  /** How the report calls it, such as {@code embedded warehouse tributary.duckdb}. */
  String describe();

  /** A form of a table's name that is equal for names that are one table here. */
  default String identity(TableName table) {
    return table.toString();
  }

  /** The folder for the staged files of a run. */
  String stagingFolder(String runId);

  /**
   * Opens it, creating it when it does not exist; waits a while for another process that has it
   * open.
   *
   * @throws TransientException when it stays in use; the message names the process
   */
  WarehouseSession open();

  /** Whether anything was ever written to it; opening would create it otherwise. */
  boolean exists();

  /**
   * Takes the lock of a config, so that no second run of it starts. The lock of a dead run does not
   * hold.
   *
   * @return empty when another run holds it; {@link #lockHolder} says which
   */
  Optional<RunLock> tryLock(String config, String runId);

  /** The run that holds a config's lock, for a message. */
  Optional<String> lockHolder(String config);

  /** Whether a run is still going on: its process is there, or its lease has not run out. */
  boolean isAlive(String runId);

  /** A lock that is held until it is closed; it keeps its lease alive by itself. */
  interface RunLock extends AutoCloseable {
    @Override
    void close();
  }
}
