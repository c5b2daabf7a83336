package io.tributary.connector.mysql;

import io.tributary.failure.PermanentException;
import io.tributary.module.Horizon;
import io.tributary.module.IncrementalSource;
import io.tributary.module.ReadContext;
import io.tributary.module.SourceContext;
import io.tributary.row.Column;
import io.tributary.row.CursorRange;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads one table, view or query of a MySQL or MariaDB database, in ranges of a key. Serializable;
 * holds the password's reference, not its text.
 */
final class MySqlSource implements IncrementalSource<KeyRange> {
  private static final long serialVersionUID = 1L;

  private final MySqlParameters parameters;

  /** What is read of it; null for everything. */
  private final @Nullable CursorRange increment;

  /** Tells the snapshots of several sources of a run apart. */
  private final String id = UUID.randomUUID().toString();

  MySqlSource(MySqlParameters parameters) {
    this(parameters, null);
  }

  private MySqlSource(MySqlParameters parameters, @Nullable CursorRange increment) {
    this.parameters = parameters;
    this.increment = increment;
  }

  @Override
  public MySqlSource restrictedTo(CursorRange range) {
    return new MySqlSource(parameters, range);
  }

  @Override
  public Horizon horizon(
      Column cursor, Duration patience, boolean lagIsGiven, SourceContext context) {
    try {
      return new MySqlHorizon(parameters, cursor, lagIsGiven, context).find(patience);
    } catch (SQLException e) {
      throw MySqlErrors.from(
          e,
          "mysql " + parameters.subject() + ": finding the upper bound of `" + cursor.name() + "`");
    }
  }

  @Override
  public @Nullable Schema schema(SourceContext context, Problems problems) {
    Connection opened;
    try {
      opened = MySqlConnection.open(parameters.login(), context.environment());
    } catch (SQLException e) {
      MySqlErrors.reportConnect(e, parameters.login(), problems);
      return null;
    } catch (PermanentException e) { // the password is nowhere
      problems.at(MySqlParameters.PASSWORD).error(Code.TR113, e.getMessage(), null);
      return null;
    }
    try (Connection connection = opened) {
      return new SchemaReader(parameters, connection, problems).read();
    } catch (SQLException e) {
      throw MySqlErrors.from(e, "mysql " + parameters.subject());
    }
  }

  @Override
  public List<KeyRange> splits(SourceContext context) {
    if (parameters.queries().size() > 1) {
      List<KeyRange> pieces = new ArrayList<>();
      for (int i = 0; i < parameters.queries().size(); i++) {
        pieces.add(KeyRange.all(i));
      }
      return pieces;
    }
    try (Connection connection = MySqlConnection.open(parameters.login(), context.environment())) {
      return new KeyRanges(connection, SplitSize.forConnections(parameters.maxConnections()))
          .of(parameters, increment);
    } catch (SQLException e) {
      throw MySqlErrors.from(e, "mysql " + parameters.subject() + ": planning the splits");
    }
  }

  @Override
  public Optional<String> begin(String runId, int splits, SourceContext context) {
    return Snapshot.begin(parameters, id, runId, splits, context.environment());
  }

  @Override
  public int maxConnections() {
    return parameters.maxConnections();
  }

  @Override
  public RowReader open(KeyRange range, Schema schema, ReadContext context) {
    return MySqlRowReader.open(
        parameters,
        range,
        increment,
        schema,
        context,
        Snapshot.lease(parameters, id, range, context));
  }
}
