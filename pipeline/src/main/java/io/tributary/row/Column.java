package io.tributary.row;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A named, typed column of a schema. Immutable, serializable.
 *
 * @param nullable whether a value may be NULL; false only where the origin guarantees it
 * @param description the origin's comment on the column, if it has one
 */
public record Column(String name, Type type, boolean nullable, @Nullable String description)
    implements Serializable {

  public static Column nullable(String name, Type type) {
    return new Column(name, type, true, null);
  }

  public static Column required(String name, Type type) {
    return new Column(name, type, false, null);
  }

  public Column withName(String newName) {
    return new Column(newName, type, nullable, description);
  }

  public Column withType(Type newType) {
    return new Column(name, newType, nullable, description);
  }

  @Override
  public String toString() {
    return name + " " + type + (nullable ? "" : " NOT NULL");
  }
}
