package io.tributary.row.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * zstd at level 1 for Parquet pages, without Hadoop's codec classes. Not thread-safe; writes only.
 */
final class ZstdCodecs implements CompressionCodecFactory {
  private static final int LEVEL = 1;

  private final Compressor compressor = new Compressor();

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalStateException("no codec " + codec.name().toLowerCase(Locale.ROOT));
    }
    return compressor;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("this codec factory only writes");
  }

  /** May be called twice. */
  @Override
  public void release() {
    compressor.release();
  }

  private static final class Compressor implements BytesInputCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private final PlainPage plain = new PlainPage();

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      plain.reset();
      page.writeAllTo(plain);
      // a new array each time: the page store keeps it until the row group is written
      byte[] to = new byte[Math.toIntExact(Zstd.compressBound(plain.size()))];
      int length = context.compressByteArray(to, 0, to.length, plain.bytes(), 0, plain.size());
      return BytesInput.from(to, 0, length);
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      context.close();
    }
  }

  /** A page before it is compressed; gives out its array without a copy. */
  private static final class PlainPage extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }
  }
}
