package io.tributary.warehouse;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The smallest type that holds every value of a table's column and every value of the rows, exactly
 * as they are: what {@code types: evolve} makes of the column.
 *
 * <ul>
 *   <li>the table's own, when the rows' values {@linkplain Conversion#ALWAYS always} become it
 *   <li>BOOL → INT64
 *   <li>INT64, NUMERIC, BIGNUMERIC → the decimal with as many digits before and after the point as
 *       both need, 19 before it for an INT64; more than 38 digits make a BIGNUMERIC
 *   <li>DATE → DATETIME, TIMESTAMP
 *   <li>BOOL, INT64, NUMERIC, BIGNUMERIC, DATE, GEOGRAPHY → STRING, when the rows are STRING
 *   <li>STRUCT → a STRUCT with more fields, each of the old ones the same or widened by these rules
 *       to the rows' type; ARRAY → an ARRAY of a wider element likewise
 * </ul>
 *
 * <p>All else has none: no type holds both FLOAT64 and INT64, a number and a DATE have no order,
 * and JSON and BYTES keep meaning more than the text in them. DATETIME and TIMESTAMP become each
 * other, so neither is widened.
 */
final class Widening {
  private static final Type INTEGER = Type.numeric(19, 0);

  /** BigQuery's limit of digits on either side of the point. */
  private static final int BIGNUMERIC_DIGITS = 38;

  private Widening() {}

  /** The type that a table's column gets; its own when it needs no other, empty when none holds. */
  static Optional<Type> of(Type table, Type rows) {
    if (Conversion.of(rows, table) == Conversion.ALWAYS) {
      return Optional.of(table);
    }
    if (widens(table, rows)) {
      return Optional.of(rows);
    }
    return isNumber(table) && isNumber(rows) ? both(digits(table), digits(rows)) : Optional.empty();
  }

  /** Whether every value of a type is one of a wider type. */
  private static boolean widens(Type from, Type to) {
    return switch (from.kind()) {
      case BOOL, INT64, NUMERIC, BIGNUMERIC, DATE, GEOGRAPHY ->
          Conversion.of(from, to) == Conversion.ALWAYS;
      case ARRAY -> to.kind() == Kind.ARRAY && holds(from.elementType(), to.elementType());
      case RECORD ->
          to.kind() == Kind.RECORD && holdsFields(from.recordFields(), to.recordFields());
      case FLOAT64, STRING, JSON, BYTES, TIME, DATETIME, TIMESTAMP -> false;
    };
  }

  /** Of a field or element; a warehouse may know some types as text only there. */
  private static boolean holds(Type from, Type to) {
    boolean bothText =
        from.kind() == Kind.STRING && (to.kind() == Kind.BIGNUMERIC || to.kind() == Kind.GEOGRAPHY);
    return from.equals(to) || bothText || widens(from, to);
  }

  private static boolean holdsFields(Schema from, Schema to) {
    for (Column field : from.columns()) {
      OptionalInt position = to.find(field.name());
      if (position.isEmpty() || !holds(field.type(), to.type(position.getAsInt()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(Type type) {
    return type.kind() == Kind.INT64 || type.isDecimal();
  }

  private static Type digits(Type number) {
    return number.kind() == Kind.INT64 ? INTEGER : number;
  }

  private static Optional<Type> both(Type one, Type other) {
    int before = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
    int after = Math.max(one.scale(), other.scale());
    return before > BIGNUMERIC_DIGITS || after > BIGNUMERIC_DIGITS
        ? Optional.empty()
        : Optional.of(Type.numeric(before + after, after));
  }
}
