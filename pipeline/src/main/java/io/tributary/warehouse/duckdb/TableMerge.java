package io.tributary.warehouse.duckdb;

import io.tributary.failure.PermanentException;
import io.tributary.row.Schema;
import io.tributary.warehouse.Publication;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Merges a batch into a table by its merge keys: its keys are checked, its duplicates resolved, and
 * then one MERGE is run. All within the transaction of the publish. Used once.
 */
final class TableMerge {
  private final Database database;
  private final TableName table;
  private final Schema columns;

  /**
   * @param columns of the table that the rows have; the others stay as they are in rows that are
   *     updated
   */
  TableMerge(Database database, TableName table, Schema columns) {
    this.database = database;
    this.table = table;
    this.columns = columns;
  }

  /** What became of the rows of the batch. */
  record Counts(long inserted, long updated, long duplicates) {}

  Counts merge(Publication.Table rows, StagingTable batch) {
    TableWrite write = rows.write();
    String sink = "sink `" + rows.sink() + "`";
    String staged = batch.name();
    long loaded = batch.rows();
    if (rows.query() == null && loaded != rows.rows()) {
      throw new PermanentException(
          sink
              + ": the staged files of table `"
              + table
              + "` hold "
              + loaded
              + " rows, but "
              + rows.rows()
              + " were written to them; nothing was published");
    }
    refuseNullKeys(sink, staged, write.mergeKeys());
    long duplicates = resolveDuplicates(sink, staged, write);
    String doing = sink + ", merging into " + table;
    long before = database.number(doing, "SELECT count(*) FROM " + Sql.name(table));
    long changed = database.update(doing, mergeSql(staged, write.mergeKeys()));
    long after = database.number(doing, "SELECT count(*) FROM " + Sql.name(table));
    long inserted = after - before;
    refuseAmbiguousTarget(sink, write, changed, loaded - duplicates);
    return new Counts(inserted, changed - inserted, duplicates);
  }

  private void refuseNullKeys(String sink, String staged, List<String> keys) {
    String anyNull =
        keys.stream().map(key -> Sql.name(key) + " IS NULL").collect(Collectors.joining(" OR "));
    long nulls = database.number(sink, "SELECT count(*) FROM " + staged + " WHERE " + anyNull);
    if (nulls > 0) {
      throw new PermanentException(
          sink
              + ": "
              + nulls
              + (nulls == 1 ? " row has" : " rows have")
              + " NULL in a merge key ("
              + quoted(keys)
              + ") of table `"
              + table
              + "`, so it cannot be told which row they are; filter them out, or choose other"
              + " merge_keys");
    }
  }

  /** Leaves one row per key and returns how many were removed. */
  private long resolveDuplicates(String sink, String staged, TableWrite write) {
    String keys = Sql.names(write.mergeKeys());
    Optional<String> duplicate =
        database.first(
            sink,
            row -> row.getString(1) + "\u0000" + row.getLong(2),
            "SELECT CAST(struct_pack("
                + write.mergeKeys().stream()
                    .map(key -> Sql.name(key) + " := " + Sql.name(key))
                    .collect(Collectors.joining(", "))
                + ") AS VARCHAR), count(*) FROM "
                + staged
                + " GROUP BY "
                + keys
                + " HAVING count(*) > 1 ORDER BY 1 LIMIT 1");
    if (duplicate.isEmpty()) {
      return 0;
    }
    if (write.cursorColumn() == null) {
      String[] keyAndCount = duplicate.get().split("\u0000");
      throw new PermanentException(
          sink
              + ": "
              + keyAndCount[1]
              + " rows have the same merge key "
              + keyAndCount[0]
              + ", and without a cursor it cannot be told which is the latest; make the key unique"
              + " in the source, or read it with `incremental` and a cursor column");
    }
    return database.update(
        sink + ", resolving duplicate merge keys",
        "DELETE FROM "
            + staged
            + " WHERE rowid NOT IN (SELECT rowid FROM "
            + staged
            + " QUALIFY row_number() OVER (PARTITION BY "
            + keys
            + " ORDER BY "
            + latestFirst(write.cursorColumn())
            + ") = 1)");
  }

  /**
   * Rows with equal cursors are ordered by their values, so that the same one is kept each time.
   */
  private String latestFirst(String cursor) {
    List<String> order = new ArrayList<>();
    order.add(Sql.name(cursor) + " DESC NULLS LAST");
    for (String column : columns.names()) {
      if (!column.equalsIgnoreCase(cursor)) {
        order.add(Sql.name(column) + " DESC NULLS LAST");
      }
    }
    return String.join(", ", order);
  }

  private String mergeSql(String staged, List<String> keys) {
    List<String> names = columns.names();
    String match =
        keys.stream()
            .map(key -> "target." + Sql.name(key) + " = batch." + Sql.name(key))
            .collect(Collectors.joining(" AND "));
    String values =
        names.stream().map(name -> "batch." + Sql.name(name)).collect(Collectors.joining(", "));
    List<String> others =
        names.stream().filter(name -> keys.stream().noneMatch(name::equalsIgnoreCase)).toList();
    // a table of keys only has nothing to update; setting a key to itself still counts the match
    String updates =
        (others.isEmpty() ? keys : others)
            .stream()
                .map(name -> Sql.name(name) + " = batch." + Sql.name(name))
                .collect(Collectors.joining(", "));
    return "MERGE INTO "
        + Sql.name(table)
        + " AS target USING "
        + staged
        + " AS batch ON "
        + match
        + " WHEN MATCHED THEN UPDATE SET "
        + updates
        + " WHEN NOT MATCHED THEN INSERT ("
        + Sql.names(names)
        + ") VALUES ("
        + values
        + ")";
  }

  private void refuseAmbiguousTarget(String sink, TableWrite write, long changed, long batch) {
    if (changed > batch) {
      throw new PermanentException(
          sink
              + ": table `"
              + table
              + "` holds a merge key ("
              + quoted(write.mergeKeys())
              + ") more than once, so "
              + batch
              + " rows would change "
              + changed
              + "; nothing was published: remove the duplicates from the table, or choose"
              + " merge_keys that are unique in it");
    }
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
