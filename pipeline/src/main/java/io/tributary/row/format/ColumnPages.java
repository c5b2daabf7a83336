package io.tributary.row.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column of the current row group. A value is appended to {@link #values} in PLAIN
 * form and then taken by {@link #endValue}, which puts its index in the place of a value that the
 * dictionary has. Full pages are compressed at once and kept until the row group is written.
 * Format: Apache Parquet, data pages version 1. Not thread-safe.
 */
final class ColumnPages {
  private static final int PAGE_ROWS = 8192;
  private static final int PAGE_BYTES = 1 << 20;

  private final boolean nullable;
  private final ZstdCompressCtx zstd;
  private final ByteBuilder compressed;
  private final @Nullable PageDictionary dictionary;
  private boolean inDictionary; // values of this page are indices so far

  private final ByteBuilder values = new ByteBuilder(1 << 13);
  private final int[] indices = new int[PAGE_ROWS];
  private final byte[] present = new byte[PAGE_ROWS / 8];
  private int rows;
  private int notNull;

  private final ByteBuilder plainPage = new ByteBuilder(1 << 13);
  private final ByteBuilder pages = new ByteBuilder(1 << 13);
  private long chunkValues;
  private long chunkPlainBytes;
  private int dictionaryPages;
  private int plainPages;

  /**
   * @param zstd shared by the columns of a file, as is {@code compressed}, in which each page is
   *     compressed
   * @param withDictionary whether values may repeat
   */
  ColumnPages(
      boolean nullable, boolean withDictionary, ZstdCompressCtx zstd, ByteBuilder compressed) {
    this.nullable = nullable;
    this.zstd = zstd;
    this.compressed = compressed;
    this.dictionary = withDictionary ? new PageDictionary() : null;
    this.inDictionary = withDictionary;
  }

  /** Where the next value goes, in PLAIN form. */
  ByteBuilder values() {
    return values;
  }

  /**
   * Ends the value that was appended to {@link #values} from {@code start} on. Whether a page was
   * completed.
   */
  boolean endValue(int start) throws IOException {
    if (inDictionary && dictionary != null) {
      int index = dictionary.indexOf(values.array(), start, values.size() - start);
      if (index == PageDictionary.FULL) {
        leaveDictionary(dictionary, start);
      } else {
        indices[notNull] = index;
        values.advance(start - values.size());
      }
    }
    notNull++;
    present[rows >> 3] |= (byte) (1 << (rows & 7));
    return endRow();
  }

  /** The value of a BOOL column, which has no PLAIN bytes of its own. */
  boolean endBit(boolean value) throws IOException {
    if ((notNull & 7) == 0) {
      values.write(0);
    }
    if (value) {
      values.array()[notNull >> 3] |= (byte) (1 << (notNull & 7));
    }
    notNull++;
    present[rows >> 3] |= (byte) (1 << (rows & 7));
    return endRow();
  }

  boolean endNull() throws IOException {
    return endRow();
  }

  private boolean endRow() throws IOException {
    rows++;
    if (rows < PAGE_ROWS && values.size() < PAGE_BYTES) {
      return false;
    }
    endPage();
    return true;
  }

  /**
   * Writes the values of this page in PLAIN form after all, the one from {@code start} on being the
   * last.
   */
  private void leaveDictionary(PageDictionary full, int start) {
    int last = values.size() - start;
    plainPage.clear();
    for (int i = 0; i < notNull; i++) {
      full.copyTo(plainPage, indices[i]);
    }
    plainPage.putBytes(values.array(), start, last);
    values.clear();
    values.putBytes(plainPage.array(), 0, plainPage.size());
    inDictionary = false;
  }

  private void endPage() throws IOException {
    plainPage.clear();
    if (nullable) {
      putLevels();
    }
    boolean asIndices = inDictionary && dictionary != null && notNull > 0;
    if (asIndices) {
      putIndices(Math.max(1, 32 - Integer.numberOfLeadingZeros(dictionary.size() - 1)));
      dictionaryPages++;
    } else {
      plainPage.putBytes(values.array(), 0, values.size());
      plainPages++;
    }
    DataPageHeader header =
        new DataPageHeader(
            rows, asIndices ? Encoding.RLE_DICTIONARY : Encoding.PLAIN, Encoding.RLE, Encoding.RLE);
    putPage(pages, PageType.DATA_PAGE, page -> page.setData_page_header(header), plainPage);
    chunkValues += rows;
    rows = 0;
    notNull = 0;
    values.clear();
    Arrays.fill(present, (byte) 0);
  }

  /** Which rows have a value: one run of ones, or a bit for each row. */
  private void putLevels() {
    int lengthAt = plainPage.size();
    plainPage.putInt(0);
    if (notNull == rows) {
      plainPage.putVarint(rows << 1);
      plainPage.write(1);
    } else {
      int bytes = (rows + 7) / 8;
      plainPage.putVarint(bytes << 1 | 1);
      plainPage.putBytes(present, 0, bytes);
    }
    int length = plainPage.size() - lengthAt - 4;
    for (int i = 0; i < 4; i++) {
      plainPage.array()[lengthAt + i] = (byte) (length >>> 8 * i);
    }
  }

  private void putIndices(int width) {
    plainPage.write(width);
    int groups = (notNull + 7) / 8;
    plainPage.putVarint(groups << 1 | 1);
    long bits = 0;
    int count = 0;
    for (int i = 0; i < groups * 8; i++) {
      bits |= (long) (i < notNull ? indices[i] : 0) << count;
      count += width;
      while (count >= 8) {
        plainPage.write((int) bits);
        bits >>>= 8;
        count -= 8;
      }
    }
  }

  private void putPage(ByteBuilder out, PageType type, Consumer<PageHeader> kind, ByteBuilder page)
      throws IOException {
    int bound = Math.toIntExact(Zstd.compressBound(page.size()));
    compressed.clear();
    compressed.reserve(bound);
    int length = zstd.compressByteArray(compressed.array(), 0, bound, page.array(), 0, page.size());
    PageHeader header = new PageHeader(type, page.size(), length);
    kind.accept(header);
    int before = out.size();
    Util.writePageHeader(header, out);
    chunkPlainBytes += out.size() - before + page.size();
    out.putBytes(compressed.array(), 0, length);
  }

  /** What a written column chunk has, for the footer. */
  record Chunk(
      long values, long plainBytes, long bytes, long dictionaryBytes, List<Encoding> encodings) {}

  /** Writes the chunk: dictionary, then pages; afterwards a new one begins. */
  Chunk writeTo(OutputStream out) throws IOException {
    if (rows > 0) {
      endPage();
    }
    ByteBuilder dictionaryPage = new ByteBuilder(64);
    List<Encoding> encodings = new ArrayList<>(List.of(Encoding.RLE));
    if (dictionary != null && dictionaryPages > 0) {
      DictionaryPageHeader header = new DictionaryPageHeader(dictionary.size(), Encoding.PLAIN);
      putPage(
          dictionaryPage,
          PageType.DICTIONARY_PAGE,
          page -> page.setDictionary_page_header(header),
          dictionary.plain());
      encodings.add(Encoding.RLE_DICTIONARY);
    }
    if (plainPages > 0 || dictionaryPages > 0) {
      encodings.add(Encoding.PLAIN); // of the dictionary's values, too
    }
    dictionaryPage.writeTo(out);
    pages.writeTo(out);
    Chunk chunk =
        new Chunk(
            chunkValues,
            chunkPlainBytes,
            dictionaryPage.size() + (long) pages.size(),
            dictionaryPage.size(),
            encodings);
    begin();
    return chunk;
  }

  private void begin() {
    // a column whose values filled the dictionary at once is not tried again
    inDictionary = dictionary != null && (inDictionary || dictionaryPages > 0);
    if (dictionary != null) {
      dictionary.clear();
    }
    pages.clear();
    chunkValues = 0;
    chunkPlainBytes = 0;
    dictionaryPages = 0;
    plainPages = 0;
  }

  /** Compressed bytes that are kept. */
  int keptBytes() {
    return pages.size();
  }
}
