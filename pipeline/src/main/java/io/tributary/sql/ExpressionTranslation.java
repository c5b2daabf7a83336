package io.tributary.sql;

import com.google.zetasql.AnyResolvedExprProto;
import com.google.zetasql.ResolvedCastProto;
import com.google.zetasql.ResolvedColumnProto;
import com.google.zetasql.ResolvedExprProto;
import com.google.zetasql.ResolvedFunctionCallBaseProto;
import com.google.zetasql.ResolvedGetStructFieldProto;
import com.google.zetasql.ResolvedLiteralProto;
import com.google.zetasql.ResolvedMakeStructProto;
import com.google.zetasql.ResolvedSubqueryExprProto;
import com.google.zetasql.ZetaSQLType.TypeProto;
import com.google.zetasql.ZetaSQLTypeParameters.TypeParametersProto;
import com.google.zetasql.ZetaSQLValue.ValueProto;
import com.google.zetasql.resolvedast.ResolvedFunctionCallBaseEnums.ErrorMode;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns analysed expressions into DuckDB's SQL: natively where DuckDB computes exactly what
 * BigQuery does, and by a call of our closures where it does not.
 */
final class ExpressionTranslation {
  /** Translates the query of a subquery expression. */
  @FunctionalInterface
  interface Subqueries {
    DuckDbSql translate(ResolvedSubqueryExprProto subquery) throws BindException;
  }

  private final TreeReader reader;
  private final ParseLocations locations;
  private final ClosureCalls closures;
  private final Subqueries subqueries;
  private final Map<Long, DuckDbSql> columns = new HashMap<>();

  ExpressionTranslation(
      TreeReader reader, ParseLocations locations, ClosureCalls closures, Subqueries subqueries) {
    this.reader = reader;
    this.locations = locations;
    this.closures = closures;
    this.subqueries = subqueries;
  }

  /** Tells what a column of the analyzer's tree is from here on, and returns that. */
  DuckDbSql define(ResolvedColumnProto column, DuckDbSql value) {
    String name = column.getName().replaceFirst("^\\$", "") + "." + column.getColumnId();
    DuckDbSql named = value.withSql(DuckDbText.name(name));
    columns.put(column.getColumnId(), named);
    return named;
  }

  DuckDbSql column(ResolvedColumnProto column) {
    DuckDbSql known = columns.get(column.getColumnId());
    if (known == null) {
      throw new IllegalStateException("column " + column.getColumnId() + " is not defined");
    }
    return known;
  }

  /** From here on the column may be NULL: it is on the outer side of a join. */
  void makeNullable(ResolvedColumnProto column) {
    DuckDbSql known = column(column);
    columns.put(
        column.getColumnId(), new DuckDbSql(known.sql(), known.type(), known.declared(), true));
  }

  Node.Span span(ResolvedExprProto expression) {
    return reader.span(expression);
  }

  Type type(ResolvedExprProto expression) throws BindException {
    return type(expression.getType(), span(expression));
  }

  static Type type(TypeProto proto, Node.Span span) throws BindException {
    return TypeProtos.toType(proto)
        .orElseThrow(
            () ->
                BindException.unsupported(
                    span, "a value of type " + proto.getTypeKind().name().replace("TYPE_", "")));
  }

