package io.tributary.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/**
 * Files of one kind of place: the local file system, or a bucket. Paths are texts as users write
 * them. Thread-safe.
 *
 * <p>Every method throws IOException with the path in its message when the place fails.
 */
public interface Storage {

  /** A file that is there. */
  record FileStatus(String path, long bytes, Instant modified) {}

  /**
   * The files that match a pattern ({@code *}, {@code ?}, {@code **}, {@code [ab]}, {@code {a,b}}),
   * ordered by path; a path without such characters matches the file itself. Empty when nothing
   * matches.
   */
  List<FileStatus> glob(String pattern) throws IOException;

  boolean exists(String path) throws IOException;

  /**
   * Names of the files and folders directly in a folder, in order; empty when there is no such
   * folder.
   */
  List<String> names(String folder) throws IOException;

  /** The length of a file in bytes. */
  long size(String path) throws IOException;

  InputStream open(String path) throws IOException;

  /** Opens a file at a position; what stands before it is not read. */
  InputStream open(String path, long from) throws IOException;

  /** Creates or replaces a file; folders above it are made. */
  OutputStream create(String path) throws IOException;

  /**
   * Renames a file over whatever is at {@code to}: afterwards either the old or the new file is
   * there, whole.
   */
  void move(String from, String to) throws IOException;

  /** Removes a file; does nothing when it is not there. */
  void delete(String path) throws IOException;

  /** Removes a folder with all that is in it; does nothing when it is not there. */
  void deleteTree(String folder) throws IOException;

  /** The path of a name below a folder. */
  String resolve(String folder, String name);
}
