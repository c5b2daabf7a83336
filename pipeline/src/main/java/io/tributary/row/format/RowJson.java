package io.tributary.row.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Slot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows as JSON objects on one line. NULL is {@code null}; decimals are numbers with all their
 * digits; bytes are base64; dates and times ISO 8601; JSON values stand as they are, or as text
 * when they are not valid JSON; NaN and infinities are the texts {@code "NaN"}, {@code "Infinity"},
 * {@code "-Infinity"}. Not thread-safe.
 */
public final class RowJson {
  private static final JsonFactory JSON = new JsonFactory();

  private interface ValueWriter {
    void write(Row row, int column, JsonGenerator out) throws IOException;
  }

  private final String[] names;
  private final ValueWriter[] writers;

  public RowJson(Schema schema) {
    this.names = schema.names().toArray(String[]::new);
    this.writers =
        schema.columns().stream().map(column -> writer(column.type())).toArray(ValueWriter[]::new);
  }

  /** One row as text, where speed does not matter. */
  public static String text(Row row) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      new RowJson(row.schema()).write(row, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory cannot fail to be written
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Writes a row as an object. */
  public void write(Row row, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < names.length; i++) {
      out.writeFieldName(names[i]);
      if (row.isNull(i)) {
        out.writeNull();
      } else {
        writers[i].write(row, i, out);
      }
    }
    out.writeEndObject();
  }

  /** One value that is not NULL, as JSON. */
  public String valueText(Row row, int column) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      writers[column].write(row, column, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory cannot fail to be written
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static ValueWriter writer(Type type) {
    return switch (type.kind()) {
      case BOOL -> (row, i, out) -> out.writeBoolean(row.longAt(i) != 0);
      case INT64 -> (row, i, out) -> out.writeNumber(row.longAt(i));
      case FLOAT64 -> (row, i, out) -> writeDouble(row.doubleAt(i), out);
      case NUMERIC, BIGNUMERIC -> decimal(type);
      case STRING, GEOGRAPHY ->
          (row, i, out) -> out.writeUTF8String(row.bytes(i), row.offset(i), row.length(i));
      case JSON ->
          (row, i, out) ->
              writeJson(
                  new String(row.bytes(i), row.offset(i), row.length(i), StandardCharsets.UTF_8),
                  out);
      case BYTES -> (row, i, out) -> out.writeBinary(row.bytes(i), row.offset(i), row.length(i));
      case DATE -> (row, i, out) -> out.writeString(TimeText.date(row.longAt(i)));
      case TIME -> (row, i, out) -> out.writeString(TimeText.time(row.longAt(i)));
      case DATETIME -> (row, i, out) -> out.writeString(TimeText.dateTime(row.longAt(i)));
      case TIMESTAMP -> (row, i, out) -> out.writeString(TimeText.timestamp(row.longAt(i)));
      case RECORD -> {
        RowJson nested = new RowJson(type.recordFields());
        yield (row, i, out) -> nested.write((Row) row.objectAt(i), out);
      }
      case ARRAY -> list(type.elementType());
    };
  }

  private static ValueWriter decimal(Type type) {
    int scale = type.scale();
    return type.slot() == Slot.LONG
        ? (row, i, out) -> out.writeNumber(BigDecimal.valueOf(row.longAt(i), scale).toPlainString())
        : (row, i, out) -> out.writeNumber(((BigDecimal) row.objectAt(i)).toPlainString());
  }

  private static ValueWriter list(Type element) {
    ValueWriter writer = writer(element);
    RowBuilder slot = new RowBuilder(Schema.of(Column.nullable("element", element)));
    return (row, i, out) -> {
      out.writeStartArray();
      for (Object value : (List<?>) row.objectAt(i)) {
        if (value == null) {
          out.writeNull();
        } else {
          slot.set(0, value);
          writer.write(slot, 0, out);
        }
      }
      out.writeEndArray();
    };
  }

  private static void writeDouble(double value, JsonGenerator out) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Double.toString(value));
    }
  }

  private static void writeJson(String text, JsonGenerator out) throws IOException {
    if (isJson(text)) {
      // a line break can only stand between its tokens, where a blank means the same
      out.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
    } else {
      out.writeString(text);
    }
  }

  /** Whether a text is one JSON value. */
  static boolean isJson(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory cannot fail to be read
    }
  }
}
