package io.tributary.sql;

import org.jspecify.annotations.Nullable;

final class TimeArithmetic {
  private TimeArithmetic() {}

  static @Nullable Expr operator(Operands in, int sign) throws BindException {
    return null;
  }
}
