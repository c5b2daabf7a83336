package io.tributary.connector.bigquery;

import io.tributary.connector.bigquery.SinkParameters.CreateDisposition;
import io.tributary.connector.bigquery.SinkParameters.OnEmpty;
import io.tributary.module.GivenSchema;
import io.tributary.module.SchemaParameter;
import io.tributary.module.TableSink;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.format.ParquetRowWriter;
import io.tributary.spec.Arguments;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import io.tributary.spec.WriteMode;
import io.tributary.warehouse.SchemaPolicy;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import io.tributary.warehouse.TableWrite.Granularity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table of the warehouse. Exactly once: it stages files; the warehouse publishes all
 * tables of a run in one transaction. Serializable.
 */
final class BigQuerySink implements TableSink {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CLUSTERING_COLUMNS = 4;
  private static final Pattern LABEL_KEY =
      Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
  private static final Pattern LABEL_VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");

  static final Field<TableName> TABLE =
      Field.parsed("table", "table name", Code.TR122, TableName::parse)
          .about("Table to write, `project:dataset.table` or `dataset.table`.")
          .example("my-project:mart.orders");
  static final Field<WriteMode> MODE =
      Field.word("mode", WriteMode.class)
          .byDefault(WriteMode.REPLACE)
          .about(
              "`replace` puts the rows in place of all rows of the table, `append` adds them,"
                  + " `merge` updates rows with the same merge keys and adds the others.");
  static final Field<List<String>> MERGE_KEYS =
      Field.texts("merge_keys")
          .optional()
          .about(
              "Columns that identify a row; required with `mode: merge`. A NULL in one of them"
                  + " fails the run.")
          .example(List.of("id"));
  static final Field<SchemaParameter> SCHEMA =
      Field.<SchemaParameter>any(
              "schema",
              "auto, get_from_table, text, list, or path of a .json file",
              (plain, problems) ->
                  SchemaParameter.parse(plain, List.of("auto", "get_from_table"), problems))
          .byDefault(SchemaParameter.of("auto"))
          .about(
              "`auto`: the schema of the rows. `get_from_table`: that of the table, which must"
                  + " exist. Else the columns of the table: `\"id:INT64, name:STRING\"`, a list of"
                  + " {name, type, mode, description, fields}, or the path of a .json file that `bq"
                  + " show --schema` has written.")
          .example("id:INT64, name:STRING");
  static final Field<CreateDisposition> CREATE_DISPOSITION =
      Field.word("create_disposition", CreateDisposition.class)
          .byDefault(CreateDisposition.CREATE_NEVER)
          .about("`CREATE_IF_NEEDED` makes a missing table; `CREATE_NEVER` reports it.");
  static final Field<Granularity> PARTITIONING =
      Field.word("partitioning", Granularity.class)
          .optional()
          .about("Length of a partition of a table that is made; needs `partitioning_field`.");
  static final Field<String> PARTITIONING_FIELD =
      Field.text("partitioning_field")
          .optional()
          .about("Column of type DATE, DATETIME or TIMESTAMP by which the table is partitioned.");
  static final Field<List<String>> CLUSTERING =
      Field.<List<String>>any(
              "clustering", "text \"a,b\" or list of text", BigQuerySink::columnList)
          .optional()
          .about("At most four columns by which a table that is made is clustered.")
          .example("customer_id, status");
  static final Field<Boolean> ALLOW_FULL_APPEND =
      Field.bool("allow_full_append")
          .byDefault(false)
          .about("With `mode: append`: adding the whole source on each run is meant.");
  static final Field<OnEmpty> ON_EMPTY =
      Field.word("on_empty", OnEmpty.class)
          .byDefault(OnEmpty.REPLACE)
          .about(
              "With `mode: replace` and no rows: `replace` empties the table, `keep` leaves it.");
  static final Field<String> DESCRIPTION =
      Field.text("description").optional().about("Description of a table that is made.");
  static final Field<Map<String, String>> LABELS =
      Field.textMap("labels")
          .optional()
          .about("Labels of a table that is made, in lower case.")
          .example(Map.of("team", "sales"));
  static final Field<Duration> EXPIRATION =
      Field.duration("expiration")
          .optional()
          .about("How long after it is made a table is removed.")
          .example("30d");
  static final Field<Boolean> REQUIRE_PARTITION_FILTER =
      Field.bool("require_partition_filter")
          .byDefault(false)
          .about("Whether queries of a table that is made must filter by the partitioning column.");
  static final Field<ColumnNames> COLUMN_NAMES =
      Field.word("column_names", ColumnNames.class)
          .byDefault(ColumnNames.STRICT)
          .about(
              "`strict` reports column names that BigQuery does not allow; `safe` changes them:"
                  + " other characters than letters, digits and `_` become `_`.");

