package io.tributary.connector.mysql;

import io.tributary.failure.PermanentException;
import io.tributary.failure.RunException;
import io.tributary.failure.TransientException;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import java.sql.SQLException;
import java.util.Set;

/**
 * What the error numbers of MariaDB and MySQL mean: for a run, whether a retry may help; for a
 * plan, which diagnostic they are.
 */
final class MySqlErrors {
  static final int NO_SUCH_INDEX = 1176;
  private static final int UNKNOWN_DATABASE = 1049;

  /** Access to the server, or to a database. */
  private static final Set<Integer> LOGIN_REFUSED = Set.of(1044, 1045, 1130, 1698, 3118);

  /** Access to a table, a column or a routine; a privilege. */
  private static final Set<Integer> PRIVILEGE_MISSING = Set.of(1142, 1143, 1227, 1356, 1370);

  /**
   * Too many connections (1040, 1203, 1226), shutdown (1053), network (1158 to 1161, 2006, 2013),
   * lock wait (1205), deadlock (1213), interrupted (1317), table changed since the snapshot (1412),
   * killed (1927).
   */
  private static final Set<Integer> WORTH_RETRYING =
      Set.of(
          1040, 1053, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1226, 1317, 1412, 1927, 2006, 2013);

  private MySqlErrors() {}

  /**
   * The failure of a run.
   *
   * @param where connector, table, range and rows read, for the message
   */
  static RunException from(SQLException e, String where) {
    if (isLoginRefused(e)) {
      return new PermanentException(where + ": access denied: " + message(e), e);
    }
    if (isConnectionLost(e)) {
      return new TransientException(where + ": connection lost or refused: " + message(e), e);
    }
    if (WORTH_RETRYING.contains(e.getErrorCode())) {
      return new TransientException(where + ": " + message(e), e);
    }
    return new PermanentException(where + ": " + message(e), e);
  }

  /** Reports what connecting failed with. */
  static void reportConnect(SQLException e, MySqlLogin login, Problems problems) {
    if (e.getErrorCode() == UNKNOWN_DATABASE) {
      problems
          .at(MySqlParameters.DATABASE)
          .error(
              Code.TR209,
              "there is no database `" + login.database() + "` on " + login.address(),
              "check the name; it is case-sensitive on most servers");
    } else if (isLoginRefused(e)) {
      problems
          .at(MySqlParameters.USER)
          .error(
              Code.TR211,
              login.address() + " denies access: " + message(e),
              "check `user` and `password`, and that the user may connect from this machine");
    } else {
      problems
          .at(MySqlParameters.HOST)
          .error(
              Code.TR210,
              login.address() + " cannot be reached: " + message(e),
              "check `host` and `port`, that the server runs, and that a firewall lets this machine"
                  + " in");
    }
  }

  /** Reports what a prepared statement was refused with, at the place its SQL comes from. */
  static void reportStatement(SQLException e, String subject, Problems place) {
    if (isConnectionLost(e) || WORTH_RETRYING.contains(e.getErrorCode())) {
      throw from(e, "mysql " + subject);
    }
    if (PRIVILEGE_MISSING.contains(e.getErrorCode()) || isLoginRefused(e)) {
      place.error(
          Code.TR211,
          "access to " + subject + " is denied: " + message(e),
          "grant SELECT to the user");
    } else {
      place.error(Code.TR215, "the database refuses " + subject + ": " + message(e), null);
    }
  }

  /** Whether the user may not do what was asked. */
  static boolean isPrivilegeMissing(SQLException e) {
    return PRIVILEGE_MISSING.contains(e.getErrorCode());
  }

  static boolean isConnectionLost(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08")
        || state.equals("70100") && e.getErrorCode() != 1317
        || e.getErrorCode() == 1927
        || e.getErrorCode() == 2006
        || e.getErrorCode() == 2013;
  }

  private static boolean isLoginRefused(SQLException e) {
    return LOGIN_REFUSED.contains(e.getErrorCode())
        || String.valueOf(e.getSQLState()).startsWith("28");
  }

  /** The server's own words, without the driver's connection number. */
  static String message(SQLException e) {
    return String.valueOf(e.getMessage()).replaceFirst("^\\(conn=\\d+\\) ", "");
  }
}
