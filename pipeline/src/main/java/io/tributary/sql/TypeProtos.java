package io.tributary.sql;

import com.google.zetasql.ZetaSQLType.ArrayTypeProto;
import com.google.zetasql.ZetaSQLType.StructFieldProto;
import com.google.zetasql.ZetaSQLType.StructTypeProto;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.ZetaSQLType.TypeProto;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Our types as the analyzer's, and back. */
final class TypeProtos {
  private static final int NUMERIC_SCALE = 9;
  private static final int NUMERIC_INTEGER_DIGITS = 29;

  private TypeProtos() {}

  /** Empty for a type that the analyzer does not have. */
  static Optional<TypeProto> of(Type type) {
    return switch (type.kind()) {
      case BOOL -> simple(TypeKind.TYPE_BOOL);
      case INT64 -> simple(TypeKind.TYPE_INT64);
      case FLOAT64 -> simple(TypeKind.TYPE_DOUBLE);
      case NUMERIC, BIGNUMERIC ->
          simple(isNumeric(type) ? TypeKind.TYPE_NUMERIC : TypeKind.TYPE_BIGNUMERIC);
      case STRING -> simple(TypeKind.TYPE_STRING);
      case JSON -> simple(TypeKind.TYPE_JSON);
      case GEOGRAPHY -> simple(TypeKind.TYPE_GEOGRAPHY);
      case BYTES -> simple(TypeKind.TYPE_BYTES);
      case DATE -> simple(TypeKind.TYPE_DATE);
      case TIME -> simple(TypeKind.TYPE_TIME);
      case DATETIME -> simple(TypeKind.TYPE_DATETIME);
      case TIMESTAMP -> simple(TypeKind.TYPE_TIMESTAMP);
      case ARRAY ->
          of(type.elementType())
              .map(
                  element ->
                      TypeProto.newBuilder()
                          .setTypeKind(TypeKind.TYPE_ARRAY)
                          .setArrayType(ArrayTypeProto.newBuilder().setElementType(element))
                          .build());
      case RECORD -> record(type.recordFields());
    };
  }

  /** Whether values always fit BigQuery's NUMERIC: 29 digits before the point, 9 after it. */
  static boolean isNumeric(Type type) {
    return type.scale() <= NUMERIC_SCALE
        && type.precision() - type.scale() <= NUMERIC_INTEGER_DIGITS;
  }

  private static Optional<TypeProto> simple(TypeKind kind) {
    return Optional.of(TypeProto.newBuilder().setTypeKind(kind).build());
  }

  private static Optional<TypeProto> record(Schema fields) {
    StructTypeProto.Builder struct = StructTypeProto.newBuilder();
    for (Column field : fields.columns()) {
      Optional<TypeProto> type = of(field.type());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      struct.addField(
          StructFieldProto.newBuilder().setFieldName(field.name()).setFieldType(type.get()));
    }
    return Optional.of(
        TypeProto.newBuilder().setTypeKind(TypeKind.TYPE_STRUCT).setStructType(struct).build());
  }

  /** Empty for a type that a column cannot have, such as INTERVAL. */
  static Optional<Type> toType(TypeProto proto) {
    return switch (proto.getTypeKind()) {
      case TYPE_BOOL -> Optional.of(Type.BOOL);
      case TYPE_INT64 -> Optional.of(Type.INT64);
      case TYPE_DOUBLE -> Optional.of(Type.FLOAT64);
      case TYPE_NUMERIC -> Optional.of(Type.NUMERIC);
      case TYPE_BIGNUMERIC -> Optional.of(Type.BIGNUMERIC);
      case TYPE_STRING -> Optional.of(Type.STRING);
      case TYPE_JSON -> Optional.of(Type.JSON);
      case TYPE_GEOGRAPHY -> Optional.of(Type.GEOGRAPHY);
      case TYPE_BYTES -> Optional.of(Type.BYTES);
      case TYPE_DATE -> Optional.of(Type.DATE);
      case TYPE_TIME -> Optional.of(Type.TIME);
      case TYPE_DATETIME -> Optional.of(Type.DATETIME);
      case TYPE_TIMESTAMP -> Optional.of(Type.TIMESTAMP);
      case TYPE_ARRAY ->
          toType(proto.getArrayType().getElementType())
              .filter(element -> element.kind() != Type.Kind.ARRAY)
              .map(Type::array);
      case TYPE_STRUCT -> toRecord(proto.getStructType());
      default -> Optional.empty(); // the analyzer's enum is not closed
    };
  }

  private static Optional<Type> toRecord(StructTypeProto struct) {
    List<Column> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (StructFieldProto field : struct.getFieldList()) {
      Optional<Type> type = toType(field.getFieldType());
      String name = fieldName(field.getFieldName(), fields.size());
      if (type.isEmpty() || !names.add(name.toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
      fields.add(Column.nullable(name, type.get()));
    }
    return Optional.of(Type.record(Schema.of(fields)));
  }

  /** A field without a name has the one that BigQuery gives it. */
  private static String fieldName(String name, int position) {
    return name.isEmpty() ? "_field_" + (position + 1) : name;
  }
}
