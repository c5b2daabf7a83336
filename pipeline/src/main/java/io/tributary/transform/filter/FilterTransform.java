package io.tributary.transform.filter;

import io.tributary.module.RowFunction;
import io.tributary.module.RowTransform;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Field;
import io.tributary.spec.HasExpressions;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import io.tributary.spec.SqlText;
import io.tributary.sql.RowException;
import io.tributary.sql.RowPredicate;
import io.tributary.sql.SqlExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the rows for which a SQL condition is true; NULL counts as false. */
final class FilterTransform implements RowTransform {
  static final Field<SqlText> WHERE =
      Field.expression("where")
          .about(
              "Condition in GoogleSQL. Rows for which it is true are kept; NULL counts as false.")
          .example("status = 'paid' AND amount > 0");

  record Parameters(SqlText where) implements HasExpressions {
    @Override
    public Map<List<Object>, SqlText> expressions() {
      return Map.of(List.of(WHERE.name()), where);
    }
  }

  static final Spec<Parameters> SPEC =
      Spec.transform("filter")
          .summary("Keeps the rows for which a SQL condition is true.")
          .details(
              """
              The condition is GoogleSQL with the meaning it has in BigQuery, on the columns of the
              input. A row for which it has no value (a division by zero, a text that is no number)
              is rejected with the reason. Joins, aggregates and subqueries belong in a `sql`
              transform.
              """)
          .fields(WHERE)
          .example(
              "Paid orders only",
              """
              {"name": "paid", "module": "filter", "inputs": ["orders"],
               "parameters": {"where": "status = 'paid' AND amount > 0"}}\
              """)
          .into(in -> new Parameters(in.get(WHERE)));

  private final Parameters parameters;

  FilterTransform(Parameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public @Nullable Planned plan(Schema input, Instant now, ZoneId zone, Problems problems) {
    SqlExpression condition =
        SqlExpression.analyze(parameters.where(), input, Type.BOOL, now, zone, problems.at(WHERE));
    return condition == null ? null : new Filter(input, condition);
  }

  private record Filter(Schema schema, SqlExpression condition) implements Planned {
    @Override
    public RowFunction open() {
      RowPredicate keep = condition.predicate();
      return (row, out) -> {
        boolean kept;
        try {
          kept = keep.test(row);
        } catch (RowException e) {
          out.reject(row, "where: " + e.getMessage());
          return;
        }
        if (kept) {
          out.emit(row);
        } else {
          out.filtered();
        }
      };
    }
  }
}
