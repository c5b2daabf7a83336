package io.tributary.row.format;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Decompresses Parquet pages without Hadoop's codec classes: zstd, snappy, gzip, lz4_raw and none.
 * Stateless; reads only.
 */
final class ParquetDecompression implements CompressionCodecFactory {

  /** Fills {@code to} with the plain bytes of a page. */
  private interface Page {
    int decompress(byte[] page, byte[] to) throws IOException;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("this codec factory only reads");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED ->
          new Decompressor(
              "plain",
              (page, to) -> {
                System.arraycopy(page, 0, to, 0, Math.min(page.length, to.length));
                return page.length;
              });
      case ZSTD ->
          new Decompressor(
              "zstd",
              (page, to) ->
                  Math.toIntExact(
                      Zstd.decompressByteArray(to, 0, to.length, page, 0, page.length)));
      case SNAPPY ->
          new Decompressor("snappy", (page, to) -> Snappy.uncompress(page, 0, page.length, to, 0));
      case LZ4_RAW ->
          new Decompressor(
              "lz4_raw",
              (page, to) ->
                  new Lz4Decompressor().decompress(page, 0, page.length, to, 0, to.length));
      case GZIP ->
          new Decompressor(
              "gzip",
              (page, to) -> {
                try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page))) {
                  return in.readNBytes(to, 0, to.length);
                }
              });
      case LZO, BROTLI, LZ4 ->
          throw new IllegalArgumentException(
              "it is compressed with "
                  + codec.name().toLowerCase(Locale.ROOT)
                  + ", which cannot be read; write it with zstd, snappy, gzip or lz4_raw");
    };
  }

  @Override
  public void release() {}

  private record Decompressor(String codec, Page page) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput compressed, int plainBytes) throws IOException {
      return BytesInput.from(plain(compressed.toByteArray(), plainBytes));
    }

    @Override
    public void decompress(ByteBuffer from, int pageBytes, ByteBuffer to, int plainBytes)
        throws IOException {
      byte[] compressed = new byte[pageBytes];
      from.get(compressed);
      to.put(plain(compressed, plainBytes));
    }

    private byte[] plain(byte[] compressed, int plainBytes) throws IOException {
      byte[] plain = new byte[plainBytes];
      int length;
      try {
        length = page.decompress(compressed, plain);
      } catch (RuntimeException e) { // what the libraries throw at broken input
        throw new IOException("a page is not valid " + codec + ": " + e.getMessage(), e);
      }
      if (length != plainBytes) {
        throw new IOException(
            "a " + codec + " page has " + length + " plain bytes instead of " + plainBytes);
      }
      return plain;
    }

    @Override
    public void release() {}
  }
}
