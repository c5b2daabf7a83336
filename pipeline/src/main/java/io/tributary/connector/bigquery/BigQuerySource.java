package io.tributary.connector.bigquery;

import io.tributary.failure.PermanentException;
import io.tributary.module.Horizon;
import io.tributary.module.IncrementalSource;
import io.tributary.module.ReadContext;
import io.tributary.module.SourceContext;
import io.tributary.row.Column;
import io.tributary.row.CursorRange;
import io.tributary.row.CursorValue;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.spec.Arguments;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Spec;
import io.tributary.spec.SqlText;
import io.tributary.spec.Suggestions;
import io.tributary.warehouse.QueryException;
import io.tributary.warehouse.QueryResult;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table or a query of the warehouse, in one split. Serializable.
 *
 * <p>The query runs in the dialect of the warehouse, after its table names were resolved.
 */
final class BigQuerySource implements IncrementalSource<WarehouseQuery> {
  private static final long serialVersionUID = 1L;

  /** A table name as it stands in a query. */
  private static final Pattern NAME = Pattern.compile("(?:`[^`]*`|[^\\s`,;()])+");

  static final Field<TableName> TABLE =
      Field.parsed("table", "table name", Code.TR122, TableName::parse)
          .optional()
          .about("Table to read, `project:dataset.table` or `dataset.table`; else `query`.")
          .example("mart.orders");
  static final Field<SqlText> QUERY =
      Field.sql("query")
          .optional()
          .about(
              "Query to read, in the warehouse's SQL; a closing `;` is ignored. Table names may"
                  + " have a project and stand in backticks.")
          .example("SELECT id, amount FROM `my-project.mart.orders` WHERE amount > 0");
  static final Field<String> PROJECT =
      Field.text("project")
          .optional()
          .about(
              "Project of a `table` whose name has none; on BigQuery also the one that runs the"
                  + " query.")
          .example("my-project");
  static final Field<List<String>> COLUMNS =
      Field.texts("columns")
          .optional()
          .about("Columns of `table` to read; default: all.")
          .example(List.of("id", "amount"));
  static final Field<SqlText> WHERE =
      Field.expression("where")
          .optional()
          .about("Condition on the rows of `table`, in the warehouse's SQL.")
          .example("amount > 0");

  static final Spec<SourceParameters> SPEC =
      Spec.source("bigquery")
          .summary("Reads a table or a query of the warehouse: BigQuery, or the embedded one.")
          .details(
              """
              On the embedded warehouse a query runs in DuckDB's SQL after its table names were
              resolved: `project:dataset.table` in backticks or not, the project left out. It can
              only read, and one query only.

              Read in increments, each run goes up to the largest value of the cursor column, or to the
              clock if that is earlier: rows that are loaded later must have larger values, or be merged with a
              `lookback`.\
              """)
          .fields(TABLE, QUERY, PROJECT, COLUMNS, WHERE)
          .incremental()
          .example(
              "A query",
              """
              {"name": "paid", "module": "bigquery",
               "parameters": {"query": "SELECT id, amount FROM `my-project.mart.orders` WHERE status = 'paid'"}}\
              """)
          .into(BigQuerySource::parameters);

  private final SourceParameters parameters;

  /** What is read of it; null for everything. */
  private final @Nullable CursorRange increment;

  BigQuerySource(SourceParameters parameters) {
    this(parameters, null);
  }

  private BigQuerySource(SourceParameters parameters, @Nullable CursorRange increment) {
    this.parameters = parameters;
    this.increment = increment;
  }

