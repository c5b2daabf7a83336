package io.tributary.bench;

import io.tributary.row.format.ParquetFooter;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the main job on a table of 20 columns in a MariaDB on this machine, into files and into
 * the warehouse, beside two references: {@link AvroLoop}, and connectorx with pyarrow. Each is a
 * process of its own, in turn, so that a noisy machine is noisy for all. Arguments: sizes in rows
 * separated by commas, times, the launcher, the references' Python or nothing.
 */
public final class Bench {
  private static final String LOOP = "JDBC loop to Avro, 2 connections";
  private static final String CONNECTORX = "connectorx + pyarrow to Parquet";
  private static final String FILES = "tributary to Parquet files";
  private static final String WAREHOUSE = "tributary to the warehouse";

  private final Path launcher;
  private final String python;
  private final int times;
  private final Path folder;
  private final OrdersDatabase database;

  private Bench(Path launcher, String python, int times, Path folder, OrdersDatabase database) {
    this.launcher = launcher;
    this.python = python;
    this.times = times;
    this.folder = folder;
    this.database = database;
  }

  public static void main(String[] arguments) throws Exception {
    List<Long> sizes = Arrays.stream(arguments[0].split(",")).map(Long::valueOf).toList();
    int times = Integer.parseInt(arguments[1]);
    Path launcher = Path.of(arguments[2]).toAbsolutePath();
    String python = arguments[3];
    Path folder = Files.createTempDirectory("tributary-bench");
    System.out.printf(
        "%d processors, %s, medians of %d%n",
        Runtime.getRuntime().availableProcessors(), System.getProperty("java.vm.version"), times);
    if (python.isEmpty()) {
      System.out.println("without connectorx: its Python environment could not be made");
    }
    try (OrdersDatabase database = OrdersDatabase.start(folder)) {
      Bench bench = new Bench(launcher, python, times, folder, database);
      bench.starts();
      database.load(sizes);
      Map<String, Measured> smaller = Map.of();
      for (long rows : sizes) {
        smaller = bench.job(rows, smaller);
      }
    } finally {
      Storages.of("").deleteTree(folder.toString());
    }
  }

