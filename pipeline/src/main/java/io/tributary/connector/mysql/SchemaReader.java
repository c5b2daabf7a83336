package io.tributary.connector.mysql;

import io.tributary.connector.mysql.MySqlCatalog.Table;
import io.tributary.connector.mysql.QueryPieces.Piece;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Suggestions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the schema of what is read, without reading rows: statements are prepared, and the server
 * describes their columns. Reports everything that is wrong.
 */
final class SchemaReader {
  private final MySqlParameters parameters;
  private final Connection connection;
  private final Problems problems;
  private final boolean nativeJson;

  SchemaReader(MySqlParameters parameters, Connection connection, Problems problems)
      throws SQLException {
    this.parameters = parameters;
    this.connection = connection;
    this.problems = problems;
    this.nativeJson = hasNativeJson(connection);
  }

  /** On MariaDB JSON is another name of LONGTEXT. */
  static boolean hasNativeJson(Connection connection) throws SQLException {
    return !connection.getMetaData().getDatabaseProductName().contains("MariaDB");
  }

  /** Null after reporting why there is no schema. */
  @Nullable Schema read() throws SQLException {
    int errors = problems.errors();
    Schema schema = parameters.table() == null ? ofQueries() : ofTable(parameters.table());
    if (schema != null) {
      checkNamed(schema);
    }
    return problems.errors() == errors ? schema : null;
  }

  private @Nullable Schema ofTable(MySqlTable name) throws SQLException {
    MySqlCatalog catalog = new MySqlCatalog(connection);
    Optional<Table> found = catalog.table(name);
    if (found.isEmpty()) {
      reportUnknownTable(name, catalog.tablesBeside(name));
      return null;
    }
    Table table = found.get();
    List<MySqlCatalog.Column> wanted = wantedColumns(table);
    if (wanted.isEmpty()) {
      return null;
    }
    List<String> names = wanted.stream().map(column -> MySqlTable.quote(column.name())).toList();
    String select = "SELECT " + String.join(", ", names) + " FROM " + name.sql();
    List<MySqlColumn> described =
        describe(
            select,
            "table `" + name + "`",
            new SqlPlace(problems.at(MySqlParameters.TABLE), "", 0));
    if (described == null) {
      return null;
    }
    if (parameters.where() != null) {
      describe(
          select + " WHERE (" + parameters.where() + "\n)",
          "the condition",
          new SqlPlace(problems.at(MySqlParameters.WHERE), parameters.where(), 0));
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < described.size(); i++) {
      MySqlCatalog.Column origin = wanted.get(i);
      boolean isNullable = table.isView() || canBeNull(origin);
      mapping(described.get(i), name + "." + origin.name(), place(origin.name()))
          .ifPresent(
              mapping ->
                  columns.add(
                      new Column(origin.name(), mapping.type(), isNullable, origin.comment())));
    }
    checkSplitColumn(
        table.columns().keySet(),
        wantedName -> table.column(wantedName).map(MySqlCatalog.Column::dataType));
    return schema(columns, MySqlParameters.TABLE.name());
  }

  /** A date that is NOT NULL in the database may still become NULL here. */
  private boolean canBeNull(MySqlCatalog.Column column) {
    boolean isDate = Set.of("date", "datetime", "timestamp").contains(column.dataType());
    return column.isNullable()
        || isDate && parameters.values().zeroDates() == ValueOptions.ZeroDates.NULL;
  }

  private List<MySqlCatalog.Column> wantedColumns(Table table) {
    if (parameters.columns().isEmpty()) {
      return table.columns().values().stream().filter(MySqlCatalog.Column::isVisible).toList();
    }
    List<MySqlCatalog.Column> wanted = new ArrayList<>();
    for (int i = 0; i < parameters.columns().size(); i++) {
      String name = parameters.columns().get(i);
      Optional<MySqlCatalog.Column> column = table.column(name);
      if (column.isEmpty()) {
        reportUnknownColumn(
            name, table.columns().keySet(), problems.at(MySqlParameters.COLUMNS).at(i), subject());
      } else {
        wanted.add(column.get());
      }
    }
    return wanted;
  }

  private @Nullable Schema ofQueries() throws SQLException {
    Problems place = problems.at(MySqlParameters.QUERY);
    List<MySqlColumn> first = null;
    for (Piece piece : parameters.queries()) {
      String subject =
          parameters.queries().size() == 1
              ? "the query"
              : "piece " + (parameters.queries().indexOf(piece) + 1) + " of the query";
      SqlPlace sql = new SqlPlace(place, piece.sql(), piece.offset());
      List<MySqlColumn> described = describe(piece.sql(), subject, sql);
      if (described != null && first == null) {
        first = described;
      } else if (described != null) {
        compareLayouts(first, described, subject, sql.all());
      }
    }
    if (first == null) {
      return null;
    }
    List<Column> columns = new ArrayList<>();
    for (MySqlColumn column : first) {
      mapping(column, "column `" + column.name() + "` of the query", place)
          .ifPresent(mapping -> columns.add(Column.nullable(column.name(), mapping.type())));
    }
    Map<String, String> types = new LinkedHashMap<>();
    first.forEach(column -> types.put(column.name().toLowerCase(Locale.ROOT), column.typeName()));
    checkSplitColumn(
        types.keySet(), wanted -> Optional.ofNullable(types.get(wanted.toLowerCase(Locale.ROOT))));
    return schema(columns, MySqlParameters.QUERY.name());
  }

