package io.tributary.sql;

import com.google.zetasql.AnyResolvedExprProto;
import com.google.zetasql.AnyResolvedNonScalarFunctionCallBaseProto;
import com.google.zetasql.ResolvedAggregateFunctionCallProto;
import com.google.zetasql.ResolvedAnalyticFunctionCallProto;
import com.google.zetasql.ResolvedFunctionCallBaseProto;
import com.google.zetasql.ResolvedNonScalarFunctionCallBaseProto;
import com.google.zetasql.resolvedast.ResolvedAggregateHavingModifierEnums.HavingModifierKind;
import com.google.zetasql.resolvedast.ResolvedNonScalarFunctionCallBaseEnums.NullHandlingModifier;
import io.tributary.row.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns calls of aggregate and window functions into DuckDB's SQL. */
final class AggregateTranslation {
  /** Functions of one argument, or two, whose values are DuckDB's doubles. */
  private static final Map<String, String> STATISTICS =
      Map.ofEntries(
          Map.entry("stddev", "stddev_samp"),
          Map.entry("stddev_samp", "stddev_samp"),
          Map.entry("stddev_pop", "stddev_pop"),
          Map.entry("variance", "var_samp"),
          Map.entry("var_samp", "var_samp"),
          Map.entry("var_pop", "var_pop"),
          Map.entry("corr", "corr"),
          Map.entry("covar_pop", "covar_pop"),
          Map.entry("covar_samp", "covar_samp"));

  private static final Map<String, String> OF_ITS_ARGUMENT =
      Map.of(
          "min", "min",
          "max", "max",
          "logical_and", "bool_and",
          "logical_or", "bool_or",
          "bit_and", "bit_and",
          "bit_or", "bit_or",
          "bit_xor", "bit_xor");

  private static final Map<String, String> RANKS =
      Map.of(
          "row_number", "row_number",
          "rank", "rank",
          "dense_rank", "dense_rank",
          "percent_rank", "percent_rank",
          "cume_dist", "cume_dist",
          "ntile", "ntile");

  private final ExpressionTranslation expressions;

  AggregateTranslation(ExpressionTranslation expressions) {
    this.expressions = expressions;
  }

  /** The parts of a call, all but what is common to the functions. */
  private final class Call {
    private final ResolvedFunctionCallBaseProto proto;
    private final ResolvedNonScalarFunctionCallBaseProto modifiers;
    private final String name;
    private final Type type;
    private final Node.Span span;
    private final String over;
    private final @Nullable ResolvedAggregateFunctionCallProto aggregate;

    Call(
        ResolvedNonScalarFunctionCallBaseProto modifiers,
        @Nullable ResolvedAggregateFunctionCallProto aggregate,
        String over)
        throws BindException {
      this.proto = modifiers.getParent();
      this.modifiers = modifiers;
      this.name = TreeReader.name(proto);
      this.span = expressions.span(proto.getParent());
      this.type = expressions.type(proto.getParent());
      this.over = over;
      this.aggregate = aggregate;
      if (modifiers.hasWithGroupRowsSubquery()
          || aggregate != null && aggregate.getGroupByListCount() > 0) {
        throw BindException.unsupported(span, "a grouping inside an aggregate function");
      }
    }

    int size() {
      return proto.getArgumentListCount();
    }

    DuckDbSql argument(int index) throws BindException {
      return expressions.translate(proto.getArgumentList(index));
    }

    BindException unsupported() {
      return BindException.unsupported(span, Binder.describe(name));
    }

    /** The filter that WHERE, or IGNORE NULLS of an array, makes. */
    private String filter(String condition) throws BindException {
      String where =
          modifiers.hasWhereExpr() ? expressions.translate(modifiers.getWhereExpr()).sql() : "";
      if (where.isEmpty() && condition.isEmpty()) {
        return "";
      }
      String both =
          where.isEmpty() || condition.isEmpty() ? where + condition : where + " AND " + condition;
      return " FILTER (WHERE " + both + ")";
    }

    String sql(String function, String arguments) throws BindException {
      return sql(function, arguments, "");
    }

    /** The call with all that stands around its arguments. */
    String sql(String function, String arguments, String condition) throws BindException {
      StringBuilder sql = new StringBuilder(function).append('(');
      sql.append(modifiers.getDistinct() ? "DISTINCT " : "").append(arguments);
      if (aggregate != null && aggregate.getOrderByItemListCount() > 0) {
        sql.append(" ORDER BY ")
            .append(OrderTranslation.items(expressions, aggregate.getOrderByItemListList()));
      }
      return sql.append(')').append(filter(condition)).append(over).toString();
    }

