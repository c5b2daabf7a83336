package io.tributary.connector.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 and passes over a byte order mark. A byte that is not UTF-8 becomes half of a
 * surrogate pair (U+DC00 plus the byte), which no UTF-8 text can hold: so only the row with the
 * byte is refused, not the file. Not thread-safe.
 */
final class Utf8Reader extends Reader {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int NOTHING = -1;

  private final InputStream in;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private final CharBuffer pair = CharBuffer.allocate(2).flip();
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private boolean ended;

  /**
   * Takes over the stream: it is closed with the reader, or at once when the text is UTF-16.
   *
   * @param begin whether it is the begin of a text, where a byte order mark may stand
   * @throws IOException when the text is UTF-16
   */
  Utf8Reader(InputStream in, boolean begin) throws IOException {
    this.in = in;
    try {
      while (begin && bytes.remaining() < 3 && !ended) {
        fill();
      }
      if (begin) {
        passOverMark();
      }
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private void passOverMark() throws IOException {
    if (bytes.remaining() >= 2) {
      int first = bytes.get(0) & 0xFF;
      int second = bytes.get(1) & 0xFF;
      if (first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF) {
        throw new IOException("the text is UTF-16; save it as UTF-8");
      }
      if (bytes.remaining() >= 3
          && first == 0xEF
          && second == 0xBB
          && (bytes.get(2) & 0xFF) == 0xBF) {
        bytes.position(3);
      }
    }
  }

  @Override
  public int read(char[] chars, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (pair.hasRemaining()) {
      chars[offset] = pair.get();
      return 1;
    }
    CharBuffer out = CharBuffer.wrap(chars, offset, length);
    int start = out.position();
    while (true) {
      CoderResult result = decoder.decode(bytes, out, ended);
      if (result.isError()) {
        if (!out.hasRemaining()) {
          return out.position() - start;
        }
        out.put((char) (0xDC00 | bytes.get() & 0xFF));
      } else if (result.isOverflow() && out.position() == start) {
        return readPair(chars, offset); // no room for both halves of a pair
      } else if (result.isOverflow() || out.position() > start) {
        return out.position() - start;
      } else if (ended) {
        return NOTHING;
      } else {
        fill();
      }
    }
  }

  private int readPair(char[] chars, int offset) {
    pair.clear();
    decoder.decode(bytes, pair, ended);
    pair.flip();
    chars[offset] = pair.get();
    return 1;
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (read < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + read);
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
