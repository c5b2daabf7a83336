package io.tributary.warehouse;

import io.tributary.row.Schema;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open warehouse. Used by one thread, except that {@link #read} may be called by several.
 *
 * <p>Methods throw {@link io.tributary.failure.TransientException} or {@link
 * io.tributary.failure.PermanentException} when the warehouse fails.
 */
public interface WarehouseSession extends AutoCloseable {

  /** A table with its schema and row count; empty when there is none. */
  Optional<TableDescription> describe(TableName table);

  /** Names of all tables that are not Tributary's own, for suggestions. */
  List<TableName> tables();

  /**
   * The schema of a query's result; the query is not run.
   *
   * @throws QueryException when the warehouse refuses the query
   */
  Schema schemaOf(String sql) throws QueryException;

  /**
   * The rows of a query, streamed.
   *
   * @throws QueryException when the warehouse refuses the query
   */
  QueryResult read(String sql) throws QueryException;

  /**
   * Runs one statement for a person at a terminal and returns its rows; other statements than
   * queries give no columns.
   */
  QueryResult query(String sql) throws QueryException;

  /**
   * Runs a query over staged rows and writes its result to a new Parquet file in a folder of the
   * run's staging.
   */
  StagedFile export(StagedQuery query, String folder);

  /** Writes the ledger's row of a run that begins. */
  void begin(RunEntry run);

  /**
   * Checks what can be checked before rows are read: whether a table can be created or changed as
   * asked, and whether it belongs to the same project. Each finding is a sentence for the user.
   */
  List<String> check(TableWrite write, Schema schema);

  /**
   * What this warehouse does with a write otherwise than asked, for the plan: types it keeps in
   * another form, options it only notes. Each is a sentence for the user.
   */
  List<String> notes(TableWrite write, Schema schema);

  /**
   * Publishes all tables of a run, its ledger rows, cursors and rejected rows in one transaction:
   * all or nothing. A run id that was published before changes nothing and returns what was
   * published then.
   */
  List<PublishedTable> publish(Publication publication);

  /** Writes the ledger rows and the rejected rows of a run that publishes nothing. */
  void fail(Publication publication);

  /** The cursors of a config, by source and sink; of all configs when it is null. */
  List<CursorEntry> cursors(@Nullable String config);

  /** Puts cursors in the place of those of the same config, source and sink. */
  void setCursors(List<CursorEntry> cursors);

  /** Forgets cursors: those of the same config, source and sink. */
  void forgetCursors(List<CursorEntry> cursors);

  /** Deliveries that were published but not yet carried out, oldest first. */
  List<Delivery> pendingDeliveries();

  /** Notes that a delivery was carried out. */
  void delivered(Delivery delivery);

  /** The latest runs, newest first. */
  List<RunEntry> runs(int most);

  Optional<RunEntry> run(String runId);

  /** The steps of a run, in the order of the config. */
  List<StepCount> steps(String runId);

  /** The tables that a run published. */
  List<PublishedTable> publishes(String runId);

  /**
   * What a run changed in the columns of tables, and the differences that it was the first to work
   * round.
   */
  List<Drift> drift(String runId);

  /**
   * Removes staging tables of dead runs, and marks such runs, which the ledger still calls running,
   * as interrupted.
   *
   * @return the runs that were marked
   */
  List<String> cleanDeadRuns();

  @Override
  void close();
}
