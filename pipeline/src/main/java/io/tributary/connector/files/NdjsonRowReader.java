package io.tributary.connector.files;

import io.tributary.module.ReadContext;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.format.PlainJson;
import io.tributary.row.format.PlainRecord;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an NDJSON file, or of a part of one, in order; a line that does not fit the schema is
 * rejected. Not thread-safe.
 */
final class NdjsonRowReader implements RowReader {
  private final String path;
  private final JsonLines lines;
  private final PlainRecord record;
  private final ReadContext context;

  NdjsonRowReader(FileSplit part, FilesParameters parameters, Schema schema, ReadContext context)
      throws IOException {
    this.path = part.path();
    this.context = context;
    this.record = new PlainRecord(schema);
    this.lines =
        new JsonLines(
            path, TextSource.open(part, parameters.compression().of(path)), part.linesBefore());
  }

  @Override
  public boolean next(RowBuilder out) throws IOException {
    String line = lines.next();
    while (line != null) {
      Object plain = null;
      try {
        plain = PlainJson.parse(line);
        record.read(object(plain), out, "column");
        return true;
      } catch (IllegalArgumentException e) {
        context.reject(
            path + " line " + lines.number() + ": " + reason(e.getMessage()),
            plain instanceof Map ? PlainJson.text(plain) : PlainJson.text(Map.of("line", line)));
      }
      line = lines.next();
    }
    return false;
  }

  private static String reason(String message) {
    return message.startsWith("column ") ? message : "the line " + message;
  }

  private static Map<?, ?> object(@Nullable Object plain) {
    if (plain instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("is not a JSON object");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
