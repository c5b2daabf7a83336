package io.tributary.connector.bigquery;

import io.tributary.connector.bigquery.SinkParameters.CreateDisposition;
import io.tributary.module.GivenSchema;
import io.tributary.module.SchemaParameter;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Suggestions;
import io.tributary.warehouse.Contradiction;
import io.tributary.warehouse.Conversion;
import io.tributary.warehouse.Evolution;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableWrite;
import io.tributary.warehouse.TableWrite.Granularity;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds the sink's parameters against the rows and against the table. */
final class SinkChecks {
  private static final Set<Kind> KEYS =
      EnumSet.complementOf(EnumSet.of(Kind.JSON, Kind.GEOGRAPHY, Kind.RECORD, Kind.ARRAY));
  private static final Set<Kind> PARTITIONS = EnumSet.of(Kind.DATE, Kind.DATETIME, Kind.TIMESTAMP);
  private static final Set<Kind> CLUSTERS =
      EnumSet.of(
          Kind.DATE,
          Kind.BOOL,
          Kind.GEOGRAPHY,
          Kind.INT64,
          Kind.NUMERIC,
          Kind.BIGNUMERIC,
          Kind.STRING,
          Kind.TIMESTAMP,
          Kind.DATETIME);

  private final SinkParameters parameters;
  private final Problems problems;

  SinkChecks(SinkParameters parameters, Problems problems) {
    this.parameters = parameters;
    this.problems = problems;
  }

  /**
   * Everything, once the rows are known.
   *
   * @param given the explicit schema, if there is one
   */
  void all(
      Schema rows,
      @Nullable GivenSchema given,
      TableWrite write,
      Optional<TableDescription> existing) {
    Schema wanted = given == null ? rows : given.schema();
    ColumnNames.check(wanted, problems.at(BigQuerySink.COLUMN_NAMES));
    int errors = problems.errors();
    if (given != null) {
      againstGiven(rows, given);
    }
    if (existing.isEmpty()) {
      missingTable();
      columns(wanted, wanted);
      return;
    }
    Evolution evolution = Evolution.of(write, rows, existing.get());
    if (problems.errors() == errors) {
      for (Contradiction found : evolution.contradictions()) {
        Problems at = given == null ? problems.at(BigQuerySink.TABLE) : given.at(found.column());
        at.error(Code.TR206, found.message(), found.fix());
      }
    }
    columns(evolution.table(), wanted);
  }

  private void missingTable() {
    if (parameters.schema().equals(SchemaParameter.of("get_from_table"))) {
      problems
          .at(BigQuerySink.SCHEMA)
          .error(
              Code.TR207,
              "table `" + parameters.table() + "` does not exist, so its schema cannot be taken",
              "create the table, or set `schema: auto` and `create_disposition: CREATE_IF_NEEDED`");
    } else if (parameters.createDisposition() == CreateDisposition.CREATE_NEVER) {
      problems
          .at(BigQuerySink.TABLE)
          .error(
              Code.TR207,
              "table `" + parameters.table() + "` does not exist",
              "set `create_disposition: CREATE_IF_NEEDED` to have it made, or create it");
    }
  }

  /** The rows must have the columns that the schema names, in any order. */
  private void againstGiven(Schema rows, GivenSchema given) {
    for (Column column : given.schema().columns()) {
      Problems at = given.at(column.name());
      OptionalInt position = rows.find(column.name());
      if (position.isEmpty()) {
        missing(column.name(), rows, at);
        continue;
      }
      Type type = rows.type(position.getAsInt());
      if (Conversion.of(type, column.type()) == Conversion.NEVER) {
        at.error(
            Code.TR125,
            "the schema has column `"
                + column.name()
                + "` as "
                + column.type()
                + ", but the rows have "
                + type
                + ", which cannot be converted without loss",
            "write " + type + ", or cast the column in a select transform");
      }
    }
    for (Column column : rows.columns()) {
      if (given.schema().find(column.name()).isEmpty()) {
        given
            .problems()
            .error(
                Code.TR125,
                "the rows have column `" + column.name() + "`, which the schema lacks",
                "add `"
                    + column.name()
                    + ":"
                    + column.type()
                    + "` to the schema, or drop the column in a select transform");
      }
    }
  }

