package io.tributary.sql;

import com.google.zetasql.AnyResolvedComputedColumnBaseProto;
import com.google.zetasql.AnyResolvedScanProto;
import com.google.zetasql.ResolvedAnalyticFunctionGroupProto;
import com.google.zetasql.ResolvedAnalyticScanProto;
import com.google.zetasql.ResolvedArrayScanProto;
import com.google.zetasql.ResolvedColumnProto;
import com.google.zetasql.ResolvedComputedColumnProto;
import com.google.zetasql.ResolvedFilterScanProto;
import com.google.zetasql.ResolvedJoinScanProto;
import com.google.zetasql.ResolvedLimitOffsetScanProto;
import com.google.zetasql.ResolvedOrderByScanProto;
import com.google.zetasql.ResolvedOutputColumnProto;
import com.google.zetasql.ResolvedProjectScanProto;
import com.google.zetasql.ResolvedQueryStmtProto;
import com.google.zetasql.ResolvedScanProto;
import com.google.zetasql.ResolvedSetOperationItemProto;
import com.google.zetasql.ResolvedSetOperationScanProto;
import com.google.zetasql.ResolvedSubqueryExprProto;
import com.google.zetasql.ResolvedTableScanProto;
import com.google.zetasql.ResolvedWithScanProto;
import com.google.zetasql.resolvedast.ResolvedJoinScanEnums.JoinType;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns an analysed query into DuckDB's SQL, one SELECT for each step of the analyzer's tree. Made
 * from the tree and not from the words: every star, alias, USING and implied conversion is resolved
 * there, so that nothing is left to what DuckDB would make of it. Columns are named {@code
 * "name.number"}, by the analyzer's numbers, which no two share.
 */
final class QueryTranslation {
  private final Map<String, Schema> tables;
  private final ParseLocations locations;
  private final ExpressionTranslation expressions;
  private final AggregateTranslation aggregates;
  private final GroupTranslation groups;
  private final CommonTables commonTables;
  private final SubqueryTranslation subqueries;
  private final ClosureCalls closures;
  private final Set<String> read = new LinkedHashSet<>();

  QueryTranslation(
      Map<String, Schema> tables, TreeReader reader, ParseLocations locations, ZoneId zone) {
    this.tables = tables;
    this.locations = locations;
    this.closures = new ClosureCalls(zone);
    this.expressions = new ExpressionTranslation(reader, locations, closures, this::subquery);
    this.aggregates = new AggregateTranslation(expressions);
    this.groups = new GroupTranslation(this, expressions, aggregates, locations);
    this.commonTables = new CommonTables(this, expressions, locations);
    this.subqueries = new SubqueryTranslation(this, expressions);
  }

  /** The tables that the translated query reads, in the order of its text. */
  Set<String> tables() {
    return read;
  }

  /** The functions that a translated text calls. */
  List<SqlFunction> functions(String sql) {
    return closures.calledIn(sql);
  }

  /** A translated query: its text, and the columns of its result. */
  record Result(String sql, List<DuckDbSql> columns) {}

  Result translate(ResolvedQueryStmtProto query) throws BindException {
    return output(query.getQuery(), query.getOutputColumnListList());
  }

  /** The outermost SELECT: it has the names, the types, and the order that the author sees. */
  private Result output(AnyResolvedScanProto scan, List<ResolvedOutputColumnProto> output)
      throws BindException {
    if (scan.hasResolvedWithScanNode()) {
      ResolvedWithScanProto with = scan.getResolvedWithScanNode();
      String definitions = commonTables.definitions(with);
      Result result = output(with.getQuery(), output);
      return new Result(definitions + result.sql(), result.columns());
    }
    if (scan.hasResolvedProjectScanNode()
        && scan.getResolvedProjectScanNode().getExprListCount() == 0) {
      return output(scan.getResolvedProjectScanNode().getInputScan(), output);
    }
    Ordered ordered = ordered(scan);
    List<DuckDbSql> columns = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    for (ResolvedOutputColumnProto column : output) {
      DuckDbSql value = expressions.column(column.getColumn());
      columns.add(value);
      selected.add(
          "CAST("
              + value.sql()
              + " AS "
              + DuckDbText.type(value.declared())
              + ") AS "
              + DuckDbText.name(column.getName()));
    }
    return new Result(
        "SELECT " + String.join(", ", selected) + "\nFROM " + ordered.from() + ordered.order(),
        columns);
  }

