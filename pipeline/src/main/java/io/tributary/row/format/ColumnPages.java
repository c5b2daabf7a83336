package io.tributary.row.format;

import io.tributary.row.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column of the current row group. Full pages are compressed at once and kept
 * until the row group is written. Values that the column's dictionary has are written as their
 * indices; once it is full they are written in PLAIN form, in the page of the moment as well.
 * Format: Apache Parquet, data pages version 1. Not thread-safe.
 */
abstract class ColumnPages {
  private static final int PAGE_ROWS = 8192;
  private static final int PAGE_BYTES = 1 << 18;

  private final boolean nullable;
  private final PageCompression compression;
  private final @Nullable PageDictionary dictionary;
  private boolean indexing; // values of this page are indices so far

  private final ByteBuilder values = new ByteBuilder(1 << 13);
  private final int[] indices;
  private final byte[] present = new byte[PAGE_ROWS / 8];
  private int rows;
  private int notNull;

  private final List<byte[]> pages = new ArrayList<>(); // with their headers
  private long pageBytes;
  private long chunkValues;
  private long chunkPlainBytes;
  private int dictionaryPages;
  private int plainPages;

  /**
   * @param dictionary null where values hardly repeat
   * @param compression shared by the columns of a file
   */
  ColumnPages(boolean nullable, @Nullable PageDictionary dictionary, PageCompression compression) {
    this.nullable = nullable;
    this.compression = compression;
    this.dictionary = dictionary;
    this.indexing = dictionary != null;
    this.indices = new int[dictionary == null ? 0 : PAGE_ROWS];
  }

  /** Adds the value of a row, which is not NULL. Whether a page was completed. */
  abstract boolean add(Row row, int column) throws IOException;

  /** As {@link #add}, for NULL. */
  final boolean addNull() throws IOException {
    return endRow();
  }

  /** Where the next value goes, in PLAIN form. */
  final ByteBuilder values() {
    return values;
  }

  /** How many values this page has. */
  final int valuesOfPage() {
    return notNull;
  }

  /** Whether the next value is to be looked up in the dictionary. */
  final boolean isIndexing() {
    return indexing;
  }

  /** Ends a value that the dictionary has. Whether a page was completed. */
  final boolean endIndex(int index) throws IOException {
    indices[notNull] = index;
    return endValue();
  }

  /** Ends a value that was appended to {@link #values}. Whether a page was completed. */
  final boolean endValue() throws IOException {
    if (nullable) {
      present[rows >> 3] |= (byte) (1 << (rows & 7));
    }
    notNull++;
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

  /** Takes the values of this page in PLAIN form after all. */
  final void leaveDictionary() {
    for (int i = 0; i < notNull; i++) {
      Objects.requireNonNull(dictionary).copyTo(values, indices[i]);
    }
    indexing = false;
  }

  private void endPage() throws IOException {
    ByteBuilder plainPage = compression.plainPage();
    if (nullable) {
      putLevels(plainPage);
    }
    boolean asIndices = indexing && dictionary != null && notNull > 0;
    if (asIndices) {
      putIndices(plainPage, Math.max(1, 32 - Integer.numberOfLeadingZeros(dictionary.size() - 1)));
      dictionaryPages++;
    } else {
      plainPage.putBytes(values.array(), 0, values.size());
      plainPages++;
    }
    DataPageHeader header =
        new DataPageHeader(
            rows, asIndices ? Encoding.RLE_DICTIONARY : Encoding.PLAIN, Encoding.RLE, Encoding.RLE);
    keep(compression.page(PageType.DATA_PAGE, page -> page.setData_page_header(header), plainPage));
    chunkValues += rows;
    rows = 0;
    notNull = 0;
    values.clear();
    Arrays.fill(present, (byte) 0);
  }

  /** Which rows have a value: one run of ones, or a bit for each row. */
  private void putLevels(ByteBuilder plainPage) {
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

  /** All indices as one bit-packed run. */
  private void putIndices(ByteBuilder plainPage, int width) {
    plainPage.write(width);
    int groups = (notNull + 7) / 8;
    plainPage.putVarint(groups << 1 | 1);
    plainPage.reserve(groups * width);
    byte[] to = plainPage.array();
    int at = plainPage.size();
    long bits = 0;
    int count = 0;
    for (int i = 0; i < groups * 8; i++) {
      bits |= (long) (i < notNull ? indices[i] : 0) << count;
      count += width;
      while (count >= 8) {
        to[at++] = (byte) bits;
        bits >>>= 8;
        count -= 8;
      }
    }
    plainPage.advance(groups * width);
  }

  private void keep(PageCompression.Page page) {
    pages.add(page.bytes());
    pageBytes += page.bytes().length;
    chunkPlainBytes += page.plainBytes();
  }

  /** What a written column chunk has, for the footer. */
  record Chunk(
      long values, long plainBytes, long bytes, long dictionaryBytes, List<Encoding> encodings) {}

  /** Writes the chunk: dictionary, then pages; afterwards a new one begins. */
  final Chunk writeTo(OutputStream out) throws IOException {
    if (rows > 0) {
      endPage();
    }
    byte[] dictionaryPage = {};
    List<Encoding> encodings = new ArrayList<>(List.of(Encoding.RLE));
    if (dictionary != null && dictionaryPages > 0) {
      DictionaryPageHeader header = new DictionaryPageHeader(dictionary.size(), Encoding.PLAIN);
      PageCompression.Page first =
          compression.page(
              PageType.DICTIONARY_PAGE,
              page -> page.setDictionary_page_header(header),
              dictionary.plain());
      dictionaryPage = first.bytes();
      chunkPlainBytes += first.plainBytes();
      encodings.add(Encoding.RLE_DICTIONARY);
    }
    if (plainPages > 0 || dictionaryPages > 0) {
      encodings.add(Encoding.PLAIN); // of the dictionary's values, too
    }
    out.write(dictionaryPage);
    for (byte[] page : pages) {
      out.write(page);
    }
    Chunk chunk =
        new Chunk(
            chunkValues,
            chunkPlainBytes,
            dictionaryPage.length + pageBytes,
            dictionaryPage.length,
            encodings);
    begin();
    return chunk;
  }

  private void begin() {
    // a column whose values filled the dictionary at once is not tried again
    indexing = dictionary != null && (indexing || dictionaryPages > 0);
    if (dictionary != null) {
      dictionary.clear();
    }
    pages.clear();
    pageBytes = 0;
    chunkValues = 0;
    chunkPlainBytes = 0;
    dictionaryPages = 0;
    plainPages = 0;
  }

  /** Compressed bytes that are kept. */
  final long keptBytes() {
    return pageBytes;
  }
}
