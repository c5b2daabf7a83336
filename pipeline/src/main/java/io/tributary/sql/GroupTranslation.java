package io.tributary.sql;

import com.google.zetasql.AnyResolvedComputedColumnBaseProto;
import com.google.zetasql.AnyResolvedGroupingSetBaseProto;
import com.google.zetasql.ResolvedAggregateScanBaseProto;
import com.google.zetasql.ResolvedColumnRefProto;
import com.google.zetasql.ResolvedComputedColumnProto;
import com.google.zetasql.ResolvedGroupingCallProto;
import com.google.zetasql.ResolvedGroupingSetMultiColumnProto;
import io.tributary.row.Type;
import java.util.ArrayList;
import java.util.List;

/** Turns GROUP BY and the aggregates over its groups into DuckDB's SQL. */
final class GroupTranslation {
  private final QueryTranslation query;
  private final ExpressionTranslation expressions;
  private final AggregateTranslation aggregates;
  private final ParseLocations locations;

  GroupTranslation(
      QueryTranslation query,
      ExpressionTranslation expressions,
      AggregateTranslation aggregates,
      ParseLocations locations) {
    this.query = query;
    this.expressions = expressions;
    this.aggregates = aggregates;
    this.locations = locations;
  }

  /** The SELECT of an aggregation. */
  String translate(ResolvedAggregateScanBaseProto scan) throws BindException {
    String from = query.from(scan.getInputScan());
    List<String> columns = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    boolean sets = scan.getGroupingSetListCount() > 0;
    for (ResolvedComputedColumnProto key : scan.getGroupByListList()) {
      DuckDbSql value = expressions.translate(key.getExpr());
      requireGroupable(value, key);
      DuckDbSql named = expressions.define(key.getColumn(), value);
      columns.add(value.sql() + " AS " + named.sql());
      keys.add(named.sql());
    }
    if (sets) { // DuckDB takes names, not expressions, in several sets of keys
      from = QueryTranslation.inner("SELECT *, " + String.join(", ", columns) + "\nFROM " + from);
      columns = new ArrayList<>(keys);
      scan.getGroupByListList().forEach(key -> expressions.makeNullable(key.getColumn()));
    }
    for (AnyResolvedComputedColumnBaseProto aggregate : scan.getAggregateListList()) {
      ResolvedComputedColumnProto column = query.computed(aggregate);
      DuckDbSql value = aggregates.aggregate(column.getExpr());
      columns.add(value.sql() + " AS " + expressions.define(column.getColumn(), value).sql());
    }
    for (ResolvedGroupingCallProto call : scan.getGroupingCallListList()) {
      String key = expressions.column(call.getGroupByColumn().getColumn()).sql();
      DuckDbSql value = new DuckDbSql("", Type.INT64, Type.INT64, false);
      columns.add(
          "grouping(" + key + ") AS " + expressions.define(call.getOutputColumn(), value).sql());
    }
    String select = columns.isEmpty() ? "SELECT 1" : "SELECT " + String.join(", ", columns);
    return select + "\nFROM " + from + groups(scan, keys);
  }

  private void requireGroupable(DuckDbSql value, ResolvedComputedColumnProto key)
      throws BindException {
    if (value.type().kind() == Type.Kind.BIGNUMERIC) {
      throw BindException.unsupported(
          locations.near(key.getExpr()), "GROUP BY or DISTINCT of BIGNUMERIC");
    }
  }

  private String groups(ResolvedAggregateScanBaseProto scan, List<String> keys)
      throws BindException {
    if (keys.isEmpty()) {
      return "";
    }
    if (scan.getGroupingSetListCount() == 0) {
      List<String> positions = new ArrayList<>();
      for (int i = 1; i <= keys.size(); i++) {
        positions.add(Integer.toString(i));
      }
      return "\nGROUP BY " + String.join(", ", positions);
    }
    List<String> sets = new ArrayList<>();
    for (AnyResolvedGroupingSetBaseProto set : scan.getGroupingSetListList()) {
      sets.add(set(set));
    }
    return "\nGROUP BY GROUPING SETS (" + String.join(", ", sets) + ")";
  }

  private String set(AnyResolvedGroupingSetBaseProto set) {
    if (set.hasResolvedRollupNode()) {
      return "ROLLUP " + sets(set.getResolvedRollupNode().getRollupColumnListList());
    }
    if (set.hasResolvedCubeNode()) {
      return "CUBE " + sets(set.getResolvedCubeNode().getCubeColumnListList());
    }
    return keys(set.getResolvedGroupingSetNode().getGroupByColumnListList());
  }

  private String sets(List<ResolvedGroupingSetMultiColumnProto> sets) {
    List<String> all = new ArrayList<>();
    for (ResolvedGroupingSetMultiColumnProto set : sets) {
      all.add(keys(set.getColumnListList()));
    }
    return "(" + String.join(", ", all) + ")";
  }

  private String keys(List<ResolvedColumnRefProto> columns) {
    List<String> names = new ArrayList<>();
    for (ResolvedColumnRefProto column : columns) {
      names.add(expressions.column(column.getColumn()).sql());
    }
    return "(" + String.join(", ", names) + ")";
  }
}