  /** A scan as what stands in FROM, and ORDER BY and LIMIT, which must stand outermost. */
  record Ordered(String from, String order) {}

  Ordered ordered(AnyResolvedScanProto scan) throws BindException {
    if (scan.hasResolvedLimitOffsetScanNode()) {
      ResolvedLimitOffsetScanProto limit = scan.getResolvedLimitOffsetScanNode();
      Ordered input = ordered(limit.getInputScan());
      if (input.order().contains("\nLIMIT ")) {
        input = new Ordered(inner("SELECT *\nFROM " + input.from() + input.order()), "");
      }
      return new Ordered(input.from(), input.order() + limit(limit));
    }
    if (scan.hasResolvedOrderByScanNode()) {
      ResolvedOrderByScanProto order = scan.getResolvedOrderByScanNode();
      String from = from(order.getInputScan());
      return new Ordered(
          from,
          "\nORDER BY " + OrderTranslation.items(expressions, order.getOrderByItemListList()));
    }
    return new Ordered(from(scan), "");
  }

  private String limit(ResolvedLimitOffsetScanProto scan) throws BindException {
    String limit = "\nLIMIT " + expressions.translate(scan.getLimit()).sql();
    return scan.hasOffset()
        ? limit + " OFFSET " + expressions.translate(scan.getOffset()).sql()
        : limit;
  }

  static String inner(String select) {
    return "(\n" + select.indent(2) + ")";
  }

  /** The scan as what stands in FROM. */
  String from(AnyResolvedScanProto scan) throws BindException {
    return scan.hasResolvedSingleRowScanNode() ? "(SELECT 1)" : inner(select(scan));
  }

  /** The scan as a SELECT with a column for each of the scan's. */
  String select(AnyResolvedScanProto scan) throws BindException {
    return switch (scan.getNodeCase()) {
      case RESOLVED_SINGLE_ROW_SCAN_NODE -> "SELECT 1";
      case RESOLVED_TABLE_SCAN_NODE -> table(scan.getResolvedTableScanNode());
      case RESOLVED_FILTER_SCAN_NODE -> filter(scan.getResolvedFilterScanNode());
      case RESOLVED_PROJECT_SCAN_NODE -> project(scan.getResolvedProjectScanNode());
      case RESOLVED_JOIN_SCAN_NODE -> join(scan.getResolvedJoinScanNode());
      case RESOLVED_ARRAY_SCAN_NODE -> array(scan.getResolvedArrayScanNode());
      case RESOLVED_AGGREGATE_SCAN_BASE_NODE -> {
        if (!scan.getResolvedAggregateScanBaseNode().hasResolvedAggregateScanNode()) {
          throw BindException.unsupported(locations.near(scan), "this kind of aggregation");
        }
        yield groups.translate(
            scan.getResolvedAggregateScanBaseNode().getResolvedAggregateScanNode().getParent());
      }
      case RESOLVED_ANALYTIC_SCAN_NODE -> analytic(scan.getResolvedAnalyticScanNode());
      case RESOLVED_ORDER_BY_SCAN_NODE, RESOLVED_LIMIT_OFFSET_SCAN_NODE -> {
        Ordered ordered = ordered(scan);
        yield "SELECT *\nFROM " + ordered.from() + ordered.order();
      }
      case RESOLVED_SET_OPERATION_SCAN_NODE -> combined(scan.getResolvedSetOperationScanNode());
      case RESOLVED_WITH_SCAN_NODE -> {
        ResolvedWithScanProto with = scan.getResolvedWithScanNode();
        yield commonTables.definitions(with) + select(with.getQuery());
      }
      case RESOLVED_WITH_REF_SCAN_NODE ->
          commonTables.reference(
              scan.getResolvedWithRefScanNode().getParent(),
              scan.getResolvedWithRefScanNode().getWithQueryName());
      case RESOLVED_RECURSIVE_REF_SCAN_NODE ->
          commonTables.recursion(scan.getResolvedRecursiveRefScanNode().getParent());
      default -> // the analyzer's enum is not closed
          throw BindException.unsupported(
              locations.near(scan),
              scan.getNodeCase()
                  .name()
                  .replaceAll("^RESOLVED_|_?SCAN_NODE$|_NODE$", "")
                  .replace("SAMPLE", "TABLESAMPLE")
                  .replace('_', ' '));
    };
  }

