package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.PrimitiveType;

/** The columns of {@link ParquetTypes} as they stand in a file's footer. */
final class ParquetSchemaElements {
  private ParquetSchemaElements() {}

  static List<SchemaElement> of(Schema schema) {
    List<SchemaElement> elements = new ArrayList<>();
    elements.add(new SchemaElement("row").setNum_children(schema.size()));
    for (Column column : schema.columns()) {
      elements.add(element(column));
    }
    return elements;
  }

  /** How a column's values are laid out. */
  static Type physicalType(Column column) {
    return switch (ParquetTypes.primitive(column).getPrimitiveTypeName()) {
      case INT32 -> Type.INT32;
      case INT64 -> Type.INT64;
      case DOUBLE -> Type.DOUBLE;
      case BOOLEAN -> Type.BOOLEAN;
      case BINARY -> Type.BYTE_ARRAY;
      case FIXED_LEN_BYTE_ARRAY -> Type.FIXED_LEN_BYTE_ARRAY;
      case FLOAT, INT96 -> throw new IllegalStateException("no column is written so");
    };
  }

  private static SchemaElement element(Column column) {
    PrimitiveType primitive = ParquetTypes.primitive(column);
    SchemaElement element =
        new SchemaElement(column.name())
            .setType(physicalType(column))
            .setRepetition_type(
                column.nullable() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
    if (primitive.getTypeLength() > 0) {
      element.setType_length(primitive.getTypeLength());
    }
    io.tributary.row.Type type = column.type();
    return switch (type.kind()) {
      case BOOL, INT64, FLOAT64, BYTES -> element;
      case NUMERIC ->
          element
              .setConverted_type(ConvertedType.DECIMAL)
              .setPrecision(type.precision())
              .setScale(type.scale())
              .setLogicalType(LogicalType.DECIMAL(new DecimalType(type.scale(), type.precision())));
      case BIGNUMERIC, STRING, GEOGRAPHY ->
          element
              .setConverted_type(ConvertedType.UTF8)
              .setLogicalType(LogicalType.STRING(new StringType()));
      case JSON ->
          element
              .setConverted_type(ConvertedType.JSON)
              .setLogicalType(LogicalType.JSON(new JsonType()));
      case DATE ->
          element
              .setConverted_type(ConvertedType.DATE)
              .setLogicalType(LogicalType.DATE(new DateType()));
      // the old names of the types below mean UTC, so they are used for TIMESTAMP only
      case TIME -> element.setLogicalType(LogicalType.TIME(new TimeType(false, micros())));
      case DATETIME ->
          element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(false, micros())));
      case TIMESTAMP ->
          element
              .setConverted_type(ConvertedType.TIMESTAMP_MICROS)
              .setLogicalType(LogicalType.TIMESTAMP(new TimestampType(true, micros())));
      case RECORD, ARRAY -> throw new IllegalStateException(type + " is not flat");
    };
  }

  private static TimeUnit micros() {
    return TimeUnit.MICROS(new MicroSeconds());
  }
}
