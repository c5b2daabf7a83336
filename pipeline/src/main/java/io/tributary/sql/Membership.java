package io.tributary.sql;

import io.tributary.row.Type;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** IN. A long list of constants is looked up, not walked. */
final class Membership {
  private static final int WALKED = 8;

  private Membership() {}

  static @Nullable Expr in(Operands in) throws BindException {
    List<Node> members = new ArrayList<>();
    for (int i = 1; i < in.size(); i++) {
      members.add(in.node(i));
    }
    Expr lookedUp = lookedUp(in.any(0), in.type(0), members);
    if (lookedUp != null) {
      return lookedUp;
    }
    List<Expr> bound = in.all();
    return walked(bound.get(0), bound.subList(1, bound.size()));
  }

  /** {@code IN UNNEST([...])}. */
  static @Nullable Expr inArray(Operands in) throws BindException {
    Node array = in.node(1);
    List<Node> members = new ArrayList<>();
    if (array instanceof Node.Call call && call.name().equals("$make_array")) {
      members.addAll(call.arguments());
    } else if (array instanceof Node.Literal literal && literal.value() instanceof List<?> list) {
      Type element = literal.type().elementType();
      list.forEach(
          value -> members.add(new Node.Literal(element, (Serializable) value, literal.span())));
    } else {
      return null;
    }
    Node.Call listed =
        new Node.Call("$in", Type.BOOL, prepend(in.node(0), members), false, in.span());
    return in(in.of(listed));
  }

  private static List<Node> prepend(Node first, List<Node> rest) {
    List<Node> all = new ArrayList<>();
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private static @Nullable Expr walked(Expr value, List<Expr> members) {
    Comparisons.Order[] orders = new Comparisons.Order[members.size()];
    for (int i = 0; i < orders.length; i++) {
      Comparisons.Order order = Comparisons.order(value, members.get(i));
      if (order == null) {
        return null;
      }
      orders[i] = order;
    }
    return new LongExpr(
        (row, out) -> {
          if (!value.evaluate(row)) {
            return false;
          }
          boolean known = true;
          for (int i = 0; i < orders.length; i++) {
            if (!members.get(i).evaluate(row)) {
              known = false;
            } else if (orders[i].compare() == 0) {
              return out.set(true);
            }
          }
          return known && out.set(false);
        });
  }

  /** Null unless there are many members, all of them constants of one of the usual types. */
  private static @Nullable Expr lookedUp(Expr value, Type type, List<Node> members) {
    if (members.size() <= WALKED || type.isDecimal()) {
      return null;
    }
    boolean hasNull = false;
    List<Object> constants = new ArrayList<>();
    for (Node member : members) {
      if (!(member instanceof Node.Literal literal)) {
        return null;
      }
      if (literal.value() == null) {
        hasNull = true;
      } else {
        constants.add(literal.value());
      }
    }
    boolean known = !hasNull;
    if (value instanceof LongExpr number) {
      long[] sorted = constants.stream().mapToLong(constant -> (Long) constant).sorted().toArray();
      return new LongExpr(
          (row, out) -> {
            if (!number.evaluate(row)) {
              return false;
            }
            boolean found = Arrays.binarySearch(sorted, number.value) >= 0;
            return (found || known) && out.set(found);
          });
    }
    if (value instanceof BytesExpr text && type.kind() == Type.Kind.STRING) {
      Set<ByteBuffer> texts = new HashSet<>();
      constants.forEach(
          constant ->
              texts.add(ByteBuffer.wrap(((String) constant).getBytes(StandardCharsets.UTF_8))));
      return new LongExpr(
          (row, out) -> {
            if (!text.evaluate(row)) {
              return false;
            }
            boolean found = texts.contains(ByteBuffer.wrap(text.bytes, text.offset, text.length));
            return (found || known) && out.set(found);
          });
    }
    return null;
  }
}
