package io.tributary.e2e;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into a warehouse file with DuckDB's own driver, as a user could. */
final class Table {
  private Table() {}

  /** The rows of a query, each as its values joined by {@code |}. */
  static List<String> rows(Path warehouse, String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      // attached under another name: `tributary.runs` would be ambiguous in a catalog `tributary`
      statement.execute("ATTACH '" + warehouse + "' AS w (READ_ONLY)");
      statement.execute("USE w");
      ResultSet result = statement.executeQuery(sql);
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", values));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }
}
