package io.tributary.row.format;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that grow, written as Parquet wants them: numbers with the lowest byte first. Used again
 * after {@link #clear}. Not thread-safe.
 */
final class ByteBuilder extends OutputStream {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  ByteBuilder(int capacity) {
    this.bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  /** The array that holds the bytes, from 0 on. */
  byte[] array() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  /** Room for so many more bytes. */
  void reserve(int more) {
    if (bytes.length - size < more) {
      grow(more);
    }
  }

  /** Apart from {@link #reserve}, which so is small enough to be compiled into its callers. */
  private void grow(int more) {
    int needed = Math.addExact(size, more);
    bytes =
        Arrays.copyOf(
            bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * bytes.length, needed)));
  }

  /**
   * Takes note of bytes that were written into {@link #array} directly, within what was reserved.
   */
  void advance(int count) {
    size += count;
  }

  void putInt(int value) {
    reserve(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  void putLong(long value) {
    reserve(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  void putBytes(byte[] from, int offset, int length) {
    reserve(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /** An unsigned number, seven bits a byte, lowest first. */
  void putVarint(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    write(rest);
  }

  @Override
  public void write(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    putBytes(from, offset, length);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }
}
