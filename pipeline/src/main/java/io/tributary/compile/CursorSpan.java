package io.tributary.compile;

import java.io.Serializable;

/** The smallest and the largest cursor among rows, as slots. */
record CursorSpan(long least, long largest) implements Serializable {}
