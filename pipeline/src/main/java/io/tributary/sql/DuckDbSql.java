package io.tributary.sql;

import io.tributary.row.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression in DuckDB's SQL. It can stand as an operand: what needs parentheses has them.
 *
 * @param type of its values as DuckDB has them; a decimal's precision is DuckDB's
 * @param declared the type that the query's author knows: a column's own, or the analyzer's
 * @param nullable false only where no value can be NULL
 * @param closure what a call of our closures is made of; null for all other expressions
 */
record DuckDbSql(
    String sql,
    Type type,
    Type declared,
    boolean nullable,
    ClosureCalls.@Nullable Closure closure) {
  private static final int NUMERIC_INTEGER_DIGITS = 29;

  DuckDbSql(String sql, Type type, Type declared, boolean nullable) {
    this(sql, type, declared, nullable, null);
  }

  /** An expression whose values are exactly of the analyzer's type. */
  static DuckDbSql of(String sql, Type type) {
    return new DuckDbSql(sql, type, type, true);
  }

  /** An expression of the analyzer's type whose decimals have another precision in DuckDB. */
  static DuckDbSql of(String sql, Type type, Type declared) {
    return new DuckDbSql(sql, type, declared, true);
  }

  /** The same expression with parts that do not change its values. */
  DuckDbSql withSql(String changed) {
    return new DuckDbSql(changed, type, declared, nullable);
  }

  DuckDbSql as(Type wanted) {
    return type.equals(wanted)
        ? this
        : new DuckDbSql(
            "CAST(" + sql + " AS " + DuckDbText.type(wanted) + ")", wanted, declared, nullable);
  }

  /** A decimal with no more digits than NUMERIC has: more of them are an error, as in BigQuery. */
  DuckDbSql asNumeric() {
    boolean isWithin =
        type.scale() <= Type.NUMERIC.scale()
            && type.precision() - type.scale() <= NUMERIC_INTEGER_DIGITS;
    return isWithin ? this : as(Type.NUMERIC);
  }

  boolean isDecimal() {
    return type.kind() == Type.Kind.NUMERIC;
  }

  /**
   * The one type that holds the values of all: the branches of a CASE, the queries of a UNION.
   *
   * @param declared the analyzer's type of them
   */
  static Type common(List<DuckDbSql> all, Type declared) {
    Type first = all.get(0).type();
    if (all.stream().allMatch(one -> one.type().equals(first))) {
      return first;
    }
    if (!all.stream().allMatch(DuckDbSql::isDecimal)) {
      return declared;
    }
    int scale = all.stream().mapToInt(one -> one.type().scale()).max().orElse(0);
    int integers =
        all.stream().mapToInt(one -> one.type().precision() - one.type().scale()).max().orElse(0);
    return integers + scale > Type.NUMERIC_DIGITS
        ? declared
        : Type.numeric(integers + scale, scale);
  }
}
