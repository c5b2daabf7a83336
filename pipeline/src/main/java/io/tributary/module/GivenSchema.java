package io.tributary.module;

import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import java.util.List;

/**
 * A schema that a user wrote, and where its columns stand.
 *
 * @param problems of the schema as a whole
 * @param columns of each column, in the order of the schema
 */
public record GivenSchema(Schema schema, Problems problems, List<Problems> columns) {
  public GivenSchema {
    columns = List.copyOf(columns);
  }

  /** Where a column stands; the whole when it is not in the schema. */
  public Problems at(String column) {
    return schema.find(column).stream().mapToObj(columns::get).findFirst().orElse(problems);
  }
}
