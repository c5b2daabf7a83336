package io.tributary.sql;

import io.tributary.row.Type;
import io.tributary.spec.Code;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a call while it is bound: their types, and their bound expressions. */
final class Operands {
  private final Node.Call call;
  private final Binder binder;
  private final @Nullable Guard guard;

  Operands(Node.Call call, Binder binder, @Nullable Guard guard) {
    this.call = call;
    this.binder = binder;
    this.guard = guard;
  }

  int size() {
    return call.arguments().size();
  }

  /** The type of the call's value. */
  Type result() throws BindException {
    Type type = call.type();
    if (type == null) {
      throw BindException.unsupported(call.span(), "a value of this type");
    }
    return type;
  }

  ZoneId zone() {
    return binder.zone();
  }

  Node node(int index) {
    return call.arguments().get(index);
  }

  Node.Span span() {
    return call.span();
  }

  Type type(int index) throws BindException {
    Type type = node(index).type();
    if (type == null) {
      throw BindException.unsupported(node(index).span(), "a value of this type");
    }
    return type;
  }

  /** The operands of another call in place of this one. */
  Operands of(Node.Call other) {
    return new Operands(other, binder, guard);
  }

  Type.Kind kind(int index) throws BindException {
    return type(index).kind();
  }

  Expr any(int index) throws BindException {
    Expr bound = binder.bind(node(index));
    return guard == null ? bound : guard.fence(bound, type(index));
  }

  LongExpr longs(int index) throws BindException {
    return (LongExpr) any(index);
  }

  DoubleExpr doubles(int index) throws BindException {
    return (DoubleExpr) any(index);
  }

  DecimalExpr decimals(int index) throws BindException {
    return (DecimalExpr) any(index);
  }

  BytesExpr bytes(int index) throws BindException {
    return (BytesExpr) any(index);
  }

  ObjectExpr objects(int index) throws BindException {
    return (ObjectExpr) any(index);
  }

  List<Expr> all() throws BindException {
    List<Expr> bound = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      bound.add(any(i));
    }
    return bound;
  }

  LongExpr[] allLongs() throws BindException {
    LongExpr[] bound = new LongExpr[size()];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = longs(i);
    }
    return bound;
  }

  BytesExpr[] allBytes() throws BindException {
    BytesExpr[] bound = new BytesExpr[size()];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = bytes(i);
    }
    return bound;
  }

  DatePart part(int index) throws BindException {
    if (node(index) instanceof Node.Part part) {
      return part.part();
    }
    throw BindException.unsupported(node(index).span(), "a date part that is no constant");
  }

  /** The value of a constant text; null when the argument is not one. */
  @Nullable String constantText(int index) {
    return node(index) instanceof Node.Literal literal && literal.value() instanceof String text
        ? text
        : null;
  }

  /** A text that must be a constant, such as the path of a JSON function. */
  String requiredText(int index, String what) throws BindException {
    String text = constantText(index);
    if (text == null) {
      throw BindException.unsupported(node(index).span(), what + " that is no constant");
    }
    return text;
  }

  /** The zone named by an argument, or the session's when there is no such argument. */
  ZoneId zone(int index) throws BindException {
    if (index >= size()) {
      return zone();
    }
    String id = requiredText(index, "a time zone");
    try {
      return Times.zone(id);
    } catch (DateTimeException e) {
      throw new BindException(
          Code.TR202,
          node(index).span(),
          "unknown time zone `" + id + "`",
          "write a name such as Europe/Berlin, or an offset such as +02:00");
    }
  }

  BindException wrong(int index, String message, @Nullable String fix) {
    return new BindException(Code.TR202, node(index).span(), message, fix);
  }
}
