package io.tributary.warehouse.duckdb;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.WriteMode;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.Publication;
import io.tributary.warehouse.Publishing;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.StagedSql;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.util.List;

/** Runs until it is killed: one run after another publishes to three tables. */
final class PublishLoop {
  static final String CONFIG = "orders.yaml";
  static final Schema SCHEMA =
      Schema.of(Column.nullable("id", Type.INT64), Column.nullable("run", Type.INT64));

  private PublishLoop() {}

  /** Rows of a run: more each time, so that every run changes every table. */
  static long rowsOf(long run) {
    return 1000 + run;
  }

  /**
   * @param arguments the warehouse's address
   */
  public static void main(String[] arguments) {
    Warehouse warehouse = Warehouses.at(arguments[0]);
    try (WarehouseSession session = warehouse.open()) {
      session.cleanDeadRuns();
      long first = session.runs(Integer.MAX_VALUE).size();
      System.out.println("ready");
      for (long run = first; ; run++) {
        publish(warehouse, session, run);
        System.out.println(run);
      }
    }
  }

  private static void publish(Warehouse warehouse, WarehouseSession session, long run) {
    String runId = "run-" + run;
    try (Warehouse.RunLock lock = warehouse.tryLock(CONFIG, runId).orElseThrow()) {
      if (!warehouse.isAlive(runId)) {
        throw new IllegalStateException(lock + " is not alive");
      }
      session.begin(Publishing.run(runId, RunStatus.RUNNING));
      StagedFile file =
          StagedSql.stage(
              warehouse,
              runId,
              "SELECT i AS id, " + run + "::BIGINT AS run FROM range(" + rowsOf(run) + ") r(i)");
      List<Publication.Table> tables =
          List.of(
              table("replaced", file, WriteMode.REPLACE),
              table("appended", file, WriteMode.APPEND),
              table("merged", file, WriteMode.MERGE));
      session.publish(
          new Publication(
              Publishing.run(runId, RunStatus.SUCCEEDED), tables, List.of(), List.of(), List.of()));
    }
  }

  private static Publication.Table table(String name, StagedFile file, WriteMode mode) {
    return new Publication.Table(
        name, Publishing.write("crash." + name, mode), SCHEMA, List.of(file));
  }
}