  private static void missing(String name, Schema rows, Problems at) {
    String message = "the schema has column `" + name + "`, which the rows lack";
    Suggestions.nearest(name, rows.names())
        .ifPresentOrElse(
            near -> at.replaceable(Severity.ERROR, Code.TR125, message, near),
            () -> at.error(Code.TR125, message, "remove it, or add it in a select transform"));
  }

  private static Optional<String> meant(String name, Schema schema) {
    return Suggestions.nearest(name, schema.names()).map(found -> "did you mean `" + found + "`?");
  }

  /** Merge keys, partitioning and clustering against the columns of the table. */
  void columns(Schema table) {
    columns(table, table);
  }

  /** A merge key that only the rows or only the table has is a difference between the two. */
  private void columns(Schema table, Schema rows) {
    List<String> keys = parameters.mergeKeys();
    for (int i = 0; i < keys.size(); i++) {
      Schema known = table.find(keys.get(i)).isPresent() ? table : rows;
      mergeKey(keys.get(i), known, problems.at(BigQuerySink.MERGE_KEYS).at(i));
    }
    if (parameters.partitioningField() != null) {
      partitioning(parameters.partitioningField(), table);
    }
    for (String name : parameters.clustering()) {
      clustering(name, table);
    }
  }

  private void mergeKey(String key, Schema table, Problems at) {
    OptionalInt position = table.find(key);
    if (position.isEmpty()) {
      String message = "merge key `" + key + "` is not a column of the rows";
      unknown(key, table, Code.TR205, message, at);
      return;
    }
    Type type = table.type(position.getAsInt());
    if (!KEYS.contains(type.kind())) {
      at.error(
          Code.TR205,
          "merge key `" + key + "` is " + type + ", whose values cannot be compared",
          "choose columns of a simple type");
    }
  }

  private static void unknown(
      String name, Schema schema, Code code, String message, Problems problems) {
    Suggestions.nearest(name, schema.names())
        .ifPresentOrElse(
            found -> problems.replaceable(Severity.ERROR, code, message, found),
            () ->
                problems.error(code, message, "valid here: " + String.join(", ", schema.names())));
  }

  private void partitioning(String name, Schema table) {
    Problems at = problems.at(BigQuerySink.PARTITIONING_FIELD);
    OptionalInt position = table.find(name);
    if (position.isEmpty()) {
      unknown(
          name,
          table,
          Code.TR214,
          "partitioning column `" + name + "` is not a column of the rows",
          at);
      return;
    }
    Type type = table.type(position.getAsInt());
    if (!PARTITIONS.contains(type.kind())) {
      at.error(
          Code.TR214,
          "partitioning column `" + name + "` is " + type,
          "partition by a DATE, DATETIME or TIMESTAMP column");
    } else if (type.kind() == Kind.DATE && parameters.granularity() == Granularity.HOUR) {
      at.error(
          Code.TR214,
          "partitioning column `" + name + "` is DATE, which has no hours",
          "set `partitioning: DAY`, or partition by a DATETIME or TIMESTAMP column");
    }
  }

  private void clustering(String name, Schema table) {
    Problems at = problems.at(BigQuerySink.CLUSTERING);
    OptionalInt position = table.find(name);
    if (position.isEmpty()) {
      at.error(
          Code.TR214,
          "clustering column `" + name + "` is not a column of the rows",
          meant(name, table).orElse("valid here: " + String.join(", ", table.names())));
      return;
    }
    Type type = table.type(position.getAsInt());
    if (!CLUSTERS.contains(type.kind())) {
      at.error(
          Code.TR214,
          "clustering column `" + name + "` is " + type + ", by which BigQuery does not cluster",
          "choose a column of another type");
    }
  }
}
