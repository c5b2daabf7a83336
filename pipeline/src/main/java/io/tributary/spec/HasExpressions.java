package io.tributary.spec;

import java.util.List;
import java.util.Map;

/**
 * Implemented by parameters that hold SQL expressions, so that their syntax can be checked offline.
 */
public interface HasExpressions {

  /** The expressions by their place: the keys and list indexes below the node's parameters. */
  Map<List<Object>, SqlText> expressions();
}
