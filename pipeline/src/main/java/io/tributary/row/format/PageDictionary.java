package io.tributary.row.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The values of a column chunk that occurred so far, each once, in Parquet's PLAIN form. Open
 * addressing; it is given up when it is full. Not thread-safe.
 */
final class PageDictionary {
  static final int FULL = -1;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final int MOST_VALUES = 2048;
  private static final int SLOTS = MOST_VALUES * 4;

  private final int[] slots = new int[SLOTS]; // index + 1; 0 is free
  private final int[] starts = new int[MOST_VALUES + 1]; // of each value in `plain`
  private final ByteBuilder plain = new ByteBuilder(1 << 12);
  private int size;

  /** How many values there are. */
  int size() {
    return size;
  }

  /** The values in PLAIN form, in the order of their indices. */
  ByteBuilder plain() {
    return plain;
  }

  void clear() {
    Arrays.fill(slots, 0);
    plain.clear();
    size = 0;
  }

  /** Appends the PLAIN form of a value. */
  void copyTo(ByteBuilder out, int index) {
    out.putBytes(plain.array(), starts[index], starts[index + 1] - starts[index]);
  }

  /** The index of a value in PLAIN form, or {@link #FULL}. */
  int indexOf(byte[] value, int from, int length) {
    int slot = hash(value, from, length) & SLOTS - 1;
    while (slots[slot] != 0) {
      int index = slots[slot] - 1;
      if (Arrays.equals(
          plain.array(), starts[index], starts[index + 1], value, from, from + length)) {
        return index;
      }
      slot = slot + 1 & SLOTS - 1;
    }
    if (size == MOST_VALUES) {
      return FULL;
    }
    plain.putBytes(value, from, length);
    slots[slot] = ++size;
    starts[size] = plain.size();
    return size - 1;
  }

  private static int hash(byte[] value, int from, int length) {
    long hash = length;
    int at = from;
    int end = from + length;
    for (; at + 8 <= end; at += 8) {
      hash = (hash ^ (long) EIGHT_BYTES.get(value, at)) * SPREAD;
      hash ^= hash >>> 32;
    }
    for (; at < end; at++) {
      hash = (hash ^ value[at]) * SPREAD;
    }
    return (int) (hash >>> 32);
  }
}
