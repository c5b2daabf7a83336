package io.tributary.sql;

import com.google.zetasql.AnyResolvedScanProto;
import com.google.zetasql.ResolvedColumnProto;
import com.google.zetasql.ResolvedRecursiveScanProto;
import com.google.zetasql.ResolvedScanProto;
import com.google.zetasql.ResolvedSetOperationItemProto;
import com.google.zetasql.ResolvedWithEntryProto;
import com.google.zetasql.ResolvedWithScanProto;
import com.google.zetasql.resolvedast.ResolvedRecursiveScanEnums.RecursiveSetOperationType;
import io.tributary.row.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables that a query defines by WITH. */
final class CommonTables {
  private final QueryTranslation translation;
  private final ExpressionTranslation expressions;
  private final ParseLocations locations;
  private final Map<String, List<DuckDbSql>> commonTables = new HashMap<>();
  private final Deque<String> recursions = new ArrayDeque<>();

  CommonTables(
      QueryTranslation translation, ExpressionTranslation expressions, ParseLocations locations) {
    this.translation = translation;
    this.expressions = expressions;
    this.locations = locations;
  }

  /** {@code WITH …}, to stand before the query that reads the tables. */
  String definitions(ResolvedWithScanProto with) throws BindException {
    List<String> definitions = new ArrayList<>();
    for (ResolvedWithEntryProto entry : with.getWithEntryListList()) {
      AnyResolvedScanProto query = entry.getWithSubquery();
      String select =
          query.hasResolvedRecursiveScanNode()
              ? recursive(query.getResolvedRecursiveScanNode(), entry.getWithQueryName())
              : translation.select(query);
      List<DuckDbSql> columns = new ArrayList<>();
      for (ResolvedColumnProto column : QueryTranslation.base(query).getColumnListList()) {
        columns.add(expressions.column(column));
      }
      commonTables.put(entry.getWithQueryName(), columns);
      definitions.add(
          commonTable(entry.getWithQueryName()) + " AS " + QueryTranslation.inner(select));
    }
    return (with.getRecursive() ? "WITH RECURSIVE " : "WITH ")
        + String.join(",\n", definitions)
        + "\n";
  }

  /** The columns have the analyzer's types: what the recursion adds may be wider than the start. */
  private String recursive(ResolvedRecursiveScanProto scan, String name) throws BindException {
    if (scan.hasRecursionDepthModifier()) {
      throw BindException.unsupported(locations.near(scan), "a limit of WITH RECURSIVE");
    }
    List<DuckDbSql> columns = new ArrayList<>();
    String start = term(scan.getNonRecursiveTerm(), scan, columns);
    commonTables.put(name, columns);
    recursions.push(name);
    String step = term(scan.getRecursiveTerm(), scan, columns);
    recursions.pop();
    String operator =
        scan.getOpType() == RecursiveSetOperationType.UNION_ALL ? "UNION ALL" : "UNION";
    return start + "\n" + operator + "\n" + step;
  }

  private String term(
      ResolvedSetOperationItemProto term, ResolvedRecursiveScanProto scan, List<DuckDbSql> columns)
      throws BindException {
    String from = translation.from(term.getScan());
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < term.getOutputColumnListCount(); i++) {
      ResolvedColumnProto column = scan.getParent().getColumnList(i);
      DuckDbSql value = expressions.column(term.getOutputColumnList(i));
      Type type = ExpressionTranslation.type(column.getType(), Node.Span.NONE);
      if (columns.size() <= i) {
        columns.add(expressions.define(column, DuckDbSql.of("", type)));
      }
      selected.add(value.as(type).sql() + " AS " + columns.get(i).sql());
    }
    return "SELECT " + String.join(", ", selected) + "\nFROM " + from;
  }

  /** A name that no table of the warehouse has: inside, the author's name means that table. */
  private static String commonTable(String name) {
    return DuckDbText.name("with " + name.toLowerCase(Locale.ROOT));
  }

  /** The SELECT that reads one of the tables. */
  String reference(ResolvedScanProto scan, String name) {
    List<DuckDbSql> columns = commonTables.get(name);
    if (columns == null) {
      throw new IllegalStateException("no WITH " + name);
    }
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < scan.getColumnListCount(); i++) {
      DuckDbSql origin = columns.get(i);
      DuckDbSql named = expressions.define(scan.getColumnList(i), origin);
      selected.add(origin.sql() + " AS " + named.sql());
    }
    return "SELECT "
        + (selected.isEmpty() ? "1" : String.join(", ", selected))
        + " FROM "
        + commonTable(name);
  }

  /** The SELECT by which a recursive table reads what it has so far. */
  String recursion(ResolvedScanProto scan) {
    return reference(scan, recursions.getFirst());
  }
}