  DuckDbSql translate(AnyResolvedExprProto node) throws BindException {
    return switch (node.getNodeCase()) {
      case RESOLVED_LITERAL_NODE -> literal(node.getResolvedLiteralNode());
      case RESOLVED_COLUMN_REF_NODE -> column(node.getResolvedColumnRefNode().getColumn());
      case RESOLVED_FUNCTION_CALL_BASE_NODE ->
          call(node.getResolvedFunctionCallBaseNode().getResolvedFunctionCallNode().getParent());
      case RESOLVED_CAST_NODE -> cast(node.getResolvedCastNode());
      case RESOLVED_GET_STRUCT_FIELD_NODE -> field(node.getResolvedGetStructFieldNode());
      case RESOLVED_MAKE_STRUCT_NODE -> struct(node.getResolvedMakeStructNode());
      case RESOLVED_SUBQUERY_EXPR_NODE -> subqueries.translate(node.getResolvedSubqueryExprNode());
      case RESOLVED_GET_JSON_FIELD_NODE ->
          throw new BindException(
              Code.TR230,
              locations.near(node),
              "a field of a JSON value is not supported by the embedded warehouse",
              "write JSON_VALUE(column, '$.field') or JSON_QUERY(column, '$.field')");
      default -> // the analyzer's enum is not closed
          throw BindException.unsupported(
              locations.near(node),
              node.getNodeCase()
                  .name()
                  .replaceAll("^RESOLVED_|_NODE$", "")
                  .toLowerCase(Locale.ROOT)
                  .replace('_', ' '));
    };
  }

  List<DuckDbSql> translate(List<AnyResolvedExprProto> nodes) throws BindException {
    List<DuckDbSql> translated = new ArrayList<>();
    for (AnyResolvedExprProto node : nodes) {
      translated.add(translate(node));
    }
    return translated;
  }

  private DuckDbSql literal(ResolvedLiteralProto literal) throws BindException {
    Node.Span span = span(literal.getParent());
    Type type = type(literal.getParent());
    return literal(type, literal.getValue().getValue(), span);
  }

  private static DuckDbSql literal(Type type, ValueProto value, Node.Span span)
      throws BindException {
    if (value.getValueCase() == ValueProto.ValueCase.VALUE_NOT_SET) {
      return DuckDbSql.of(DuckDbText.literal(type, null), type);
    }
    if (type.kind() == Type.Kind.ARRAY) {
      List<String> elements = new ArrayList<>();
      for (ValueProto element : value.getArrayValue().getElementList()) {
        elements.add(literal(type.elementType(), element, span).as(type.elementType()).sql());
      }
      return required(
          "[" + String.join(", ", elements) + "]::" + DuckDbText.type(type), type, type);
    }
    if (type.kind() == Type.Kind.RECORD) {
      List<DuckDbSql> fields = new ArrayList<>();
      Schema schema = type.recordFields();
      for (int i = 0; i < schema.size(); i++) {
        fields.add(literal(schema.type(i), value.getStructValue().getField(i), span));
      }
      return struct(type, fields);
    }
    java.io.Serializable plain = ValueProtos.read(type, value);
    Type exact = plain instanceof java.math.BigDecimal decimal ? exact(decimal) : type;
    return required(DuckDbText.literal(exact, plain), exact, type);
  }

  /** The smallest decimal type that holds a number. */
  private static Type exact(java.math.BigDecimal number) {
    java.math.BigDecimal stripped = number.stripTrailingZeros();
    int scale = Math.max(0, stripped.scale());
    int integers = Math.max(0, stripped.precision() - stripped.scale());
    if (scale + integers > Type.NUMERIC_DIGITS) {
      return Type.BIGNUMERIC;
    }
    return Type.numeric(Math.max(1, scale + integers), scale);
  }

  private static DuckDbSql required(String sql, Type type, Type declared) {
    return new DuckDbSql(sql, type, declared, false);
  }

  private DuckDbSql struct(ResolvedMakeStructProto struct) throws BindException {
    return struct(type(struct.getParent()), translate(struct.getFieldListList()));
  }

