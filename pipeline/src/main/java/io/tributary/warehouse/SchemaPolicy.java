package io.tributary.warehouse;

import java.io.Serializable;

/**
 * What becomes of differences between the rows of a sink and the table that is there: the value of
 * {@code on_schema_change}. Says nothing about a table that is made.
 */
public record SchemaPolicy(Columns columns, Types types) implements Serializable {

  /** What becomes of a column that only the rows or only the table has. */
  public enum Columns {
    /** A column of the rows is added to the table; one that only the table has stays NULL. */
    EVOLVE,
    /** Each is an error of the plan. */
    FREEZE,
    /** A column of the rows is left out; one that only the table has stays NULL. */
    DROP,
    /** A row with a value in a column that the table lacks is rejected. */
    REJECT
  }

  /** What becomes of a column whose type in the rows is not that of the table. */
  public enum Types {
    /** The table's type is widened where {@link Widening} finds one; else as FREEZE. */
    EVOLVE,
    /** Values are brought into the table's type as {@link Conversion} allows. */
    FREEZE
  }

  /** The table keeps its columns and their types. */
  public static final SchemaPolicy FREEZE = new SchemaPolicy(Columns.FREEZE, Types.FREEZE);
}
