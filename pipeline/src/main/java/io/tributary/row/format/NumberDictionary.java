package io.tributary.row.format;

/** The dictionary of numbers of four or eight bytes. Not thread-safe. */
final class NumberDictionary extends PageDictionary {
  private static final int HASH_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(SLOTS);

  private final long[] values = new long[MOST_VALUES];
  private final NumberWidth width;

  NumberDictionary(NumberWidth width) {
    this.width = width;
  }

  /** The index of a value, or {@link #FULL}. */
  int indexOf(long value) {
    int slot = (int) (value * SPREAD >>> HASH_SHIFT);
    while (slots[slot] != 0) {
      int index = slots[slot] - 1;
      if (values[index] == value) {
        return index;
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return add(value, slot);
  }

  private int add(long value, int slot) {
    if (size == MOST_VALUES) {
      return FULL;
    }
    width.put(value, plain);
    values[size] = value;
    slots[slot] = ++size;
    return size - 1;
  }

  @Override
  void copyTo(ByteBuilder out, int index) {
    width.put(values[index], out);
  }
}