    boolean ignoresNulls() {
      return modifiers.getNullHandlingModifier() == NullHandlingModifier.IGNORE_NULLS;
    }
  }

  DuckDbSql aggregate(AnyResolvedExprProto expression) throws BindException {
    AnyResolvedNonScalarFunctionCallBaseProto call =
        expression.getResolvedFunctionCallBaseNode().getResolvedNonScalarFunctionCallBaseNode();
    ResolvedAggregateFunctionCallProto aggregate = call.getResolvedAggregateFunctionCallNode();
    return translate(new Call(aggregate.getParent(), aggregate, ""));
  }

  /**
   * @param over the window as {@code OVER (…)} without its frame and closing parenthesis
   */
  DuckDbSql analytic(ResolvedAnalyticFunctionCallProto call, String over) throws BindException {
    String frame =
        call.hasWindowFrame() ? OrderTranslation.frame(expressions, call.getWindowFrame()) : "";
    return translate(new Call(call.getParent(), null, over + frame + ")"));
  }

  private DuckDbSql translate(Call call) throws BindException {
    if (STATISTICS.containsKey(call.name)) {
      return statistic(call, STATISTICS.get(call.name));
    }
    if (OF_ITS_ARGUMENT.containsKey(call.name)) {
      return extreme(call, OF_ITS_ARGUMENT.get(call.name));
    }
    if (RANKS.containsKey(call.name)) {
      String argument = call.size() > 0 ? call.argument(0).sql() : "";
      return required(call.sql(RANKS.get(call.name), argument), call.type);
    }
    return switch (call.name) {
      case "$count_star" -> required(call.sql("count", "*"), call.type);
      case "count" -> required(call.sql("count", call.argument(0).sql()), call.type);
      case "approx_count_distinct" ->
          required(call.sql("count", "DISTINCT " + call.argument(0).sql()), call.type);
      case "countif" -> countIf(call);
      case "sum" -> sum(call);
      case "avg" -> average(call);
      case "any_value" -> anyValue(call);
      case "max_by" -> by(call, "arg_max_null");
      case "min_by" -> by(call, "arg_min_null");
      case "array_agg" -> array(call);
      case "array_concat_agg" -> arrays(call);
      case "string_agg" -> text(call);
      case "first_value", "last_value", "nth_value", "lead", "lag" -> other(call);
      case "percentile_cont" -> percentile(call);
      default -> throw call.unsupported();
    };
  }

  private static DuckDbSql required(String sql, Type type) {
    return new DuckDbSql(sql, type, type, false);
  }

  private static DuckDbSql statistic(Call call, String function) throws BindException {
    StringBuilder arguments = new StringBuilder();
    for (int i = 0; i < call.size(); i++) {
      arguments.append(i == 0 ? "" : ", ").append(call.argument(i).sql());
    }
    return DuckDbSql.of(call.sql(function, arguments.toString()), call.type);
  }

  private static DuckDbSql extreme(Call call, String function) throws BindException {
    DuckDbSql argument = call.argument(0);
    requireComputable(call, argument);
    return DuckDbSql.of(call.sql(function, argument.sql()), argument.type(), argument.declared());
  }

  private static void requireComputable(Call call, DuckDbSql argument) throws BindException {
    if (argument.type().kind() == Type.Kind.BIGNUMERIC) {
      throw BindException.unsupported(
          call.span, Binder.describe(call.name) + " of " + Type.Kind.BIGNUMERIC);
    }
  }

  private static DuckDbSql countIf(Call call) throws BindException {
    String condition = call.argument(0).sql();
    return call.modifiers.getDistinct()
        ? required(call.sql("count", condition, condition), call.type)
        : required(call.sql("count", "*", condition), call.type);
  }

  /** DuckDB sums integers beyond INT64: the conversion makes an error of it. */
  private static DuckDbSql sum(Call call) throws BindException {
    DuckDbSql argument = call.argument(0);
    String sum = call.sql("sum", argument.sql());
    if (argument.type().kind() == Type.Kind.INT64) {
      return DuckDbSql.of("CAST(" + sum + " AS BIGINT)", call.type);
    }
    if (argument.isDecimal()) {
      Type type = Type.numeric(Type.NUMERIC_DIGITS, argument.type().scale());
      return DuckDbSql.of(sum, type, call.type).asNumeric();
    }
    requireComputable(call, argument);
    return DuckDbSql.of(sum, call.type);
  }

