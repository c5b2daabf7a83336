package io.tributary.sql;

import io.tributary.row.Row;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of records, and elements and lengths of arrays. */
final class Structures {
  /**
   * Our name for the access to a field by position, which the analyzer has a node of its own for.
   */
  static final String FIELD = "$field";

  static final Map<String, Function> FUNCTIONS =
      Map.of(
          FIELD,
          Structures::field,
          "array_length",
          Structures::length,
          "$array_at_offset",
          in -> element(in, 0, false),
          "$array_at_ordinal",
          in -> element(in, 1, false),
          "$safe_array_at_offset",
          in -> element(in, 0, true),
          "$safe_array_at_ordinal",
          in -> element(in, 1, true));

  private Structures() {}

  private static @Nullable Expr field(Operands in) throws BindException {
    ObjectExpr record = in.objects(0);
    Object index = ((Node.Literal) in.node(1)).value();
    int position = Math.toIntExact((Long) (index == null ? 0L : index));
    Type type = in.type(0).recordFields().type(position);
    Expr field = new Binder(in.zone()).bind(new Node.Column(position, "", type, true, in.span()));
    return Expr.choosing(
        in.result(),
        (row, out) ->
            record.evaluate(row) && field.evaluate((Row) record.value) && out.take(field));
  }

  private static Expr length(Operands in) throws BindException {
    ObjectExpr array = in.objects(0);
    return new LongExpr(
        (row, out) -> array.evaluate(row) && out.set((long) ((List<?>) array.value).size()));
  }

  private static @Nullable Expr element(Operands in, int first, boolean safe) throws BindException {
    ObjectExpr array = in.objects(0);
    LongExpr index = in.longs(1);
    Type type = in.result();
    return Expr.choosing(
        type,
        (row, out) -> {
          if (!array.evaluate(row) || !index.evaluate(row)) {
            return false;
          }
          List<?> elements = (List<?>) array.value;
          long position = index.value - first;
          if (position < 0 || position >= elements.size()) {
            if (safe) {
              return false;
            }
            throw new RowException("the array has no element at this position");
          }
          Object element = elements.get((int) position);
          return element != null && set(out, type, element);
        });
  }

  private static boolean set(Expr out, Type type, Object value) {
    if (out instanceof DecimalExpr decimal) {
      return decimal.set((BigDecimal) value);
    }
    if (out instanceof BytesExpr bytes) {
      return value instanceof String text
          ? bytes.set(text)
          : bytes.set(Times.array((ByteBuffer) value));
    }
    if (out instanceof DoubleExpr number) {
      return number.set(((Number) value).doubleValue());
    }
    if (out instanceof LongExpr number) {
      return number.set(Times.slot(type, value));
    }
    return ((ObjectExpr) out).set(value);
  }
}
