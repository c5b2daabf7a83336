package io.tributary.spec;

import java.util.Map;

/**
 * Implemented by parameters that name files which must be there before anything runs, so that
 * missing ones are found offline.
 */
public interface HasFiles {

  /** The paths as the user wrote them, by the key of the node that holds them. */
  Map<String, String> files();
}
