package io.tributary.bench;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.ParquetRowWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The reference: what a programmer writes by hand to bring the table {@code orders} into Parquet
 * files, with two connections and the driver's typed getters. No Beam, no transforms, no warehouse.
 * Arguments: JDBC URL, number of rows, output folder.
 */
public final class PlainLoop {
  private static final int CONNECTIONS = 2;
  private static final Schema SCHEMA =
      Schema.of(
          Column.required("id", Type.INT64),
          Column.required("customer_id", Type.INT64),
          Column.required("store_id", Type.INT64),
          Column.required("status", Type.STRING),
          Column.nullable("channel", Type.STRING),
          Column.required("currency", Type.STRING),
          Column.required("amount", Type.numeric(12, 2)),
          Column.required("tax", Type.numeric(12, 2)),
          Column.nullable("discount", Type.numeric(12, 2)),
          Column.required("quantity", Type.INT64),
          Column.nullable("weight_kg", Type.FLOAT64),
          Column.required("is_gift", Type.INT64),
          Column.required("created_at", Type.DATETIME),
          Column.nullable("updated_at", Type.DATETIME),
          Column.required("order_date", Type.DATE),
          Column.required("email", Type.STRING),
          Column.required("sku", Type.STRING),
          Column.nullable("shipping_city", Type.STRING),
          Column.nullable("note", Type.STRING),
          Column.nullable("attrs", Type.STRING));

  private PlainLoop() {}

  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    long rows = Long.parseLong(arguments[1]);
    Path folder = Path.of(arguments[2]);
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Long>> parts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        long from = rows * i / CONNECTIONS;
        long to = rows * (i + 1) / CONNECTIONS;
        String file = folder.resolve("part-" + i + ".parquet").toString();
        Callable<Long> part = () -> copy(url, from, to, file);
        parts.add(threads.submit(part));
      }
      long written = 0;
      for (Future<Long> part : parts) {
        written += part.get();
      }
      if (written != rows) {
        throw new IllegalStateException(written + " rows written instead of " + rows);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Rows with keys above {@code from}, up to and with {@code to}. */
  private static long copy(String url, long from, long to, String file) throws Exception {
    String sql =
        "select "
            + String.join(", ", SCHEMA.names())
            + " from orders where id > "
            + from
            + " and id <= "
            + to;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ParquetRowWriter writer = new ParquetRowWriter(SCHEMA, file)) {
      statement.setFetchSize(1000);
      try (ResultSet result = statement.executeQuery(sql)) {
        RowBuilder row = new RowBuilder(SCHEMA);
        while (result.next()) {
          for (int i = 0; i < SCHEMA.size(); i++) {
            read(result, i, row);
          }
          writer.write(row);
        }
      }
      return writer.rows();
    }
  }

  private static void read(ResultSet result, int column, RowBuilder row) throws Exception {
    int position = column + 1;
    switch (SCHEMA.type(column).kind()) {
      case INT64 -> row.setLong(column, result.getLong(position));
      case FLOAT64 -> row.setDouble(column, result.getDouble(position));
      case NUMERIC -> {
        BigDecimal value = result.getBigDecimal(position);
        if (value != null) {
          row.setLong(column, value.unscaledValue().longValueExact());
        }
      }
      case STRING -> {
        String value = result.getString(position);
        if (value != null) {
          row.setBytes(column, value.getBytes(StandardCharsets.UTF_8));
        }
      }
      case DATE -> row.setLong(column, result.getObject(position, LocalDate.class).toEpochDay());
      case DATETIME -> {
        LocalDateTime value = result.getObject(position, LocalDateTime.class);
        if (value != null) {
          row.setLong(column, RowBuilder.micros(value));
        }
      }
      default -> throw new IllegalStateException("no column of type " + SCHEMA.type(column));
    }
    if (result.wasNull()) {
      row.setNull(column);
    }
  }
}