  private static final Field<SchemaPolicy.Columns> COLUMNS =
      Field.word("columns", SchemaPolicy.Columns.class).byDefault(SchemaPolicy.Columns.FREEZE);
  private static final Field<SchemaPolicy.Types> TYPES =
      Field.word("types", SchemaPolicy.Types.class).byDefault(SchemaPolicy.Types.FREEZE);
  static final Field<SchemaPolicy> ON_SCHEMA_CHANGE =
      Field.section(
              "on_schema_change",
              List.of(COLUMNS, TYPES),
              in -> new SchemaPolicy(in.get(COLUMNS), in.get(TYPES)))
          .optional()
          .about(
              "What becomes of a difference between the rows and a table that exists; see above."
                  + " `columns`: `freeze` (default), `evolve`, `drop` or `reject`; `types`:"
                  + " `freeze` (default) or `evolve`.")
          .example(Map.of("columns", "evolve", "types", "evolve"));

  static final Spec<SinkParameters> SPEC =
      Spec.sink("bigquery")
          .summary("Writes a table of the warehouse: BigQuery, or the embedded one.")
          .details(
              """
              Exactly once: all tables of a run are published in one transaction, or none.

              A table that exists keeps its columns, their order, types and descriptions; rows that
              do not have the same columns are refused by the plan, unless `on_schema_change` says
              otherwise. A column of another type is converted where that loses nothing: to a wider
              NUMERIC, INT64 to NUMERIC, BOOL to INT64, DATE to DATETIME or TIMESTAMP, DATETIME to
              TIMESTAMP and back (as UTC), STRING to BYTES, and BOOL, INT64, NUMERIC, DATE, JSON and
              GEOGRAPHY to STRING. Some conversions depend on the values, and reject a row whose
              value does not fit: to a narrower NUMERIC, NUMERIC to INT64, INT64 to BOOL and
              FLOAT64, BYTES to STRING, STRING to JSON. Nothing is rounded or cut.

              `on_schema_change: {columns: …}`, for columns that only the rows or only the table
              has:

              - `freeze`: each is an error of the plan.
              - `evolve`: a new column is added to the table, nullable, at its end, with its
                description.
              - `drop`: a new column is left out.
              - `reject`: a row with a value in a new column is rejected, and counts against
                `errors`; other rows go on without the column.

              With all but `freeze`, a column that the rows lack is NULL in new rows, or has the
              default that the table gives it; a merge leaves it as it is in the rows that it
              updates. It must be nullable and no merge key.

              `on_schema_change: {types: evolve}` widens a column of the table when the rows' type
              does not always fit: BOOL to INT64; INT64 and NUMERIC to a NUMERIC with the digits of
              both, or a BIGNUMERIC beyond 38 digits; DATE to DATETIME or TIMESTAMP; BOOL, INT64,
              NUMERIC, DATE and GEOGRAPHY to STRING when the rows are STRING; a STRUCT by new
              fields. Every value that is there stays as it is. Where no wider type holds both, and
              for a merge key that would become text, it is as with `freeze`.

              The table is changed in the same transaction as its rows. The plan, the report and
              `tributary.drift` tell each change.

              A table that is made has the columns of the rows, all of them nullable; REQUIRED
              columns come from an explicit `schema`. Two rows with the same merge key in one batch
              are an error that names the key.

              The embedded warehouse keeps `partitioning`, `clustering`, `labels`, `expiration` and
              `require_partition_filter` as a note in the table's comment; the plan says so.\
              """)
          .fields(
              TABLE,
              MODE,
              MERGE_KEYS,
              SCHEMA,
              CREATE_DISPOSITION,
              PARTITIONING,
              PARTITIONING_FIELD,
              CLUSTERING,
              ALLOW_FULL_APPEND,
              ON_EMPTY,
              DESCRIPTION,
              LABELS,
              EXPIRATION,
              REQUIRE_PARTITION_FILTER,
              COLUMN_NAMES,
              ON_SCHEMA_CHANGE)
          .example(
              "A table that is replaced on each run",
              """
              {"name": "orders", "module": "bigquery", "input": "paid", "mode": "replace",
               "parameters": {"table": "my-project:mart.orders", "create_disposition": "CREATE_IF_NEEDED"}}\
              """)
          .example(
              "A partitioned table, updated by key",
              """
              {"name": "orders", "module": "bigquery", "input": "paid", "mode": "merge", "merge_keys": ["id"],
               "parameters": {"table": "mart.orders", "create_disposition": "CREATE_IF_NEEDED",
                              "partitioning": "DAY", "partitioning_field": "created_at", "clustering": "customer_id"}}\
              """)
          .into(BigQuerySink::parameters);

