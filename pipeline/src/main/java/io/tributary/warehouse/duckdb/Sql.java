package io.tributary.warehouse.duckdb;

import io.tributary.warehouse.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Quotes names and values for DuckDB. */
final class Sql {
  /** The name under which the warehouse's file is attached: one that no dataset can have. */
  static final String CATALOG = "tributary-warehouse";

  private Sql() {}

  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String name(TableName table) {
    return name(CATALOG) + "." + name(table.dataset()) + "." + name(table.table());
  }

  static String names(Collection<String> identifiers) {
    return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
