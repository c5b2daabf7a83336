package io.tributary.row.format;

import io.tributary.row.Row;
import java.io.IOException;

/** Pages of BOOL: a bit for each value. */
final class BitPages extends ColumnPages {
  BitPages(boolean nullable, PageCompression compression) {
    super(nullable, null, compression);
  }

  @Override
  boolean add(Row row, int column) throws IOException {
    int bit = valuesOfPage();
    if ((bit & 7) == 0) {
      values().write(0);
    }
    if (row.longAt(column) != 0) {
      values().array()[bit >> 3] |= (byte) (1 << (bit & 7));
    }
    return endValue();
  }
}
