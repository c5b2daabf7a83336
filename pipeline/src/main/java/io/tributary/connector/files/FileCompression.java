package io.tributary.connector.files;

import io.tributary.row.format.Compression;

/** The parameter {@code compression} of a source: said, or left to the ending of each file. */
enum FileCompression {
  AUTO,
  NONE,
  GZ,
  ZST;

  Compression of(String path) {
    return switch (this) {
      case AUTO -> Compression.of(path);
      case NONE -> Compression.NONE;
      case GZ -> Compression.GZ;
      case ZST -> Compression.ZST;
    };
  }
}