  private static DuckDbSql struct(Type type, List<DuckDbSql> values) {
    Schema fields = type.recordFields();
    StringBuilder sql = new StringBuilder("{");
    List<Column> physical = new ArrayList<>();
    List<Column> declared = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.column(i).name();
      sql.append(i == 0 ? "" : ", ").append(DuckDbText.text(name)).append(": ");
      sql.append(values.get(i).sql());
      physical.add(Column.nullable(name, values.get(i).type()));
      declared.add(Column.nullable(name, values.get(i).declared()));
    }
    return required(
        sql.append('}').toString(),
        Type.record(Schema.of(physical)),
        Type.record(Schema.of(declared)));
  }

  private DuckDbSql field(ResolvedGetStructFieldProto field) throws BindException {
    DuckDbSql struct = translate(field.getExpr());
    int position = Math.toIntExact(field.getFieldIdx());
    Column column = struct.type().recordFields().column(position);
    return DuckDbSql.of(
        "struct_extract(" + struct.sql() + ", " + DuckDbText.text(column.name()) + ")",
        column.type(),
        struct.declared().recordFields().type(position));
  }

  private DuckDbSql call(ResolvedFunctionCallBaseProto proto) throws BindException {
    Node.Span span = span(proto.getParent());
    String name = TreeReader.name(proto);
    if (TreeReader.NOT_REPEATABLE.contains(name)) {
      throw new BindException(
          Code.TR230,
          span,
          "function " + name.toUpperCase(Locale.ROOT) + " gives another value in each run",
          "make the value from columns, such as TO_HEX(SHA256(key))");
    }
    if (proto.getGenericArgumentListCount() > 0) {
      throw BindException.unsupported(span, "function " + name.toUpperCase(Locale.ROOT));
    }
    if (name.startsWith("current_")) {
      List<Node> zone = new ArrayList<>();
      for (AnyResolvedExprProto argument : proto.getArgumentListList()) {
        zone.add(reader.read(argument));
      }
      Node.Literal now = (Node.Literal) reader.current(name, zone, span);
      return required(DuckDbText.literal(now.type(), now.value()), now.type(), now.type());
    }
    boolean safe = proto.getErrorMode() == ErrorMode.SAFE_ERROR_MODE || Functions.isSafe(name);
    FunctionCall call = new FunctionCall(this, proto, name, span);
    NativeFunctions.Translation translation = safe ? null : NativeFunctions.find(name);
    DuckDbSql translated = translation == null ? null : translation.translate(call);
    return translated == null ? call.byClosure() : translated;
  }

  private DuckDbSql cast(ResolvedCastProto cast) throws BindException {
    Node.Span span = span(cast.getParent());
    if (cast.hasFormat() || cast.hasTimeZone() || cast.hasExtendedCast()) {
      throw BindException.unsupported(span, "CAST with FORMAT");
    }
    Type target = type(cast.getParent());
    TypeParametersProto parameters = cast.getTypeModifiers().getTypeParameters();
    if (parameters.hasNumericTypeParameters()) {
      target = TreeReader.parameterized(target, parameters.getNumericTypeParameters());
    } else if (parameters.hasStringTypeParameters() || parameters.getChildListCount() > 0) {
      throw BindException.unsupported(span, "a length limit of " + target);
    }
    DuckDbSql from = translate(cast.getExpr());
    boolean safe = cast.getReturnNullOnError();
    DuckDbSql translated = NativeCasts.cast(from, target, safe, span);
    return translated == null ? castByClosure(from, target, safe, span) : translated;
  }

  private DuckDbSql castByClosure(DuckDbSql from, Type target, boolean safe, Node.Span span)
      throws BindException {
    ClosureCalls.Arguments arguments = new ClosureCalls.Arguments().passed(from, span);
    Node body = new Node.Cast(arguments.nodes().get(0), target, safe, span);
    String verb = "to_" + target.kind().name().toLowerCase(Locale.ROOT);
    return closures.call(verb, body, arguments, target);
  }

  TreeReader reader() {
    return reader;
  }

  ClosureCalls closures() {
    return closures;
  }

  /** A division of decimals as NUMERIC has it: exact to nine digits, rounded half up. */
  DuckDbSql divide(DuckDbSql dividend, DuckDbSql divisor, Type type, Node.Span span)
      throws BindException {
    ClosureCalls.Arguments arguments =
        new ClosureCalls.Arguments().passed(dividend, span).passed(divisor, span);
    Node body = new Node.Call("$divide", type, arguments.nodes(), false, span);
    return closures.call("divide", body, arguments, type);
  }
}
