package io.tributary.warehouse.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.warehouse.QueryException;
import io.tributary.warehouse.QueryResult;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs queries, each on a connection of its own. Thread-safe. */
final class Queries {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DESCRIBE = "DESCRIBE ";
  private static final String CREATE = "CREATE TEMP TABLE first_error AS ";

  private final Path file;
  private final Path stagingRoot;
  private final DuckDbSettings settings;

  Queries(Path file, Path stagingRoot, DuckDbSettings settings) {
    this.file = file;
    this.stagingRoot = stagingRoot;
    this.settings = settings;
  }

  /** The schema of a query's result; the query is not run. */
  Schema schemaOf(String sql) throws QueryException {
    try (Connection connection = Database.connect(file, stagingRoot, settings)) {
      beginReadOnly(connection);
      refuseOtherThanOneQuery(connection, sql);
      return describe(connection, sql);
    } catch (SQLException e) {
      throw DuckDbErrors.failure("warehouse " + file, e);
    }
  }

  /** The rows of one query, which cannot change anything. */
  QueryResult read(String sql) throws QueryException {
    Connection connection = Database.connect(file, stagingRoot, settings);
    try {
      beginReadOnly(connection);
      refuseOtherThanOneQuery(connection, sql);
      Schema schema = describe(connection, sql);
      return new DuckDbRowReader(
          connection, execute(connection, instantsAsMicros(sql, schema)), schema);
    } catch (SQLException | QueryException | RuntimeException e) {
      close(connection, e);
      throw e instanceof SQLException error ? firstError(sql, error) : rethrown(e);
    }
  }

  /**
   * The query with each TIMESTAMP as microseconds since 1970: the driver takes it through the wall
   * clock of the JVM's zone, where an hour that is left out or comes twice is lost.
   */
  static String instantsAsMicros(String sql, Schema schema) {
    String replaced =
        schema.columns().stream()
            .filter(column -> column.type().kind() == Type.Kind.TIMESTAMP)
            .map(column -> Sql.name(column.name()))
            .map(name -> "epoch_us(" + name + ") AS " + name)
            .collect(Collectors.joining(", "));
    String query = sql.strip().replaceAll(";+\\z", "");
    return replaced.isEmpty() ? sql : "SELECT * REPLACE (" + replaced + ") FROM (" + query + "\n)";
  }

  /** Any statement; columns of types that we do not have are given as text. */
  QueryResult run(String sql) throws QueryException {
    Connection connection = Database.connect(file, stagingRoot, settings);
    try {
      refuseSeveralQueries(connection, sql);
      Statement statement = connection.createStatement();
      if (!statement.execute(sql)) {
        statement.close();
        return new DuckDbRowReader(connection, null, Schema.of());
      }
      ResultSet rows = statement.getResultSet();
      return new DuckDbRowReader(connection, rows, schemaOf(rows.getMetaData()));
    } catch (SQLException | QueryException | RuntimeException e) {
      close(connection, e);
      throw e instanceof SQLException error ? firstError(sql, error) : rethrown(e);
    }
  }

  private static QueryException rethrown(Exception e) throws QueryException {
    if (e instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw (QueryException) e;
  }

  private static void close(Connection connection, Exception cause) {
    try {
      connection.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void beginReadOnly(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION READ ONLY");
    }
  }

  /**
   * A config's query is one SELECT: the driver would run every statement of a text, also those that
   * end the read-only transaction.
   */
  private static void refuseOtherThanOneQuery(Connection connection, String sql)
      throws SQLException, QueryException {
    JsonNode answer = parsed(connection, sql);
    if (answer.path("error").asBoolean()) {
      throw new QueryException(
          answer.path("error_type").asText().equals("parser")
              ? answer.path("error_message").asText()
              : "only one query (SELECT, WITH, FROM or VALUES) is allowed here",
          DuckDbErrors.utf16Offset(sql, answer.path("position").asInt(-1)),
          null);
    }
    if (answer.path("statements").size() != 1) {
      throw new QueryException("only one query is allowed here", -1, null);
    }
  }

  /** Of several queries the driver would give the rows of the last one only. */
  private static void refuseSeveralQueries(Connection connection, String sql)
      throws SQLException, QueryException {
    if (parsed(connection, sql).path("statements").size() > 1) {
      throw new QueryException("it holds more than one query; ask one at a time", -1, null);
    }
  }

  /** What DuckDB's parser makes of a text; an error for anything but queries. */
  private static JsonNode parsed(Connection connection, String sql) throws SQLException {
    try (PreparedStatement parse = connection.prepareStatement("SELECT json_serialize_sql(?)")) {
      parse.setString(1, sql);
      try (ResultSet result = parse.executeQuery()) {
        result.next();
        return JSON.readTree(result.getString(1));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("DuckDB's parser answered no JSON", e);
      }
    }
  }

  private static Schema describe(Connection connection, String sql)
      throws SQLException, QueryException {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(DESCRIBE + sql)) {
      while (rows.next()) {
        String name = rows.getString(1);
        String typeText = rows.getString(2);
        Optional<Type> type = DuckDbTypes.fromSql(typeText);
        if (type.isEmpty()) {
          throw new QueryException(
              "column `"
                  + name
                  + "` is "
                  + typeText
                  + ", which cannot be read; cast it in the query",
              -1,
              null);
        }
        columns.add(Column.nullable(name, type.get()));
      }
    } catch (SQLException e) {
      throw DuckDbErrors.refused(e, sql, DESCRIBE.length());
    }
    return schema(columns);
  }

  private static Schema schemaOf(ResultSetMetaData metaData) throws SQLException, QueryException {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      Type type = DuckDbTypes.fromSql(metaData.getColumnTypeName(i)).orElse(Type.STRING);
      columns.add(Column.nullable(metaData.getColumnName(i), type));
    }
    return schema(columns);
  }

  private static Schema schema(List<Column> columns) throws QueryException {
    try {
      return Schema.of(columns);
    } catch (IllegalArgumentException e) {
      throw new QueryException(e.getMessage() + " in the result; give it an alias with AS", -1, e);
    }
  }

  private static ResultSet execute(Connection connection, String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }

  /**
   * A streaming statement loses the message of an error in its first rows; one that makes a table
   * keeps it.
   */
  private QueryException firstError(String sql, SQLException error) {
    if (!DuckDbErrors.message(error).contains("Invalid result set")) {
      return DuckDbErrors.refused(error, sql, 0);
    }
    try (Connection connection = Database.connect(file, stagingRoot, settings);
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE + sql);
      return DuckDbErrors.refused(error, sql, 0);
    } catch (SQLException e) {
      return DuckDbErrors.refused(e, sql, CREATE.length());
    }
  }
}
