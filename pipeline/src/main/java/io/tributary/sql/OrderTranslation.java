package io.tributary.sql;

import com.google.zetasql.ResolvedColumnRefProto;
import com.google.zetasql.ResolvedOrderByItemProto;
import com.google.zetasql.ResolvedWindowFrameExprProto;
import com.google.zetasql.ResolvedWindowFrameProto;
import com.google.zetasql.ResolvedWindowOrderingProto;
import com.google.zetasql.ResolvedWindowPartitioningProto;
import com.google.zetasql.resolvedast.ResolvedOrderByItemEnums.NullOrderMode;
import com.google.zetasql.resolvedast.ResolvedWindowFrameEnums.FrameUnit;
import io.tributary.row.Type;
import java.util.ArrayList;
import java.util.List;

/** Orders and windows in DuckDB's SQL. */
final class OrderTranslation {
  private OrderTranslation() {}

  static String items(ExpressionTranslation expressions, List<ResolvedOrderByItemProto> items)
      throws BindException {
    List<String> keys = new ArrayList<>();
    for (ResolvedOrderByItemProto item : items) {
      DuckDbSql key = expressions.column(item.getColumnRef().getColumn());
      boolean descending = item.getIsDescending();
      boolean nullsFirst =
          item.getNullOrder() == NullOrderMode.ORDER_UNSPECIFIED
              ? !descending
              : item.getNullOrder() == NullOrderMode.NULLS_FIRST;
      String direction =
          (descending ? " DESC" : "") + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
      if (item.hasCollationName() || key.type().kind() == Type.Kind.BIGNUMERIC) {
        throw BindException.unsupported(
            expressions.span(item.getColumnRef().getParent()),
            item.hasCollationName() ? "COLLATE" : "an order by BIGNUMERIC");
      }
      if (key.type().kind() == Type.Kind.FLOAT64) { // NaN is BigQuery's smallest, DuckDB's largest
        keys.add("(NOT isnan(" + key.sql() + "))" + direction);
      }
      keys.add(key.sql() + direction);
    }
    return String.join(", ", keys);
  }

  /** {@code OVER (PARTITION BY … ORDER BY …}, without the closing parenthesis. */
  static String window(
      ExpressionTranslation expressions,
      ResolvedWindowPartitioningProto partitioning,
      ResolvedWindowOrderingProto ordering)
      throws BindException {
    List<String> parts = new ArrayList<>();
    if (partitioning.getPartitionByListCount() > 0) {
      List<String> keys = new ArrayList<>();
      for (ResolvedColumnRefProto key : partitioning.getPartitionByListList()) {
        keys.add(expressions.column(key.getColumn()).sql());
      }
      parts.add("PARTITION BY " + String.join(", ", keys));
    }
    if (ordering.getOrderByItemListCount() > 0) {
      parts.add("ORDER BY " + items(expressions, ordering.getOrderByItemListList()));
    }
    return " OVER (" + String.join(" ", parts);
  }

  static String frame(ExpressionTranslation expressions, ResolvedWindowFrameProto frame)
      throws BindException {
    return (frame.getFrameUnit() == FrameUnit.ROWS ? " ROWS" : " RANGE")
        + " BETWEEN "
        + boundary(expressions, frame.getStartExpr())
        + " AND "
        + boundary(expressions, frame.getEndExpr());
  }

  private static String boundary(
      ExpressionTranslation expressions, ResolvedWindowFrameExprProto boundary)
      throws BindException {
    return switch (boundary.getBoundaryType()) {
      case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
      case OFFSET_PRECEDING -> expressions.translate(boundary.getExpression()).sql() + " PRECEDING";
      case CURRENT_ROW -> "CURRENT ROW";
      case OFFSET_FOLLOWING -> expressions.translate(boundary.getExpression()).sql() + " FOLLOWING";
      case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
    };
  }
}
