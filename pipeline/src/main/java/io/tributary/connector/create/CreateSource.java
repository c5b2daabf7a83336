package io.tributary.connector.create;

import io.tributary.module.ReadContext;
import io.tributary.module.Source;
import io.tributary.module.SourceContext;
import io.tributary.module.Split;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.SchemaText;
import io.tributary.row.Type;
import io.tributary.row.format.PlainColumn;
import io.tributary.row.format.PlainJson;
import io.tributary.row.format.PlainRecord;
import io.tributary.row.format.TypeDetection;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import io.tributary.spec.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Gives out the rows that stand in the config. Serializable; holds the rows. */
final class CreateSource implements Source<CreateSource.AllRows> {
  private static final long serialVersionUID = 1L;

  static final Field<List<Map<?, ?>>> ROWS =
      Field.<List<Map<?, ?>>>any("rows", "list of maps", CreateSource::parseRows)
          .about(
              "The rows: maps from column to value. A column that a row does not have is NULL"
                  + " there.")
          .example(List.of(Map.of("carrier", "UA", "name", "United Air Lines Inc.")));
  static final Field<Schema> SCHEMA =
      Field.<Schema>any("schema", "text or list of {name, type, mode}", CreateSource::parseSchema)
          .optional()
          .about("The columns and their types. Default: found from all rows.")
          .example("id:INT64, since:DATE");

  record Parameters(List<Map<?, ?>> rows, @Nullable Schema schema) {}

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

  private final ArrayList<Map<?, ?>> rows; // plain values: all of them serializable
  private final @Nullable Schema schema;

  CreateSource(Parameters parameters) {
    this.rows = new ArrayList<>(parameters.rows());
    this.schema = parameters.schema();
  }

  /** The one split of the source. */
  record AllRows(int rows) implements Split {}

  private static @Nullable List<Map<?, ?>> parseRows(Object plain, Problems problems) {
    if (!(plain instanceof List<?> list)) {
      problems.error(
          Code.TR104,
          "expected a list of maps, found " + Field.describe(plain),
          "write one map per row");
      return null;
    }
    int errors = problems.errors();
    List<Map<?, ?>> rows = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> row) {
        rows.add(row);
      } else {
        problems
            .at(i)
            .error(
                Code.TR104,
                "a row is a map from column to value, found " + Field.describe(list.get(i)),
                "write {column: value}");
      }
    }
    return problems.errors() > errors ? null : rows;
  }

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
    if (schema != null) {
      return fits(schema, here) ? schema : null;
    }
    if (!new ValueKinds(here).agree(rows)) {
      return null;
    }
    TypeDetection detection = new TypeDetection();
    rows.forEach(row -> detection.add(row, false));
    Type type = detection.type();
    if (type.kind() != Type.Kind.RECORD) {
      here.error(
          Code.TR216,
          rows.stream().allMatch(Map::isEmpty)
              ? "there is no column in `rows`"
              : "`rows` has two keys that differ in upper and lower case only, an empty key, or too"
                  + " many keys",
          "write the columns in `schema`");
      return null;
    }
    return type.recordFields();
  }

  /** Whether every value fits its column; else says where it does not. */
  private boolean fits(Schema columns, Problems problems) {
    int errors = problems.errors();
    RowBuilder slot = new RowBuilder(columns);
    List<PlainColumn> readers =
        columns.columns().stream().map(column -> PlainColumn.of(column.type())).toList();
    for (int i = 0; i < rows.size(); i++) {
      slot.clear();
      for (Map.Entry<?, ?> entry : rows.get(i).entrySet()) {
        String key = String.valueOf(entry.getKey());
        Problems place = problems.at(i).at(key);
        OptionalInt column = columns.find(key);
        if (column.isEmpty()) {
          place
              .onKey()
              .error(
                  Code.TR201,
                  "`schema` has no column `" + key + "`",
                  Suggestions.nearest(key, columns.names())
                      .map(name -> "did you mean `" + name + "`?")
                      .orElse("add it to `schema`, or remove it here"));
          continue;
        }
        try {
          readers.get(column.getAsInt()).read(entry.getValue(), slot, column.getAsInt());
        } catch (IllegalArgumentException e) {
          place.error(
              Code.TR104,
              "column `"
                  + key
                  + "` is "
                  + columns.type(column.getAsInt())
                  + ", but the value "
                  + e.getMessage(),
              null);
        }
      }
      checkRequired(columns, rows.get(i), slot, problems.at(i));
    }
    return problems.errors() == errors;
  }

  private static void checkRequired(
      Schema columns, Map<?, ?> row, RowBuilder slot, Problems problems) {
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.column(i).name();
      boolean given =
          row.keySet().stream()
              .anyMatch(key -> name.equalsIgnoreCase(String.valueOf(key)) && row.get(key) != null);
      if (!columns.column(i).nullable() && slot.isNull(i) && !given) {
        problems.error(
            Code.TR104, "column `" + name + "` is REQUIRED, but has no value", "give it a value");
      }
    }
  }

  @Override
  public List<AllRows> splits(SourceContext context) {
    return List.of(new AllRows(rows.size()));
  }

  @Override
  public RowReader open(AllRows split, Schema columns, ReadContext context) {
    PlainRecord record = new PlainRecord(columns);
    return new RowReader() {
      private int at;

      @Override
      public boolean next(RowBuilder out) {
        while (at < rows.size()) {
          Map<?, ?> row = rows.get(at++);
          try {
            record.read(row, out, "column");
            return true;
          } catch (IllegalArgumentException e) {
            context.reject("row " + at + ": " + e.getMessage(), PlainJson.text(row));
          }
        }
        return false;
      }

      @Override
      public void close() {}
    };
  }
}
