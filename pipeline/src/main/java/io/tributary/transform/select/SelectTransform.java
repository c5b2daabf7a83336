package io.tributary.transform.select;

import io.tributary.module.RowTransform;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.spec.Arguments;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.HasExpressions;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Spec;
import io.tributary.spec.SqlText;
import io.tributary.spec.Suggestions;
import io.tributary.sql.SqlExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses, renames and computes columns, or leaves some out. */
final class SelectTransform implements RowTransform {
  static final Field<List<OutputColumn>> COLUMNS =
      Field.any("columns", "map of SQL expressions, or list of names", OutputColumn::parse)
          .optional()
          .about(
              "Columns that come out, in this order: a map from name to GoogleSQL expression, or a"
                  + " list of names to keep.")
          .example(Map.of("id", "id", "net", "CAST(amount / 1.19 AS NUMERIC)"));
  static final Field<List<String>> DROP =
      Field.texts("drop")
          .optional()
          .about("Names of columns to leave out; all others stay as they are.")
          .example(List.of("password_hash"));

  /**
   * @param columns null when {@code drop} says what comes out
   */
  record Parameters(@Nullable List<OutputColumn> columns, List<String> drop)
      implements HasExpressions {
    @Override
    public Map<List<Object>, SqlText> expressions() {
      Map<List<Object>, SqlText> expressions = new LinkedHashMap<>();
      for (OutputColumn column : columns == null ? List.<OutputColumn>of() : columns) {
        if (column.expression() != null) {
          expressions.put(List.of(COLUMNS.name(), column.key()), column.expression());
        }
      }
      return expressions;
    }
  }

  static final Spec<Parameters> SPEC =
      Spec.transform("select")
          .summary("Chooses, renames and computes columns, row by row.")
          .details(
              """
              Give either `columns` or `drop`. Expressions are GoogleSQL with the meaning they have
              in BigQuery, on the columns of the input. A column that is merely named keeps its type
              and description, also under a new name; decimals that are computed are NUMERIC(38,9)
              unless a CAST says otherwise. A row for which an expression has no value (a division
              by zero, a text that is no number) is rejected with the reason. Joins, aggregates and
              subqueries belong in a `sql` transform.
              """)
          .fields(COLUMNS, DROP)
          .example(
              "Rename and compute",
              """
              {"name": "priced", "module": "select", "inputs": ["orders"],
               "parameters": {"columns": {"id": "id", "net": "CAST(amount / 1.19 AS NUMERIC)"}}}\
              """)
          .example(
              "Leave a column out",
              """
              {"name": "public", "module": "select", "inputs": ["users"],
               "parameters": {"drop": ["password_hash"]}}\
              """)
          .into(SelectTransform::parameters);

  private final Parameters parameters;

  SelectTransform(Parameters parameters) {
    this.parameters = parameters;
  }

  private static Parameters parameters(Arguments in, Problems problems) {
    List<OutputColumn> columns = in.find(COLUMNS);
    List<String> drop = in.find(DROP);
    if (columns != null && drop != null) {
      problems
          .at(DROP)
          .onKey()
          .error(
              Code.TR108,
              "`drop` and `columns` both say which columns come out",
              "keep one of them: `columns` leaves out what it does not name");
    } else if (columns == null && drop == null) {
      problems.error(
          Code.TR101,
          "neither `columns` nor `drop` is given",
          "write `columns` with what is to come out, or `drop` with what is not");
    } else if (columns != null && columns.isEmpty()) {
      problems.at(COLUMNS).error(Code.TR107, "no column comes out", "name at least one column");
    }
    if (columns != null) {
      checkNames(columns, problems.at(COLUMNS));
    }
    return new Parameters(columns, drop == null ? List.of() : drop);
  }

  private static void checkNames(List<OutputColumn> columns, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (OutputColumn column : columns) {
      Problems here = problems.at(column.key());
      if (column.name().isBlank()) {
        (column.expression() == null ? here : here.onKey())
            .error(Code.TR124, "the name of a column is empty", "write a name");
      } else if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
        (column.expression() == null ? here : here.onKey())
            .error(
                Code.TR212,
                "column `" + column.name() + "` occurs twice",
                "give one of them another name; upper and lower case count as the same");
      }
    }
  }

  @Override
  public @Nullable Planned plan(Schema input, Instant now, ZoneId zone, Problems problems) {
    int before = problems.errors();
    List<Column> columns = new ArrayList<>();
    List<SelectedColumn> values = new ArrayList<>();
    if (parameters.columns() == null) {
      keepOthers(input, columns, values, problems);
    } else {
      for (OutputColumn output : parameters.columns()) {
        Problems here = problems.at(COLUMNS).at(output.key());
        if (output.expression() == null) {
          position(input, output.name(), here)
              .ifPresent(position -> copy(input, position, columns, values));
        } else {
          SqlExpression expression =
              SqlExpression.analyze(output.expression(), input, null, now, zone, here);
          if (expression != null) {
            columns.add(column(output.name(), expression, input));
            values.add(SelectedColumn.computed(expression));
          }
        }
      }
    }
    return problems.errors() == before ? new Selection(Schema.of(columns), values) : null;
  }

  private void keepOthers(
      Schema input, List<Column> columns, List<SelectedColumn> values, Problems problems) {
    Set<Integer> dropped = new HashSet<>();
    for (int i = 0; i < parameters.drop().size(); i++) {
      position(input, parameters.drop().get(i), problems.at(DROP).at(i)).ifPresent(dropped::add);
    }
    for (int i = 0; i < input.size(); i++) {
      if (!dropped.contains(i)) {
        copy(input, i, columns, values);
      }
    }
    if (columns.isEmpty()) {
      problems.at(DROP).error(Code.TR107, "no column is left", "leave at least one column");
    }
  }

  private static void copy(
      Schema input, int position, List<Column> columns, List<SelectedColumn> values) {
    columns.add(input.column(position));
    values.add(SelectedColumn.copied(position));
  }

  private static OptionalInt position(Schema input, String name, Problems problems) {
    OptionalInt position = input.find(name);
    if (position.isEmpty()) {
      String message = "unknown column `" + name + "`";
      Suggestions.nearest(name, input.names())
          .ifPresentOrElse(
              nearest -> problems.replaceable(Severity.ERROR, Code.TR201, message, nearest),
              () ->
                  problems.error(
                      Code.TR201, message, "columns here: " + String.join(", ", input.names())));
    }
    return position;
  }

  /** A column that is merely named keeps all it has but the name. */
  private static Column column(String name, SqlExpression expression, Schema input) {
    return expression.column() < 0
        ? new Column(name, expression.type(), expression.nullable(), null)
        : input.column(expression.column()).withName(name);
  }
}
