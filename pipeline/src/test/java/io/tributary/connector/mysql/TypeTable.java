package io.tributary.connector.mysql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.row.Row;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.testing.MariaDb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Declared types, literals, and what a row then holds. {@link #verify} creates a table with a
 * column per line and one row, reads it through the source, and compares type and plain Java value
 * of each column; and again after each further way that was given.
 */
public final class TypeTable {
  private final String database;
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Object> keys = new HashMap<>();
  private final Map<String, Way> ways = new LinkedHashMap<>();

  /** A way that rows go on from the source, to a staged file, a warehouse, a query. */
  @FunctionalInterface
  public interface Way {
    /** The rows as they come out, with the same columns in the same order. */
    List<Row> carry(Schema schema, List<Row> rows) throws Exception;
  }

  private record Line(String declared, String literal, Type type, @Nullable Object value) {}

  private TypeTable(String database) {
    this.database = database;
  }

  /** A table in a database of this name, which is made anew. */
  public static TypeTable in(String database) {
    return new TypeTable(database)
        .thenThrough("staged, published and queried", new ThroughWarehouse());
  }

  /**
   * @param declared type in the database
   * @param literal SQL expression of the value
   * @param type expected type
   * @param value expected plain Java value
   */
  public TypeTable column(String declared, String literal, Type type, @Nullable Object value) {
    lines.add(new Line(declared, literal, type, value));
    return this;
  }

  /** A key of the source, as in a config; the columns are named {@code c0}, {@code c1} …. */
  public TypeTable with(String key, Object value) {
    keys.put(key, value);
    return this;
  }

  /** Sends the rows a further way and compares again. */
  public TypeTable thenThrough(String name, Way way) {
    ways.put(name, way);
    return this;
  }

  /** Creates the table, reads it, and compares everything. */
  public void verify() throws Exception {
    create();
    keys.put("table", "typed");
    Reading reading = Reading.of(database, keys);
    Schema schema = reading.schema();
    List<Row> rows = reading.rows();

    assertThat(reading.rejected, is(List.of()));
    compare("read", schema, rows);
    for (Map.Entry<String, Way> way : ways.entrySet()) {
      compare(way.getKey(), schema, way.getValue().carry(schema, rows));
    }
  }

  private void create() {
    List<String> columns = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      columns.add("c" + i + " " + lines.get(i).declared() + " NULL");
      literals.add(lines.get(i).literal());
    }
    MariaDb server = MariaDb.required();
    server.database(database);
    server.execute(
        "USE " + database,
        // dates that do not exist, as old applications have stored them
        "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'",
        "CREATE TABLE typed (" + String.join(", ", columns) + ")",
        "INSERT INTO typed VALUES (" + String.join(", ", literals) + ")");
  }

  private void compare(String way, Schema schema, List<Row> rows) {
    assertThat(way + ": rows", rows.size(), is(1));
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      String what = way + ": " + line.declared() + " " + line.literal();
      assertThat(what, schema.type(i), is(line.type()));
      assertThat(what, rows.get(0).get(i), is(line.value()));
    }
  }
}
