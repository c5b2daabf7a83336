package io.tributary.sql;

import com.google.zetasql.AnyResolvedScanProto;
import com.google.zetasql.ResolvedSubqueryExprProto;
import io.tributary.row.Type;

/** Turns subqueries in expressions into DuckDB's SQL. */
final class SubqueryTranslation {
  private final QueryTranslation query;
  private final ExpressionTranslation expressions;

  SubqueryTranslation(QueryTranslation query, ExpressionTranslation expressions) {
    this.query = query;
    this.expressions = expressions;
  }

  DuckDbSql translate(ResolvedSubqueryExprProto subquery) throws BindException {
    AnyResolvedScanProto scan = subquery.getSubquery();
    Type type = expressions.type(subquery.getParent());
    switch (subquery.getSubqueryType()) {
      case EXISTS:
        return new DuckDbSql(
            "EXISTS " + QueryTranslation.inner(query.select(scan)), type, type, false);
      case SCALAR:
        {
          String select = query.select(scan);
          DuckDbSql column = onlyColumn(scan);
          return DuckDbSql.of(
              QueryTranslation.inner(
                  "SELECT " + column.sql() + "\nFROM " + QueryTranslation.inner(select)),
              column.type(),
              column.declared());
        }
      case IN:
        {
          DuckDbSql value = expressions.translate(subquery.getInExpr());
          String select = query.select(scan);
          DuckDbSql column = onlyColumn(scan);
          if (!NativeFunctions.isComparable(value) || !NativeFunctions.isComparable(column)) {
            throw BindException.unsupported(
                expressions.span(subquery.getParent()), "IN with a subquery of " + column.type());
          }
          return DuckDbSql.of(
              "("
                  + value.sql()
                  + " IN "
                  + QueryTranslation.inner(
                      "SELECT " + column.sql() + "\nFROM " + QueryTranslation.inner(select))
                  + ")",
              type);
        }
      case ARRAY:
        return elements(scan, type);
      case LIKE_ANY:
      case LIKE_ALL:
        throw BindException.unsupported(
            expressions.span(subquery.getParent()), "LIKE with a subquery");
    }
    throw new IllegalStateException("subquery of type " + subquery.getSubqueryType());
  }

  private DuckDbSql onlyColumn(AnyResolvedScanProto scan) {
    return expressions.column(QueryTranslation.base(scan).getColumnList(0));
  }

  /** ARRAY(SELECT …): an order must stand in the aggregate, or it would be lost. */
  private DuckDbSql elements(AnyResolvedScanProto scan, Type type) throws BindException {
    QueryTranslation.Ordered ordered = query.ordered(scan);
    DuckDbSql element = onlyColumn(scan);
    int limit = ordered.order().indexOf("\nLIMIT ");
    String from = ordered.from();
    String order = ordered.order();
    if (limit >= 0) {
      from = QueryTranslation.inner("SELECT *\nFROM " + from + order);
      order = order.substring(0, limit);
    }
    return new DuckDbSql(
        QueryTranslation.inner(
            "SELECT coalesce(list("
                + element.sql()
                + order.replace('\n', ' ')
                + "), [])\nFROM "
                + from),
        Type.array(element.type()),
        Type.array(element.declared()),
        false);
  }
}
