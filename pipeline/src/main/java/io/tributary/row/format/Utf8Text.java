package io.tributary.row.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Turns characters into UTF-8, and says what is UTF-8. */
final class Utf8Text {
  private Utf8Text() {}

  /**
   * The UTF-8 bytes of the characters from {@code from} to {@code to} (exclusive).
   *
   * @throws IllegalArgumentException at a surrogate without its other half, for which readers put
   *     what was not UTF-8
   */
  static byte[] encode(char[] text, int from, int to) {
    int length = 0;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (!Character.isSurrogate(c)) {
        length += 3;
      } else if (i + 1 < to && Character.isSurrogatePair(c, text[i + 1])) {
        length += 4;
        i++;
      } else {
        throw new IllegalArgumentException("is not valid UTF-8");
      }
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c < 0x80) {
        bytes[at++] = (byte) c;
      } else if (c < 0x800) {
        bytes[at++] = (byte) (0xC0 | c >> 6);
        bytes[at++] = (byte) (0x80 | c & 0x3F);
      } else if (!Character.isSurrogate(c)) {
        bytes[at++] = (byte) (0xE0 | c >> 12);
        bytes[at++] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[at++] = (byte) (0x80 | c & 0x3F);
      } else {
        int point = Character.toCodePoint(c, text[++i]);
        bytes[at++] = (byte) (0xF0 | point >> 18);
        bytes[at++] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[at++] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[at++] = (byte) (0x80 | point & 0x3F);
      }
    }
    return bytes;
  }

  /** Whether bytes are UTF-8. */
  static boolean isValid(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < 0) {
        return decodes(ByteBuffer.wrap(bytes, i, from + length - i));
      }
    }
    return true;
  }

  private static boolean decodes(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
