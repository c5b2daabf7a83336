package io.tributary.module;

import io.tributary.row.Row;
import io.tributary.row.RowWriter;
import io.tributary.storage.StagedFile;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in one file, or in one after the other when they are to be of limited size. A file is made
 * when its first row comes. Not thread-safe.
 */
public final class StagedParts implements StagedOutput {
  /** How often the size of a file is looked at, in rows. */
  private static final int ROWS_PER_LOOK = 1000;

  private final Names names;
  private final Opener opener;
  private final long maxBytes;
  private final List<StagedFile> complete = new ArrayList<>();
  private @Nullable RowWriter writer;
  private String path = "";

  /** The path of each file, by its number from 0. */
  @FunctionalInterface
  public interface Names {
    String path(int number);
  }

  /** Opens a writer for a path. */
  @FunctionalInterface
  public interface Opener {
    RowWriter open(String path) throws IOException;
  }

  /**
   * @param maxBytes a file that has so many is followed by another; it may have more by what its
   *     writer keeps in memory
   */
  public StagedParts(Names names, Opener opener, long maxBytes) {
    this.names = names;
    this.opener = opener;
    this.maxBytes = maxBytes;
  }

  /** One file of any size. */
  public static StagedParts one(String path, Opener opener) {
    return new StagedParts(number -> path, opener, Long.MAX_VALUE);
  }

  @Override
  public void write(Row row) throws IOException {
    try {
      if (writer == null) {
        path = names.path(complete.size());
        writer = opener.open(path);
      }
      writer.write(row);
      if (maxBytes < Long.MAX_VALUE
          && writer.rows() % ROWS_PER_LOOK == 0
          && Storages.of(path).size(path) >= maxBytes) {
        finish(writer);
      }
    } catch (IOException e) {
      throw new IOException("staged file " + path + ": " + e.getMessage(), e);
    }
  }

  private void finish(RowWriter finished) throws IOException {
    finished.close();
    complete.add(new StagedFile(path, finished.rows(), Storages.of(path).size(path)));
    writer = null;
  }

  @Override
  public List<StagedFile> complete() throws IOException {
    if (writer != null) {
      finish(writer);
    }
    return List.copyOf(complete);
  }

  @Override
  public void abort() throws IOException {
    if (writer != null) {
      writer.abort();
    }
  }
}
