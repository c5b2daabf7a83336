package io.tributary.connector.files;

import io.tributary.module.SchemaParameter;
import io.tributary.spec.HasFiles;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user can set on the source; {@link FilesSource#SPEC} describes each.
 *
 * @param format null means by the ending of each file
 */
record FilesParameters(
    List<String> path,
    @Nullable FileFormat format,
    FileCompression compression,
    boolean header,
    char delimiter,
    char quote,
    List<String> nullValues,
    SchemaParameter schema)
    implements HasFiles, Serializable {

  @Override
  public Map<String, String> files() {
    return schema.file() == null ? Map.of() : Map.of("schema", schema.file());
  }
}
