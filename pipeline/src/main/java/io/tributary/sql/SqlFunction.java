package io.tributary.sql;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * A function that a query asks of the warehouse because the warehouse's own differs from
 * BigQuery's: the same closures that {@code filter} and {@code select} use. NULL in does not mean
 * NULL out. Immutable, serializable.
 */
public final class SqlFunction implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Schema parameters;
  private final Node body;
  private final Type result;
  private final ZoneId zone;

  private SqlFunction(String name, Schema parameters, Node body, Type result, ZoneId zone) {
    this.name = name;
    this.parameters = parameters;
    this.body = body;
    this.result = result;
    this.zone = zone;
  }

  /**
   * @param name unique to the definition: functions of the same name are the same
   * @param types of the columns that the body reads
   * @throws BindException when the closures cannot compute it
   */
  static SqlFunction of(String name, List<Type> types, Node body, ZoneId zone)
      throws BindException {
    new Binder(zone).bind(body);
    Column[] columns = new Column[types.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.nullable("p" + i, types.get(i));
    }
    Type result = Objects.requireNonNull(body.type(), "bound without a type");
    return new SqlFunction(name, Schema.of(columns), body, result, zone);
  }

  public String name() {
    return name;
  }

  /** The types of its parameters, as the row that {@link Evaluation} takes. */
  public Schema parameters() {
    return parameters;
  }

  public Type result() {
    return result;
  }

  /** Computes a value from a row of parameters, for one thread. */
  public RowAssignment assignment() {
    return SqlExpression.assignment(body, result, zone);
  }

  @Override
  public String toString() {
    return name + parameters + " " + body;
  }
}