  private String selected(List<ResolvedColumnProto> columns) {
    List<String> names = new ArrayList<>();
    for (ResolvedColumnProto column : columns) {
      String name = expressions.column(column).sql();
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names.isEmpty() ? "SELECT 1" : "SELECT " + String.join(", ", names);
  }

  private String table(ResolvedTableScanProto scan) {
    String name = scan.getTable().getName();
    Schema schema = tables.get(name);
    if (schema == null) {
      throw new IllegalStateException("no table " + name);
    }
    read.add(name);
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < scan.getParent().getColumnListCount(); i++) {
      ResolvedColumnProto proto = scan.getParent().getColumnList(i);
      Column column = schema.column(Math.toIntExact(scan.getColumnIndexList(i)));
      DuckDbSql value =
          new DuckDbSql(
              DuckDbText.name(column.name()), column.type(), column.type(), column.nullable());
      columns.add(value.sql() + " AS " + expressions.define(proto, value).sql());
    }
    return "SELECT "
        + (columns.isEmpty() ? "1" : String.join(", ", columns))
        + " FROM "
        + DuckDbText.name(name);
  }

  private String filter(ResolvedFilterScanProto scan) throws BindException {
    String from = from(scan.getInputScan());
    return selected(scan.getParent().getColumnListList())
        + "\nFROM "
        + from
        + "\nWHERE "
        + expressions.translate(scan.getFilterExpr()).sql();
  }

  private String project(ResolvedProjectScanProto scan) throws BindException {
    String from = from(scan.getInputScan());
    Map<Long, DuckDbSql> computed = new HashMap<>();
    for (ResolvedComputedColumnProto column : scan.getExprListList()) {
      computed.put(column.getColumn().getColumnId(), expressions.translate(column.getExpr()));
    }
    Set<String> columns = new LinkedHashSet<>();
    for (ResolvedColumnProto column : scan.getParent().getColumnListList()) {
      DuckDbSql value = computed.get(column.getColumnId());
      columns.add(
          value == null
              ? expressions.column(column).sql()
              : value.sql() + " AS " + expressions.define(column, value).sql());
    }
    return "SELECT " + (columns.isEmpty() ? "1" : String.join(", ", columns)) + "\nFROM " + from;
  }

  private String join(ResolvedJoinScanProto scan) throws BindException {
    String left = from(scan.getLeftScan());
    String right = from(scan.getRightScan());
    String condition =
        scan.hasJoinExpr() ? " ON " + expressions.translate(scan.getJoinExpr()).sql() : "";
    if (scan.getJoinType() == JoinType.RIGHT || scan.getJoinType() == JoinType.FULL) {
      makeNullable(scan.getLeftScan());
    }
    if (scan.getJoinType() == JoinType.LEFT || scan.getJoinType() == JoinType.FULL) {
      makeNullable(scan.getRightScan());
    }
    String type =
        switch (scan.getJoinType()) {
          case INNER -> condition.isEmpty() ? "CROSS JOIN " : "JOIN ";
          case LEFT -> "LEFT JOIN ";
          case RIGHT -> "RIGHT JOIN ";
          case FULL -> "FULL JOIN ";
        };
    return selected(scan.getParent().getColumnListList())
        + "\nFROM "
        + left
        + "\n"
        + type
        + right
        + condition;
  }

