package io.tributary.module;

import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
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
}
