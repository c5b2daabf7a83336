package io.tributary.sql;

import com.google.zetasql.AnyResolvedExprProto;
import com.google.zetasql.ResolvedCastProto;
import com.google.zetasql.ResolvedExprProto;
import com.google.zetasql.ResolvedFunctionCallBaseProto;
import com.google.zetasql.ResolvedGetStructFieldProto;
import com.google.zetasql.ResolvedLiteralProto;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.ZetaSQLTypeParameters.NumericTypeParametersProto;
import com.google.zetasql.ZetaSQLTypeParameters.TypeParametersProto;
import com.google.zetasql.resolvedast.ResolvedFunctionCallBaseEnums.ErrorMode;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Code;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns the analyzer's tree into ours. CURRENT_DATE and its like become constants here. */
final class TreeReader {
  static final Set<String> NOT_REPEATABLE =
      Set.of("generate_uuid", "rand", "session_user", "new_uuid");

  private final Schema columns;
  private final TextPositions positions;
  private final Instant now;
  private final ZoneId zone;

  TreeReader(Schema columns, TextPositions positions, Instant now, ZoneId zone) {
    this.columns = columns;
    this.positions = positions;
    this.now = now;
    this.zone = zone;
  }

  Node read(AnyResolvedExprProto node) throws BindException {
    return switch (node.getNodeCase()) {
      case RESOLVED_LITERAL_NODE -> literal(node.getResolvedLiteralNode());
      case RESOLVED_EXPRESSION_COLUMN_NODE -> {
        String name = node.getResolvedExpressionColumnNode().getName();
        int position = columns.position(name);
        yield new Node.Column(
            position,
            columns.column(position).name(),
            columns.type(position),
            columns.column(position).nullable(),
            span(node.getResolvedExpressionColumnNode().getParent()));
      }
      case RESOLVED_FUNCTION_CALL_BASE_NODE -> {
        if (!node.getResolvedFunctionCallBaseNode().hasResolvedFunctionCallNode()) {
          throw BindException.unsupported(new Node.Span(0, 0), "an aggregate or window function");
        }
        yield call(
            node.getResolvedFunctionCallBaseNode().getResolvedFunctionCallNode().getParent());
      }
      case RESOLVED_CAST_NODE -> cast(node.getResolvedCastNode());
      case RESOLVED_GET_STRUCT_FIELD_NODE -> field(node.getResolvedGetStructFieldNode());
      case RESOLVED_SUBQUERY_EXPR_NODE ->
          throw BindException.unsupported(
              span(node.getResolvedSubqueryExprNode().getParent()), "a subquery");
      case RESOLVED_WITH_EXPR_NODE ->
          throw BindException.unsupported(
              span(node.getResolvedWithExprNode().getParent()), "WITH in an expression");
      case RESOLVED_MAKE_STRUCT_NODE ->
          throw BindException.unsupported(
              span(node.getResolvedMakeStructNode().getParent()), "STRUCT");
      case RESOLVED_GET_JSON_FIELD_NODE ->
          throw new BindException(
              Code.TR204,
              span(node.getResolvedGetJsonFieldNode().getParent()),
              "a field of a JSON value is not supported in filter and select",
              "write JSON_VALUE(column, '$.field') or JSON_QUERY(column, '$.field')");
      default -> // the analyzer's enum is not closed
          throw BindException.unsupported(
              new Node.Span(0, 0),
              node.getNodeCase().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    };
  }

  private Node literal(ResolvedLiteralProto literal) throws BindException {
    Node.Span span = span(literal.getParent());
    TypeKind kind = literal.getParent().getType().getTypeKind();
    if (kind == TypeKind.TYPE_ENUM) {
      return new Node.Part(part(literal.getValue().getValue().getEnumValue(), span), span);
    }
    Type type =
        TypeProtos.toType(literal.getParent().getType())
            .orElseThrow(() -> BindException.unsupported(span, "a constant of type " + name(kind)));
    return new Node.Literal(type, ValueProtos.read(type, literal.getValue().getValue()), span);
  }

  private Node call(ResolvedFunctionCallBaseProto call) throws BindException {
    Node.Span span = span(call.getParent());
    String name = name(call);
    if (NOT_REPEATABLE.contains(name)) {
      throw new BindException(
          Code.TR204,
          span,
          "function "
              + name.toUpperCase(Locale.ROOT)
              + " gives another value each time, so a split that is read again would differ",
          "make the value from the row's own columns, such as TO_HEX(SHA256(key))");
    }
    if (call.getGenericArgumentListCount() > 0) {
      throw BindException.unsupported(span, "function " + name.toUpperCase(Locale.ROOT));
    }
    List<Node> arguments = new ArrayList<>();
    for (AnyResolvedExprProto argument : call.getArgumentListList()) {
      arguments.add(read(argument));
    }
    if (name.startsWith("current_")) {
      return current(name, arguments, span);
    }
    return new Node.Call(
        name,
        TypeProtos.toType(call.getParent().getType()).orElse(null),
        arguments,
        call.getErrorMode() == ErrorMode.SAFE_ERROR_MODE,
        span);
  }

  /** CURRENT_DATE and its like as a constant. */
  Node current(String name, List<Node> arguments, Node.Span span) throws BindException {
    ZoneId here = zone;
    if (!arguments.isEmpty()) {
      if (!(arguments.get(0) instanceof Node.Literal literal
          && literal.value() instanceof String id)) {
        throw BindException.unsupported(span, "a time zone that is no constant");
      }
      try {
        here = Times.zone(id);
      } catch (DateTimeException e) {
        throw new BindException(
            Code.TR202, literal.span(), "unknown time zone `" + id + "`", "write Europe/Berlin");
      }
    }
    long micros = RowBuilder.micros(now);
    LocalDateTime local = Times.dateTime(Times.toLocal(micros, here));
    return switch (name) {
      case "current_timestamp" -> new Node.Literal(Type.TIMESTAMP, micros, span);
      case "current_date" -> new Node.Literal(Type.DATE, local.toLocalDate().toEpochDay(), span);
      case "current_datetime" -> new Node.Literal(Type.DATETIME, RowBuilder.micros(local), span);
      case "current_time" ->
          new Node.Literal(Type.TIME, RowBuilder.micros(local.toLocalTime()), span);
      default -> throw BindException.unsupported(span, "function " + name.toUpperCase(Locale.ROOT));
    };
  }

  private Node cast(ResolvedCastProto cast) throws BindException {
    Node.Span span = span(cast.getParent());
    if (cast.hasFormat() || cast.hasTimeZone() || cast.hasExtendedCast()) {
      throw BindException.unsupported(span, "CAST with FORMAT");
    }
    TypeKind kind = cast.getParent().getType().getTypeKind();
    Type type =
        TypeProtos.toType(cast.getParent().getType())
            .orElseThrow(() -> BindException.unsupported(span, "a value of type " + name(kind)));
    TypeParametersProto parameters = cast.getTypeModifiers().getTypeParameters();
    if (parameters.hasNumericTypeParameters()) {
      type = parameterized(type, parameters.getNumericTypeParameters());
    } else if (parameters.hasStringTypeParameters() || parameters.getChildListCount() > 0) {
      throw BindException.unsupported(span, "a length limit of " + type);
    }
    return new Node.Cast(read(cast.getExpr()), type, cast.getReturnNullOnError(), span);
  }

  /** A decimal type with the precision and scale that are written. */
  static Type parameterized(Type type, NumericTypeParametersProto parameters) {
    if (parameters.getIsMaxPrecision()) {
      return type;
    }
    int precision = Math.toIntExact(parameters.getPrecision());
    return Type.numeric(precision, Math.toIntExact(parameters.getScale()));
  }

  private Node field(ResolvedGetStructFieldProto field) throws BindException {
    Node.Span span = span(field.getParent());
    Type type =
        TypeProtos.toType(field.getParent().getType())
            .orElseThrow(() -> BindException.unsupported(span, "a field of this type"));
    Node index = new Node.Literal(Type.INT64, field.getFieldIdx(), span);
    return new Node.Call(
        Structures.FIELD, type, List.of(read(field.getExpr()), index), false, span);
  }

  /** A function's name as the closures' tables have it. */
  static String name(ResolvedFunctionCallBaseProto call) {
    String name = call.getFunction().getName();
    return name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  private static DatePart part(int number, Node.Span span) throws BindException {
    return DateParts.of(number)
        .orElseThrow(() -> BindException.unsupported(span, "this part of a date"));
  }

  private static String name(TypeKind kind) {
    return kind.name().replace("TYPE_", "");
  }

  Node.Span span(ResolvedExprProto expression) {
    var range = expression.getParent().getParseLocationRange();
    return new Node.Span(positions.ofByte(range.getStart()), positions.ofByte(range.getEnd()));
  }
}
