package io.tributary.config;

import java.io.Serializable;

/**
 * How many rejected rows a run may have: none unless the config says otherwise.
 *
 * @param maxRate rejected rows of a step against the rows into it, from 0 to 1; tested when all
 *     rows were read
 * @param maxRows rejected rows of a run; passing it stops the run at once
 */
public record ErrorPolicy(double maxRate, long maxRows) implements Serializable {
  public static final ErrorPolicy NONE = new ErrorPolicy(0, 0);
}
