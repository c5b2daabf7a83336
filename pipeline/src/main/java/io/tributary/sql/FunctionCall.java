package io.tributary.sql;

import com.google.zetasql.AnyResolvedExprProto;
import com.google.zetasql.ResolvedFunctionCallBaseProto;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.resolvedast.ResolvedFunctionCallBaseEnums.ErrorMode;
import io.tributary.row.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call of a function or operator while it is translated; each argument is translated once. */
final class FunctionCall {
  private final ExpressionTranslation translation;
  private final ResolvedFunctionCallBaseProto proto;
  private final String name;
  private final Node.Span span;
  private final Map<Integer, DuckDbSql> translated = new HashMap<>();

  FunctionCall(
      ExpressionTranslation translation,
      ResolvedFunctionCallBaseProto proto,
      String name,
      Node.Span span) {
    this.translation = translation;
    this.proto = proto;
    this.name = name;
    this.span = span;
  }

  Node.Span span() {
    return span;
  }

  int size() {
    return proto.getArgumentListCount();
  }

  /** The analyzer's type of the call's value. */
  Type type() throws BindException {
    return translation.type(proto.getParent());
  }

  DuckDbSql argument(int index) throws BindException {
    DuckDbSql known = translated.get(index);
    if (known == null) {
      known = translation.translate(proto.getArgumentList(index));
      translated.put(index, known);
    }
    return known;
  }

  List<DuckDbSql> arguments() throws BindException {
    List<DuckDbSql> all = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      all.add(argument(i));
    }
    return all;
  }

  /** The text in place of an argument; null when it is no constant text. */
  @Nullable String constantText(int index) throws BindException {
    AnyResolvedExprProto argument = proto.getArgumentList(index);
    return isFixed(argument)
            && translation.reader().read(argument) instanceof Node.Literal literal
            && literal.value() instanceof String text
        ? text
        : null;
  }

  /** The part of a date in place of an argument. */
  DatePart part(int index) throws BindException {
    if (translation.reader().read(proto.getArgumentList(index)) instanceof Node.Part part) {
      return part.part();
    }
    throw BindException.unsupported(span, "a date part that is no constant");
  }

  /** Whether an argument is an INTERVAL, which DuckDB adds in another way. */
  boolean isInterval(int index) {
    return kind(proto.getArgumentList(index)) == TypeKind.TYPE_INTERVAL;
  }

  private static TypeKind kind(AnyResolvedExprProto argument) {
    if (argument.hasResolvedLiteralNode()) {
      return argument.getResolvedLiteralNode().getParent().getType().getTypeKind();
    }
    return argument.getNodeCase() == AnyResolvedExprProto.NodeCase.RESOLVED_FUNCTION_CALL_BASE_NODE
        ? function(argument).getParent().getType().getTypeKind()
        : TypeKind.TYPE_UNKNOWN;
  }

  private static ResolvedFunctionCallBaseProto function(AnyResolvedExprProto argument) {
    return argument.getResolvedFunctionCallBaseNode().getResolvedFunctionCallNode().getParent();
  }

  /**
   * A moment and an INTERVAL as a call of the function that does the same.
   *
   * @param verb {@code add} or {@code sub}
   * @param interval the index of the INTERVAL
   */
  DuckDbSql shifted(String verb, int interval) throws BindException {
    AnyResolvedExprProto written = proto.getArgumentList(interval);
    if (!written.hasResolvedFunctionCallBaseNode()
        || !TreeReader.name(function(written)).equals("$interval")) {
      throw BindException.unsupported(span, "an INTERVAL of several parts");
    }
    Type type = type();
    DuckDbSql moment = argument(1 - interval);
    if (moment.type().kind() != type.kind()) {
      moment = moment.as(type); // a DATE becomes the DATETIME at its beginning
    }
    ClosureCalls.Arguments arguments = new ClosureCalls.Arguments().passed(moment, span);
    for (AnyResolvedExprProto argument : function(written).getArgumentListList()) {
      if (isFixed(argument)) {
        arguments.fixed(translation.reader().read(argument));
      } else {
        arguments.passed(translation.translate(argument), span);
      }
    }
    String function = type.kind().name().toLowerCase(Locale.ROOT) + "_" + verb;
    Node body = new Node.Call(function, type, arguments.nodes(), false, span);
    return translation.closures().call(function, body, arguments, type);
  }

  /** The call by our own closures. */
  DuckDbSql byClosure() throws BindException {
    if (Functions.find(name) == null) {
      throw BindException.unsupported(span, Binder.describe(name));
    }
    ClosureCalls.Arguments arguments = new ClosureCalls.Arguments();
    for (int i = 0; i < size(); i++) {
      AnyResolvedExprProto argument = proto.getArgumentList(i);
      if (isFixed(argument)) {
        arguments.fixed(translation.reader().read(argument));
      } else {
        arguments.passed(argument(i), span);
      }
    }
    Type type = type();
    boolean safe = proto.getErrorMode() == ErrorMode.SAFE_ERROR_MODE;
    Node body = new Node.Call(name, type, arguments.nodes(), safe, span);
    return translation.closures().call(name, body, arguments, type);
  }

  /** Whether the closure is made for this value of the argument. */
  private static boolean isFixed(AnyResolvedExprProto argument) {
    return argument.hasResolvedLiteralNode() && kind(argument) != TypeKind.TYPE_STRUCT;
  }
}
