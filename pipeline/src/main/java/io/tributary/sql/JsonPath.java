package io.tributary.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path into a JSON text, such as {@code $.items[0].name}: read as a stream, so that numbers stay
 * as they are written and only the wanted part is made. Thread-safe.
 */
final class JsonPath {
  private static final JsonFactory JSON = new JsonFactory();

  /** A String is a key, an Integer an index. */
  private final List<Object> steps;

  private JsonPath(List<Object> steps) {
    this.steps = steps;
  }

  /** Null when the text is no path. */
  static @Nullable JsonPath parse(String text) {
    if (!text.startsWith("$")) {
      return null;
    }
    List<Object> steps = new ArrayList<>();
    int at = 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end;
      if (c == '.') {
        end = at + 1;
        if (end < text.length() && text.charAt(end) == '"') {
          int close = text.indexOf('"', end + 1);
          if (close < 0) {
            return null;
          }
          steps.add(text.substring(end + 1, close));
          at = close + 1;
          continue;
        }
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        if (end == at + 1) {
          return null;
        }
        steps.add(text.substring(at + 1, end));
      } else if (c == '[') {
        end = text.indexOf(']', at) + 1;
        Object step = end == 0 ? null : bracketed(text.substring(at + 1, end - 1).strip());
        if (step == null) {
          return null;
        }
        steps.add(step);
      } else {
        return null;
      }
      at = end;
    }
    return new JsonPath(List.copyOf(steps));
  }

  private static @Nullable Object bracketed(String inside) {
    int last = inside.length() - 1;
    if (last > 0
        && (inside.charAt(0) == '\'' || inside.charAt(0) == '"')
        && inside.charAt(last) == inside.charAt(0)) {
      return inside.substring(1, last);
    }
    return inside.matches("\\d{1,9}") ? Integer.valueOf(inside) : null;
  }

  /** The scalar there as text; null when there is none, or JSON's null, or the text is no JSON. */
  @Nullable String scalar(BytesExpr json) {
    try (JsonParser parser = JSON.createParser(json.bytes, json.offset, json.length)) {
      JsonToken token = find(parser);
      return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL
          ? parser.getText()
          : null;
    } catch (JsonParseException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The part there as JSON without blanks; null when there is none, or the text is no JSON. */
  byte @Nullable [] part(BytesExpr json) {
    try (JsonParser parser = JSON.createParser(json.bytes, json.offset, json.length)) {
      JsonToken token = find(parser);
      if (token == null) {
        return null;
      }
      ByteArrayOutputStream part = new ByteArrayOutputStream();
      try (JsonGenerator generator = JSON.createGenerator(part)) {
        generator.copyCurrentStructureExact(parser);
      }
      return part.toByteArray();
    } catch (JsonParseException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a text is JSON, whole and alone. */
  static boolean isJson(BytesExpr text) {
    try (JsonParser parser = JSON.createParser(text.bytes, text.offset, text.length)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonParseException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Moves to the token that the path leads to; null when it leads nowhere. */
  private @Nullable JsonToken find(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    for (Object step : steps) {
      boolean found =
          step instanceof String key ? toKey(parser, token, key) : toIndex(parser, token, step);
      if (!found) {
        return null;
      }
      token = parser.currentToken();
    }
    return token;
  }

  private static boolean toKey(JsonParser parser, @Nullable JsonToken token, String key)
      throws IOException {
    if (token != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals(key);
      parser.nextToken();
      if (wanted) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static boolean toIndex(JsonParser parser, @Nullable JsonToken token, Object step)
      throws IOException {
    if (token != JsonToken.START_ARRAY) {
      return false;
    }
    int left = (Integer) step;
    JsonToken element = parser.nextToken();
    while (element != null && element != JsonToken.END_ARRAY) {
      if (left-- == 0) {
        return true;
      }
      parser.skipChildren();
      element = parser.nextToken();
    }
    return false;
  }
}
