package io.tributary.sql;

import static java.util.Map.entry;

import io.tributary.row.Row;
import io.tributary.row.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Comparisons, IN, BETWEEN, GREATEST and LEAST. NaN is equal to nothing and less than nothing. */
final class Comparisons {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("$equal", in -> compare(in, c -> c == 0)),
          entry("$not_equal", in -> compare(in, c -> c != 0)),
          entry("$less", in -> compare(in, c -> c < 0)),
          entry("$less_or_equal", in -> compare(in, c -> c <= 0)),
          entry("$greater", in -> compare(in, c -> c == 1)),
          entry("$greater_or_equal", in -> compare(in, c -> c == 0 || c == 1)),
          entry("$between", Comparisons::between),
          entry("$in", Membership::in),
          entry("$in_array", Membership::inArray),
          entry("$is_distinct_from", in -> distinct(in, true)),
          entry("$is_not_distinct_from", in -> distinct(in, false)),
          entry("greatest", in -> extreme(in, 1)),
          entry("least", in -> extreme(in, -1)));

  /** The order of two values that are not NULL: -1, 0, 1, or {@link #UNORDERED}. */
  @FunctionalInterface
  interface Order {
    int compare();
  }

  /** What a comparison makes of an order; {@link #UNORDERED} satisfies {@code <>} only. */
  @FunctionalInterface
  private interface Relation {
    boolean holds(int order);
  }

  /** NaN was among the values. */
  static final int UNORDERED = 2;

  private Comparisons() {}

  /** The order of the current values of two evaluated expressions; null when they have none. */
  static @Nullable Order order(Expr a, Expr b) {
    if (a instanceof LongExpr x && b instanceof LongExpr y) {
      return () -> Long.compare(x.value, y.value);
    }
    if (a instanceof DoubleExpr x && b instanceof DoubleExpr y) {
      return () -> compare(x.value, y.value);
    }
    if (a instanceof DecimalExpr x && b instanceof DecimalExpr y) {
      return () -> Integer.signum(Decimals.compare(x, y));
    }
    if (a instanceof BytesExpr x && b instanceof BytesExpr y) {
      return () -> Integer.signum(x.compareTo(y));
    }
    return null;
  }

  private static int compare(double a, double b) {
    if (a < b) {
      return -1;
    }
    if (a > b) {
      return 1;
    }
    return a == b ? 0 : UNORDERED; // -0.0 equals 0.0, which Double.compare denies
  }

  private static @Nullable Expr compare(Operands in, Relation relation) throws BindException {
    Expr a = in.any(0);
    Expr b = in.any(1);
    if (relation.holds(0) != relation.holds(-1)
        && relation.holds(0) != relation.holds(1)
        && a instanceof BytesExpr x
        && b instanceof BytesExpr y) {
      boolean wanted = relation.holds(0);
      return new LongExpr(
          (row, out) -> x.evaluate(row) && y.evaluate(row) && out.set(x.sameAs(y) == wanted));
    }
    if (a instanceof LongExpr x && b instanceof LongExpr y) {
      return LongExpr.of(x, y, (p, q) -> relation.holds(Long.compare(p, q)) ? 1 : 0);
    }
    Order order = order(a, b);
    return order == null
        ? null
        : new LongExpr(
            (row, out) ->
                a.evaluate(row) && b.evaluate(row) && out.set(relation.holds(order.compare())));
  }

  private static @Nullable Expr between(Operands in) throws BindException {
    Expr value = in.any(0);
    Expr low = in.any(1);
    Expr high = in.any(2);
    Order toLow = order(value, low);
    Order toHigh = order(value, high);
    if (toLow == null || toHigh == null) {
      return null;
    }
    return new LongExpr(
        (row, out) -> {
          if (!value.evaluate(row)) {
            return false;
          }
          boolean lowKnown = low.evaluate(row);
          if (lowKnown && !isAtLeast(toLow.compare())) {
            return out.set(false); // whatever the other bound is
          }
          if (!high.evaluate(row)) {
            return false;
          }
          int order = toHigh.compare();
          boolean below = order == 0 || order == -1;
          return below ? lowKnown && out.set(true) : out.set(false);
        });
  }

  private static boolean isAtLeast(int order) {
    return order == 0 || order == 1;
  }

  private static @Nullable Expr distinct(Operands in, boolean wanted) throws BindException {
    Expr a = in.any(0);
    Expr b = in.any(1);
    Order order = order(a, b);
    if (order == null) {
      return null;
    }
    return new LongExpr(
        (row, out) -> {
          boolean left = a.evaluate(row);
          boolean right = b.evaluate(row);
          boolean same = left && right ? isSame(order, a, b) : left == right;
          return out.set(same != wanted);
        });
  }

  /** Unlike {@code =}, IS NOT DISTINCT FROM takes NaN for the same as NaN. */
  private static boolean isSame(Order order, Expr a, Expr b) {
    int compared = order.compare();
    return compared == 0
        || (compared == UNORDERED
            && Double.isNaN(((DoubleExpr) a).value)
            && Double.isNaN(((DoubleExpr) b).value));
  }

  private static @Nullable Expr extreme(Operands in, int sign) throws BindException {
    Type type = in.result();
    List<Expr> values = in.all();
    Expr best = Expr.choosing(type, (row, out) -> false);
    Order[] orders = new Order[values.size()];
    for (int i = 0; i < orders.length; i++) {
      Order order = order(values.get(i), best);
      if (order == null) {
        return null;
      }
      orders[i] = order;
    }
    return Expr.choosing(
        type, (row, out) -> best(row, values, orders, best, sign) && out.take(best));
  }

  private static boolean best(Row row, List<Expr> values, Order[] orders, Expr best, int sign)
      throws RowException {
    for (int i = 0; i < orders.length; i++) {
      Expr value = values.get(i);
      if (!value.evaluate(row)) {
        return false;
      }
      boolean better = i == 0 || orders[i].compare() == sign;
      boolean nan = value instanceof DoubleExpr number && Double.isNaN(number.value);
      if (better || nan) {
        best.take(value);
      }
    }
    return true;
  }
}
