package io.tributary.warehouse.duckdb;

import io.tributary.row.Type;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of DuckDB and ours; nothing else in this package knows both. */
final class DuckDbTypes {
  private DuckDbTypes() {}

  /** The type of a table's column. */
  static String toSql(Type type) {
    return switch (type.kind()) {
      case BOOL -> "BOOLEAN";
      case INT64 -> "BIGINT";
      case FLOAT64 -> "DOUBLE";
      case NUMERIC -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
      case STRING, BIGNUMERIC, GEOGRAPHY -> "VARCHAR"; // DuckDB's decimals end at 38 digits
      case JSON -> "JSON";
      case BYTES -> "BLOB";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case DATETIME -> "TIMESTAMP";
      case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
      case ARRAY -> toSql(type.elementType()) + "[]";
      case RECORD ->
          type.recordFields().columns().stream()
              .map(field -> Sql.name(field.name()) + " " + toSql(field.type()))
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
    };
  }

  /** Whether a column's type is told by a note in its comment, because DuckDB's says too little. */
  static boolean isNoted(Type type) {
    return type.kind() == Type.Kind.BIGNUMERIC || type.kind() == Type.Kind.GEOGRAPHY;
  }

  /**
   * Our type for one that DuckDB names, such as {@code STRUCT(a INTEGER, "b c" VARCHAR[])}; empty
   * when there is none that holds all its values. HUGEINT, which sums of integers have, is INT64: a
   * sum beyond it fails when it is read.
   */
  static Optional<Type> fromSql(String text) {
    return new TypeText(text).type();
  }
}
