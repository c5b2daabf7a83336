package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/** Reads arrays and maps, element by element. Not thread-safe. */
final class AvroList implements AvroField.Reader {
  private final AvroField.Reader reader;
  private final boolean map;
  private final RowBuilder slot;
  private final @Nullable RowJson json;

  /**
   * @param map whether the elements are the entries of a map
   */
  AvroList(String name, AvroField element, AvroField.Reader reader, boolean map) {
    this.reader = reader;
    this.map = map;
    Schema one = Schema.of(Column.nullable(name, element.type()));
    this.slot = new RowBuilder(one);
    this.json = element.list() ? new RowJson(one) : null;
  }

  @Override
  public void read(Decoder in, RowBuilder out, int column) throws IOException {
    List<@Nullable Object> values = new ArrayList<>();
    for (long left = map ? in.readMapStart() : in.readArrayStart();
        left > 0;
        left = map ? in.mapNext() : in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        reader.read(in, slot, 0);
        values.add(slot.isNull(0) || json == null ? slot.get(0) : json.valueText(slot, 0));
      }
    }
    if (json == null) {
      out.setObject(column, Collections.unmodifiableList(values));
      return;
    }
    StringBuilder text = new StringBuilder("[");
    for (Object value : values) {
      text.append(text.length() > 1 ? "," : "").append(value);
    }
    out.setBytes(column, text.append(']').toString().getBytes(StandardCharsets.UTF_8));
  }
}
