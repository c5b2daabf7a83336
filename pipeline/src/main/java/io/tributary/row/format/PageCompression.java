package io.tributary.row.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Makes pages of one file, zstd at level 1, in memory that all of its columns use in turn. Not
 * thread-safe.
 */
final class PageCompression implements AutoCloseable {
  private static final int LEVEL = 1;

  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);
  private final ByteBuilder plainPage = new ByteBuilder(1 << 16);
  private final ByteBuilder header = new ByteBuilder(1 << 6);
  private final ByteBuilder compressed = new ByteBuilder(1 << 16);

  /**
   * A page as it is in the file: its header, then its compressed bytes.
   *
   * @param plainBytes what it would take without compression
   */
  record Page(byte[] bytes, long plainBytes) {}

  /** Where a page can be put together; empty. Good until the next call. */
  ByteBuilder plainPage() {
    plainPage.clear();
    return plainPage;
  }

  /**
   * Makes a page.
   *
   * @param kind sets the part of the header that is of this type only
   */
  Page page(PageType type, Consumer<PageHeader> kind, ByteBuilder plain) throws IOException {
    int bound = Math.toIntExact(Zstd.compressBound(plain.size()));
    compressed.clear();
    compressed.reserve(bound);
    int length =
        zstd.compressByteArray(compressed.array(), 0, bound, plain.array(), 0, plain.size());
    PageHeader about = new PageHeader(type, plain.size(), length);
    kind.accept(about);
    header.clear();
    Util.writePageHeader(about, header);
    byte[] page = new byte[header.size() + length];
    System.arraycopy(header.array(), 0, page, 0, header.size());
    System.arraycopy(compressed.array(), 0, page, header.size(), length);
    return new Page(page, (long) header.size() + plain.size());
  }

  /** May be called twice. */
  @Override
  public void close() {
    zstd.close();
  }
}
