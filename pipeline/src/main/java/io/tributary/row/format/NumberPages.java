package io.tributary.row.format;

import io.tributary.row.Row;
import java.io.IOException;

/** Pages of INT64, NUMERIC of at most 18 digits, DATE, TIME, DATETIME or TIMESTAMP. */
final class NumberPages extends ColumnPages {
  private final NumberWidth width;
  private final NumberDictionary dictionary;

  NumberPages(boolean nullable, NumberWidth width, PageCompression compression) {
    this(nullable, width, new NumberDictionary(width), compression);
  }

  private NumberPages(
      boolean nullable,
      NumberWidth width,
      NumberDictionary dictionary,
      PageCompression compression) {
    super(nullable, dictionary, compression);
    this.width = width;
    this.dictionary = dictionary;
  }

  @Override
  boolean add(Row row, int column) throws IOException {
    long value = row.longAt(column);
    if (isIndexing()) {
      int index = dictionary.indexOf(value);
      if (index != PageDictionary.FULL) {
        return endIndex(index);
      }
      leaveDictionary();
    }
    width.put(value, values());
    return endValue();
  }
}
