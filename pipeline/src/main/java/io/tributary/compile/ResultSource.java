package io.tributary.compile;

import io.tributary.module.ReadContext;
import io.tributary.module.Source;
import io.tributary.module.SourceContext;
import io.tributary.module.Split;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.format.ParquetContents;
import io.tributary.row.format.ParquetRowReader;
import io.tributary.spec.Problems;
import io.tributary.storage.StagedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The result of a query, which the warehouse has written to files: what a fused stage reads on. */
record ResultSource(Schema schema) implements Source<ResultSource.Part> {
  private static final long ROWS_PER_SPLIT = 1_000_000;

  /** Row groups of a file of the result, up to {@code endGroup}, which is not among them. */
  record Part(String path, int firstGroup, int endGroup) implements Split {}

  /** The parts of a result; none when it has no rows. */
  static List<Part> splits(List<StagedFile> files) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (StagedFile file : files) {
      List<Long> groups = ParquetContents.of(file.path()).rowGroups();
      int first = 0;
      long rows = 0;
      for (int group = 0; group < groups.size(); group++) {
        rows += groups.get(group);
        if (rows >= ROWS_PER_SPLIT || rows > 0 && group == groups.size() - 1) {
          parts.add(new Part(file.path(), first, group + 1));
          first = group + 1;
          rows = 0;
        }
      }
    }
    return parts;
  }

  @Override
  public Schema schema(SourceContext context, Problems problems) {
    return schema;
  }

  /** None: they are known when the query has been run. */
  @Override
  public List<Part> splits(SourceContext context) {
    return List.of();
  }

  @Override
  public RowReader open(Part split, Schema rows, ReadContext context) throws IOException {
    return new ParquetRowReader(split.path(), rows, split.firstGroup(), split.endGroup(), null);
  }
}
