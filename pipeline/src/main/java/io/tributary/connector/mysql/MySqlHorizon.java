package io.tributary.connector.mysql;

import io.tributary.connector.mysql.OpenWork.Blocker;
import io.tributary.connector.mysql.QueryPieces.Piece;
import io.tributary.failure.TransientException;
import io.tributary.module.Horizon;
import io.tributary.module.SourceContext;
import io.tributary.row.Column;
import io.tributary.row.CursorValue;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds how far a table or query can be read so that nothing below is still to come: up to the
 * server's clock, or the largest number, once the statements and transactions that were under way
 * at that moment have ended. What is begun later gets later times and larger numbers. Used once.
 */
final class MySqlHorizon {
  /** Kept from the clock when open transactions cannot be seen, or waited for with numbers. */
  private static final Duration BLIND_LAG = Duration.ofSeconds(10);

  /**
   * Taken off the start of a transaction that stays: its first row may have got its time before,
   * while the statement waited for a table that was locked.
   */
  private static final Duration BEFORE_START = Duration.ofSeconds(10);

  /** Clocks that differ by so much are of different zones. */
  private static final Duration OTHER_ZONE = Duration.ofMinutes(10);

  private static final String NEED_PROCESS =
      "open transactions cannot be seen (grant the PROCESS privilege, or set `lag`), so ";

  private final MySqlParameters parameters;
  private final Column cursor;
  private final boolean lagIsGiven;
  private final SourceContext context;
  private final List<String> notes = new ArrayList<>();

  /** Digits of the column's seconds behind the point. */
  private int fraction;

  /**
   * @param lagIsGiven whether the user said how far to stay behind, so that nothing is assumed
   *     where transactions cannot be seen
   */
  MySqlHorizon(
      MySqlParameters parameters, Column cursor, boolean lagIsGiven, SourceContext context) {
    this.parameters = parameters;
    this.cursor = cursor;
    this.lagIsGiven = lagIsGiven;
    this.context = context;
  }

  /**
   * @throws TransientException when a number has no bound because a transaction does not end
   */
  Horizon find(Duration patience) throws SQLException {
    try (Connection connection = MySqlConnection.open(parameters.login(), context.environment())) {
      boolean isNumber = cursor.type().kind() == Kind.INT64;
      boolean nullable = isNullable(connection);
      // the number first: what has a smaller one is under way when the clock is read, or over
      CursorValue largest = isNumber ? largest(connection) : null;
      Instant clock = clock(connection);
      compareClocks(connection, clock);
      Instant complete =
          patience.isZero() ? clock : complete(connection, clock, patience, isNumber);
      return new Horizon(clock, floor(complete), isNumber, largest, nullable, notes);
    }
  }

  /**
   * A wall clock says nothing of its zone: where the server's is behind that of the config, rows
   * that get their time from it would come too late for their cursor.
   */
  private void compareClocks(Connection connection, Instant clock) throws SQLException {
    if (cursor.type().kind() != Kind.DATETIME && cursor.type().kind() != Kind.DATE) {
      return;
    }
    LocalDateTime servers = wallClock(connection);
    LocalDateTime configs = LocalDateTime.ofInstant(clock, context.zone());
    if (Duration.between(servers, configs).compareTo(OTHER_ZONE) > 0) {
      notes.add(
          "the server's clock shows "
              + servers.truncatedTo(ChronoUnit.MINUTES)
              + " while it is "
              + configs.truncatedTo(ChronoUnit.MINUTES)
              + " in `timezone` "
              + context.zone()
              + ": if `"
              + cursor.name()
              + "` gets its values from that clock, rows are missed; set `timezone` to that of the"
              + " values");
    }
  }

  /** What sessions that set no zone of their own see, as clients that write usually do. */
  private static LocalDateTime wallClock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION time_zone = @@global.time_zone");
      try (ResultSet row = statement.executeQuery("SELECT NOW(6)")) {
        row.next();
        return row.getObject(1, LocalDateTime.class);
      } finally {
        statement.execute("SET SESSION time_zone = '+00:00'");
      }
    }
  }

  private Instant complete(
      Connection connection, Instant clock, Duration patience, boolean isNumber)
      throws SQLException {
    OpenWork work = new OpenWork(connection, clock);
    if (!work.isVisible()) {
      return unseen(clock, isNumber);
    }
    Optional<Blocker> stays = work.await(patience);
    if (stays.isEmpty()) {
      return clock;
    }
    if (isNumber) {
      throw new TransientException(
          "mysql "
              + parameters.subject()
              + ": "
              + stays.get().describe()
              + " is still open, and may add smaller numbers than the largest of `"
              + cursor.name()
              + "`; run again when it has ended");
    }
    Instant before = stays.get().since().minus(BEFORE_START);
    Instant complete = before.isBefore(clock) ? before : clock;
    notes.add(
        stays.get().describe()
            + " is still open, so rows from "
            + complete
            + " on are left to the next run");
    return complete;
  }

  private Instant unseen(Instant clock, boolean isNumber) {
    if (lagIsGiven) {
      return clock;
    }
    if (!isNumber) {
      notes.add(NEED_PROCESS + "the last " + BLIND_LAG.toSeconds() + " s are left to the next run");
      return clock.minus(BLIND_LAG);
    }
    notes.add(
        NEED_PROCESS
            + "the run has waited "
            + BLIND_LAG.toSeconds()
            + " s for those that were under way");
    OpenWork.pause(BLIND_LAG);
    return clock;
  }

  /**
   * A column without fractions of a second, or with few digits of them, cuts off the rest: a later
   * row may have an earlier time, within one unit.
   */
  private Instant floor(Instant moment) {
    long unit = 1_000_000_000L / (long) Math.pow(10, fraction);
    return moment.minusNanos(moment.getNano() % unit);
  }

  /**
   * Whether the server knows the column to have no NULLs; also finds out how exact its times are.
   */
  private boolean isNullable(Connection connection) throws SQLException {
    boolean nullable = false;
    for (String from : origins()) {
      String sql = "SELECT " + MySqlTable.quote(cursor.name()) + " FROM " + from;
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        ResultSetMetaData column = statement.getMetaData();
        nullable |= column.isNullable(1) != ResultSetMetaData.columnNoNulls;
        fraction = Math.max(0, Math.min(6, column.getScale(1)));
      }
    }
    return nullable;
  }

  private @Nullable CursorValue largest(Connection connection) throws SQLException {
    CursorValue largest = null;
    for (String from : origins()) {
      String sql = "SELECT MAX(" + MySqlTable.quote(cursor.name()) + ") FROM " + from;
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        long value = row.getLong(1);
        if (!row.wasNull() && (largest == null || value > largest.slot())) {
          largest = new CursorValue(Type.INT64, value);
        }
      }
    }
    return largest;
  }

  /** What is read: a table, or each of the queries. */
  private List<String> origins() {
    return parameters.table() == null
        ? parameters.queries().stream().map(Piece::sql).map(sql -> "(" + sql + "\n) AS q").toList()
        : List.of(parameters.table().sql());
  }

  /** The server's clock, by which statements give rows their times. */
  private static Instant clock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT UTC_TIMESTAMP(6)")) {
      row.next();
      return row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
  }
}
