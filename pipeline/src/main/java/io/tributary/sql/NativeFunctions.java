package io.tributary.sql;

import static java.util.Map.entry;

import io.tributary.row.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The functions and operators that DuckDB computes exactly as BigQuery, in DuckDB's words. A
 * translation gives null where that depends on the arguments and these are others.
 */
final class NativeFunctions {
  /** Translates the calls of one function. */
  @FunctionalInterface
  interface Translation {
    @Nullable DuckDbSql translate(FunctionCall call) throws BindException;
  }

  private static final Map<String, Translation> ALL =
      Map.ofEntries(
          entry("$and", call -> joined(call, " AND ")),
          entry("$or", call -> joined(call, " OR ")),
          entry("$not", call -> formatted(call, "(NOT %s)")),
          entry("$is_null", call -> never(call, "(%s IS NULL)")),
          entry("$is_true", call -> never(call, "(%s IS TRUE)")),
          entry("$is_false", call -> never(call, "(%s IS FALSE)")),
          entry("$equal", call -> compared(call, "=")),
          entry("$not_equal", call -> compared(call, "<>")),
          entry("$less", call -> compared(call, "<")),
          entry("$less_or_equal", call -> compared(call, "<=")),
          entry("$greater", call -> compared(call, ">")),
          entry("$greater_or_equal", call -> compared(call, ">=")),
          entry("$between", call -> exact(call, "(%s BETWEEN %s AND %s)")),
          entry("$is_distinct_from", call -> exact(call, "(%s IS DISTINCT FROM %s)")),
          entry("$is_not_distinct_from", call -> exact(call, "(%s IS NOT DISTINCT FROM %s)")),
          entry("$in", NativeFunctions::in),
          entry("$in_array", ArrayFunctions::contains),
          entry("$add", call -> sum(call, "+")),
          entry("$subtract", call -> sum(call, "-")),
          entry("$multiply", NativeFunctions::product),
          entry("$unary_minus", NativeFunctions::negative),
          entry("if", NativeFunctions::choice),
          entry("ifnull", NativeFunctions::firstPresent),
          entry("coalesce", NativeFunctions::firstPresent),
          entry("nullif", NativeFunctions::nullIf),
          entry("$case_no_value", NativeFunctions::cases),
          entry("$case_with_value", NativeFunctions::casesOfValue),
          entry("concat", NativeFunctions::concatenated),
          entry("$concat_op", NativeFunctions::concatenated),
          entry("length", call -> ofText(call, "CAST(length(%s) AS BIGINT)")),
          entry("char_length", call -> ofText(call, "CAST(length(%s) AS BIGINT)")),
          entry("starts_with", call -> ofText(call, "starts_with(%s, %s)")),
          entry("ends_with", call -> ofText(call, "ends_with(%s, %s)")),
          entry("strpos", call -> ofText(call, "CAST(strpos(%s, %s) AS BIGINT)")),
          entry("$like", NativeFunctions::like),
          entry("$extract", NativeFunctions::extracted),
          entry("date_trunc", NativeFunctions::truncated),
          entry("date_diff", NativeFunctions::days),
          entry("regexp_extract_all", ArrayFunctions::matches),
          entry("$make_array", ArrayFunctions::made),
          entry("array_length", ArrayFunctions::length),
          entry("array_concat", ArrayFunctions::concatenated),
          entry("array_reverse", ArrayFunctions::reversed),
          entry("array_to_string", ArrayFunctions::joined),
          entry("$array_at_offset", call -> ArrayFunctions.element(call, 0, false)),
          entry("$array_at_ordinal", call -> ArrayFunctions.element(call, 1, false)),
          entry("$safe_array_at_offset", call -> ArrayFunctions.element(call, 0, true)),
          entry("$safe_array_at_ordinal", call -> ArrayFunctions.element(call, 1, true)),
          entry("generate_array", ArrayFunctions::series),
          entry("generate_date_array", ArrayFunctions::dates),
          entry("split", ArrayFunctions::split));

  private NativeFunctions() {}

  static @Nullable Translation find(String name) {
    return ALL.get(name);
  }

  private static String sql(FunctionCall call, String format) throws BindException {
    List<String> arguments = new ArrayList<>();
    for (DuckDbSql argument : call.arguments()) {
      arguments.add(argument.sql());
    }
    return format.formatted(arguments.toArray());
  }

  private static DuckDbSql formatted(FunctionCall call, String format) throws BindException {
    return DuckDbSql.of(sql(call, format), call.type());
  }

  private static DuckDbSql never(FunctionCall call, String format) throws BindException {
    return new DuckDbSql(sql(call, format), call.type(), call.type(), false);
  }

