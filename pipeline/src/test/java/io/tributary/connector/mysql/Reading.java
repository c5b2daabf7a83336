package io.tributary.connector.mysql;

import io.tributary.module.ReadContext;
import io.tributary.module.RunResources;
import io.tributary.module.SourceContext;
import io.tributary.row.CursorRange;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.spec.Arguments;
import io.tributary.spec.Environment;
import io.tributary.spec.Field;
import io.tributary.spec.Secret;
import io.tributary.testing.MariaDb;
import io.tributary.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a {@code mysql} source as a run does: parameters, schema, splits, snapshot, rows. */
final class Reading implements ReadContext, AutoCloseable {
  final MySqlParameters parameters;
  final MySqlSource source;
  final FoundProblems problems = new FoundProblems();
  final List<String> rejected = new ArrayList<>();
  final Map<String, Long> tallies = new TreeMap<>();
  private final String runId = UUID.randomUUID().toString();

  private Reading(MySqlParameters parameters, MySqlSource source) {
    this.parameters = parameters;
    this.source = source;
  }

  private Reading(Map<String, Object> plain) {
    Map<String, Object> values = new HashMap<>();
    for (Field<?> field : MySqlParameters.SPEC.fields()) {
      if (plain.containsKey(field.name())) {
        Object value = field.shape().parse(plain.get(field.name()), problems.at(field));
        if (value != null) {
          values.put(field.name(), value);
        }
      }
    }
    parameters = MySqlParameters.SPEC.factory().apply(new Arguments(values), problems);
    source = new MySqlSource(parameters);
  }

  /** A source on the tests' server, with further keys as they stand in a config. */
  static Reading of(String database, Map<String, Object> keys) {
    MariaDb server = MariaDb.required();
    Map<String, Object> plain = new HashMap<>();
    plain.put("host", server.host());
    plain.put("port", server.port());
    plain.put("database", database);
    plain.put("user", server.user());
    plain.put("password", Secret.literal(server.password()));
    plain.putAll(keys);
    return new Reading(plain);
  }

  static Reading table(String database, String table) {
    return of(database, Map.of("table", table));
  }

  /** The same source with the rows of an increment only. */
  Reading restricted(CursorRange increment) {
    return new Reading(parameters, source.restrictedTo(increment));
  }

  SourceContext planning() {
    return new SourceContext(environment(), ".", Instant.EPOCH, ZoneOffset.UTC, warehouse());
  }

  Schema schema() {
    Schema schema = source.schema(planning(), problems);
    if (schema == null || problems.errors() > 0) {
      throw new AssertionError(problems.lines());
    }
    return schema;
  }

  /** What planning reports. */
  List<String> complaints() {
    Schema schema = source.schema(planning(), problems);
    if (schema != null && problems.errors() > 0) {
      throw new AssertionError("a schema in spite of " + problems.lines());
    }
    return problems.lines();
  }

  /** Splits of so many rows, so that small tables are split, too. */
  List<KeyRange> splits(int rows) {
    return splits(rows, null);
  }

  /**
   * Splits of so many rows.
   *
   * @param increment what is read; null for everything
   */
  List<KeyRange> splits(int rows, @Nullable CursorRange increment) {
    try (var connection = MySqlConnection.open(parameters.login(), environment())) {
      return new KeyRanges(connection, new SplitSize(rows, rows, 1)).of(parameters, increment);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<String> begin(int splits) {
    return source.begin(runId, splits, planning());
  }

  RowReader open(KeyRange range) {
    return source.open(range, schema(), this);
  }

  /** All rows, by the splits of the source itself. */
  List<Row> rows() {
    return rows(source.splits(planning()));
  }

  List<Row> rows(List<KeyRange> splits) {
    Schema schema = schema();
    List<Row> rows = new ArrayList<>();
    for (KeyRange split : splits) {
      try (RowReader reader = source.open(split, schema, this)) {
        RowBuilder row = new RowBuilder(schema);
        while (reader.next(row)) {
          rows.add(row.copy());
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return rows;
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public Environment environment() {
    return new Environment(Map.of(), Path.of(""));
  }

  @Override
  public Warehouse warehouse() {
    return null; // a database source has nothing to ask it
  }

  @Override
  public void reject(String reason, String rowJson) {
    rejected.add(reason + ": " + rowJson);
  }

  @Override
  public void tally(String what, long times) {
    tallies.merge(what, times, Long::sum);
  }

  /** Ends the snapshot, if one was begun. */
  @Override
  public void close() {
    try {
      RunResources.closeAll(runId);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
