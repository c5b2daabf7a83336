package io.tributary.connector.mysql;

import io.tributary.connector.mysql.KeyRange.Condition;
import io.tributary.failure.PermanentException;
import io.tributary.failure.RunException;
import io.tributary.module.ReadContext;
import io.tributary.row.CursorRange;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ReadableByteBuf;

/**
 * Rows of one range. Not thread-safe. Closing it early cancels the query. The driver fetches some
 * rows at a time, so the whole result is never in memory.
 */
final class MySqlRowReader implements RowReader {
  private static final int FETCH_SIZE = 1000;

  private final MySqlParameters parameters;
  private final KeyRange range;
  private final @Nullable CursorRange increment;
  private final Schema schema;
  private final ReadContext context;
  private final Lease lease;
  private final ColumnReader[] readers;
  private final long[] zeroDates;
  private final RowPacket packet;
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet rows;
  private @Nullable ReadableByteBuf buffer;
  private long count;
  private boolean finished;
  private boolean closed;

  private MySqlRowReader(
      MySqlParameters parameters,
      KeyRange range,
      @Nullable CursorRange increment,
      Schema schema,
      ReadContext context,
      Lease lease) {
    this.parameters = parameters;
    this.range = range;
    this.increment = increment;
    this.schema = schema;
    this.context = context;
    this.lease = lease;
    this.readers = new ColumnReader[schema.size()];
    this.zeroDates = new long[schema.size()];
    this.packet = new RowPacket(schema.size());
  }

  /**
   * Begins the query; the lease is ended by {@link #close}, or here when it fails.
   *
   * @param increment what is read of the range; null for all of it
   */
  static MySqlRowReader open(
      MySqlParameters parameters,
      KeyRange range,
      @Nullable CursorRange increment,
      Schema schema,
      ReadContext context,
      Lease lease) {
    MySqlRowReader reader =
        new MySqlRowReader(parameters, range, increment, schema, context, lease);
    try {
      reader.begin();
      return reader;
    } catch (SQLException e) {
      throw reader.fail(e);
    } catch (RunException e) {
      reader.closeAfter(e);
      throw e;
    }
  }

  private void begin() throws SQLException {
    Condition condition = range.condition();
    statement = lease.connection().prepareStatement(sql(condition.sql()));
    statement.setFetchSize(FETCH_SIZE); // 0 would hold the whole result in memory
    int parameter = 1;
    for (String text : condition.parameters()) {
      statement.setString(parameter++, text);
    }
    rows = statement.executeQuery();
    List<MySqlColumn> columns = MySqlColumn.of(rows.getMetaData());
    boolean nativeJson = SchemaReader.hasNativeJson(lease.connection());
    if (columns.size() != schema.size()) {
      throw changed("it has " + columns.size() + " columns instead of " + schema.size());
    }
    for (int i = 0; i < readers.length; i++) {
      Optional<ColumnMapping> mapping =
          MySqlTypes.mapping(columns.get(i), parameters.values(), nativeJson, this::zeroDate);
      if (mapping.isEmpty() || !mapping.get().type().equals(schema.type(i))) {
        throw changed(
            "column `" + schema.column(i).name() + "` is " + columns.get(i).describe() + " now");
      }
      readers[i] = mapping.get().reader();
    }
  }

  private String sql(String inRange) {
    String condition =
        increment == null ? inRange : CursorCondition.sql(increment) + " AND " + inRange;
    MySqlTable table = parameters.table();
    if (table == null) {
      String query = parameters.queries().get(range.piece()).sql();
      // a line break, because the query may end in a comment
      return range.isAll() && increment == null
          ? query
          : "SELECT * FROM (" + query + "\n) AS q WHERE " + condition;
    }
    String names = String.join(", ", schema.names().stream().map(MySqlTable::quote).toList());
    String where = parameters.where() == null ? "" : "(" + parameters.where() + "\n) AND ";
    return "SELECT " + names + " FROM " + table.sql() + " WHERE " + where + condition;
  }

