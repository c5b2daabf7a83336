package io.tributary.connector.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8ReaderTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void decodesTextInPiecesOfAnySize(long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 70_000; i++) {
      text.appendCodePoint(
          switch (random.nextInt(4)) {
            case 0 -> 0x1F418;
            case 1 -> 0x800 + random.nextInt(0x1000);
            case 2 -> 0x80 + random.nextInt(0x700);
            default -> 1 + random.nextInt(0x7E);
          });
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

    for (int most : new int[] {1, 2, 3, 1000, 100_000}) {
      try (Reader reader = new Utf8Reader(dribbling(bytes, random), true)) {
        assertThat("seed " + seed, read(reader, most), is(text.toString()));
      }
    }
  }

  @Test
  void everyByteThatIsNotUtf8BecomesHalfAPair() throws IOException {
    byte[] bytes = {'a', (byte) 0xE9, 'b', (byte) 0xF0, (byte) 0x9F, 'c', (byte) 0xC3};

    for (int most : new int[] {1, 2, 100}) {
      try (Reader reader = new Utf8Reader(new ByteArrayInputStream(bytes), true)) {
        assertThat(read(reader, most), is("a\uDCE9b\uDCF0\uDC9Fc\uDCC3"));
      }
    }
  }

  @Test
  void aByteOrderMarkIsPassedOverAtTheBeginningOnly() throws IOException {
    byte[] bytes = "\uFEFFa\uFEFF".getBytes(StandardCharsets.UTF_8);

    try (Reader reader = new Utf8Reader(dribbling(bytes, new Random(1)), true)) {
      assertThat(read(reader, 10), is("a\uFEFF"));
    }
  }

  @Test
  void utf16IsRefusedAndTheStreamClosed() {
    boolean[] closed = {false};
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream("id".getBytes(StandardCharsets.UTF_16))) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    IOException e = assertThrows(IOException.class, () -> new Utf8Reader(in, true));

    assertThat(e.getMessage(), is("the text is UTF-16; save it as UTF-8"));
    assertThat(closed[0], is(true));
  }

  private static String read(Reader reader, int most) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[most];
    for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
      text.append(buffer, 0, read);
    }
    return text.toString();
  }

  /** Gives a few bytes at a time, as a network does. */
  private static InputStream dribbling(byte[] bytes, Random random) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(5000)));
      }
    };
  }
}
