package io.tributary.row.format;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Slot;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema.Field;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * How each type is written in Avro: its schema and its values, one line each. What may be NULL is a
 * union with null, which elements of an ARRAY always are. JSON and GEOGRAPHY are strings with the
 * property {@code sqlType}, as BigQuery writes and reads them.
 */
final class AvroTypes {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Writes one value, NULL too. */
  @FunctionalInterface
  interface Cell {
    void write(Row row, int column, Encoder out) throws IOException;
  }

  private AvroTypes() {}

  /** Names of columns and fields, as paths, that Avro does not allow. */
  static List<String> wrongNames(Schema schema) {
    List<String> wrong = new ArrayList<>();
    addWrongNames("", schema, wrong);
    return wrong;
  }

  private static void addWrongNames(String prefix, Schema schema, List<String> wrong) {
    for (Column column : schema.columns()) {
      String path = prefix + column.name();
      if (!NAME.matcher(column.name()).matches()) {
        wrong.add(path);
      }
      Type type = column.type().element() == null ? column.type() : column.type().elementType();
      if (type.fields() != null) {
        addWrongNames(path + ".", type.recordFields(), wrong);
      }
    }
  }

  /**
   * The schema of a record.
   *
   * @param name unique in the file
   */
  static org.apache.avro.Schema record(String name, Schema schema) {
    List<Field> fields = new ArrayList<>();
    for (Column column : schema.columns()) {
      org.apache.avro.Schema type = type(name + "_" + column.name(), column.type());
      fields.add(
          column.nullable()
              ? new Field(
                  column.name(), nullable(type), column.description(), JsonProperties.NULL_VALUE)
              : new Field(column.name(), type, column.description(), (Object) null));
    }
    return org.apache.avro.Schema.createRecord(name, null, null, false, fields);
  }

  private static org.apache.avro.Schema nullable(org.apache.avro.Schema type) {
    return org.apache.avro.Schema.createUnion(
        org.apache.avro.Schema.create(org.apache.avro.Schema.Type.NULL), type);
  }

  private static org.apache.avro.Schema type(String name, Type type) {
    return switch (type.kind()) {
      case BOOL -> simple(org.apache.avro.Schema.Type.BOOLEAN);
      case INT64 -> simple(org.apache.avro.Schema.Type.LONG);
      case FLOAT64 -> simple(org.apache.avro.Schema.Type.DOUBLE);
      case NUMERIC, BIGNUMERIC ->
          LogicalTypes.decimal(type.precision(), type.scale())
              .addToSchema(simple(org.apache.avro.Schema.Type.BYTES));
      case STRING -> simple(org.apache.avro.Schema.Type.STRING);
      case JSON, GEOGRAPHY -> {
        org.apache.avro.Schema text = simple(org.apache.avro.Schema.Type.STRING);
        text.addProp(AvroScalar.SQL_TYPE, type.kind().name());
        yield text;
      }
      case BYTES -> simple(org.apache.avro.Schema.Type.BYTES);
      case DATE -> LogicalTypes.date().addToSchema(simple(org.apache.avro.Schema.Type.INT));
      case TIME -> LogicalTypes.timeMicros().addToSchema(simple(org.apache.avro.Schema.Type.LONG));
      case DATETIME ->
          LogicalTypes.localTimestampMicros().addToSchema(simple(org.apache.avro.Schema.Type.LONG));
      case TIMESTAMP ->
          LogicalTypes.timestampMicros().addToSchema(simple(org.apache.avro.Schema.Type.LONG));
      case RECORD -> record(name, type.recordFields());
      case ARRAY -> org.apache.avro.Schema.createArray(nullable(type(name, type.elementType())));
    };
  }

  private static org.apache.avro.Schema simple(org.apache.avro.Schema.Type type) {
    return org.apache.avro.Schema.create(type);
  }

  /** How to write each column of a row, in order. */
  static Cell[] cells(Schema schema) {
    return schema.columns().stream()
        .map(column -> column.nullable() ? nullable(column.type()) : required(column))
        .toArray(Cell[]::new);
  }

  private static Cell nullable(Type type) {
    Cell value = value(type);
    return (row, i, out) -> {
      if (row.isNull(i)) {
        out.writeIndex(0);
        out.writeNull();
      } else {
        out.writeIndex(1);
        value.write(row, i, out);
      }
    };
  }

  private static Cell required(Column column) {
    Cell value = value(column.type());
    return (row, i, out) -> {
      if (row.isNull(i)) {
        throw new PermanentException("field `" + column.name() + "` is NOT NULL, but holds NULL");
      }
      value.write(row, i, out);
    };
  }

  private static Cell value(Type type) {
    return switch (type.kind()) {
      case BOOL -> (row, i, out) -> out.writeBoolean(row.longAt(i) != 0);
      case INT64, TIME, DATETIME, TIMESTAMP -> (row, i, out) -> out.writeLong(row.longAt(i));
      case FLOAT64 -> (row, i, out) -> out.writeDouble(row.doubleAt(i));
      case NUMERIC, BIGNUMERIC ->
          type.slot() == Slot.LONG
              ? (row, i, out) -> out.writeBytes(BigInteger.valueOf(row.longAt(i)).toByteArray())
              : (row, i, out) ->
                  out.writeBytes(((BigDecimal) row.objectAt(i)).unscaledValue().toByteArray());
      case STRING, JSON, GEOGRAPHY, BYTES -> // text is written as its bytes
          (row, i, out) -> out.writeBytes(row.bytes(i), row.offset(i), row.length(i));
      case DATE -> (row, i, out) -> out.writeInt(Math.toIntExact(row.longAt(i)));
      case RECORD -> {
        Cell[] cells = cells(type.recordFields());
        yield (row, i, out) -> {
          Row nested = (Row) row.objectAt(i);
          for (int field = 0; field < cells.length; field++) {
            cells[field].write(nested, field, out);
          }
        };
      }
      case ARRAY -> list(type.elementType());
    };
  }

  private static Cell list(Type element) {
    Cell cell = nullable(element);
    RowBuilder slot = new RowBuilder(Schema.of(Column.nullable("element", element)));
    return (row, i, out) -> {
      List<?> values = (List<?>) row.objectAt(i);
      out.writeArrayStart();
      out.setItemCount(values.size());
      for (@Nullable Object value : values) {
        out.startItem();
        slot.set(0, value);
        cell.write(slot, 0, out);
      }
      out.writeArrayEnd();
    };
  }
}
