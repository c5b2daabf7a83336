package io.tributary.sql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tributary.row.Type;
import io.tributary.spec.Code;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions of arrays in DuckDB's words; the closures have few of them. */
final class ArrayFunctions {
  private ArrayFunctions() {}

  static DuckDbSql made(FunctionCall call) throws BindException {
    Type type = call.type();
    if (call.size() == 0) {
      return DuckDbSql.of("[]::" + DuckDbText.type(type), type);
    }
    List<DuckDbSql> elements = call.arguments();
    Type element = DuckDbSql.common(elements, type.elementType());
    return new DuckDbSql(
        elements.stream()
            .map(one -> one.as(element).sql())
            .collect(Collectors.joining(", ", "[", "]")),
        Type.array(element),
        type,
        false);
  }

  static DuckDbSql length(FunctionCall call) throws BindException {
    return DuckDbSql.of("CAST(len(" + call.argument(0).sql() + ") AS BIGINT)", call.type());
  }

  /** DuckDB's operator gives NULL when an operand is; its function leaves it out. */
  static DuckDbSql concatenated(FunctionCall call) throws BindException {
    List<DuckDbSql> all = call.arguments();
    Type type = DuckDbSql.common(all, call.type());
    return DuckDbSql.of(
        all.stream().map(one -> one.as(type).sql()).collect(Collectors.joining(" || ", "(", ")")),
        type,
        call.type());
  }

  static DuckDbSql reversed(FunctionCall call) throws BindException {
    DuckDbSql array = call.argument(0);
    return array.withSql("list_reverse(" + array.sql() + ")");
  }

  /** NULL elements are left out, or written as the third argument says. */
  static @Nullable DuckDbSql joined(FunctionCall call) throws BindException {
    DuckDbSql array = call.argument(0);
    if (array.type().elementType().kind() != Type.Kind.STRING) {
      return null;
    }
    String elements =
        call.size() < 3
            ? array.sql()
            : "list_transform("
                + array.sql()
                + ", lambda element: coalesce(element, "
                + call.argument(2).sql()
                + "))";
    // DuckDB has NULL for an array without elements
    return DuckDbSql.of(
        "CASE WHEN "
            + array.sql()
            + " IS NOT NULL THEN coalesce(array_to_string("
            + elements
            + ", "
            + call.argument(1).sql()
            + "), '') END",
        call.type());
  }

  /**
   * @param first the position of the first element
   */
  static DuckDbSql element(FunctionCall call, int first, boolean safe) throws BindException {
    DuckDbSql array = call.argument(0);
    String index = call.argument(1).sql();
    String position = first == 0 ? "(" + index + " + 1)" : index;
    String element = array.sql() + "[" + position + "]";
    String outside = position + " NOT BETWEEN 1 AND len(" + array.sql() + ")";
    String beyond =
        safe ? "NULL" : "error('the array has no element at position ' || " + index + ")";
    return DuckDbSql.of(
        "CASE WHEN " + outside + " THEN " + beyond + " ELSE " + element + " END",
        array.type().elementType(),
        call.type());
  }

  static @Nullable DuckDbSql series(FunctionCall call) throws BindException {
    if (call.type().elementType().kind() != Type.Kind.INT64) {
      throw BindException.unsupported(
          call.span(), "function GENERATE_ARRAY of " + call.type().elementType());
    }
    String step = call.size() > 2 ? call.argument(2).sql() : "1";
    return DuckDbSql.of(
        "generate_series("
            + call.argument(0).sql()
            + ", "
            + call.argument(1).sql()
            + ", "
            + step
            + ")",
        call.type());
  }

  /** Each date is reckoned from the first one: 31 January, 29 February, 31 March. */
  static DuckDbSql dates(FunctionCall call) throws BindException {
    String first = call.argument(0).sql();
    String last = call.argument(1).sql();
    String step = call.size() > 2 ? call.argument(2).sql() : "1";
    DatePart part = call.size() > 3 ? call.part(3) : DatePart.DAY;
    String unit =
        switch (part) {
          case DAY -> "day";
          case WEEK -> "week";
          case MONTH -> "month";
          case QUARTER -> "quarter";
          case YEAR -> "year";
          default -> throw BindException.unsupported(call.span(), "a step of " + part);
        };
    String steps =
        "generate_series(0, date_diff('" + unit + "', " + first + ", " + last + "), " + step + ")";
    String date = "CAST(" + first + " + to_" + unit + "s(CAST(n AS INTEGER)) AS DATE)";
    return DuckDbSql.of(
        "list_filter(list_transform("
            + steps
            + ", lambda n: "
            + date
            + "), lambda d: CASE WHEN "
            + step
            + " > 0 THEN d <= "
            + last
            + " ELSE d >= "
            + last
            + " END)",
        call.type());
  }

  static DuckDbSql split(FunctionCall call) throws BindException {
    if (call.argument(0).type().kind() != Type.Kind.STRING) {
      throw BindException.unsupported(call.span(), "function SPLIT of BYTES");
    }
    String delimiter = call.size() > 1 ? call.argument(1).sql() : "','";
    return DuckDbSql.of(
        "string_split(" + call.argument(0).sql() + ", " + delimiter + ")", call.type());
  }

  static DuckDbSql matches(FunctionCall call) throws BindException {
    String regexp = call.constantText(1);
    if (regexp == null || call.argument(0).type().kind() != Type.Kind.STRING) {
      throw BindException.unsupported(
          call.span(), "REGEXP_EXTRACT_ALL of BYTES or by an expression that is no constant");
    }
    int group;
    try {
      group = Pattern.compile(regexp).groupCount();
    } catch (PatternSyntaxException e) {
      throw new BindException(
          Code.TR202, call.span(), "wrong regular expression: " + e.getDescription(), null);
    }
    return DuckDbSql.of(
        "regexp_extract_all("
            + call.argument(0).sql()
            + ", "
            + call.argument(1).sql()
            + ", "
            + Math.min(group, 1)
            + ")",
        call.type());
  }

  /** TRUE when it is there, else NULL when an element is NULL, else FALSE. */
  static @Nullable DuckDbSql contains(FunctionCall call) throws BindException {
    DuckDbSql value = call.argument(0);
    DuckDbSql array = call.argument(1);
    if (!NativeFunctions.isComparable(value)) {
      return null;
    }
    return DuckDbSql.of(
        "CASE WHEN coalesce(len("
            + array.sql()
            + "), 0) = 0 THEN false WHEN list_contains("
            + array.sql()
            + ", "
            + value.sql()
            + ") THEN true WHEN "
            + value.sql()
            + " IS NOT NULL AND list_count("
            + array.sql()
            + ") = len("
            + array.sql()
            + ") THEN false END",
        call.type());
  }
}
