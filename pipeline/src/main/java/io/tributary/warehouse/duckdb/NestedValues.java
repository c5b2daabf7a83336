package io.tributary.warehouse.duckdb;

import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the driver's objects, also inside arrays and structs, into the plain values of our rows.
 */
final class NestedValues {
  private NestedValues() {}

  static @Nullable Object plain(Type type, @Nullable Object value) throws SQLException {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case INT64 -> value instanceof BigInteger big ? (Long) big.longValueExact() : value;
      case NUMERIC, BIGNUMERIC ->
          value instanceof BigInteger big ? new BigDecimal(big) : new BigDecimal(value.toString());
      case STRING, JSON, GEOGRAPHY -> value.toString();
      case BYTES -> bytes((Blob) value);
      case DATETIME -> ((Timestamp) value).toLocalDateTime();
      case TIMESTAMP -> ((OffsetDateTime) value).toInstant();
      case ARRAY -> list(type.elementType(), (Object[]) ((Array) value).getArray());
      case RECORD -> row(type.recordFields(), ((Struct) value).getAttributes());
      case BOOL, FLOAT64, DATE, TIME -> value;
    };
  }

  private static ByteBuffer bytes(Blob blob) throws SQLException {
    return ByteBuffer.wrap(blob.getBytes(1, Math.toIntExact(blob.length()))).asReadOnlyBuffer();
  }

  private static List<@Nullable Object> list(Type element, Object[] values) throws SQLException {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    for (Object value : values) {
      list.add(plain(element, value));
    }
    return list;
  }

  private static RowBuilder row(Schema schema, Object[] values) throws SQLException {
    RowBuilder row = new RowBuilder(schema);
    for (int i = 0; i < values.length; i++) {
      row.set(i, plain(schema.type(i), values[i]));
    }
    return row;
  }
}
