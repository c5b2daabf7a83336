package io.tributary.sql;

import io.tributary.row.Schema;
import io.tributary.row.Type;
import org.jspecify.annotations.Nullable;

/** The conversions that DuckDB does exactly as BigQuery. */
final class NativeCasts {
  /** A decimal of so many digits and a power of ten are both exact as doubles. */
  private static final int DOUBLE_DIGITS = 15;

  private static final int INT64_DIGITS = 19;

  private NativeCasts() {}

  /** Null when DuckDB's conversion is another one. */
  static @Nullable DuckDbSql cast(DuckDbSql from, Type target, boolean safe, Node.Span span)
      throws BindException {
    Type.Kind kind = from.type().kind();
    if (target.kind() == Type.Kind.ARRAY || target.kind() == Type.Kind.RECORD) {
      return nested(from, target, safe, span);
    }
    if (target.isDecimal()) {
      return decimal(from, target, safe);
    }
    boolean same = kind == target.kind() || kind == Type.Kind.JSON && target.isText();
    if (same || isExact(from.type(), target.kind())) {
      return new DuckDbSql(from.as(target).sql(), target, target, from.nullable());
    }
    return null;
  }

  private static boolean isExact(Type from, Type.Kind target) {
    return switch (from.kind()) {
      case BOOL -> target == Type.Kind.INT64 || target == Type.Kind.STRING;
      case INT64 ->
          target == Type.Kind.BOOL || target == Type.Kind.FLOAT64 || target == Type.Kind.STRING;
      case NUMERIC ->
          target == Type.Kind.INT64
              || target == Type.Kind.FLOAT64 && from.precision() <= DOUBLE_DIGITS;
      case DATE -> target == Type.Kind.STRING || target == Type.Kind.DATETIME;
      case FLOAT64,
          BIGNUMERIC,
          STRING,
          JSON,
          GEOGRAPHY,
          BYTES,
          TIME,
          DATETIME,
          TIMESTAMP,
          ARRAY,
          RECORD ->
          false;
    };
  }

  private static @Nullable DuckDbSql decimal(DuckDbSql from, Type target, boolean safe) {
    if (target.kind() == Type.Kind.BIGNUMERIC) {
      return from.type().kind() == Type.Kind.BIGNUMERIC ? from : null;
    }
    boolean unlimited = target.equals(Type.NUMERIC);
    if (from.type().kind() == Type.Kind.INT64 && unlimited) {
      return new DuckDbSql(
          from.as(Type.numeric(INT64_DIGITS, 0)).sql(),
          Type.numeric(INT64_DIGITS, 0),
          target,
          from.nullable());
    }
    if (!from.isDecimal()) {
      return null;
    }
    if (unlimited && from.asNumeric() == from) {
      return new DuckDbSql(from.sql(), from.type(), target, from.nullable());
    }
    return safe ? null : new DuckDbSql(from.as(target).sql(), target, target, from.nullable());
  }

  /** Types whose parts differ in precision only, or in integers that become doubles. */
  private static DuckDbSql nested(DuckDbSql from, Type target, boolean safe, Node.Span span)
      throws BindException {
    if (safe || !isWidening(from.type(), target)) {
      throw BindException.unsupported(
          span, "a conversion from " + from.declared() + " to " + target);
    }
    return new DuckDbSql(from.as(target).sql(), target, target, from.nullable());
  }

  private static boolean isWidening(Type from, Type target) {
    if (from.kind() == Type.Kind.ARRAY && target.kind() == Type.Kind.ARRAY) {
      return isWidening(from.elementType(), target.elementType());
    }
    if (from.kind() == Type.Kind.RECORD && target.kind() == Type.Kind.RECORD) {
      return isWidening(from.recordFields(), target.recordFields());
    }
    return from.kind() == target.kind()
        || from.kind() == Type.Kind.INT64
            && (target.kind() == Type.Kind.FLOAT64 || target.kind() == Type.Kind.NUMERIC);
  }

  /** DuckDB converts records by the names of their fields, BigQuery by their order. */
  private static boolean isWidening(Schema from, Schema target) {
    if (!from.names().equals(target.names())) {
      return false;
    }
    for (int i = 0; i < from.size(); i++) {
      if (!isWidening(from.type(i), target.type(i))) {
        return false;
      }
    }
    return true;
  }
}
