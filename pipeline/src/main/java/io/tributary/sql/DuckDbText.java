package io.tributary.sql;

import io.tributary.row.Type;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names, types and constants as DuckDB writes them. */
final class DuckDbText {
  private DuckDbText() {}

  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** The type that keeps our values; a BIGNUMERIC is text, because decimals end at 38 digits. */
  static String type(Type type) {
    return switch (type.kind()) {
      case BOOL -> "BOOLEAN";
      case INT64 -> "BIGINT";
      case FLOAT64 -> "DOUBLE";
      case NUMERIC -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
      case STRING, BIGNUMERIC, GEOGRAPHY -> "VARCHAR";
      case JSON -> "JSON";
      case BYTES -> "BLOB";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case DATETIME -> "TIMESTAMP";
      case TIMESTAMP -> "TIMESTAMPTZ";
      case ARRAY -> type(type.elementType()) + "[]";
      case RECORD ->
          type.recordFields().columns().stream()
              .map(field -> name(field.name()) + " " + type(field.type()))
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
    };
  }

  /** A scalar constant. The value is one of {@link Node.Literal}; null for NULL. */
  static String literal(Type type, @Nullable Serializable value) {
    if (value == null) {
      return "NULL::" + type(type);
    }
    return switch (type.kind()) {
      case BOOL -> (Long) value == 0 ? "false" : "true";
      case INT64 -> (Long) value < 0 ? "(" + value + ")::BIGINT" : value + "::BIGINT";
      case FLOAT64 -> "'" + value + "'::DOUBLE";
      case NUMERIC -> "'" + ((BigDecimal) value).toPlainString() + "'::" + type(type);
      case BIGNUMERIC -> text(((BigDecimal) value).toPlainString());
      case STRING, GEOGRAPHY -> text((String) value);
      case JSON -> text((String) value) + "::JSON";
      case BYTES -> "unhex('" + HexFormat.of().formatHex((byte[]) value) + "')";
      case DATE -> "DATE '" + LocalDate.ofEpochDay((Long) value) + "'";
      case TIME -> "TIME '" + LocalTime.ofNanoOfDay((Long) value * 1000) + "'";
      case DATETIME -> "TIMESTAMP '" + Times.dateTime((Long) value) + "'";
      case TIMESTAMP -> "TIMESTAMPTZ '" + instant((Long) value) + "'";
      case ARRAY, RECORD -> throw new IllegalArgumentException(type + " is no scalar type");
    };
  }

  private static Instant instant(long micros) {
    return Times.dateTime(micros).toInstant(ZoneOffset.UTC);
  }
}
