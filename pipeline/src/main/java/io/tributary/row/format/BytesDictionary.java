package io.tributary.row.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The dictionary of texts. Not thread-safe. */
final class BytesDictionary extends PageDictionary {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** In PLAIN form a text follows its length. */
  private static final int LENGTH_BYTES = 4;

  private final int[] starts = new int[MOST_VALUES + 1]; // of each value in `plain`

  /** The index of a text, or {@link #FULL}. */
  int indexOf(byte[] text, int from, int length) {
    int slot = hash(text, from, length) & SLOTS - 1;
    while (slots[slot] != 0) {
      int index = slots[slot] - 1;
      int start = starts[index] + LENGTH_BYTES;
      if (starts[index + 1] - start == length && isSame(start, text, from, length)) {
        return index;
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return add(text, from, length, slot);
  }

  private int add(byte[] text, int from, int length, int slot) {
    if (size == MOST_VALUES) {
      return FULL;
    }
    plain.putInt(length);
    plain.putBytes(text, from, length);
    slots[slot] = ++size;
    starts[size] = plain.size();
    return size - 1;
  }

  private boolean isSame(int start, byte[] text, int from, int length) {
    byte[] known = plain.array();
    int at = 0;
    for (; at + 8 <= length; at += 8) {
      if ((long) EIGHT_BYTES.get(known, start + at) != (long) EIGHT_BYTES.get(text, from + at)) {
        return false;
      }
    }
    for (; at < length; at++) {
      if (known[start + at] != text[from + at]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(byte[] text, int from, int length) {
    long hash = length;
    int at = from;
    int end = from + length;
    for (; at + 8 <= end; at += 8) {
      hash = (hash ^ (long) EIGHT_BYTES.get(text, at)) * SPREAD;
      hash ^= hash >>> 32;
    }
    for (; at < end; at++) {
      hash = (hash ^ text[at]) * SPREAD;
    }
    return (int) (hash >>> 32);
  }

  @Override
  void copyTo(ByteBuilder out, int index) {
    out.putBytes(plain.array(), starts[index], starts[index + 1] - starts[index]);
  }
}
