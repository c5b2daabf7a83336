package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configs that are measured. */
final class Configs {
  /** Where the warehouse job leaves its rows. */
  static final String TABLE = "bench.orders";

  /** What the job's filter keeps, in the database's words: 90 % of the rows. */
  static final String KEPT = "mod(customer_id, 10) <> 0";

  static final String PLAIN =
      """
      name: plain
      sources:
        - name: numbers
          module: create
          parameters:
            rows: [{n: 1, word: one}, {n: 2, word: two}, {n: 3, word: null}]
      sinks:
        - name: table
          module: bigquery
          input: numbers
          parameters: {table: bench.numbers, create_disposition: CREATE_IF_NEEDED}
      """;

  static final String WITH_SQL =
      """
      name: with_sql
      sources:
        - name: numbers
          module: create
          parameters:
            rows: [{n: 1, word: one}, {n: 2, word: two}, {n: 3, word: null}]
      transforms:
        - name: large
          module: filter
          inputs: [numbers]
          parameters: {where: "n > 1"}
      sinks:
        - name: table
          module: bigquery
          input: large
          parameters: {table: bench.numbers, create_disposition: CREATE_IF_NEEDED}
      """;

  private Configs() {}

  static Path write(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The job into a folder of Parquet files. */
  static String files(OrdersDatabase database, String table, Path out) {
    return job(database, table)
        + """
          - name: files
            module: files
            input: kept
            parameters: {path: %s, format: parquet}
        """
            .formatted(out);
  }

  /** The job into a table of the warehouse. */
  static String table(OrdersDatabase database, String table) {
    return job(database, table)
        + """
          - name: table
            module: bigquery
            input: kept
            parameters: {table: %s, create_disposition: CREATE_IF_NEEDED}
        """
            .formatted(TABLE);
  }

  private static String job(OrdersDatabase database, String table) {
    return """
    name: bench
    sources:
      - name: orders
        module: mysql
        parameters: {host: 127.0.0.1, port: %d, database: %s, user: %s, password: "-", table: %s}
    transforms:
      - name: priced
        module: select
        inputs: [orders]
        parameters:
          columns:
            id: id
            customer_id: customer_id
            store_id: store_id
            status: UPPER(status)
            channel: channel
            currency: currency
            amount: amount
            net: amount - tax
            discount: discount
            quantity: quantity
            weight_kg: weight_kg
            is_gift: is_gift
            created_at: created_at
            updated_at: updated_at
            order_date: order_date
            email: email
            sku: sku
            shipping_city: shipping_city
            note: note
            attrs: attrs
      - name: kept
        module: filter
        inputs: [priced]
        parameters: {where: "MOD(customer_id, 10) <> 0"}
    sinks:
    """
        .formatted(database.port(), OrdersDatabase.DATABASE, OrdersDatabase.USER, table);
  }
}
