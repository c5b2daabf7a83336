package io.tributary.connector.mysql;

import java.util.Optional;

/**
 * A column whose order can cut a table into ranges.
 *
 * @param isInteger whether the values between two keys can be counted
 */
record KeyColumn(String name, Key.Kind kind, boolean isInteger) {

  /**
   * Empty for types whose values cannot be named exactly (FLOAT), or that compare otherwise than
   * they sort (ENUM).
   *
   * @param dataType as information_schema has it, lower case
   */
  static Optional<KeyColumn> of(String name, String dataType) {
    return switch (dataType) {
      case "tinyint", "smallint", "mediumint", "int", "integer", "bigint", "year" ->
          Optional.of(new KeyColumn(name, Key.Kind.NUMBER, true));
      case "decimal" -> Optional.of(new KeyColumn(name, Key.Kind.NUMBER, false));
      case "date", "datetime", "timestamp", "time", "char", "varchar", "uuid", "inet4", "inet6" ->
          Optional.of(new KeyColumn(name, Key.Kind.TEXT, false));
      case "binary", "varbinary" -> Optional.of(new KeyColumn(name, Key.Kind.BYTES, false));
      default -> Optional.empty();
    };
  }

  /** The name for use in SQL. */
  String sql() {
    return MySqlTable.quote(name);
  }

  /** An expression whose text is that of the key. */
  String fetch() {
    return kind == Key.Kind.BYTES ? "HEX(" + sql() + ")" : "CAST(" + sql() + " AS CHAR)";
  }
}
