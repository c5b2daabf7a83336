package io.tributary.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A LIKE pattern, ready to be matched: {@code %} any text, {@code _} one code point, a backslash
 * before a character that is meant literally.
 */
final class Like {
  private static final int ANY = -1;
  private static final int ONE = -2;

  /** Bytes of the text, {@link #ANY} and {@link #ONE}; no two ANY in a row. */
  private final int[] tokens;

  private Like(int[] tokens) {
    this.tokens = tokens;
  }

  static @Nullable Expr bind(Operands in) throws BindException {
    if (!TextFunctions.isText(in)) {
      return null;
    }
    BytesExpr text = in.bytes(0);
    if (in.constantText(1) == null) {
      BytesExpr pattern = in.bytes(1);
      return new LongExpr(
          (row, out) ->
              text.evaluate(row)
                  && pattern.evaluate(row)
                  && out.set(parse(pattern.text()).matches(text)));
    }
    try {
      Like like = parse(Objects.requireNonNull(in.constantText(1)));
      return new LongExpr((row, out) -> text.evaluate(row) && out.set(like.matches(text)));
    } catch (RowException e) {
      throw in.wrong(1, "the LIKE pattern ends with a backslash", "write \\\\ for a backslash");
    }
  }

  private static Like parse(String pattern) throws RowException {
    List<Integer> tokens = new ArrayList<>();
    byte[] utf8 = pattern.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '%') {
        if (tokens.isEmpty() || tokens.get(tokens.size() - 1) != ANY) {
          tokens.add(ANY);
        }
      } else if (utf8[i] == '_') {
        tokens.add(ONE);
      } else if (utf8[i] == '\\') {
        if (++i == utf8.length) {
          throw new RowException("the LIKE pattern ends with a backslash");
        }
        tokens.add(utf8[i] & 0xFF);
      } else {
        tokens.add(utf8[i] & 0xFF);
      }
    }
    return new Like(tokens.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Goes back to the last ANY when the rest does not match there: no recursion. */
  boolean matches(BytesExpr text) {
    int at = 0;
    int token = 0;
    int resumeToken = -1;
    int resumeAt = 0;
    while (at < text.length) {
      if (token < tokens.length && tokens[token] == ANY) {
        resumeToken = ++token;
        resumeAt = at;
      } else if (token < tokens.length && tokens[token] == ONE) {
        at += Utf8.lengthAt(text, at);
        token++;
      } else if (token < tokens.length && tokens[token] == (text.at(at) & 0xFF)) {
        at++;
        token++;
      } else if (resumeToken >= 0) {
        resumeAt += Utf8.lengthAt(text, resumeAt);
        at = resumeAt;
        token = resumeToken;
      } else {
        return false;
      }
    }
    while (token < tokens.length && tokens[token] == ANY) {
      token++;
    }
    return token == tokens.length;
  }
}
