package io.tributary.connector.mysql;

import io.tributary.connector.mysql.MySqlLogin.Tls;
import io.tributary.spec.Environment;
import java.sql.SQLException;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.HostAddress;

/** Opens connections. The driver's options, each with its reason, are here and nowhere else. */
final class MySqlConnection {
  private static final int CONNECT_MILLIS = 10_000;

  private MySqlConnection() {}

  /**
   * A new connection whose session is in UTC.
   *
   * @throws io.tributary.failure.PermanentException when the password is nowhere to be found
   */
  static Connection open(MySqlLogin login, Environment environment) throws SQLException {
    String password = login.password().reveal(environment);
    if (login.tls() != Tls.PREFERRED) {
      return open(login, password, sslMode(login.tls()));
    }
    if (login.isLocal()) {
      return open(login, password, "disable");
    }
    try {
      return open(login, password, "trust");
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("ssl not enabled in the server")) {
        return open(login, password, "disable");
      }
      throw e;
    }
  }

  private static String sslMode(Tls tls) {
    return switch (tls) {
      case PREFERRED, REQUIRE -> "trust";
      case DISABLE -> "disable";
      case VERIFY_CA -> "verify-ca";
      case VERIFY_FULL -> "verify-full";
    };
  }

  private static Connection open(MySqlLogin login, String password, String sslMode)
      throws SQLException {
    // host and database are no part of a URL: a `?` in them cannot set an option
    return Driver.connect(
        Configuration.parse("jdbc:mariadb://localhost/").toBuilder()
            .addresses(HostAddress.from(login.host(), login.port()))
            .database(login.database())
            .user(login.user())
            .password(password)
            .sslMode(sslMode)
            // MySQL 8 asks for it where a password travels without TLS: only where nobody listens
            .allowPublicKeyRetrieval(login.isLocal())
            .connectTimeout(CONNECT_MILLIS)
            .tcpKeepAlive(true)
            // the binary protocol: cheaper for both sides, and what RowPacket decodes
            .useServerPrepStmts(true)
            .cachePrepStmts(false)
            // else TINYINT(1) would lose 2 to 127, and YEAR would become a date
            .tinyInt1isBit(false)
            .yearIsDateType(false)
            // a server must not be able to ask for files of this machine
            .allowLocalInfile(false)
            // TIMESTAMP arrives in UTC; a slow reader (60 s by default) or a pause between splits
            // is no reason for the server to hang up
            .sessionVariables("time_zone='+00:00',net_write_timeout=3600,wait_timeout=28800")
            .build());
  }
}
