package io.tributary.row.format;

import java.util.Arrays;

/**
 * The values of a column chunk that occurred so far, each once, in Parquet's PLAIN form. Open
 * addressing; it is given up when it is full. Not thread-safe.
 */
abstract class PageDictionary {
  static final int FULL = -1;

  static final long SPREAD = 0x9E3779B97F4A7C15L;
  static final int MOST_VALUES = 2048;
  static final int SLOTS = MOST_VALUES * 4;

  final int[] slots = new int[SLOTS]; // index + 1; 0 is free
  final ByteBuilder plain = new ByteBuilder(1 << 12);
  int size;

  /** How many values there are. */
  final int size() {
    return size;
  }

  /** The values in PLAIN form, in the order of their indices. */
  final ByteBuilder plain() {
    return plain;
  }

  final void clear() {
    Arrays.fill(slots, 0);
    plain.clear();
    size = 0;
  }

  /** Appends the PLAIN form of a value. */
  abstract void copyTo(ByteBuilder out, int index);
}
