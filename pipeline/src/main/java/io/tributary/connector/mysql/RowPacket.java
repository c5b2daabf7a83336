package io.tributary.connector.mysql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over one row of the binary protocol: a zero byte, a bitmap of NULLs whose first two bits
 * are unused, then the values that are not NULL, in column order. Filled again for every row; the
 * bytes of a row stay as they are. Not thread-safe.
 */
final class RowPacket {
  private static final VarHandle SHORT = littleEndian(short[].class);
  private static final VarHandle INT = littleEndian(int[].class);
  private static final VarHandle LONG = littleEndian(long[].class);
  private static final int BITMAP = 1;
  private static final int BITMAP_OFFSET = 2;

  private final int bitmapBytes;
  private byte[] bytes = new byte[0];
  private int at;

  RowPacket(int columns) {
    this.bitmapBytes = (columns + BITMAP_OFFSET + 7) / 8;
  }

  private static VarHandle littleEndian(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** Moves to the first value of a row. */
  void begin(byte[] packet) {
    bytes = packet;
    at = BITMAP + bitmapBytes;
  }

  boolean isNull(int column) {
    int bit = column + BITMAP_OFFSET;
    return (bytes[BITMAP + (bit >> 3)] & (1 << (bit & 7))) != 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Moves past {@code length} bytes; returns where they begin. */
  int skip(int length) {
    int from = at;
    at += length;
    return from;
  }

  byte readByte() {
    return bytes[at++];
  }

  int readUnsignedByte() {
    return bytes[at++] & 0xff;
  }

  short readShort() {
    return (short) SHORT.get(bytes, skip(Short.BYTES));
  }

  int readInt() {
    return (int) INT.get(bytes, skip(Integer.BYTES));
  }

  long readLong() {
    return (long) LONG.get(bytes, skip(Long.BYTES));
  }

  /** The length that precedes a value of varying length. */
  int readLength() {
    int first = readUnsignedByte();
    return switch (first) {
      case 0xfc -> readShort() & 0xffff;
      case 0xfd -> (readShort() & 0xffff) | readUnsignedByte() << 16;
      case 0xfe -> Math.toIntExact(readLong());
      default -> first;
    };
  }
}
