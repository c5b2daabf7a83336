package io.tributary.module;

import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.io.Serializable;

/**
 * Where rows go. Its files are written during the extraction and become visible only afterwards.
 * Serializable.
 */
public sealed interface Sink extends Serializable permits TableSink, FileSink {

  /** The ending of its staged files, such as {@code .parquet}. */
  String extension();

  /** Opens a writer for a new file. */
  RowWriter open(Schema schema, String path) throws IOException;

  /**
   * Where the rows of one split go.
   *
   * @param folder of the staged files
   * @param name of the staged file, less its ending; it is in no other name of the run
   */
  default StagedOutput stage(Schema schema, String folder, String name) {
    return StagedParts.one(
        Storages.of(folder).resolve(folder, name + extension()), path -> open(schema, path));
  }
}