  private void makeNullable(AnyResolvedScanProto scan) {
    base(scan).getColumnListList().forEach(expressions::makeNullable);
  }

  /** The elements of an array, beside each row of the input. */
  private String array(ResolvedArrayScanProto scan) throws BindException {
    if (scan.getArrayExprListCount() > 1) {
      throw BindException.unsupported(locations.near(scan), "UNNEST of several arrays");
    }
    boolean alone = !scan.hasInputScan() || scan.getInputScan().hasResolvedSingleRowScanNode();
    String input = alone ? "" : from(scan.getInputScan());
    DuckDbSql array = expressions.translate(scan.getArrayExprList(0));
    DuckDbSql element =
        DuckDbSql.of("", array.type().elementType(), array.declared().elementType());
    String elements =
        "SELECT unnest("
            + array.sql()
            + ") AS "
            + expressions.define(scan.getElementColumnList(0), element).sql();
    if (scan.hasArrayOffsetColumn()) {
      DuckDbSql offset = new DuckDbSql("", Type.INT64, Type.INT64, scan.getIsOuter());
      elements +=
          ", unnest(range(len("
              + array.sql()
              + "))) AS "
              + expressions.define(scan.getArrayOffsetColumn().getColumn(), offset).sql();
    }
    String selected = selected(scan.getParent().getColumnListList()) + "\nFROM ";
    String condition =
        scan.hasJoinExpr() ? expressions.translate(scan.getJoinExpr()).sql() : "true";
    if (alone) {
      return selected + inner(elements) + (scan.hasJoinExpr() ? "\nWHERE " + condition : "");
    }
    return selected
        + input
        + (scan.getIsOuter() ? "\nLEFT JOIN LATERAL " : "\nJOIN LATERAL ")
        + inner(elements)
        + " ON "
        + condition;
  }

  ResolvedComputedColumnProto computed(AnyResolvedComputedColumnBaseProto column)
      throws BindException {
    if (!column.getResolvedComputedColumnImplNode().hasResolvedComputedColumnNode()) {
      throw BindException.unsupported(locations.near(column), "SAFE with an aggregate function");
    }
    return column.getResolvedComputedColumnImplNode().getResolvedComputedColumnNode();
  }

  private String analytic(ResolvedAnalyticScanProto scan) throws BindException {
    String from = from(scan.getInputScan());
    Map<Long, String> computed = new HashMap<>();
    for (ResolvedAnalyticFunctionGroupProto group : scan.getFunctionGroupListList()) {
      String window =
          OrderTranslation.window(expressions, group.getPartitionBy(), group.getOrderBy());
      for (AnyResolvedComputedColumnBaseProto function : group.getAnalyticFunctionListList()) {
        ResolvedComputedColumnProto column = computed(function);
        DuckDbSql value =
            aggregates.analytic(
                column
                    .getExpr()
                    .getResolvedFunctionCallBaseNode()
                    .getResolvedNonScalarFunctionCallBaseNode()
                    .getResolvedAnalyticFunctionCallNode(),
                window);
        computed.put(
            column.getColumn().getColumnId(),
            value.sql() + " AS " + expressions.define(column.getColumn(), value).sql());
      }
    }
    List<String> columns = new ArrayList<>();
    for (ResolvedColumnProto column : scan.getParent().getColumnListList()) {
      columns.add(computed.getOrDefault(column.getColumnId(), expressions.column(column).sql()));
    }
    return "SELECT " + String.join(", ", columns) + "\nFROM " + from;
  }

