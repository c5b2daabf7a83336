package io.tributary.sql;

import com.google.zetasql.ResolvedOutputColumnProto;
import com.google.zetasql.ResolvedQueryStmtProto;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.SqlText;
import io.tributary.sql.Analyzer.AnalysisException;
import io.tributary.sql.Analyzer.AnalyzerUnavailableException;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A GoogleSQL query over several tables, analysed against their schemas, and the same query as
 * DuckDB runs it. Immutable, serializable: the analyzer is needed by {@link #analyze} and {@link
 * #checkSyntax} only.
 */
public final class SqlQuery implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final Schema schema;
  private final LinkedHashSet<String> tables;
  private final String duckDb;
  private final List<SqlFunction> functions;

  private SqlQuery(
      String text, Schema schema, Set<String> tables, String duckDb, List<SqlFunction> functions) {
    this.text = text;
    this.schema = schema;
    this.tables = new LinkedHashSet<>(tables);
    this.duckDb = duckDb;
    this.functions = functions;
  }

  /**
   * Analyses a query; its problems point into the text. What DuckDB cannot run as BigQuery would is
   * one of them.
   *
   * @param tables the schemas of the tables that it may read, by the names it has for them
   * @param now what {@code CURRENT_TIMESTAMP} means
   * @param zone the zone of dates and wall clocks where the text names none
   * @return null after reporting what is wrong
   */
  public static @Nullable SqlQuery analyze(
      SqlText text, Map<String, Schema> tables, Instant now, ZoneId zone, Problems problems) {
    TextPositions positions = new TextPositions(text.text());
    try {
      ResolvedQueryStmtProto query = Analyzer.get().analyzeQuery(text.text(), tables, zone);
      ParseLocations locations = new ParseLocations(positions);
      if (!hasNames(query, locations, problems)) {
        return null;
      }
      TreeReader reader = new TreeReader(Schema.of(), positions, now, zone);
      QueryTranslation translation = new QueryTranslation(tables, reader, locations, zone);
      QueryTranslation.Result result = translation.translate(query);
      return new SqlQuery(
          text.text(),
          schema(query, result.columns()),
          translation.tables(),
          result.sql(),
          translation.functions(result.sql()));
    } catch (AnalysisException e) {
      AnalysisErrors.ofQuery(positions, tables).report(e.getMessage(), problems);
    } catch (BindException e) {
      report(e, problems);
    } catch (AnalyzerUnavailableException e) {
      problems.error(Code.TR217, AnalysisErrors.UNAVAILABLE, AnalysisErrors.PLATFORMS);
    }
    return null;
  }

  /** Checks that a query parses, without schemas; reports {@link Code#TR121} only. */
  public static void checkSyntax(SqlText query, Problems problems) {
    String text = query.text();
    try {
      Analyzer.get().analyzeQuery(text, Map.of(), ZoneId.of("UTC"));
    } catch (AnalysisException e) {
      if (AnalysisErrors.isSyntax(e.getMessage())) {
        AnalysisErrors.ofQuery(new TextPositions(text), Map.of()).report(e.getMessage(), problems);
      }
    } catch (AnalyzerUnavailableException e) {
      problems.warning(Code.TR121, AnalysisErrors.UNAVAILABLE, AnalysisErrors.PLATFORMS);
    }
  }

  private static Problems within(Node.Span span, Problems problems) {
    int length = span.end() - span.start();
    return length > 0 ? problems.within(span.start(), length) : problems;
  }

  private static void report(BindException e, Problems problems) {
    Problems here = within(e.span(), problems);
    if (e.unsupported() == null) {
      here.error(e.code(), Objects.requireNonNull(e.getMessage()), e.fix());
    } else {
      here.error(
          Code.TR230,
          e.unsupported() + " is not supported by the embedded warehouse",
          "write it with other functions");
    }
  }

  private static boolean hasNames(
      ResolvedQueryStmtProto query, ParseLocations locations, Problems problems) {
    boolean all = true;
    Set<String> names = new HashSet<>();
    List<ResolvedOutputColumnProto> columns = query.getOutputColumnListList();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).getName();
      long id = columns.get(i).getColumn().getColumnId();
      if (name.isEmpty() || name.startsWith("$")) {
        Problems here = within(locations.ofColumn(query, id), problems);
        here.error(
            Code.TR124, "column " + (i + 1) + " of the query has no name", "give it one: AS name");
        all = false;
      } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
        problems.error(
            Code.TR212,
            "the query has two columns named `" + name + "`",
            "give one of them another name: AS name");
        all = false;
      }
    }
    return all;
  }

  private static Schema schema(ResolvedQueryStmtProto query, List<DuckDbSql> values) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String name = query.getOutputColumnList(i).getName();
      Type type = values.get(i).declared();
      columns.add(new Column(name, type, values.get(i).nullable(), null));
    }
    return Schema.of(columns);
  }

  /** The query as its author wrote it. */
  public String text() {
    return text;
  }

  /** The columns of the result; a plain column's type is the column's own. */
  public Schema schema() {
    return schema;
  }

  /** The tables that it reads, by the names that it was analysed with. */
  public Set<String> tables() {
    return tables;
  }

  /**
   * The query in DuckDB's dialect, without a semicolon. A table is named by its quoted name; each
   * column is cast to its type in {@link #schema}. It calls {@link #functions}, which a connection
   * must be told of before.
   */
  public String duckDb() {
    return duckDb;
  }

  public List<SqlFunction> functions() {
    return functions;
  }

  @Override
  public String toString() {
    return text;
  }
}
