package io.tributary.transform.sql;

import io.tributary.module.QueryTransform;
import io.tributary.row.Schema;
import io.tributary.spec.Field;
import io.tributary.spec.HasQueries;
import io.tributary.spec.NamesTables;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import io.tributary.spec.SqlText;
import io.tributary.sql.SqlQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query over the rows of its inputs. */
final class SqlTransform implements QueryTransform {
  static final Field<SqlText> SQL =
      Field.sql("sql")
          .about(
              "A query in GoogleSQL, or the path of a `.sql` file that holds one. Its tables are"
                  + " the inputs.")
          .example("SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer");

  static final Field<List<String>> ALIASES =
      Field.texts(NamesTables.KEY)
          .byDefault(List.of())
          .about(
              "Names of the inputs in the query, one for each, in their order; without it they are"
                  + " called as their nodes are.")
          .example(List.of("a", "b"));

  record Parameters(SqlText sql, List<String> aliases) implements HasQueries, NamesTables {
    Parameters {
      aliases = List.copyOf(aliases);
    }

    @Override
    public Map<String, SqlText> queries() {
      return Map.of(SQL.name(), sql);
    }
  }

  static final Spec<Parameters> SPEC =
      Spec.transform("sql")
          .alias("beamsql")
          .summary("Joins, aggregates and combines the rows of its inputs by a SQL query.")
          .details(
              """
              The query is GoogleSQL with the meaning it has in BigQuery: joins, aggregates, window
              functions, unions, subqueries and `WITH`. The warehouse runs it once all rows of the
              inputs have been read; its result goes into a table in the same transaction as all
              other tables of the run, or on to further transforms and sinks.

              `inputs` are one or more sources or transforms, also other `sql` transforms. The same
              one may be given twice, with two names in `inputs_alias`. Names with other characters
              than letters, digits and `_`, and names that are words of SQL, are written in
              backticks.

              An error in the query itself is told before anything is read, with its place. A value
              that cannot be computed (a division by zero, a text that is no number) fails the run:
              a row that a query makes cannot be rejected alone.
              """)
          .severalInputs()
          .fields(SQL, ALIASES)
          .example(
              "Totals per customer",
              """
              {"name": "totals", "module": "sql", "inputs": ["customers", "orders"],
               "inputs_alias": ["c", "o"],
               "parameters": {
                 "sql": "SELECT c.name, SUM(o.amount) AS total FROM c JOIN o ON o.customer = c.id GROUP BY c.name"}}\
              """)
          .into(in -> new Parameters(in.get(SQL), in.get(ALIASES)));

  private final Parameters parameters;

  SqlTransform(Parameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public @Nullable SqlQuery plan(
      Map<String, Schema> tables, Instant now, ZoneId zone, Problems problems) {
    return SqlQuery.analyze(parameters.sql(), tables, now, zone, problems.at(SQL));
  }
}