  private final SinkParameters parameters;

  BigQuerySink(SinkParameters parameters) {
    this.parameters = parameters;
  }

  private static @Nullable List<String> columnList(Object plain, Problems problems) {
    List<String> names = new ArrayList<>();
    if (plain instanceof String text) {
      Arrays.stream(text.split(",")).map(String::strip).forEach(names::add);
    } else if (plain instanceof List<?> list) {
      list.forEach(item -> names.add(String.valueOf(item).strip()));
    }
    if (names.isEmpty() || names.stream().anyMatch(String::isEmpty)) {
      problems.error(
          Code.TR104,
          "expected column names, found " + Field.describe(plain),
          "write \"a,b\" or a list of names");
      return null;
    }
    if (names.size() > MOST_CLUSTERING_COLUMNS) {
      problems.error(
          Code.TR106,
          names.size() + " clustering columns are too many",
          "name at most " + MOST_CLUSTERING_COLUMNS + ", the ones most filtered by first");
      return null;
    }
    return List.copyOf(names);
  }

  private static SinkParameters parameters(Arguments in, Problems problems) {
    List<String> keys = in.find(MERGE_KEYS);
    List<String> clustering = in.find(CLUSTERING);
    Map<String, String> labels = in.find(LABELS);
    SinkParameters parameters =
        new SinkParameters(
            in.get(TABLE),
            in.get(MODE),
            keys == null ? List.of() : keys,
            in.get(SCHEMA),
            in.get(CREATE_DISPOSITION),
            in.find(PARTITIONING),
            in.find(PARTITIONING_FIELD),
            clustering == null ? List.of() : clustering,
            in.get(ALLOW_FULL_APPEND),
            in.get(ON_EMPTY),
            in.find(DESCRIPTION),
            labels == null ? Map.of() : labels,
            in.find(EXPIRATION),
            in.get(REQUIRE_PARTITION_FILTER),
            in.get(COLUMN_NAMES),
            in.has(ON_SCHEMA_CHANGE) ? in.get(ON_SCHEMA_CHANGE) : SchemaPolicy.FREEZE);
    checkMode(parameters, in, problems);
    checkPartitioning(parameters, problems);
    checkLabels(parameters.labels(), problems);
    Schema given = parameters.schema().given();
    if (given != null) {
      new SinkChecks(parameters, problems).columns(given);
    }
    return parameters;
  }

  private static void checkMode(SinkParameters parameters, Arguments in, Problems problems) {
    boolean merge = parameters.mode() == WriteMode.MERGE;
    if (merge && parameters.mergeKeys().isEmpty()) {
      problems
          .at(MODE)
          .error(
              Code.TR108,
              "`mode: merge` needs `merge_keys`",
              "name the columns that identify a row, such as `merge_keys: [id]`");
    }
    if (!merge && in.has(MERGE_KEYS)) {
      problems
          .at(MERGE_KEYS)
          .error(
              Code.TR108,
              "`merge_keys` has a meaning with `mode: merge` only, and the mode is "
                  + parameters.mode(),
              "set `mode: merge`, or remove `merge_keys`");
    }
    if (parameters.mode() != WriteMode.APPEND && parameters.allowFullAppend()) {
      problems
          .at(ALLOW_FULL_APPEND)
          .onKey()
          .warning(
              Code.TR108,
              "`allow_full_append` has no effect with `mode: " + parameters.mode() + "`",
              "remove it");
    }
    if (parameters.mode() != WriteMode.REPLACE && in.has(ON_EMPTY)) {
      problems
          .at(ON_EMPTY)
          .onKey()
          .warning(
              Code.TR108,
              "`on_empty` has no effect with `mode: " + parameters.mode() + "`",
              "remove it");
    }
  }

