package io.tributary.warehouse.duckdb;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.spec.WriteMode;
import io.tributary.warehouse.ColumnChange;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.Evolution;
import io.tributary.warehouse.Publication;
import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.StagedQuery;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import io.tributary.warehouse.duckdb.Tables.Existing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of one sink into its table, within the transaction of the publish: those of its
 * staged files, or the result of its query. Every count is checked: rows loaded are the rows of the
 * files, and each of them was inserted, updated or dropped as a duplicate. Used by one thread.
 */
final class TableLoader {
  private final Database database;
  private final Tables tables;
  private final WriteChecks checks;
  private final StagedQueries queries;

  TableLoader(Database database, Tables tables) {
    this.database = database;
    this.tables = tables;
    this.checks = new WriteChecks(tables);
    this.queries = new StagedQueries(database);
  }

  /**
   * @param overlap what the table may hold already of rows that are appended; null for nothing
   * @throws PermanentException when the rows contradict the table, or the counts do not agree
   */
  Loaded load(String runId, Publication.Table rows, @Nullable CursorMove overlap) {
    TableWrite write = rows.write();
    List<String> findings = checks.find(write, rows.schema());
    if (!findings.isEmpty()) {
      throw new PermanentException("sink `" + rows.sink() + "`: " + String.join("; ", findings));
    }
    Optional<Existing> before = tables.find(write.table());
    long rowsBefore = before.map(table -> tables.rows(table.name())).orElse(0L);
    Counts counts = write(runId, rows, before, overlap);
    TableName name = before.map(Existing::name).orElse(write.table());
    long rowsAfter = tables.rows(name);
    PublishedTable published =
        new PublishedTable(
            rows.sink(),
            write.table(),
            write.mode(),
            rowsBefore,
            rows.query() == null ? rows.rows() : counts.written(),
            rowsAfter,
            counts.inserted(),
            counts.updated(),
            counts.duplicates(),
            before.isEmpty());
    verify(published, counts.emptied());
    return new Loaded(published, counts.changes());
  }

  /** What became of a table, and of the differences between its columns and those of the rows. */
  record Loaded(PublishedTable table, List<ColumnChange> changes) {}

  /** What was done with the rows; {@code emptied} says whether the table's old rows are gone. */
  private record Counts(
      long written,
      long inserted,
      long updated,
      long duplicates,
      boolean emptied,
      List<ColumnChange> changes) {}

  private Counts write(
      String runId,
      Publication.Table rows,
      Optional<Existing> before,
      @Nullable CursorMove overlap) {
    TableWrite write = rows.write();
    if (before.isEmpty()) {
      tables.create(write.table(), newSchema(rows), TableComment.of(write));
    } else {
      claim(before.get(), write);
    }
    Existing table = tables.find(write.table()).orElseThrow();
    boolean replaces = write.mode() == WriteMode.REPLACE && before.isPresent();
    Evolution evolution =
        Evolution.of(write, rows.schema(), new TableDescription(table.name(), table.schema(), 0));
    boolean none = rows.query() == null && rows.rows() == 0;
    if (replaces && none && write.keepWhenEmpty()) {
      return new Counts(0, 0, 0, 0, false, List.of());
    }
    if (replaces && rows.query() != null && write.keepWhenEmpty()) {
      return replaceUnlessEmpty(runId, rows, table, evolution);
    }
    TableAlteration alteration = new TableAlteration(database, table, evolution);
    if (replaces) {
      tables.empty(table, alteration::apply);
    } else {
      alteration.apply();
    }
    List<ColumnChange> changes = changes(rows, evolution);
    if (none) {
      return new Counts(0, 0, 0, 0, replaces, changes);
    }
    Schema columns = evolution.written();
    if (write.mode() == WriteMode.MERGE) {
      StagingTable batch = stage(runId, rows, table, columns);
      TableMerge.Counts merged = new TableMerge(database, table.name(), columns).merge(rows, batch);
      batch.drop(database);
      return new Counts(
          batch.rows(), merged.inserted(), merged.updated(), merged.duplicates(), false, changes);
    }
    if (overlap != null) {
      return insertNew(runId, rows, table, overlap, columns, changes);
    }
    long inserted =
        from(
            rows,
            relation ->
                insert(
                    rows,
                    table,
                    columns,
                    StagedRows.select(relation, rows.schema(), columns, table.name())));
    return new Counts(inserted, inserted, 0, 0, replaces, changes);
  }

