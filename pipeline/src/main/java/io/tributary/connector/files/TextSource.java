package io.tributary.connector.files;

import io.tributary.row.format.Compression;
import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/** Opens a file as text. */
final class TextSource {
  private TextSource() {}

  /**
   * The decompressed, decoded text of a file; an empty file is an empty text, however it should be
   * compressed.
   */
  static Reader open(String path, Compression compression) throws IOException {
    try {
      Storage storage = Storages.of(path);
      boolean empty = storage.size(path) == 0;
      InputStream in = storage.open(path);
      return new Utf8Reader(empty ? in : compression.decompress(in), true);
    } catch (IOException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** The text of a part of a file; only files that are not compressed have parts. */
  static Reader open(FileSplit part, Compression compression) throws IOException {
    if (part.isWhole()) {
      return open(part.path(), compression);
    }
    try {
      InputStream in = Storages.of(part.path()).open(part.path(), part.from());
      return new Utf8Reader(new ByteRange(in, part.to() - part.from()), part.from() == 0);
    } catch (IOException e) {
      throw new IOException(part.path() + ": " + e.getMessage(), e);
    }
  }

  /** A text fit for people: what was not UTF-8 is shown as the replacement character. */
  static String printable(char[] text, int from, int to) {
    StringBuilder printable = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      boolean paired =
          i + 1 < to && Character.isSurrogatePair(text[i], text[i + 1])
              || i > from && Character.isSurrogatePair(text[i - 1], text[i]);
      printable.append(Character.isSurrogate(text[i]) && !paired ? '\uFFFD' : text[i]);
    }
    return printable.toString();
  }
}
