package io.tributary.sql;

/** Code points in UTF-8, without decoding. */
final class Utf8 {
  private Utf8() {}

  /** Whether a byte goes on with a code point instead of beginning one. */
  static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  static int codePoints(BytesExpr a) {
    int count = 0;
    for (int i = a.offset, end = a.offset + a.length; i < end; i++) {
      if (!isContinuation(a.bytes[i])) {
        count++;
      }
    }
    return count;
  }

  /**
   * The index of the byte at which the code point {@code index} begins; the length past the end.
   */
  static int byteOf(BytesExpr a, long index) {
    long left = index;
    for (int i = 0; i < a.length; i++) {
      if (!isContinuation(a.at(i)) && left-- == 0) {
        return i;
      }
    }
    return a.length;
  }

  /** The code point that begins at a byte. */
  static int codePointAt(BytesExpr a, int at) {
    int first = a.at(at);
    if (first >= 0) {
      return first;
    }
    int length = lengthAt(a, at);
    int point = first & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      point = point << 6 | a.at(at + i) & 0x3F;
    }
    return point;
  }

  /** How many bytes the code point has that begins at a byte. */
  static int lengthAt(BytesExpr a, int at) {
    int length = 1;
    while (at + length < a.length && isContinuation(a.at(at + length))) {
      length++;
    }
    return length;
  }

  static boolean isAscii(BytesExpr a) {
    for (int i = a.offset, end = a.offset + a.length; i < end; i++) {
      if (a.bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** The byte at which a text occurs first, from a byte on; -1 when it does not. */
  static int indexOf(BytesExpr a, BytesExpr sought, int from) {
    for (int i = from; i <= a.length - sought.length; i++) {
      if (occursAt(a, sought, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a text occurs at a byte; it must fit there. */
  static boolean occursAt(BytesExpr a, BytesExpr sought, int at) {
    for (int i = 0; i < sought.length; i++) {
      if (a.at(at + i) != sought.at(i)) {
        return false;
      }
    }
    return true;
  }
}
