package io.tributary.connector.create;

import io.tributary.module.GivenRows;
import io.tributary.module.ReadContext;
import io.tributary.module.Source;
import io.tributary.module.SourceContext;
import io.tributary.module.Split;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.SchemaText;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives out the rows that stand in the config. Serializable; holds the rows. */
final class CreateSource implements Source<CreateSource.AllRows> {
  private static final long serialVersionUID = 1L;

  static final Field<GivenRows> ROWS =
      Field.<GivenRows>any("rows", "list of maps", GivenRows::parse)
          .about(
              "The rows: maps from column to value. A column that a row does not have is NULL"
                  + " there.")
          .example(List.of(Map.of("carrier", "UA", "name", "United Air Lines Inc.")));
  static final Field<Schema> SCHEMA =
      Field.<Schema>any("schema", "text or list of {name, type, mode}", CreateSource::parseSchema)
          .optional()
          .about("The columns and their types. Default: found from all rows.")
          .example("id:INT64, since:DATE");

  record Parameters(GivenRows rows, @Nullable Schema schema) {}

  static final Spec<Parameters> SPEC =
      Spec.source("create")
          .summary("Gives out rows that stand in the config: for small tables, examples and tests.")
          .details(
              """
              Without `schema`, whole numbers are INT64 (NUMERIC when one is larger), other numbers FLOAT64, texts STRING, maps RECORD
              and lists ARRAY; the columns are all keys that occur. A column whose values are of different kinds is an error.
              With `schema`, dates and times are written as text: `2024-01-31`, `2024-01-31T23:59:59Z`.
              """)
          .fields(ROWS, SCHEMA)
          .example(
              "Two rows",
              """
              sources:
                - name: carriers
                  module: create
                  parameters:
                    schema: "carrier:STRING, name:STRING, since:DATE"
                    rows:
                      - {carrier: UA, name: United Air Lines Inc., since: "1926-04-06"}
                      - {carrier: B6, name: JetBlue Airways}
              """)
          .into(in -> new Parameters(in.get(ROWS), in.find(SCHEMA)));

  private final GivenRows rows;
  private final @Nullable Schema schema;

  CreateSource(Parameters parameters) {
    this.rows = parameters.rows();
    this.schema = parameters.schema();
  }

  /** The one split of the source. */
  record AllRows(int rows) implements Split {}

  private static @Nullable Schema parseSchema(Object plain, Problems problems) {
    try {
      return SchemaText.of(plain);
    } catch (IllegalArgumentException e) {
      problems.error(
          Code.TR125,
          String.valueOf(e.getMessage()),
          "write \"id:INT64, name:STRING\" or a list of {name, type, mode}");
      return null;
    }
  }

  @Override
  public @Nullable Schema schema(SourceContext context, Problems problems) {
    Problems here = problems.at(ROWS);
    if (schema == null) {
      return rows.detect(here);
    }
    return rows.fit(schema, here) ? schema : null;
  }

  @Override
  public List<AllRows> splits(SourceContext context) {
    return List.of(new AllRows(rows.rows().size()));
  }

  @Override
  public RowReader open(AllRows split, Schema columns, ReadContext context) {
    return rows.open(columns, context::reject);
  }
}
