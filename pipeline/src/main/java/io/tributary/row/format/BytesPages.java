package io.tributary.row.format;

import io.tributary.row.Row;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Pages of STRING, JSON, GEOGRAPHY or BYTES. */
final class BytesPages extends ColumnPages {
  private final @Nullable BytesDictionary dictionary;

  /**
   * @param dictionary null where values hardly repeat
   */
  BytesPages(boolean nullable, @Nullable BytesDictionary dictionary, PageCompression compression) {
    super(nullable, dictionary, compression);
    this.dictionary = dictionary;
  }

  @Override
  boolean add(Row row, int column) throws IOException {
    byte[] bytes = row.bytes(column);
    int from = row.offset(column);
    int length = row.length(column);
    if (dictionary != null && isIndexing()) {
      int index = dictionary.indexOf(bytes, from, length);
      if (index != PageDictionary.FULL) {
        return endIndex(index);
      }
      leaveDictionary();
    }
    values().putInt(length);
    values().putBytes(bytes, from, length);
    return endValue();
  }
}
