package io.tributary.config;

import io.tributary.spec.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads text files: UTF-8, with or without a byte order mark. */
final class FileReader {
  private final Limits limits;
  private final Reporter reporter;

  FileReader(Limits limits, Reporter reporter) {
    this.limits = limits;
    this.reporter = reporter;
  }

  /** The bytes of a file as named in messages; null after reporting why they cannot be had. */
  byte @Nullable [] bytes(Path path, String file) {
    Extent start = new Extent(new SourceText(file, ""), 0, 0);
    try {
      if (Files.isDirectory(path)) {
        reporter.error(
            Code.TR001, start, "this is a folder", "name a file, or a folder that may be read");
        return null;
      }
      if (Files.size(path) > limits.bytes()) {
        reporter.error(
            Code.TR005,
            start,
            "the file is larger than " + limits.bytes() / (1024 * 1024) + " MiB",
            "a config is small; read large data with a source");
        return null;
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      reporter.error(Code.TR001, start, "the file does not exist", "check the path");
    } catch (AccessDeniedException e) {
      reporter.error(Code.TR001, start, "the file may not be read", "check its permissions");
    } catch (IOException e) {
      reporter.error(Code.TR001, start, "the file cannot be read: " + e.getMessage(), null);
    }
    return null;
  }

  /** The text of the bytes; null after reporting that they are not UTF-8. */
  @Nullable SourceText text(byte[] bytes, String file) {
    String other = otherEncoding(bytes);
    if (other != null) {
      reporter.error(
          Code.TR004,
          new Extent(new SourceText(file, ""), 0, 0),
          "the file is encoded as " + other,
          "save it as UTF-8");
      return null;
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = withoutMark(out.flip().toString());
    if (!result.isError()) {
      return new SourceText(file, text);
    }
    SourceText readable = new SourceText(file, text);
    reporter.error(
        Code.TR004,
        new Extent(readable, readable.length(), readable.length()),
        "the bytes here are not UTF-8",
        "save the file as UTF-8");
    return null;
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static @Nullable String otherEncoding(byte[] bytes) {
    if (bytes.length < 2) {
      return null;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean little = first == 0xff && second == 0xfe || first != 0 && second == 0;
    boolean big = first == 0xfe && second == 0xff || first == 0 && second != 0;
    return little ? "UTF-16 (little-endian)" : big ? "UTF-16 (big-endian)" : null;
  }
}
