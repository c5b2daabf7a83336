package io.tributary.connector.mysql;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A column of a result, as the server describes it when a statement is prepared.
 *
 * @param typeName upper case, without {@code UNSIGNED}: {@code BIGINT}, {@code VARCHAR}, {@code
 *     VARBINARY} …
 * @param precision digits, bits, characters or bytes, by type; display width of a TINYINT
 * @param scale digits after the point, also of seconds; more than 30 when the server does not know
 */
record MySqlColumn(String name, String typeName, boolean unsigned, int precision, int scale) {
  private static final String UNSIGNED = " UNSIGNED";

  static List<MySqlColumn> of(ResultSetMetaData result) throws SQLException {
    List<MySqlColumn> columns = new ArrayList<>();
    for (int i = 1; i <= result.getColumnCount(); i++) {
      String type = result.getColumnTypeName(i).toUpperCase(Locale.ROOT);
      boolean unsigned = type.endsWith(UNSIGNED);
      columns.add(
          new MySqlColumn(
              result.getColumnLabel(i),
              unsigned ? type.substring(0, type.length() - UNSIGNED.length()) : type,
              unsigned,
              result.getPrecision(i),
              result.getScale(i)));
    }
    return columns;
  }

  /** The type as a message names it. */
  String describe() {
    return unsigned ? typeName + UNSIGNED : typeName;
  }
}
