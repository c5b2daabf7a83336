package io.tributary.row.format;

import io.tributary.row.Row;
import java.io.IOException;

/** Pages of values that hardly repeat: no dictionary is tried. */
final class PlainPages extends ColumnPages {
  private final PlainForm form;

  /** Appends a value that is not NULL in PLAIN form. */
  @FunctionalInterface
  interface PlainForm {
    void put(Row row, int column, ByteBuilder out);
  }

  PlainPages(boolean nullable, PlainForm form, PageCompression compression) {
    super(nullable, null, compression);
    this.form = form;
  }

  @Override
  boolean add(Row row, int column) throws IOException {
    form.put(row, column, values());
    return endValue();
  }
}
