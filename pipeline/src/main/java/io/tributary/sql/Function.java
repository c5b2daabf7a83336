package io.tributary.sql;

import org.jspecify.annotations.Nullable;

/** Binds the calls of one function or operator. Stateless. */
@FunctionalInterface
interface Function {

  /** Null when arguments of these types are not supported. */
  @Nullable Expr bind(Operands in) throws BindException;
}
