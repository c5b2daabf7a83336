package io.tributary.sql;

import io.tributary.row.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes NULL of the errors of one function ({@code SAFE.f(x)}), but not of those of its arguments.
 */
final class Guard {
  private @Nullable RowException escaping;

  /** An argument, whose errors pass. */
  Expr fence(Expr argument, Type type) {
    return Expr.choosing(
        type,
        (row, out) -> {
          try {
            return argument.evaluate(row) && out.take(argument);
          } catch (RowException e) {
            escaping = e;
            throw e;
          }
        });
  }

  /** The function, whose own errors are NULL. */
  Expr safe(Expr function, Type type) {
    return Expr.choosing(
        type,
        (row, out) -> {
          try {
            return function.evaluate(row) && out.take(function);
          } catch (RowException e) {
            if (e == escaping) {
              escaping = null;
              throw e;
            }
            return false;
          }
        });
  }
}
