package io.tributary.spec;

import java.util.Map;

/**
 * Implemented by parameters that hold queries in GoogleSQL, so that their syntax can be checked
 * offline. Queries in the language of a source are not among them.
 */
public interface HasQueries {
  /** The queries by the key of the node that holds them. */
  Map<String, SqlText> queries();
}