  private PermanentException changed(String how) {
    return new PermanentException(
        where() + ": changed since the plan was made: " + how + "; run again");
  }

  @Override
  public boolean next(RowBuilder out) {
    if (finished || rows == null) {
      return false;
    }
    try {
      while (rows.next()) {
        count++;
        if (fill(out)) {
          return true;
        }
      }
    } catch (SQLException e) {
      throw fail(e);
    }
    finished = true;
    tallyZeroDates();
    return false;
  }

  /** Whether the row was accepted. */
  private boolean fill(RowBuilder out) throws SQLException {
    if (buffer == null) {
      buffer = findBuffer();
      if (buffer == null) {
        out.clear(); // a row of NULLs; the next one may have a value
        return true;
      }
    }
    packet.begin(buffer.buf);
    RejectedRow rejected = null;
    for (int i = 0; i < readers.length; i++) {
      if (packet.isNull(i)) {
        out.setNull(i);
        continue;
      }
      try {
        readers[i].read(packet, i, out);
      } catch (UnreadableValueException e) {
        out.setNull(i);
        rejected = rejected == null ? new RejectedRow(e.getMessage()) : rejected;
        rejected.put(schema.column(i).name(), e.value());
      }
    }
    if (rejected == null) {
      return true;
    }
    context.reject(rejected.reason(), rejected.json(out));
    return false;
  }

  /** The driver hands its buffer out for a column that is not NULL, and keeps using it. */
  private @Nullable ReadableByteBuf findBuffer() throws SQLException {
    for (int i = 1; i <= readers.length; i++) {
      ReadableByteBuf found = rows.getObject(i, ReadableByteBuf.class);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private void zeroDate(int column, RowBuilder out, String text) throws UnreadableValueException {
    String name = schema.column(column).name();
    switch (parameters.values().zeroDates()) {
      case NULL -> {
        zeroDates[column]++;
        out.setNull(column);
      }
      case REJECT ->
          throw new UnreadableValueException(
              "`" + name + "` is a date that no calendar has; see zero_dates", text);
      case FAIL ->
          throw new PermanentException(
              where() + ": `" + name + "` is a date that no calendar has, and zero_dates is fail");
    }
  }

  private void tallyZeroDates() {
    for (int i = 0; i < zeroDates.length; i++) {
      if (zeroDates[i] > 0) {
        context.tally("zero dates set to NULL in " + schema.column(i).name(), zeroDates[i]);
      }
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!finished) {
        lease.cancel();
      }
      if (lease.isShared()) {
        drain();
      }
      lease.end();
    } catch (SQLException e) {
      lease.lose();
      throw MySqlErrors.from(e, where());
    }
  }

  /** Leaves the connection ready for another query. */
  private void drain() throws SQLException {
    try {
      while (!finished && rows != null && rows.next()) {
        // what was on its way when the query was cancelled
      }
    } catch (SQLException e) {
      if (MySqlErrors.isConnectionLost(e)) {
        throw e;
      }
      // "query interrupted": what was asked for
    }
    if (statement != null) {
      statement.close();
    }
  }

  /** The failure to throw; the connection is given up unless it can serve another query. */
  private RunException fail(SQLException e) {
    closed = true;
    finished = true;
    boolean isOverForTheServer = e.getErrorCode() > 0 && !MySqlErrors.isConnectionLost(e);
    if (lease.isShared() && isOverForTheServer) {
      try {
        lease.end();
      } catch (SQLException another) {
        e.addSuppressed(another);
      }
    } else {
      lease.lose();
    }
    return MySqlErrors.from(e, where());
  }

  private void closeAfter(RunException cause) {
    try {
      close();
    } catch (RunException e) {
      cause.addSuppressed(e);
    }
  }

  private String where() {
    return "mysql " + parameters.subject() + " range " + range + " after row " + count;
  }
}