  private static DuckDbSql joined(FunctionCall call, String operator) throws BindException {
    return DuckDbSql.of(
        call.arguments().stream()
            .map(DuckDbSql::sql)
            .collect(Collectors.joining(operator, "(", ")")),
        call.type());
  }

  /**
   * Whether DuckDB orders and compares all values of a type as BigQuery: its doubles have a NaN
   * that equals itself, and a BIGNUMERIC is text there.
   */
  static boolean isComparable(DuckDbSql value) {
    Type type = value.type();
    return switch (type.kind()) {
      case FLOAT64, BIGNUMERIC, JSON, GEOGRAPHY, ARRAY -> false;
      case RECORD ->
          type.recordFields().columns().stream()
              .allMatch(field -> isComparable(DuckDbSql.of("", field.type())));
      case BOOL, INT64, NUMERIC, STRING, BYTES, DATE, TIME, DATETIME, TIMESTAMP -> true;
    };
  }

  private static boolean areComparable(FunctionCall call) throws BindException {
    for (DuckDbSql argument : call.arguments()) {
      if (!isComparable(argument)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable DuckDbSql exact(FunctionCall call, String format) throws BindException {
    return areComparable(call) ? formatted(call, format) : null;
  }

  private static @Nullable DuckDbSql compared(FunctionCall call, String operator)
      throws BindException {
    return areComparable(call) ? joined(call, " " + operator + " ") : null;
  }

  private static @Nullable DuckDbSql in(FunctionCall call) throws BindException {
    if (!areComparable(call)) {
      return null;
    }
    List<DuckDbSql> all = call.arguments();
    return DuckDbSql.of(
        all.stream()
            .skip(1)
            .map(DuckDbSql::sql)
            .collect(Collectors.joining(", ", "(" + all.get(0).sql() + " IN (", "))")),
        call.type());
  }

  private static @Nullable DuckDbSql sum(FunctionCall call, String operator) throws BindException {
    if (call.isInterval(0) || call.isInterval(1)) {
      return call.shifted(operator.equals("+") ? "add" : "sub", call.isInterval(0) ? 0 : 1);
    }
    Type type = call.type();
    if (type.kind() == Type.Kind.INT64) {
      return joined(call, " " + operator + " ");
    }
    DuckDbSql a = call.argument(0);
    DuckDbSql b = call.argument(1);
    if (type.kind() != Type.Kind.NUMERIC || !a.isDecimal() || !b.isDecimal()) {
      return null;
    }
    int scale = Math.max(a.type().scale(), b.type().scale());
    int integers =
        Math.max(a.type().precision() - a.type().scale(), b.type().precision() - b.type().scale());
    int precision = integers + scale + 1;
    return DuckDbSql.of(
            "(" + a.sql() + " " + operator + " " + b.sql() + ")",
            Type.numeric(Math.min(precision, Type.NUMERIC_DIGITS), scale),
            type)
        .asNumeric();
  }

  private static @Nullable DuckDbSql product(FunctionCall call) throws BindException {
    Type type = call.type();
    if (type.kind() == Type.Kind.INT64) {
      return joined(call, " * ");
    }
    DuckDbSql a = call.argument(0);
    DuckDbSql b = call.argument(1);
    int precision = a.type().precision() + b.type().precision();
    boolean fits =
        type.kind() == Type.Kind.NUMERIC
            && a.isDecimal()
            && b.isDecimal()
            && precision <= Type.NUMERIC_DIGITS;
    return fits
        ? DuckDbSql.of(
                "(" + a.sql() + " * " + b.sql() + ")",
                Type.numeric(precision, a.type().scale() + b.type().scale()),
                type)
            .asNumeric()
        : null;
  }

  private static @Nullable DuckDbSql negative(FunctionCall call) throws BindException {
    DuckDbSql a = call.argument(0);
    return a.type().kind() == Type.Kind.BIGNUMERIC
        ? null
        : new DuckDbSql("(- " + a.sql() + ")", a.type(), call.type(), a.nullable());
  }

  /** The same type for all, so that DuckDB does not choose one. */
  private static List<DuckDbSql> alike(List<DuckDbSql> values, Type declared) {
    Type type = DuckDbSql.common(values, declared);
    return values.stream().map(value -> value.as(type)).toList();
  }

  private static DuckDbSql choice(FunctionCall call) throws BindException {
    List<DuckDbSql> results = alike(List.of(call.argument(1), call.argument(2)), call.type());
    return DuckDbSql.of(
        "CASE WHEN "
            + call.argument(0).sql()
            + " THEN "
            + results.get(0).sql()
            + " ELSE "
            + results.get(1).sql()
            + " END",
        results.get(0).type(),
        call.type());
  }

  private static DuckDbSql firstPresent(FunctionCall call) throws BindException {
    List<DuckDbSql> values = alike(call.arguments(), call.type());
    return new DuckDbSql(
        values.stream().map(DuckDbSql::sql).collect(Collectors.joining(", ", "coalesce(", ")")),
        values.get(0).type(),
        call.type(),
        values.stream().allMatch(DuckDbSql::nullable));
  }

  private static @Nullable DuckDbSql nullIf(FunctionCall call) throws BindException {
    if (!areComparable(call)) {
      return null;
    }
    DuckDbSql value = call.argument(0);
    return DuckDbSql.of(
        "nullif(" + value.sql() + ", " + call.argument(1).sql() + ")", value.type(), call.type());
  }

  private static DuckDbSql cases(FunctionCall call) throws BindException {
    return cases(call, 0);
  }

  private static @Nullable DuckDbSql casesOfValue(FunctionCall call) throws BindException {
    for (int i = 0; i + 1 < call.size(); i += i == 0 ? 1 : 2) {
      if (!isComparable(call.argument(i))) {
        return null;
      }
    }
    return cases(call, 1);
  }

  /**
   * @param conditions the index of the first condition; before it stands the compared value
   */
  private static DuckDbSql cases(FunctionCall call, int conditions) throws BindException {
    List<DuckDbSql> all = call.arguments();
    List<DuckDbSql> results = new ArrayList<>();
    int last = all.size() - 1;
    boolean hasElse = (all.size() - conditions) % 2 == 1;
    for (int i = conditions + 1; i <= last; i += 2) {
      results.add(all.get(i));
    }
    if (hasElse) {
      results.add(all.get(last));
    }
    List<DuckDbSql> alike = alike(results, call.type());
    StringBuilder sql = new StringBuilder("CASE");
    if (conditions > 0) {
      sql.append(' ').append(all.get(0).sql());
    }
    int result = 0;
    for (int i = conditions; i + 1 <= last; i += 2) {
      sql.append(" WHEN ").append(all.get(i).sql());
      sql.append(" THEN ").append(alike.get(result++).sql());
    }
    if (hasElse) {
      sql.append(" ELSE ").append(alike.get(result).sql());
    }
    return DuckDbSql.of(sql.append(" END").toString(), alike.get(0).type(), call.type());
  }

  private static @Nullable DuckDbSql concatenated(FunctionCall call) throws BindException {
    Type type = call.type();
    if (type.kind() == Type.Kind.ARRAY) {
      return ArrayFunctions.concatenated(call);
    }
    return type.kind() == Type.Kind.STRING ? joined(call, " || ") : null;
  }

  private static @Nullable DuckDbSql ofText(FunctionCall call, String format) throws BindException {
    return call.argument(0).type().kind() == Type.Kind.STRING ? formatted(call, format) : null;
  }

  /** A pattern with a backslash escapes the next character; DuckDB's does not. */
  private static @Nullable DuckDbSql like(FunctionCall call) throws BindException {
    String pattern = call.constantText(1);
    return pattern != null && pattern.indexOf('\\') < 0 ? ofText(call, "(%s LIKE %s)") : null;
  }

  private static @Nullable DuckDbSql extracted(FunctionCall call) throws BindException {
    Type.Kind kind = call.argument(0).type().kind();
    if (kind != Type.Kind.DATE && kind != Type.Kind.DATETIME || call.size() > 2) {
      return null;
    }
    String function =
        switch (call.part(1)) {
          case YEAR -> "year";
          case QUARTER -> "quarter";
          case MONTH -> "month";
          case DAY -> "day";
          case DAYOFYEAR -> "dayofyear";
          case ISOWEEK -> "week";
          case ISOYEAR -> "isoyear";
          default -> null;
        };
    return function == null
        ? null
        : DuckDbSql.of(function + "(" + call.argument(0).sql() + ")", call.type());
  }

  private static @Nullable DuckDbSql truncated(FunctionCall call) throws BindException {
    if (call.argument(0).type().kind() != Type.Kind.DATE) {
      return null;
    }
    String unit =
        switch (call.part(1)) {
          case YEAR -> "year";
          case QUARTER -> "quarter";
          case MONTH -> "month";
          case ISOWEEK, WEEK_MONDAY -> "week";
          case DAY -> "day";
          default -> null;
        };
    return unit == null
        ? null
        : DuckDbSql.of(
            "CAST(date_trunc('" + unit + "', " + call.argument(0).sql() + ") AS DATE)",
            call.type());
  }

  private static @Nullable DuckDbSql days(FunctionCall call) throws BindException {
    boolean ofDates =
        call.argument(0).type().kind() == Type.Kind.DATE
            && call.argument(1).type().kind() == Type.Kind.DATE;
    return ofDates && call.part(2) == DatePart.DAY
        ? DuckDbSql.of(
            "(" + call.argument(0).sql() + " - " + call.argument(1).sql() + ")", call.type())
        : null;
  }
}
