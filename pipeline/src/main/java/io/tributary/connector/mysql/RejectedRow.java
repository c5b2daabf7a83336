package io.tributary.connector.mysql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.row.Row;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** A row with values that cannot be accepted, for the record of it. Not thread-safe. */
final class RejectedRow {
  private final String reason;
  private final Map<String, String> unreadable = new HashMap<>();

  /**
   * @param reason why its first such value cannot be accepted
   */
  RejectedRow(String reason) {
    this.reason = reason;
  }

  /** Keeps a value that cannot be accepted, as the database writes it. */
  void put(String column, String text) {
    unreadable.put(column, text);
  }

  String reason() {
    return reason;
  }

  /** The row as a JSON object; numbers of more digits than a double and dates are text. */
  String json(Row row) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < row.schema().size(); i++) {
      String name = row.schema().column(i).name();
      Object value = row.get(i);
      if (unreadable.containsKey(name)) {
        json.put(name, unreadable.get(name));
      } else if (value == null) {
        json.putNull(name);
      } else if (value instanceof Boolean truth) {
        json.put(name, truth);
      } else if (value instanceof Long number) {
        json.put(name, number);
      } else if (value instanceof Double number) {
        json.put(name, number);
      } else if (value instanceof ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        json.put(name, copy);
      } else {
        json.put(name, value.toString());
      }
    }
    return json.toString();
  }
}