  /** All pieces must give the same columns, because their rows go to the same place. */
  private void compareLayouts(
      List<MySqlColumn> first, List<MySqlColumn> other, String subject, Problems place) {
    String expected = layout(first);
    String found = layout(other);
    if (!expected.equals(found)) {
      place.error(
          Code.TR215,
          subject + " has the columns " + found + ", the first piece " + expected,
          "give all pieces the same columns, types and order");
    }
  }

  private String layout(List<MySqlColumn> columns) {
    List<String> parts = new ArrayList<>();
    for (MySqlColumn column : columns) {
      parts.add(
          column.name()
              + " "
              + MySqlTypes.mapping(column, parameters.values(), nativeJson, NO_ROWS)
                  .map(mapping -> mapping.type().toString())
                  .orElse(column.describe()));
    }
    return String.join(", ", parts);
  }

  private static final Temporals.OnZeroDate NO_ROWS = (column, out, text) -> {};

  private Optional<ColumnMapping> mapping(MySqlColumn column, String subject, Problems place) {
    Optional<ColumnMapping> mapping =
        MySqlTypes.mapping(column, parameters.values(), nativeJson, NO_ROWS);
    if (mapping.isEmpty()) {
      place.error(
          Code.TR208,
          subject + " is " + column.describe() + ", which mysql cannot read",
          fixUnreadable(column));
    }
    return mapping;
  }

  private String fixUnreadable(MySqlColumn column) {
    String name = MySqlTable.quote(column.name());
    String cast =
        column.typeName().equals("VECTOR") ? "VEC_ToText(" + name + ")" : "ST_AsText(" + name + ")";
    return parameters.table() == null
        ? "cast it to text, for instance " + cast + " AS " + name
        : "leave it out of `columns`, or write a `query` that casts it, for instance "
            + cast
            + " AS "
            + name;
  }

  /** Where a column of the table is spoken of: in `columns`, else the table itself. */
  private Problems place(String column) {
    for (int i = 0; i < parameters.columns().size(); i++) {
      if (parameters.columns().get(i).equalsIgnoreCase(column)) {
        return problems.at(MySqlParameters.COLUMNS).at(i);
      }
    }
    return problems.at(MySqlParameters.TABLE);
  }

  private @Nullable List<MySqlColumn> describe(String sql, String subject, SqlPlace place) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      var result = statement.getMetaData();
      if (result == null || result.getColumnCount() == 0) {
        place.all().error(Code.TR215, subject + " gives no rows", "write a SELECT");
        return null;
      }
      return MySqlColumn.of(result);
    } catch (SQLException e) {
      place.report(e, subject);
      return null;
    }
  }

  private @Nullable Schema schema(List<Column> columns, String field) {
    Set<String> names = new HashSet<>();
    boolean unique = true;
    for (Column column : columns) {
      if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
        unique = false;
        problems
            .at(parameters.columns().isEmpty() ? field : MySqlParameters.COLUMNS.name())
            .error(
                Code.TR212,
                "two columns have the name `" + column.name() + "`",
                parameters.table() == null ? "rename one with AS" : "name it once");
      }
    }
    return unique ? Schema.of(columns) : null;
  }

  private void checkSplitColumn(
      Collection<String> known, Function<String, Optional<String>> typeOf) {
    String name = parameters.splitColumn();
    if (name == null) {
      return;
    }
    Problems place = problems.at(MySqlParameters.SPLIT_COLUMN);
    Optional<String> type = typeOf.apply(name);
    if (type.isEmpty()) {
      reportUnknownColumn(name, known, place, subject());
    } else if (KeyColumn.of(name, type.get().toLowerCase(Locale.ROOT)).isEmpty()) {
      place.error(
          Code.TR208,
          "`" + name + "` is " + type.get() + ", whose values cannot be cut into ranges",
          "name a column of integers, decimals, dates, text or binary strings");
    }
  }

  private String subject() {
    return parameters.table() == null ? "the query" : "table `" + parameters.table() + "`";
  }

  /** Checks the columns that other keys name. */
  private void checkNamed(Schema schema) {
    List<String> json = parameters.jsonColumns();
    for (int i = 0; i < json.size(); i++) {
      if (schema.find(json.get(i)).isEmpty()) {
        reportUnknownColumn(
            json.get(i),
            schema.names(),
            problems.at(MySqlParameters.JSON_COLUMNS).at(i),
            parameters.table() == null ? "the query" : "what is read");
      }
    }
  }

  private void reportUnknownTable(MySqlTable table, List<String> others) {
    Problems place = problems.at(MySqlParameters.TABLE);
    String schema = table.schema() == null ? parameters.login().database() : table.schema();
    String message = "there is no table `" + table.name() + "` in database `" + schema + "`";
    Optional<String> near = Suggestions.nearest(table.name(), others);
    if (near.isPresent()) {
      place.replaceable(
          Severity.ERROR,
          Code.TR209,
          message,
          new MySqlTable(table.schema(), near.get()).toString());
    } else {
      place.error(Code.TR209, message, "or the user may not see it; check the name and the grants");
    }
  }

  private static void reportUnknownColumn(
      String name, Collection<String> known, Problems place, String subject) {
    String message = subject + " has no column `" + name + "`";
    Optional<String> near = Suggestions.nearest(name, known);
    if (near.isPresent()) {
      place.replaceable(Severity.ERROR, Code.TR201, message, near.get());
    } else {
      place.error(Code.TR201, message, "it has " + String.join(", ", known));
    }
  }
}
