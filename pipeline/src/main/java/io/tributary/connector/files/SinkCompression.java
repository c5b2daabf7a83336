package io.tributary.connector.files;

import io.tributary.row.format.AvroRowWriter;
import io.tributary.row.format.Compression;
import java.util.Set;

/** The parameter {@code compression} of the sink; which words a format takes says the format. */
enum SinkCompression {
  NONE,
  GZ,
  ZST,
  SNAPPY,
  DEFLATE;

  static final Set<SinkCompression> OF_TEXT = Set.of(NONE, GZ, ZST);
  static final Set<SinkCompression> OF_AVRO = Set.of(NONE, ZST, SNAPPY, DEFLATE);

  /** For a format that is compressed as a file. */
  Compression ofText() {
    return switch (this) {
      case NONE -> Compression.NONE;
      case GZ -> Compression.GZ;
      case ZST -> Compression.ZST;
      case SNAPPY, DEFLATE -> throw new IllegalStateException(this + " does not compress texts");
    };
  }

  /** For Avro, which is compressed block by block. */
  AvroRowWriter.Codec ofAvro() {
    return switch (this) {
      case NONE -> AvroRowWriter.Codec.NONE;
      case ZST -> AvroRowWriter.Codec.ZSTD;
      case SNAPPY -> AvroRowWriter.Codec.SNAPPY;
      case DEFLATE -> AvroRowWriter.Codec.DEFLATE;
      case GZ -> throw new IllegalStateException("gz does not compress Avro");
    };
  }
}
