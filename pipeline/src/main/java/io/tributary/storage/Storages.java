package io.tributary.storage;

import java.util.Locale;

/** Finds the storage of a path. */
public final class Storages {
  private static final Storage LOCAL = new LocalStorage();

  private Storages() {}

  /**
   * The storage that a path belongs to; relative and absolute paths without a scheme are local.
   *
   * @throws IllegalArgumentException when its scheme is not supported; the message says so
   */
  public static Storage of(String path) {
    int colon = path.indexOf("://");
    if (colon < 0) {
      return LOCAL;
    }
    throw new IllegalArgumentException(
        "`"
            + path.substring(0, colon).toLowerCase(Locale.ROOT)
            + "://` paths are not supported here; use a local path");
  }
}
