package io.tributary.warehouse;

import io.tributary.row.Schema;
import io.tributary.storage.StagedFile;
import java.util.List;

/** Rows in staged Parquet files; none when there are no rows. */
public record StagedTable(Schema schema, List<StagedFile> files) {
  public StagedTable {
    files = List.copyOf(files);
  }

  public long rows() {
    return files.stream().mapToLong(StagedFile::rows).sum();
  }
}
