package io.tributary.row.format;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Streams of zstd, in a class of their own so that commands that read no data need not load the
 * library.
 */
final class ZstdStreams {
  private ZstdStreams() {}

  static InputStream in(InputStream in) throws IOException {
    return new ZstdInputStream(in);
  }

  static OutputStream out(OutputStream out) throws IOException {
    return new ZstdOutputStream(out);
  }
}