  private static void checkPartitioning(SinkParameters parameters, Problems problems) {
    if (parameters.granularity() != null && parameters.partitioningField() == null) {
      problems
          .at(PARTITIONING)
          .error(
              Code.TR108,
              "`partitioning` needs `partitioning_field`",
              "name a DATE, DATETIME or TIMESTAMP column in `partitioning_field`");
    }
    if (parameters.granularity() == null && parameters.partitioningField() != null) {
      problems
          .at(PARTITIONING_FIELD)
          .error(
              Code.TR108,
              "`partitioning_field` needs `partitioning`",
              "add `partitioning: DAY` (or HOUR, MONTH, YEAR)");
    }
    if (parameters.requirePartitionFilter() && parameters.granularity() == null) {
      problems
          .at(REQUIRE_PARTITION_FILTER)
          .error(
              Code.TR108,
              "`require_partition_filter` needs `partitioning`",
              "add `partitioning` and `partitioning_field`, or remove it");
    }
  }

  private static void checkLabels(Map<String, String> labels, Problems problems) {
    labels.forEach(
        (key, value) -> {
          if (!LABEL_KEY.matcher(key).matches()) {
            problems
                .at(LABELS)
                .at(key)
                .onKey()
                .error(
                    Code.TR107,
                    "`" + key + "` cannot be the key of a label",
                    "begin with a lower-case letter; then lower-case letters, digits, `_` and `-`,"
                        + " 63 characters at most");
          }
          if (!LABEL_VALUE.matcher(value).matches()) {
            problems
                .at(LABELS)
                .at(key)
                .error(
                    Code.TR107,
                    "`" + value + "` cannot be the value of a label",
                    "use lower-case letters, digits, `_` and `-`, 63 characters at most");
          }
        });
  }

  @Override
  public TableName table() {
    return parameters.table();
  }

  @Override
  public Schema stagedSchema(Schema input) {
    return parameters.columnNames().apply(input);
  }

  @Override
  public @Nullable TableWrite write(
      Schema input, Optional<TableDescription> existing, String folder, Problems problems) {
    int errors = problems.errors();
    GivenSchema given = null;
    if (parameters.schema().isGiven()) {
      given = parameters.schema().locate(folder, problems.at(SCHEMA));
    }
    if (problems.errors() > errors) {
      return null;
    }
    TableWrite write =
        new TableWrite(
            parameters.table(),
            parameters.mode(),
            parameters.mergeKeys(),
            null,
            parameters.createDisposition() == CreateDisposition.CREATE_IF_NEEDED,
            given == null ? null : given.schema(),
            parameters.partitioning(),
            parameters.clustering(),
            parameters.onEmpty() == OnEmpty.KEEP,
            parameters.description(),
            parameters.labels(),
            parameters.expiration(),
            parameters.requirePartitionFilter(),
            parameters.onSchemaChange());
    new SinkChecks(parameters, problems).all(stagedSchema(input), given, write, existing);
    return problems.errors() > errors ? null : write;
  }

  @Override
  public Optional<Schema> neededTable(Schema input, String folder, Problems problems) {
    boolean fromTable = parameters.schema().equals(SchemaParameter.of("get_from_table"));
    if (!fromTable && parameters.createDisposition() == CreateDisposition.CREATE_IF_NEEDED) {
      return Optional.empty();
    }
    Schema given = parameters.schema().declaredSchema(folder, problems.at(SCHEMA));
    return Optional.of(given == null ? stagedSchema(input) : given);
  }

  @Override
  public String extension() {
    return ".parquet";
  }

  @Override
  public RowWriter open(Schema schema, String path) throws IOException {
    return new ParquetRowWriter(stagedSchema(schema), path);
  }
}
