package io.tributary.sql;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AND, OR, NOT with NULL as unknown; IS; CASE, IF and the functions about NULL. */
final class Logic {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("$and", in -> connective(in.allLongs(), 0)),
          entry("$or", in -> connective(in.allLongs(), 1)),
          entry("$not", in -> LongExpr.of(in.longs(0), a -> 1 - a)),
          entry("$is_null", in -> isNull(in.any(0))),
          entry("$is_true", in -> is(in.longs(0), 1)),
          entry("$is_false", in -> is(in.longs(0), 0)),
          entry("if", Logic::ifElse),
          entry("ifnull", Logic::firstKnown),
          entry("coalesce", Logic::firstKnown),
          entry("nullif", Logic::nullIf),
          entry("$case_no_value", Logic::caseWhen),
          entry("$case_with_value", Logic::caseValue),
          entry("error", Logic::error));

  private Logic() {}

  /**
   * @param decisive the value that decides alone: false for AND, true for OR
   */
  private static Expr connective(LongExpr[] operands, long decisive) {
    return new LongExpr(
        (row, out) -> {
          boolean known = true;
          for (LongExpr operand : operands) {
            if (!operand.evaluate(row)) {
              known = false;
            } else if (operand.value == decisive) {
              return out.set(decisive);
            }
          }
          return known && out.set(1 - decisive);
        });
  }

  private static Expr isNull(Expr value) {
    return new LongExpr((row, out) -> out.set(!value.evaluate(row)));
  }

  private static Expr is(LongExpr value, long expected) {
    return new LongExpr((row, out) -> out.set(value.evaluate(row) && value.value == expected));
  }

  private static Expr ifElse(Operands in) throws BindException {
    LongExpr condition = in.longs(0);
    Expr then = in.any(1);
    Expr otherwise = in.any(2);
    return Expr.choosing(
        in.result(),
        (row, out) -> {
          Expr chosen = condition.isTrue(row) ? then : otherwise;
          return chosen.evaluate(row) && out.take(chosen);
        });
  }

  private static Expr firstKnown(Operands in) throws BindException {
    Expr[] values = in.all().toArray(Expr[]::new);
    return Expr.choosing(
        in.result(),
        (row, out) -> {
          for (Expr value : values) {
            if (value.evaluate(row)) {
              return out.take(value);
            }
          }
          return false;
        });
  }

  private static @Nullable Expr nullIf(Operands in) throws BindException {
    Expr value = in.any(0);
    Expr unwanted = in.any(1);
    Comparisons.Order order = Comparisons.order(value, unwanted);
    if (order == null) {
      return null;
    }
    return Expr.choosing(
        in.result(),
        (row, out) ->
            value.evaluate(row)
                && !(unwanted.evaluate(row) && order.compare() == 0)
                && out.take(value));
  }

  private static Expr caseWhen(Operands in) throws BindException {
    int branches = in.size() / 2;
    LongExpr[] conditions = new LongExpr[branches];
    Expr[] results = new Expr[branches];
    for (int i = 0; i < branches; i++) {
      conditions[i] = in.longs(2 * i);
      results[i] = in.any(2 * i + 1);
    }
    Expr otherwise = in.size() % 2 == 1 ? in.any(in.size() - 1) : Expr.nothing(in.result());
    return Expr.choosing(
        in.result(),
        (row, out) -> {
          for (int i = 0; i < branches; i++) {
            if (conditions[i].isTrue(row)) {
              return results[i].evaluate(row) && out.take(results[i]);
            }
          }
          return otherwise.evaluate(row) && out.take(otherwise);
        });
  }

  private static @Nullable Expr caseValue(Operands in) throws BindException {
    Expr value = in.any(0);
    int branches = (in.size() - 1) / 2;
    List<Expr> all = in.all();
    Comparisons.Order[] orders = new Comparisons.Order[branches];
    for (int i = 0; i < branches; i++) {
      Comparisons.Order order = Comparisons.order(value, all.get(1 + 2 * i));
      if (order == null) {
        return null;
      }
      orders[i] = order;
    }
    Expr otherwise = in.size() % 2 == 0 ? all.get(all.size() - 1) : Expr.nothing(in.result());
    return Expr.choosing(
        in.result(),
        (row, out) -> {
          if (value.evaluate(row)) {
            for (int i = 0; i < branches; i++) {
              if (all.get(1 + 2 * i).evaluate(row) && orders[i].compare() == 0) {
                Expr result = all.get(2 + 2 * i);
                return result.evaluate(row) && out.take(result);
              }
            }
          }
          return otherwise.evaluate(row) && out.take(otherwise);
        });
  }

  private static Expr error(Operands in) throws BindException {
    BytesExpr message = in.bytes(0);
    return Expr.choosing(
        in.result(),
        (row, out) -> {
          throw new RowException(message.evaluate(row) ? message.text() : "ERROR(NULL)");
        });
  }
}
