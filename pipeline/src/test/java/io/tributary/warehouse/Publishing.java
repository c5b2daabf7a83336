package io.tributary.warehouse;

import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.spec.WriteMode;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short forms for tests that publish. */
public final class Publishing {
  private static final Instant STARTED = Instant.parse("2024-05-01T02:00:00Z");

  private Publishing() {}

  /** A write that makes its table; MERGE goes by the column {@code id}. */
  public static TableWrite write(String table, WriteMode mode) {
    return write(table, mode, null, mode == WriteMode.MERGE ? List.of("id") : List.of(), true);
  }

  public static TableWrite merge(String table, String... keys) {
    return write(table, WriteMode.MERGE, null, List.of(keys), true);
  }

  public static TableWrite mergeLatest(String table, String cursor, String... keys) {
    return write(table, WriteMode.MERGE, cursor, List.of(keys), true);
  }

  /** A write to a table that must exist. */
  public static TableWrite writeToExisting(String table, WriteMode mode) {
    return write(table, mode, null, List.of(), false);
  }

  private static TableWrite write(
      String table, WriteMode mode, @Nullable String cursor, List<String> keys, boolean create) {
    return new TableWrite(
        TableName.parse(table),
        mode,
        keys,
        cursor,
        create,
        null,
        null,
        List.of(),
        false,
        null,
        Map.of(),
        null,
        false,
        SchemaPolicy.FREEZE);
  }

  public static RunEntry run(String runId, RunStatus status) {
    Instant finished = status == RunStatus.RUNNING ? null : STARTED.plusSeconds(60);
    String error = status == RunStatus.FAILED ? "it failed" : null;
    return new RunEntry(
        runId, "orders.yaml", "c0ffee", status, "DirectRunner", STARTED, finished, error);
  }

  public static Publication publication(String runId, Publication.Table... tables) {
    return publication(runId, List.of(), tables);
  }

  public static Publication publication(
      String runId, List<Delivery> deliveries, Publication.Table... tables) {
    return new Publication(
        run(runId, RunStatus.SUCCEEDED),
        Arrays.asList(tables),
        List.of(new StepCount("orders", "source", 3, 3, 0, 0, 12)),
        List.of(),
        deliveries);
  }

  public static Publication.Table table(TableWrite write, Schema schema, StagedFile... files) {
    return new Publication.Table("out", write, schema, Arrays.asList(files));
  }

  /** All values of a query's result, row by row. */
  public static List<List<@Nullable Object>> rows(WarehouseSession session, String sql) {
    try (QueryResult result = session.read(sql)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      RowBuilder row = new RowBuilder(result.schema());
      while (result.next(row)) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < result.schema().size(); i++) {
          values.add(row.get(i));
        }
        rows.add(values);
      }
      return rows;
    } catch (IOException | QueryException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
