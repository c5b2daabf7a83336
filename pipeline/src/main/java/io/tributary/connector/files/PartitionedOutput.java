package io.tributary.connector.files;

import io.tributary.failure.PermanentException;
import io.tributary.module.StagedOutput;
import io.tributary.module.StagedParts;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.storage.StagedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Files of one split in folders by the values of partition columns. At most {@value #MOST_OPEN} are
 * written at once: the one that was not written to for the longest time is completed when another
 * is needed, and its folder gets a further file later. Not thread-safe.
 */
final class PartitionedOutput implements StagedOutput {
  static final int MOST_OPEN = 32;

  private final Partitioning partitioning;
  private final Function<String, StagedParts> parts;
  private final RowBuilder fileRow;
  private final int[] kept;
  private final Map<String, StagedParts> open = new LinkedHashMap<>(MOST_OPEN, 0.75f, true);
  private final List<StagedFile> complete = new ArrayList<>();

  /**
   * @param parts where the rows of a relative folder go; asked again when it was completed before
   */
  PartitionedOutput(Partitioning partitioning, Function<String, StagedParts> parts) {
    this.partitioning = partitioning;
    this.parts = parts;
    this.fileRow = new RowBuilder(partitioning.fileSchema());
    this.kept = partitioning.kept();
  }

  @Override
  public void write(Row row) throws IOException {
    StagedParts output = output(folder(row));
    for (int i = 0; i < kept.length; i++) {
      fileRow.copyFrom(i, row, kept[i]);
    }
    output.write(fileRow);
  }

  private String folder(Row row) {
    try {
      return partitioning.folder(row);
    } catch (IllegalArgumentException e) {
      throw new PermanentException(e.getMessage() == null ? "" : e.getMessage(), e);
    }
  }

  private StagedParts output(String folder) throws IOException {
    StagedParts found = open.get(folder);
    if (found != null) {
      return found;
    }
    if (open.size() == MOST_OPEN) {
      Iterator<StagedParts> longestAgo = open.values().iterator();
      complete.addAll(longestAgo.next().complete());
      longestAgo.remove();
    }
    StagedParts begun = parts.apply(folder);
    open.put(folder, begun);
    return begun;
  }

  @Override
  public List<StagedFile> complete() throws IOException {
    for (StagedParts output : open.values()) {
      complete.addAll(output.complete());
    }
    open.clear();
    return List.copyOf(complete);
  }

  @Override
  public void abort() throws IOException {
    for (StagedParts output : open.values()) {
      output.abort();
    }
  }
}
