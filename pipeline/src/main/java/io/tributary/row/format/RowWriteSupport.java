package io.tributary.row.format;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Slot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * Hands the slots of a row to Parquet's column writers; how to do it is decided once per column.
 * Not thread-safe.
 */
final class RowWriteSupport extends WriteSupport<Row> {

  /** Writes one value that is not NULL. */
  private interface ValueWriter {
    void write(Row row, int column, RecordConsumer out);
  }

  private final Schema schema;
  private final String[] names;
  private final ValueWriter[] writers;
  private final RequiredColumns required;
  private RecordConsumer out;

  @SuppressWarnings("NullAway") // Parquet gives the consumer before the first row
  RowWriteSupport(Schema schema, String file) {
    this.schema = schema;
    this.names = schema.names().toArray(String[]::new);
    this.writers = schema.columns().stream().map(c -> writer(c.type())).toArray(ValueWriter[]::new);
    this.required = new RequiredColumns(schema, file);
  }

  private static int[] requiredColumns(Schema schema) {
    return IntStream.range(0, schema.size()).filter(i -> !schema.column(i).nullable()).toArray();
  }

  /**
   * @throws PermanentException when a column that is never NULL is
   */
  void checkRequired(Row row, long before) {
    required.check(row, before);
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(ParquetTypes.message(schema), Map.of());
  }

  @Override
  @SuppressWarnings(
      "deprecation") // abstract in Parquet, but not called with a configuration of its own
  public WriteContext init(Configuration configuration) {
    throw new UnsupportedOperationException("Hadoop is not used");
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Row row) {
    out.startMessage();
    writeFields(row, names, writers, out);
    out.endMessage();
  }

  private static void writeFields(
      Row row, String[] names, ValueWriter[] writers, RecordConsumer out) {
    for (int i = 0; i < writers.length; i++) {
      if (!row.isNull(i)) {
        out.startField(names[i], i);
        writers[i].write(row, i, out);
        out.endField(names[i], i);
      }
    }
  }

  private static ValueWriter writer(Type type) {
    return switch (type.kind()) {
      case BOOL -> (row, i, out) -> out.addBoolean(row.longAt(i) != 0);
      case INT64, TIME, DATETIME, TIMESTAMP -> (row, i, out) -> out.addLong(row.longAt(i));
      case FLOAT64 -> (row, i, out) -> out.addDouble(row.doubleAt(i));
      case NUMERIC -> decimal(type);
      case BIGNUMERIC ->
          (row, i, out) ->
              out.addBinary(
                  Binary.fromString(ParquetTypes.canonical((BigDecimal) row.objectAt(i))));
      case STRING, JSON, GEOGRAPHY, BYTES ->
          (row, i, out) ->
              out.addBinary(Binary.fromReusedByteArray(row.bytes(i), row.offset(i), row.length(i)));
      case DATE -> (row, i, out) -> out.addInteger(Math.toIntExact(row.longAt(i)));
      case RECORD -> record(type.recordFields());
      case ARRAY -> list(type.elementType());
    };
  }

  private static ValueWriter decimal(Type type) {
    if (type.precision() <= ParquetTypes.INT32_DIGITS) {
      return (row, i, out) -> out.addInteger(Math.toIntExact(row.longAt(i)));
    }
    return type.slot() == Slot.LONG
        ? (row, i, out) -> out.addLong(row.longAt(i))
        : (row, i, out) ->
            out.addBinary(
                Binary.fromConstantByteArray(ParquetTypes.fixed((BigDecimal) row.objectAt(i))));
  }

  private static ValueWriter record(Schema fields) {
    String[] names = fields.names().toArray(String[]::new);
    ValueWriter[] writers =
        fields.columns().stream().map(c -> writer(c.type())).toArray(ValueWriter[]::new);
    int[] required = requiredColumns(fields);
    return (row, i, out) -> {
      Row nested = (Row) row.objectAt(i);
      for (int field : required) {
        if (nested.isNull(field)) {
          throw new PermanentException(
              "field `"
                  + names[field]
                  + "` of column `"
                  + row.schema().column(i).name()
                  + "` is NOT NULL, but holds NULL");
        }
      }
      out.startGroup();
      writeFields(nested, names, writers, out);
      out.endGroup();
    };
  }

  private static ValueWriter list(Type element) {
    ValueWriter writer = writer(element);
    RowBuilder slot = new RowBuilder(Schema.of(Column.nullable(ParquetTypes.ELEMENT, element)));
    return (row, i, out) -> {
      List<?> elements = (List<?>) row.objectAt(i);
      out.startGroup();
      if (!elements.isEmpty()) {
        out.startField(ParquetTypes.LIST, 0);
        for (Object value : elements) {
          out.startGroup();
          if (value != null) {
            slot.set(0, value);
            out.startField(ParquetTypes.ELEMENT, 0);
            writer.write(slot, 0, out);
            out.endField(ParquetTypes.ELEMENT, 0);
          }
          out.endGroup();
        }
        out.endField(ParquetTypes.LIST, 0);
      }
      out.endGroup();
    };
  }
}
