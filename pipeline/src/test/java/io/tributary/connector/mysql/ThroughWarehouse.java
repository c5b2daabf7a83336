package io.tributary.connector.mysql;

import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type.Kind;
import io.tributary.row.format.ParquetFooter;
import io.tributary.row.format.ParquetRowWriter;
import io.tributary.spec.WriteMode;
import io.tributary.storage.LocalStorage;
import io.tributary.storage.StagedFile;
import io.tributary.warehouse.Publication;
import io.tributary.warehouse.QueryResult;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.SchemaPolicy;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows the way of a run: into a staged file, published into the embedded warehouse, and back
 * by a query.
 */
final class ThroughWarehouse implements TypeTable.Way {

  @Override
  public List<Row> carry(Schema schema, List<Row> rows) throws Exception {
    Path folder = Files.createTempDirectory("types");
    try {
      Warehouse warehouse = Warehouses.at("duckdb:" + folder.resolve("types.duckdb"));
      StagedFile staged =
          stage(schema, rows, Path.of(warehouse.stagingFolder("run"), "rows.parquet"));
      try (WarehouseSession session = warehouse.open()) {
        session.publish(publication(schema, staged));
        return query(session, schema);
      }
    } finally {
      new LocalStorage().deleteTree(folder.toString());
    }
  }

  private static StagedFile stage(Schema schema, List<Row> rows, Path path) throws IOException {
    try (ParquetRowWriter writer = new ParquetRowWriter(schema, path.toString())) {
      for (Row row : rows) {
        writer.write(row);
      }
    }
    return new StagedFile(path.toString(), ParquetFooter.rows(path.toString()), Files.size(path));
  }

  private static Publication publication(Schema schema, StagedFile staged) {
    TableWrite write =
        new TableWrite(
            TableName.parse("d.typed"),
            WriteMode.REPLACE,
            List.of(),
            null,
            true,
            null,
            null,
            List.of(),
            false,
            null,
            Map.of(),
            null,
            false,
            SchemaPolicy.FREEZE);
    RunEntry run =
        new RunEntry(
            "run",
            "types",
            "hash",
            RunStatus.SUCCEEDED,
            "direct",
            Instant.EPOCH,
            Instant.EPOCH,
            null);
    return new Publication(
        run,
        List.of(new Publication.Table("sink", write, schema, List.of(staged))),
        List.of(),
        List.of(),
        List.of());
  }

  private static List<Row> query(WarehouseSession session, Schema schema) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (QueryResult result = session.read("SELECT * FROM d.typed")) {
      RowBuilder row = new RowBuilder(result.schema());
      while (result.next(row)) {
        RowBuilder typed = new RowBuilder(schema);
        for (int i = 0; i < schema.size(); i++) {
          typed.set(i, value(schema, i, row.get(i)));
        }
        rows.add(typed);
      }
    }
    return rows;
  }

  /** More than 38 digits are text in DuckDB. */
  private static @Nullable Object value(Schema schema, int column, @Nullable Object value) {
    return schema.type(column).kind() == Kind.BIGNUMERIC && value instanceof String text
        ? new BigDecimal(text)
        : value;
  }
}