  /** What commands take that move no rows worth mentioning. */
  private void starts() throws Exception {
    Path plain = Configs.write(folder, "plain.yaml", Configs.PLAIN);
    Path sql = Configs.write(folder, "sql.yaml", Configs.WITH_SQL);
    String warehouse = "duckdb:" + folder.resolve("start.duckdb");
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("lint of a config without SQL", List.of("lint", plain.toString()));
    commands.put("lint of a config with SQL", List.of("lint", sql.toString()));
    commands.put(
        "run of three rows without SQL",
        List.of("run", plain.toString(), "--warehouse", warehouse));
    commands.put(
        "run of three rows with SQL", List.of("run", sql.toString(), "--warehouse", warehouse));
    Map<String, List<Measured>> all = new LinkedHashMap<>();
    for (int i = 0; i <= times; i++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(command.getValue());
        Measured measured = Measured.run(words, folder.resolve("start.log"));
        if (i > 0) { // the first fills caches
          all.computeIfAbsent(command.getKey(), name -> new ArrayList<>()).add(measured);
        }
      }
    }
    System.out.printf("%n%-40s %8s %8s %8s%n", "starts", "wall s", "cpu s", "peak MB");
    all.forEach(
        (name, runs) -> {
          Measured median = Measured.median(runs);
          System.out.printf(
              "%-40s %8.2f %8.2f %8d%n",
              name, seconds(median.wall()), seconds(median.cpu()), median.peakMegabytes());
        });
  }

  /** Measures all contestants on a table; {@code smaller} are the figures of the size before. */
  private Map<String, Measured> job(long rows, Map<String, Measured> smaller) throws Exception {
    String table = OrdersDatabase.table(rows);
    long kept = database.number("select count(*) from " + table + " where " + Configs.KEPT);
    List<Contestant> contestants = contestants(rows, table);
    Map<String, List<Measured>> all = new LinkedHashMap<>();
    for (int i = 0; i <= times; i++) {
      for (Contestant contestant : contestants) {
        Measured measured = Measured.run(contestant.command(), folder.resolve("contestant.log"));
        long found = contestant.check().rows(contestant.output());
        long expected = contestant.name().startsWith("tributary") ? kept : rows;
        if (found != expected) {
          throw new IllegalStateException(
              contestant.name() + " left " + found + " rows instead of " + expected);
        }
        delete(contestant.output());
        if (i > 0) { // the first fills caches
          all.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(measured);
        }
      }
    }
    Map<String, Measured> medians = new LinkedHashMap<>();
    all.forEach((name, runs) -> medians.put(name, Measured.median(runs)));
    print(rows, medians, smaller);
    return medians;
  }

  private List<Contestant> contestants(long rows, String table) throws IOException {
    Path out = folder.resolve("out");
    Path warehouse = folder.resolve("warehouse.duckdb");
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(
        new Contestant(
            LOOP,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                AvroLoop.class.getName(),
                database.jdbcUrl(),
                table,
                String.valueOf(rows),
                out.toString()),
            out,
            Bench::rowsOfAvroFiles));
    if (!python.isEmpty()) {
      Path file = folder.resolve("connectorx.parquet");
      contestants.add(
          new Contestant(
              CONNECTORX,
              List.of(
                  python,
                  launcher
                      .resolveSibling("bench/src/main/python/connectorx_to_parquet.py")
                      .toString(),
                  database.plainUrl(),
                  table,
                  file.toString()),
              file,
              path -> ParquetFooter.rows(path.toString())));
    }
    contestants.add(
        new Contestant(
            FILES,
            List.of(
                launcher.toString(),
                "run",
                Configs.write(folder, "files.yaml", Configs.files(database, table, out)).toString(),
                "--warehouse",
                "duckdb:" + folder.resolve("ledger.duckdb")),
            out,
            Bench::rowsOfParquetFiles));
    contestants.add(
        new Contestant(
            WAREHOUSE,
            List.of(
                launcher.toString(),
                "run",
                Configs.write(folder, "table.yaml", Configs.table(database, table)).toString(),
                "--warehouse",
                "duckdb:" + warehouse),
            warehouse,
            Bench::rowsOfWarehouse));
    return contestants;
  }

  private static long rowsOfAvroFiles(Path folder) throws IOException {
    long rows = 0;
    for (Path file : files(folder, ".avro")) {
      rows += AvroLoop.rows(file.toFile());
    }
    return rows;
  }

  private static long rowsOfParquetFiles(Path folder) throws IOException {
    long rows = 0;
    for (Path file : files(folder, ".parquet")) {
      rows += ParquetFooter.rows(file.toString());
    }
    return rows;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static long rowsOfWarehouse(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + Configs.TABLE)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void delete(Path output) throws IOException {
    if (Files.isDirectory(output)) {
      Storages.of("").deleteTree(output.toString());
    } else {
      Files.delete(output);
    }
  }

  private static void print(
      long rows, Map<String, Measured> medians, Map<String, Measured> smaller) {
    System.out.printf(
        "%n%-40s %9s %8s %8s %8s %10s %13s%s%n",
        String.format("%,d rows", rows),
        "rows/s",
        "wall s",
        "cpu s",
        "peak MB",
        "to loop",
        "to connectorx",
        smaller.isEmpty() ? "" : "  MB to size before");
    medians.forEach(
        (name, measured) ->
            System.out.printf(
                "%-40s %,9.0f %8.2f %8.2f %8d %10s %13s%s%n",
                name,
                rows / seconds(measured.wall()),
                seconds(measured.wall()),
                seconds(measured.cpu()),
                measured.peakMegabytes(),
                speed(measured, medians.get(LOOP)),
                speed(measured, medians.get(CONNECTORX)),
                smaller.isEmpty() ? "" : growth(measured, smaller.get(name))));
  }

  /** How many times as fast as a reference. */
  private static String speed(Measured measured, @Nullable Measured reference) {
    return reference == null
        ? "-"
        : String.format("%.2f", seconds(reference.wall()) / seconds(measured.wall()));
  }

  private static String growth(Measured measured, Measured before) {
    return String.format(
        "  %17.2f", (double) measured.peakMegabytes() / Math.max(1, before.peakMegabytes()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
