package io.tributary.connector.mysql;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an integer key into ranges by the optimizer's estimates: the span between the smallest and
 * the largest key is halved until no cell has more than a fraction of the rows wanted, however the
 * keys lie, and neighbouring cells are put together again. The estimates come from dives into the
 * index, so a table of any size is planned in milliseconds.
 */
final class KeyBisection {
  /** Cells per range: so small that the last one does not make a range much too large. */
  private static final int CELLS = 8;

  private final Connection connection;
  private final String table;
  private final KeyColumn key;
  private final String index;

  /** Keys from {@code low} to before {@code high}, and the rows estimated for them. */
  private record Cell(BigInteger low, BigInteger high, long rows) {
    boolean isOneKey() {
      return high.subtract(low).equals(BigInteger.ONE);
    }
  }

  /**
   * @param index an index that begins with the key
   */
  KeyBisection(Connection connection, String table, KeyColumn key, String index) {
    this.connection = connection;
    this.table = table;
    this.key = key;
    this.index = index;
  }

  /**
   * Ranges of about so many rows.
   *
   * @param total rows of the table
   * @return empty when there are no estimates, or one key alone has so many rows that this key
   *     cannot part them
   */
  Optional<List<KeyRange>> ranges(long total, long rowsPerRange) throws SQLException {
    List<Cell> cells = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      Cell whole = whole(statement);
      if (whole == null) {
        return Optional.of(List.of(KeyRange.all(0)));
      }
      halve(whole, Math.max(1, rowsPerRange / CELLS), statement, cells);
    } catch (SQLException e) {
      if (e.getErrorCode() == MySqlErrors.NO_SUCH_INDEX) {
        return Optional.empty(); // it is there, but the optimizer was told to ignore it
      }
      throw e;
    }
    if (cells.stream().anyMatch(cell -> cell.isOneKey() && cell.rows() > 2 * rowsPerRange)) {
      return Optional.empty();
    }
    // InnoDB's estimates are up to twice the rows, alike for all cells: a share of their sum is
    // nearer to the rows wanted than the number itself
    long estimated = cells.stream().mapToLong(Cell::rows).sum();
    long ranges = Math.max(1, Math.round((double) total / rowsPerRange));
    return Optional.of(merge(cells, estimated / ranges));
  }

  private @Nullable Cell whole(Statement statement) throws SQLException {
    String sql = "SELECT MIN(" + key.sql() + "), MAX(" + key.sql() + ") FROM " + table;
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      String least = row.getString(1);
      return least == null
          ? null
          : new Cell(
              new BigInteger(least),
              new BigInteger(row.getString(2)).add(BigInteger.ONE),
              Long.MAX_VALUE);
    }
  }

  private void halve(Cell cell, long most, Statement statement, List<Cell> cells)
      throws SQLException {
    if (cell.rows() <= most || cell.isOneKey()) {
      cells.add(cell);
      return;
    }
    BigInteger middle = cell.low().add(cell.high()).shiftRight(1);
    halve(estimate(cell.low(), middle, statement), most, statement, cells);
    halve(estimate(middle, cell.high(), statement), most, statement, cells);
  }

  private Cell estimate(BigInteger low, BigInteger high, Statement statement) throws SQLException {
    String sql =
        "EXPLAIN SELECT "
            + key.sql()
            + " FROM "
            + table
            + " FORCE INDEX ("
            + MySqlTable.quote(index)
            + ") WHERE "
            + key.sql()
            + " >= "
            + low
            + " AND "
            + key.sql()
            + " < "
            + high;
    try (ResultSet plan = statement.executeQuery(sql)) {
      plan.next();
      return new Cell(low, high, plan.getLong("rows")); // 0 for NULL: no rows are possible
    }
  }

  private List<KeyRange> merge(List<Cell> cells, long rows) {
    List<String> names = List.of(key.name());
    List<KeyRange> ranges = new ArrayList<>();
    List<Key> from = List.of();
    long filled = 0;
    for (Cell cell : cells) {
      if (filled > 0 && filled + cell.rows() > rows) {
        List<Key> bound = List.of(Key.number(cell.low()));
        ranges.add(new KeyRange(0, names, from, bound));
        from = bound;
        filled = 0;
      }
      filled += cell.rows();
    }
    ranges.add(from.isEmpty() ? KeyRange.all(0) : new KeyRange(0, names, from, List.of()));
    return ranges;
  }
}
