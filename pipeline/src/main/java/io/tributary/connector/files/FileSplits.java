package io.tributary.connector.files;

import io.tributary.row.format.Compression;
import io.tributary.row.format.ParquetContents;
import io.tributary.row.format.RecordScan;
import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides large files into parts that can be read at once. A text is scanned for the begin of its
 * records, because a line break may stand in quotes, and so that every part knows its lines.
 *
 * @param bytes a file of text is divided into parts of about so many
 * @param rows a Parquet file is divided into parts of at least so many
 */
record FileSplits(FilesParameters parameters, long bytes, long rows) {

  List<FileSplit> of(SourceFile file) throws IOException {
    Storage storage = Storages.of(file.path());
    long size = storage.size(file.path());
    return switch (file.format()) {
      case CSV, NDJSON -> text(file, size, storage);
      case PARQUET -> rowGroups(file, size);
      case AVRO -> blocks(file, size);
    };
  }

  private List<FileSplit> text(SourceFile file, long size, Storage storage) throws IOException {
    if (size <= bytes + bytes / 2
        || parameters.compression().of(file.path()) != Compression.NONE
        || file.format() == FileFormat.CSV && !isAscii()) {
      return List.of(FileSplit.whole(file, size));
    }
    RecordScan scan =
        file.format() == FileFormat.CSV
            ? RecordScan.csv(parameters.delimiter(), parameters.quote(), parameters.header(), bytes)
            : RecordScan.lines(bytes);
    List<FileSplit> parts = new ArrayList<>();
    RecordScan.Start from = new RecordScan.Start(0, 0);
    for (RecordScan.Start to : scan.read(storage.open(file.path())).starts()) {
      parts.add(part(file, from, to.at(), size));
      from = to;
    }
    parts.add(part(file, from, Long.MAX_VALUE, size));
    return parts;
  }

  /** Whether the characters that make the structure can be seen without decoding the text. */
  private boolean isAscii() {
    return parameters.delimiter() < 0x80 && parameters.quote() < 0x80;
  }

  private static FileSplit part(SourceFile file, RecordScan.Start from, long to, long size) {
    return new FileSplit(file.path(), file.format(), from.at(), to, from.linesBefore(), size);
  }

  /** A block belongs to the part in which it begins, which its reader finds out. */
  private List<FileSplit> blocks(SourceFile file, long size) {
    List<FileSplit> parts = new ArrayList<>();
    long from = 0;
    while (size - from > bytes + bytes / 2) {
      parts.add(new FileSplit(file.path(), file.format(), from, from + bytes, 0, size));
      from += bytes;
    }
    parts.add(new FileSplit(file.path(), file.format(), from, Long.MAX_VALUE, 0, size));
    return parts;
  }

  private List<FileSplit> rowGroups(SourceFile file, long size) throws IOException {
    List<Long> groups = ParquetContents.of(file.path()).rowGroups();
    List<FileSplit> parts = new ArrayList<>();
    int from = 0;
    long sum = 0;
    for (int i = 0; i < groups.size() - 1; i++) {
      sum += groups.get(i);
      if (sum >= rows) {
        parts.add(new FileSplit(file.path(), file.format(), from, i + 1, 0, size));
        from = i + 1;
        sum = 0;
      }
    }
    parts.add(new FileSplit(file.path(), file.format(), from, Long.MAX_VALUE, 0, size));
    return parts;
  }
}
