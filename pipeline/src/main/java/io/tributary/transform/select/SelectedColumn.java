package io.tributary.transform.select;

import io.tributary.sql.RowAssignment;
import io.tributary.sql.SqlExpression;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a column that comes out comes from.
 *
 * @param expression null for a column of the input as it is
 * @param position of the column of the input that is copied; negative for any other expression
 */
record SelectedColumn(@Nullable SqlExpression expression, int position) implements Serializable {

  static SelectedColumn computed(SqlExpression expression) {
    return new SelectedColumn(expression, expression.column());
  }

  static SelectedColumn copied(int position) {
    return new SelectedColumn(null, position);
  }

  /** Whether it is a column of the input as it is. */
  boolean isCopied() {
    return position >= 0;
  }

  /** The value that is computed; only where it is no copy. */
  RowAssignment open() {
    return Objects.requireNonNull(expression).assignment();
  }
}
