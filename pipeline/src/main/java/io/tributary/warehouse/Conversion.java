package io.tributary.warehouse;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;

/**
 * Whether a value of one type becomes a value of another without loss: what a sink may do on the
 * way into a table whose column has another type.
 *
 * <ul>
 *   <li>always: the same type; NUMERIC and BIGNUMERIC to at least as many digits before and after
 *       the point; INT64 to NUMERIC of at least 19 digits before the point; BOOL to INT64; DATE to
 *       DATETIME and TIMESTAMP (midnight, UTC); DATETIME to TIMESTAMP and back (UTC); BOOL, INT64,
 *       NUMERIC, BIGNUMERIC, DATE, JSON and GEOGRAPHY to STRING; STRING to BYTES (UTF-8)
 *   <li>by value, so that the publish fails when a value does not fit: fewer digits; NUMERIC to
 *       INT64; INT64 to BOOL (0 and 1), to FLOAT64 (up to 2^53) and to a short NUMERIC; BYTES to
 *       STRING (valid UTF-8); STRING to JSON (valid JSON)
 *   <li>never: all else
 * </ul>
 */
public enum Conversion {
  ALWAYS,
  BY_VALUE,
  NEVER;

  private static final int INT64_DIGITS = 19;

  /** How values of {@code from} become values of {@code to}. */
  public static Conversion of(Type from, Type to) {
    if (sameForm(from, to)) {
      return ALWAYS;
    }
    return switch (from.kind()) {
      case BOOL -> always(to.kind() == Kind.INT64 || to.kind() == Kind.STRING);
      case INT64 -> ofInteger(to);
      case NUMERIC, BIGNUMERIC -> ofDecimal(from, to);
      case DATE ->
          always(
              to.kind() == Kind.DATETIME
                  || to.kind() == Kind.TIMESTAMP
                  || to.kind() == Kind.STRING);
      case DATETIME -> always(to.kind() == Kind.TIMESTAMP);
      case TIMESTAMP -> always(to.kind() == Kind.DATETIME);
      case JSON, GEOGRAPHY -> always(to.kind() == Kind.STRING);
      case BYTES -> to.kind() == Kind.STRING ? BY_VALUE : NEVER;
      case STRING -> to.kind() == Kind.JSON ? BY_VALUE : always(to.kind() == Kind.BYTES);
      case FLOAT64, TIME, RECORD, ARRAY -> NEVER;
    };
  }

  private static Conversion ofInteger(Type to) {
    if (to.isDecimal()) {
      return to.precision() - to.scale() >= INT64_DIGITS ? ALWAYS : BY_VALUE;
    }
    if (to.kind() == Kind.BOOL || to.kind() == Kind.FLOAT64) {
      return BY_VALUE;
    }
    return always(to.kind() == Kind.STRING);
  }

  private static Conversion ofDecimal(Type from, Type to) {
    if (to.isDecimal()) {
      boolean wider =
          to.scale() >= from.scale()
              && to.precision() - to.scale() >= from.precision() - from.scale();
      return wider ? ALWAYS : BY_VALUE;
    }
    return to.kind() == Kind.INT64 ? BY_VALUE : always(to.kind() == Kind.STRING);
  }

  private static Conversion always(boolean allowed) {
    return allowed ? ALWAYS : NEVER;
  }

  /** Equal but for NULL constraints, descriptions, and text types inside records and arrays. */
  private static boolean sameForm(Type from, Type to) {
    if (from.kind() == Kind.ARRAY && to.kind() == Kind.ARRAY) {
      return sameElement(from.elementType(), to.elementType());
    }
    if (from.kind() == Kind.RECORD && to.kind() == Kind.RECORD) {
      Schema mine = from.recordFields();
      Schema other = to.recordFields();
      if (mine.size() != other.size()) {
        return false;
      }
      for (int i = 0; i < mine.size(); i++) {
        Column field = mine.column(i);
        Column target = other.column(i);
        if (!field.name().equalsIgnoreCase(target.name())
            || !sameElement(field.type(), target.type())) {
          return false;
        }
      }
      return true;
    }
    return from.equals(to);
  }

  private static boolean sameElement(Type from, Type to) {
    boolean bothText =
        (from.kind() == Kind.BIGNUMERIC || from.kind() == Kind.GEOGRAPHY)
            && to.kind() == Kind.STRING;
    return bothText || sameForm(from, to);
  }
}