  private String combined(ResolvedSetOperationScanProto scan) throws BindException {
    List<String> inputs = new ArrayList<>();
    List<List<DuckDbSql>> values = new ArrayList<>();
    for (ResolvedSetOperationItemProto item : scan.getInputItemListList()) {
      inputs.add(from(item.getScan()));
      List<DuckDbSql> row = new ArrayList<>();
      for (ResolvedColumnProto column : item.getOutputColumnListList()) {
        row.add(expressions.column(column));
      }
      values.add(row);
    }
    List<StringBuilder> selects = new ArrayList<>();
    inputs.forEach(input -> selects.add(new StringBuilder("SELECT ")));
    for (int i = 0; i < scan.getParent().getColumnListCount(); i++) {
      ResolvedColumnProto column = scan.getParent().getColumnList(i);
      DuckDbSql named = expressions.define(column, merged(column, values, i));
      for (int j = 0; j < selects.size(); j++) {
        DuckDbSql value = values.get(j).get(i).as(named.type());
        selects.get(j).append(i == 0 ? "" : ", ");
        selects.get(j).append(value.sql()).append(" AS ").append(named.sql());
      }
    }
    List<String> parts = new ArrayList<>();
    for (int j = 0; j < selects.size(); j++) {
      parts.add("(" + selects.get(j) + "\nFROM " + inputs.get(j) + ")");
    }
    String operator = scan.getOpType().name().replace('_', ' ').replace(" DISTINCT", "");
    return String.join("\n" + operator + "\n", parts);
  }

  /** The column of a union. */
  private static DuckDbSql merged(
      ResolvedColumnProto column, List<List<DuckDbSql>> values, int index) throws BindException {
    List<DuckDbSql> all = values.stream().map(row -> row.get(index)).toList();
    Type analyzed = ExpressionTranslation.type(column.getType(), Node.Span.NONE);
    Type first = all.get(0).declared();
    boolean alike = all.stream().allMatch(value -> value.declared().equals(first));
    return new DuckDbSql(
        "",
        DuckDbSql.common(all, analyzed),
        alike ? first : analyzed,
        all.stream().anyMatch(DuckDbSql::nullable));
  }

  private DuckDbSql subquery(ResolvedSubqueryExprProto subquery) throws BindException {
    return subqueries.translate(subquery);
  }

  /** What all scans have in common. */
  static ResolvedScanProto base(AnyResolvedScanProto scan) {
    return switch (scan.getNodeCase()) {
      case RESOLVED_TABLE_SCAN_NODE -> scan.getResolvedTableScanNode().getParent();
      case RESOLVED_FILTER_SCAN_NODE -> scan.getResolvedFilterScanNode().getParent();
      case RESOLVED_PROJECT_SCAN_NODE -> scan.getResolvedProjectScanNode().getParent();
      case RESOLVED_JOIN_SCAN_NODE -> scan.getResolvedJoinScanNode().getParent();
      case RESOLVED_ARRAY_SCAN_NODE -> scan.getResolvedArrayScanNode().getParent();
      case RESOLVED_AGGREGATE_SCAN_BASE_NODE ->
          scan.getResolvedAggregateScanBaseNode()
              .getResolvedAggregateScanNode()
              .getParent()
              .getParent();
      case RESOLVED_ANALYTIC_SCAN_NODE -> scan.getResolvedAnalyticScanNode().getParent();
      case RESOLVED_ORDER_BY_SCAN_NODE -> scan.getResolvedOrderByScanNode().getParent();
      case RESOLVED_LIMIT_OFFSET_SCAN_NODE -> scan.getResolvedLimitOffsetScanNode().getParent();
      case RESOLVED_SET_OPERATION_SCAN_NODE -> scan.getResolvedSetOperationScanNode().getParent();
      case RESOLVED_WITH_SCAN_NODE -> scan.getResolvedWithScanNode().getParent();
      case RESOLVED_RECURSIVE_SCAN_NODE -> scan.getResolvedRecursiveScanNode().getParent();
      case RESOLVED_RECURSIVE_REF_SCAN_NODE -> scan.getResolvedRecursiveRefScanNode().getParent();
      case RESOLVED_WITH_REF_SCAN_NODE -> scan.getResolvedWithRefScanNode().getParent();
      case RESOLVED_SINGLE_ROW_SCAN_NODE -> scan.getResolvedSingleRowScanNode().getParent();
      default -> throw new IllegalStateException("scan " + scan.getNodeCase()); // refused before
    };
  }
}