  /** DuckDB's own is a DOUBLE, also of decimals. */
  private DuckDbSql average(Call call) throws BindException {
    DuckDbSql argument = call.argument(0);
    requireComputable(call, argument);
    if (!argument.isDecimal()) {
      return DuckDbSql.of(call.sql("avg", argument.sql()), call.type);
    }
    DuckDbSql sum = sum(call);
    String count = call.sql("count", argument.sql());
    DuckDbSql rows = DuckDbSql.of(count, Type.INT64).as(Type.numeric(19, 0));
    return expressions.divide(sum, rows, call.type, call.span);
  }

  private DuckDbSql anyValue(Call call) throws BindException {
    DuckDbSql value = call.argument(0);
    if (call.aggregate != null && call.aggregate.hasHavingModifier()) {
      boolean max = call.aggregate.getHavingModifier().getKind() == HavingModifierKind.MAX;
      DuckDbSql by = expressions.translate(call.aggregate.getHavingModifier().getHavingExpr());
      return DuckDbSql.of(
          call.sql(max ? "arg_max_null" : "arg_min_null", value.sql() + ", " + by.sql()),
          value.type(),
          value.declared());
    }
    return DuckDbSql.of(call.sql("any_value", value.sql()), value.type(), value.declared());
  }

  private static DuckDbSql by(Call call, String function) throws BindException {
    DuckDbSql value = call.argument(0);
    return DuckDbSql.of(
        call.sql(function, value.sql() + ", " + call.argument(1).sql()),
        value.type(),
        value.declared());
  }

  private DuckDbSql array(Call call) throws BindException {
    DuckDbSql element = call.argument(0);
    String condition = call.ignoresNulls() ? element.sql() + " IS NOT NULL" : "";
    return DuckDbSql.of(
        limited(call, call.sql("list", element.sql(), condition)),
        Type.array(element.type()),
        Type.array(element.declared()));
  }

  private DuckDbSql arrays(Call call) throws BindException {
    DuckDbSql array = call.argument(0);
    return DuckDbSql.of(
        "flatten("
            + limited(call, call.sql("list", array.sql(), array.sql() + " IS NOT NULL"))
            + ")",
        array.type(),
        array.declared());
  }

  private String limited(Call call, String list) throws BindException {
    return call.aggregate != null && call.aggregate.hasLimit()
        ? list + "[1:" + expressions.translate(call.aggregate.getLimit()).sql() + "]"
        : list;
  }

  private DuckDbSql text(Call call) throws BindException {
    DuckDbSql element = call.argument(0);
    if (element.type().kind() != Type.Kind.STRING) {
      throw call.unsupported();
    }
    String separator = call.size() > 1 ? call.argument(1).sql() : "','";
    if (call.aggregate != null && call.aggregate.hasLimit()) {
      String list = call.sql("list", element.sql(), element.sql() + " IS NOT NULL");
      return DuckDbSql.of(
          "array_to_string(" + limited(call, list) + ", " + separator + ")", call.type);
    }
    return DuckDbSql.of(call.sql("string_agg", element.sql() + ", " + separator), call.type);
  }

  private static DuckDbSql other(Call call) throws BindException {
    DuckDbSql value = call.argument(0);
    if (call.size() < 3) {
      String rest = call.size() > 1 ? ", " + call.argument(1).sql() : "";
      return DuckDbSql.of(
          call.sql(call.name, value.sql() + rest + nulls(call)), value.type(), value.declared());
    }
    DuckDbSql fallback = call.argument(2);
    Type type = DuckDbSql.common(List.of(value, fallback), call.type);
    String arguments =
        value.as(type).sql() + ", " + call.argument(1).sql() + ", " + fallback.as(type).sql();
    return DuckDbSql.of(call.sql(call.name, arguments + nulls(call)), type, call.type);
  }

  private static String nulls(Call call) {
    return call.ignoresNulls() ? " IGNORE NULLS" : "";
  }

  private static DuckDbSql percentile(Call call) throws BindException {
    if (call.argument(0).type().kind() != Type.Kind.FLOAT64
        || call.modifiers.getNullHandlingModifier() == NullHandlingModifier.RESPECT_NULLS) {
      throw BindException.unsupported(
          call.span,
          call.name.toUpperCase(Locale.ROOT) + " of other values than FLOAT64 without NULLs");
    }
    return DuckDbSql.of(
        call.sql("quantile_cont", call.argument(0).sql() + ", " + call.argument(1).sql()),
        call.type);
  }
}