  private Counts insertNew(
      String runId,
      Publication.Table rows,
      Existing table,
      CursorMove overlap,
      Schema columns,
      List<ColumnChange> changes) {
    StagingTable batch = stage(runId, rows, table, columns);
    long inserted =
        insert(rows, table, columns, NewRows.select(batch.name(), table, columns, overlap));
    batch.drop(database);
    long held = batch.rows() - inserted;
    return new Counts(batch.rows(), inserted, 0, held, false, changes);
  }

  /** How many rows a query gives is known only when it has been run. */
  private Counts replaceUnlessEmpty(
      String runId, Publication.Table rows, Existing table, Evolution evolution) {
    StagingTable result = stage(runId, rows, table, evolution.written());
    if (result.rows() == 0) {
      result.drop(database);
      return new Counts(0, 0, 0, 0, false, List.of());
    }
    tables.empty(table, new TableAlteration(database, table, evolution)::apply);
    long inserted = insert(rows, table, evolution.written(), "SELECT * FROM " + result.name());
    result.drop(database);
    return new Counts(inserted, inserted, 0, 0, true, changes(rows, evolution));
  }

  private static List<ColumnChange> changes(Publication.Table rows, Evolution evolution) {
    List<ColumnChange> changes = new ArrayList<>(evolution.changes());
    changes.addAll(rows.leftOut());
    return changes;
  }

  private StagingTable stage(String runId, Publication.Table rows, Existing table, Schema columns) {
    return from(rows, relation -> StagingTable.of(database, runId, rows, relation, table, columns));
  }

  /** Does something with the rows of a sink, which it is given as what can stand after FROM. */
  private <T> T from(Publication.Table rows, Function<String, T> work) {
    StagedQuery query = rows.query();
    return query == null
        ? work.apply(StagedRows.scan(rows.files()))
        : queries.run(query, rows.schema().names(), work);
  }

  /** The table's schema as the user gave it; else that of the rows, with every column nullable. */
  private static Schema newSchema(Publication.Table rows) {
    Schema given = rows.write().schema();
    if (given != null) {
      return given;
    }
    return Schema.of(
        rows.schema().columns().stream()
            .map(column -> new Column(column.name(), column.type(), true, column.description()))
            .toList());
  }

  /** A table without a project becomes the property of the first project that writes to it. */
  private void claim(Existing table, TableWrite write) {
    String project = write.table().project();
    if (project != null && table.comment().project() == null) {
      tables.comment(table.name(), table.comment().withProject(project).text());
    }
  }

  /** What is being done when an error comes; that of a query is the query's. */
  static String loading(Publication.Table rows, Existing table) {
    StagedQuery query = rows.query();
    return (query == null ? "sink `" + rows.sink() + "`" : StagedQueries.called(query))
        + ", loading "
        + table.name();
  }

  private long insert(Publication.Table rows, Existing table, Schema columns, String select) {
    return database.update(
        loading(rows, table),
        "INSERT INTO "
            + Sql.name(table.name())
            + " ("
            + Sql.names(columns.names())
            + ") "
            + select);
  }

  private static void verify(PublishedTable table, boolean emptied) {
    long accounted = table.inserted() + table.updated() + table.duplicates();
    long expectedAfter = (emptied ? 0 : table.rowsBefore()) + table.inserted();
    if (accounted != table.rowsWritten() || table.rowsAfter() != expectedAfter) {
      throw new PermanentException(
          "sink `"
              + table.sink()
              + "`: the counts of table `"
              + table.table()
              + "` do not agree, so nothing was published: "
              + table.rowsWritten()
              + " rows were handed over, "
              + table.inserted()
              + " inserted, "
              + table.updated()
              + " updated, "
              + table.duplicates()
              + " duplicates; the table had "
              + table.rowsBefore()
              + " rows and would have "
              + table.rowsAfter());
    }
  }
}