  private static SourceParameters parameters(Arguments in, Problems problems) {
    boolean table = in.has(TABLE);
    if (table == in.has(QUERY)) {
      problems.error(
          table ? Code.TR108 : Code.TR101,
          table ? "`table` and `query` exclude each other" : "`table` or `query` is missing",
          table ? "remove one of them" : "name a table, or write a query");
    }
    for (Field<?> field : List.of(COLUMNS, WHERE)) {
      if (in.has(field) && in.has(QUERY)) {
        problems
            .at(field)
            .onKey()
            .error(
                Code.TR108,
                "`" + field.name() + "` goes with `table`, not with `query`",
                "write it into the query");
      }
    }
    List<String> columns = in.find(COLUMNS);
    return new SourceParameters(
        in.find(TABLE),
        in.find(QUERY),
        in.find(PROJECT),
        columns == null ? List.of() : columns,
        in.find(WHERE));
  }

  @Override
  public @Nullable Schema schema(SourceContext context, Problems problems) {
    Warehouse warehouse = context.warehouse();
    if (!warehouse.exists()) {
      problems
          .at(parameters.table() == null ? QUERY : TABLE)
          .error(
              Code.TR209,
              "there is no " + warehouse.describe() + " yet, so nothing can be read from it",
              "run a config that writes the table first, or name the warehouse with --warehouse");
      return null;
    }
    try (WarehouseSession session = warehouse.open()) {
      return parameters.table() == null
          ? querySchema(session, problems.at(QUERY))
          : tableSchema(parameters.table(), session, problems);
    }
  }

  private @Nullable Schema querySchema(WarehouseSession session, Problems problems) {
    String query = parameters.query().text();
    LocalNames local = new LocalNames(query);
    try {
      return session.schemaOf(local.text());
    } catch (QueryException e) {
      int start = e.offset() < 0 ? query.length() : local.original(e.offset());
      if (e.unknownTable() == null) {
        Problems place =
            start < query.length() ? problems.within(start, wordLength(query, start)) : problems;
        place.error(Code.TR215, "the warehouse refuses the query: " + e.getMessage(), null);
      } else {
        Matcher written = NAME.matcher(query);
        boolean found = written.find(start);
        unknownTable(
            found ? localName(written.group()) : e.unknownTable(),
            session,
            found ? problems.within(start, written.end() - start) : problems,
            false);
      }
      return null;
    }
  }

  private static String localName(String written) {
    try {
      return TableName.parse(written.replace("`", "")).local();
    } catch (IllegalArgumentException e) {
      return written; // a name without a dataset is not a table name of ours
    }
  }

  private static int wordLength(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    return Math.max(1, end - start);
  }

  private static void unknownTable(
      String name, WarehouseSession session, Problems problems, boolean replaceable) {
    List<String> tables = session.tables().stream().map(TableName::local).toList();
    Optional<String> nearest = Suggestions.nearest(name, tables);
    String message = "table `" + name + "` does not exist in the warehouse";
    if (nearest.isPresent() && replaceable) {
      problems.replaceable(Severity.ERROR, Code.TR209, message, nearest.get());
    } else {
      problems.error(
          Code.TR209,
          message,
          nearest
              .map(found -> "did you mean `" + found + "`?")
              .orElse(
                  tables.isEmpty()
                      ? "it has no tables yet"
                      : "it has: "
                          + String.join(", ", tables.subList(0, Math.min(10, tables.size())))));
    }
  }

  private @Nullable Schema tableSchema(
      TableName name, WarehouseSession session, Problems problems) {
    Optional<TableDescription> table = session.describe(name);
    if (table.isEmpty()) {
      unknownTable(name.local(), session, problems.at(TABLE), true);
      return null;
    }
    int errors = problems.errors();
    checkProject(name, table.get().name(), problems);
    Schema schema = selected(table.get().schema(), problems);
    if (problems.errors() == errors && parameters.where() != null) {
      checkWhere(session, parameters.where().text(), problems.at(WHERE));
    }
    return problems.errors() > errors ? null : schema;
  }

