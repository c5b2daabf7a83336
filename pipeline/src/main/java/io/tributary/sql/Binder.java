package io.tributary.sql;

import io.tributary.row.Type;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;

/** Makes closures of a tree: everything that does not depend on a row is decided here. */
final class Binder {
  private final ZoneId zone;

  /**
   * @param zone the zone of conversions that name none
   */
  Binder(ZoneId zone) {
    this.zone = zone;
  }

  ZoneId zone() {
    return zone;
  }

  Expr bind(Node node) throws BindException {
    if (node instanceof Node.Column column) {
      return column(column);
    }
    if (node instanceof Node.Literal literal) {
      return literal(literal);
    }
    if (node instanceof Node.Cast cast) {
      return cast(cast);
    }
    if (node instanceof Node.Call call) {
      return call(call);
    }
    throw BindException.unsupported(node.span(), "a date part outside a date function");
  }

  private static Expr column(Node.Column column) {
    int position = column.position();
    if (column.type().isDecimal()) {
      return DecimalExpr.column(position, column.type());
    }
    return switch (column.type().slot()) {
      case LONG -> LongExpr.column(position);
      case DOUBLE -> DoubleExpr.column(position);
      case BYTES -> BytesExpr.column(position);
      case OBJECT -> ObjectExpr.column(position);
    };
  }

  private static Expr literal(Node.Literal literal) {
    Object value = literal.value();
    if (value == null) {
      return Expr.nothing(literal.type());
    }
    if (literal.type().isDecimal()) {
      return DecimalExpr.constant((BigDecimal) value);
    }
    return switch (literal.type().slot()) {
      case LONG -> LongExpr.constant((Long) value);
      case DOUBLE -> DoubleExpr.constant((Double) value);
      case BYTES ->
          value instanceof byte[] bytes
              ? BytesExpr.constant(bytes)
              : BytesExpr.constant((String) value);
      case OBJECT -> ObjectExpr.constant(value);
    };
  }

  private Expr cast(Node.Cast cast) throws BindException {
    Type from = Objects.requireNonNull(cast.argument().type());
    Expr argument = bind(cast.argument());
    if (!cast.safe()) {
      return Casts.bind(argument, from, cast, zone);
    }
    Guard guard = new Guard();
    return guard.safe(Casts.bind(guard.fence(argument, from), from, cast, zone), cast.type());
  }

  private Expr call(Node.Call call) throws BindException {
    boolean safe = call.safe() || Functions.isSafe(call.name());
    Guard guard = safe ? new Guard() : null;
    Operands operands = new Operands(call, this, guard);
    Function function = Functions.find(call.name());
    Expr bound = function == null ? null : function.bind(operands);
    if (bound == null) {
      throw BindException.unsupported(call.span(), describe(call.name()));
    }
    return guard == null ? bound : guard.safe(bound, operands.result());
  }

  /** What a message calls a function or operator of the analyzer. */
  static String describe(String name) {
    return name.startsWith("$")
        ? "operator " + name.substring(1).replace('_', ' ').toUpperCase(Locale.ROOT)
        : "function " + name.toUpperCase(Locale.ROOT);
  }
}
