package io.tributary.warehouse.duckdb;

import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.row.Schema;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.CursorEntry;
import io.tributary.warehouse.Drift;
import io.tributary.warehouse.Publication;
import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.QueryException;
import io.tributary.warehouse.QueryResult;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.StagedQuery;
import io.tributary.warehouse.StepCount;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * An open DuckDB file. Used by one thread, but for {@link #read}, which opens its own connection.
 */
final class DuckDbSession implements WarehouseSession {
  private final Database database;
  private final Queries queries;
  private final DeadRuns deadRuns;
  private final Lock writing;
  private final Clock clock;
  private final Tables tables;
  private final Ledger ledger;
  private final Cursors cursors;

  /**
   * @param writing held while anything is written: DuckDB would refuse one of two writers that
   *     change the same tables at once
   */
  DuckDbSession(Database database, Queries queries, DeadRuns deadRuns, Lock writing, Clock clock) {
    this.database = database;
    this.queries = queries;
    this.deadRuns = deadRuns;
    this.writing = writing;
    this.clock = clock;
    this.tables = new Tables(database);
    this.ledger = new Ledger(database);
    this.cursors = new Cursors(database);
    writing(
        () -> {
          ledger.create();
          cursors.migrate();
        });
  }

  private void writing(Runnable work) {
    writing.lock();
    try {
      work.run();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return tables
        .find(table)
        .map(
            found -> new TableDescription(found.name(), found.schema(), tables.rows(found.name())));
  }

  @Override
  public List<TableName> tables() {
    return tables.all();
  }

  @Override
  public Schema schemaOf(String sql) throws QueryException {
    return queries.schemaOf(sql);
  }

  @Override
  public QueryResult read(String sql) throws QueryException {
    return queries.read(sql);
  }

  @Override
  public QueryResult query(String sql) throws QueryException {
    return queries.run(sql);
  }

  @Override
  public StagedFile export(StagedQuery query, String folder) {
    try {
      Files.createDirectories(Path.of(folder));
      String path = Path.of(folder, UUID.randomUUID() + ".parquet").toString();
      StagedQueries queries = new StagedQueries(database);
      queries.prepare(query);
      long[] rows = new long[1];
      database.transaction(() -> rows[0] = queries.export(query, path));
      return new StagedFile(path, rows[0], Files.size(Path.of(path)));
    } catch (IOException e) {
      throw new TransientException(
          "the result of query `" + query.step() + "` cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void begin(RunEntry run) {
    writing(() -> database.transaction(() -> ledger.write(run)));
  }

  @Override
  public List<String> check(TableWrite write, Schema schema) {
    return new WriteChecks(tables).find(write, schema);
  }

  @Override
  public List<String> notes(TableWrite write, Schema schema) {
    return WriteChecks.notes(write, schema);
  }

  @Override
  public List<PublishedTable> publish(Publication publication) {
    StagedQueries queries = new StagedQueries(database);
    publication.tables().stream()
        .map(Publication.Table::query)
        .filter(Objects::nonNull)
        .forEach(queries::prepare);
    List<PublishedTable> published = new ArrayList<>();
    writing(
        () ->
            database.transaction(
                () -> {
                  if (isPublished(publication.run().runId())) {
                    published.addAll(ledger.publishes(publication.run().runId()));
                  } else {
                    published.addAll(publishAll(publication));
                  }
                }));
    return List.copyOf(published);
  }

  private boolean isPublished(String runId) {
    Optional<RunStatus> status = ledger.run(runId).map(RunEntry::status);
    return status.filter(s -> s == RunStatus.SUCCEEDED || s == RunStatus.REJECTED_ROWS).isPresent()
        || !ledger.publishes(runId).isEmpty();
  }

  private List<PublishedTable> publishAll(Publication publication) {
    Instant now = clock.instant();
    RunEntry run = publication.run();
    TableLoader loader = new TableLoader(database, tables);
    Map<String, StepCount> counted = new HashMap<>();
    List<PublishedTable> published = new ArrayList<>();
    Map<String, String> writers = new HashMap<>();
    for (Publication.Table table : publication.tables()) {
      String name = table.write().table().local();
      String other = writers.putIfAbsent(name.toLowerCase(Locale.ROOT), table.sink());
      if (other != null) {
        throw new PermanentException(
            "the tables of sinks `"
                + other
                + "` and `"
                + table.sink()
                + "` (`"
                + table.write().table()
                + "`) are one table in this warehouse, which knows neither projects nor the case"
                + " of letters; use another dataset or table name");
      }
      long start = System.nanoTime();
      TableLoader.Loaded loaded =
          loader.load(run.runId(), table, publication.overlap(table.sink()).orElse(null));
      if (table.query() != null) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        stepsOf(table.query(), loaded.table(), millis)
            .forEach(step -> counted.put(step.step(), step));
      }
      ledger.writePublish(run.runId(), loaded.table(), now);
      ledger.writeDrift(run.runId(), news(run.config(), table, loaded.changes()), now);
      published.add(loaded.table());
    }
    for (Delivery delivery : publication.deliveries()) {
      ledger.writeDelivery(delivery, now);
    }
    List<StepCount> steps =
        publication.steps().stream().map(step -> counted.getOrDefault(step.step(), step)).toList();
    ledger.writeSteps(run.runId(), steps, publication.rejected(), now);
    cursors.write(run, publication.cursors(), now);
    ledger.write(run);
    return published;
  }

  /** A query within the publish, and the sink that its rows go to: one statement, one time. */
  private static List<StepCount> stepsOf(StagedQuery query, PublishedTable table, long millis) {
    long rows = table.rowsWritten();
    return List.of(
        new StepCount(query.step(), StepCount.SQL, query.rowsIn(), rows, 0, 0, millis),
        new StepCount(table.sink(), "sink", rows, rows, 0, 0, millis));
  }

  /** Without what an earlier run has told; with the end of what it told and is no more. */
  private List<Drift> news(String config, Publication.Table table, List<ColumnChange> changes) {
    TableName name = table.write().table();
    List<ColumnChange> told =
        ledger.latestChanges(config, table.sink(), name).stream()
            .filter(change -> change.kind().isStanding())
            .toList();
    List<ColumnChange> news = new ArrayList<>(changes);
    news.removeAll(told);
    for (ColumnChange old : told) {
      if (changes.stream().noneMatch(now -> now.column().equalsIgnoreCase(old.column()))) {
        news.add(
            new ColumnChange(
                old.column(),
                ColumnChange.Kind.ENDED,
                "rows and table agree again; it was " + old.kind().word()));
      }
    }
    return news.stream().map(change -> new Drift(table.sink(), name, change)).toList();
  }

  @Override
  public void fail(Publication publication) {
    RunEntry run = publication.run();
    writing(
        () ->
            database.transaction(
                () -> {
                  ledger.writeSteps(
                      run.runId(), publication.steps(), publication.rejected(), clock.instant());
                  ledger.write(run);
                }));
  }

  @Override
  public List<CursorEntry> cursors(@Nullable String config) {
    return cursors.all(config);
  }

  @Override
  public void setCursors(List<CursorEntry> entries) {
    writing(() -> database.transaction(() -> entries.forEach(cursors::set)));
  }

  @Override
  public void forgetCursors(List<CursorEntry> entries) {
    writing(() -> database.transaction(() -> entries.forEach(cursors::forget)));
  }

  @Override
  public List<Delivery> pendingDeliveries() {
    return ledger.pendingDeliveries();
  }

  @Override
  public void delivered(Delivery delivery) {
    writing(() -> database.transaction(() -> ledger.delivered(delivery, clock.instant())));
  }

  @Override
  public List<RunEntry> runs(int most) {
    return ledger.runs(most);
  }

  @Override
  public Optional<RunEntry> run(String runId) {
    return ledger.run(runId);
  }

  @Override
  public List<StepCount> steps(String runId) {
    return ledger.steps(runId);
  }

  @Override
  public List<PublishedTable> publishes(String runId) {
    return ledger.publishes(runId);
  }

  @Override
  public List<Drift> drift(String runId) {
    return ledger.drift(runId);
  }

  @Override
  public List<String> cleanDeadRuns() {
    List<String> marked = new ArrayList<>();
    writing(
        () ->
            database.transaction(
                () -> marked.addAll(deadRuns.markInterrupted(ledger, clock.instant()))));
    writing(() -> database.transaction(() -> deadRuns.dropStagingTables(database)));
    deadRuns.removeFolders();
    return List.copyOf(marked);
  }

  @Override
  public void close() {
    database.close();
  }
}