  private void checkProject(TableName name, TableName found, Problems problems) {
    String wanted = name.project() == null ? parameters.project() : name.project();
    if (wanted != null && found.project() != null && !wanted.equals(found.project())) {
      problems
          .at(name.project() == null ? PROJECT : TABLE)
          .error(
              Code.TR218,
              "table `"
                  + name.local()
                  + "` belongs to project `"
                  + found.project()
                  + "`, not `"
                  + wanted
                  + "`",
              "write `" + found + "`, or name another warehouse with --warehouse");
    }
  }

  private Schema selected(Schema table, Problems problems) {
    if (parameters.columns().isEmpty()) {
      return table;
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < parameters.columns().size(); i++) {
      String name = parameters.columns().get(i);
      Problems place = problems.at(COLUMNS).at(i);
      OptionalInt position = table.find(name);
      if (position.isEmpty()) {
        String message = "column `" + name + "` is not in table `" + parameters.table() + "`";
        Suggestions.nearest(name, table.names())
            .ifPresentOrElse(
                found -> place.replaceable(Severity.ERROR, Code.TR201, message, found),
                () ->
                    place.error(
                        Code.TR201, message, "it has: " + String.join(", ", table.names())));
      } else if (columns.contains(table.column(position.getAsInt()))) {
        place.error(Code.TR212, "column `" + name + "` is named twice", "remove one");
      } else {
        columns.add(table.column(position.getAsInt()));
      }
    }
    return Schema.of(columns);
  }

  private void checkWhere(WarehouseSession session, String where, Problems problems) {
    String before = WarehouseQuery.beforeWhere(List.of("1"), parameters.table());
    try {
      session.schemaOf(WarehouseQuery.withWhere(before, where));
    } catch (QueryException e) {
      int start = e.offset() - before.length() - WarehouseQuery.WHERE.length();
      Problems place =
          start < 0 || start >= where.length()
              ? problems
              : problems.within(start, wordLength(where, start));
      place.error(Code.TR217, "the warehouse refuses the condition: " + e.getMessage(), null);
    }
  }

  @Override
  public BigQuerySource restrictedTo(CursorRange range) {
    return new BigQuerySource(parameters, range);
  }

  /**
   * Tables of a warehouse are filled by loads, whose rows have the times of another system: the
   * largest value is how far they have come, and later loads go on from there.
   */
  @Override
  public Horizon horizon(
      Column cursor, Duration patience, boolean lagIsGiven, SourceContext context) {
    WarehouseQuery largest = all(context).largest(cursor.name());
    try (WarehouseSession session = context.warehouse().open();
        QueryResult result = session.read(largest.sql())) {
      RowBuilder row = new RowBuilder(result.schema());
      Object value = result.next(row) ? row.get(0) : null;
      return new Horizon(
          context.now(),
          context.now(),
          true,
          value == null ? null : CursorValue.of(cursor.type(), value).orElseThrow(),
          result.schema().size() > 1 && !row.isNull(1) && row.longAt(1) > 0,
          List.of());
    } catch (QueryException | IOException e) {
      throw new PermanentException(
          "the largest `" + cursor.name() + "` cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<WarehouseQuery> splits(SourceContext context) {
    WarehouseQuery all = all(context);
    return List.of(increment == null ? all : all.within(increment));
  }

  private WarehouseQuery all(SourceContext context) {
    if (parameters.table() == null) {
      return new WarehouseQuery(new LocalNames(parameters.query().text()).text());
    }
    try (WarehouseSession session = context.warehouse().open()) {
      Schema table =
          session
              .describe(parameters.table())
              .orElseThrow(
                  () ->
                      new PermanentException(
                          "table `" + parameters.table() + "` is no longer in the warehouse"))
              .schema();
      List<String> columns = parameters.columns().isEmpty() ? table.names() : parameters.columns();
      return WarehouseQuery.of(
          parameters.table(),
          columns,
          parameters.where() == null ? null : parameters.where().text());
    }
  }

  @Override
  public RowReader open(WarehouseQuery split, Schema schema, ReadContext context) {
    return new WarehouseRowReader(context.warehouse().open(), split, schema);
  }
}
