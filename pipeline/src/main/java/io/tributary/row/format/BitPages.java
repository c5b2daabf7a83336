package io.tributary.row.format;

import com.github.luben.zstd.ZstdCompressCtx;
import io.tributary.row.Row;
import java.io.IOException;

/** Pages of BOOL: a bit for each value. */
final class BitPages extends ColumnPages {
  BitPages(boolean nullable, ZstdCompressCtx zstd, ByteBuilder scratch) {
    super(nullable, null, zstd, scratch);
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
