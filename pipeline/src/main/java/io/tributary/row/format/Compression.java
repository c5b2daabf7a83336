package io.tributary.row.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How a file of text is compressed. */
public enum Compression {
  NONE(""),
  GZ(".gz"),
  ZST(".zst");

  private static final int BUFFER_BYTES = 1 << 16;

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  /** The ending of such files, with its dot; empty for {@link #NONE}. */
  public String extension() {
    return extension;
  }

  /** By the ending of a path. */
  public static Compression of(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(GZ.extension)) {
      return GZ;
    }
    return lower.endsWith(ZST.extension) ? ZST : NONE;
  }

  /**
   * The plain bytes of a compressed stream; several compressed parts in a row are read as one.
   * Closes {@code in} when it fails.
   */
  public InputStream decompress(InputStream in) throws IOException {
    try {
      return switch (this) {
        case NONE -> in;
        case GZ -> new GZIPInputStream(in, BUFFER_BYTES);
        case ZST -> ZstdStreams.in(in);
      };
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Compresses what is written; closing it closes {@code out}. Closes {@code out} when it fails.
   */
  public OutputStream compress(OutputStream out) throws IOException {
    try {
      return switch (this) {
        case NONE -> out;
        case GZ -> new GZIPOutputStream(out, BUFFER_BYTES);
        case ZST -> ZstdStreams.out(out);
      };
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }
}
