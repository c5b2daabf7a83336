package io.tributary.transform.select;

import io.tributary.sql.RowAssignment;
import io.tributary.sql.SqlExpression;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a column that comes out comes from.
 *
 * @param expression null for a column of the input as it is
 * @param position of the column of the input, when there is no expression
 */
record SelectedColumn(@Nullable SqlExpression expression, int position) implements Serializable {

  static SelectedColumn computed(SqlExpression expression) {
    return new SelectedColumn(expression, expression.column());
  }

  static SelectedColumn copied(int position) {
    return new SelectedColumn(null, position);
  }

  RowAssignment open() {
    return expression == null
        ? (in, out, column) -> out.copyFrom(column, in, position)
        : expression.assignment();
  }
}
