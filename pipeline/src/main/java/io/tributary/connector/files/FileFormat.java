package io.tributary.connector.files;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How rows stand in a file that is read. */
enum FileFormat {
  CSV(List.of(".csv")),
  NDJSON(List.of(".ndjson", ".jsonl")),
  PARQUET(List.of(".parquet")),
  AVRO(List.of(".avro"));

  private final List<String> endings;

  FileFormat(List<String> endings) {
    this.endings = endings;
  }

  /** Whether a file says itself what columns it has, and of which types. */
  boolean hasSchema() {
    return switch (this) {
      case CSV, NDJSON -> false;
      case PARQUET, AVRO -> true;
    };
  }

  /** By the ending of a path, less that of a compression. */
  static Optional<FileFormat> of(String path) {
    String name = path.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
    for (FileFormat format : values()) {
      if (format.endings.stream().anyMatch(name::endsWith)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
