package io.tributary.compile;

import io.tributary.module.Split;
import java.io.Serializable;

/**
 * A split to read.
 *
 * @param index its number among the splits of its source, from 0
 */
record SplitTask(String step, int index, Split split) implements Serializable {}
