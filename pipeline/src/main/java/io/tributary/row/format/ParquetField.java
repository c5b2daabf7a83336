package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * A field of a Parquet file: its type in the row, and what puts its values there. A list may be
 * written with two levels or three, or be a repeated field; a map is an ARRAY of {@code key} and
 * {@code value}; a list of lists is JSON. Stateless.
 *
 * <p>Source: apache/parquet-format, LogicalTypes.md, sections "Lists" and "Maps" with their rules
 * of backward compatibility.
 *
 * @param list whether it is a list, which cannot be an element of an ARRAY
 */
record ParquetField(String name, Type type, boolean nullable, boolean list, Opener opener) {
  private static final List<String> MAP_FIELDS = List.of("key", "value");

  /** Makes the converter of a field for one reader. */
  @FunctionalInterface
  interface Opener {
    /**
     * @param after what to do when a value is complete
     */
    Converter open(ParquetConverters.Target target, int column, Runnable after);
  }

  /**
   * A field of a file's schema.
   *
   * @param wanted the type to read it as; null for its own
   * @param trusted whether JSON is known to be JSON
   * @throws IllegalArgumentException when it cannot be read; the message begins with a verb
   */
  static ParquetField of(
      org.apache.parquet.schema.Type field, @Nullable Type wanted, boolean trusted) {
    return new Finder(trusted).field(field, wanted);
  }

  /** The same with another name: the keys and values of maps have names of their own in a row. */
  private ParquetField named(String newName) {
    return new ParquetField(newName, type, nullable, list, opener);
  }

  private record Finder(boolean trusted) {
    ParquetField field(org.apache.parquet.schema.Type field, @Nullable Type wanted) {
      ParquetField found =
          field.isRepetition(Repetition.REPEATED)
              ? repeated(field, wanted) // outside of a list: a list that is never NULL
              : single(field, wanted);
      if (wanted != null && !found.type.equals(wanted)) {
        throw new IllegalArgumentException("is " + found.type + " in the file, not " + wanted);
      }
      return found;
    }

    private ParquetField single(org.apache.parquet.schema.Type field, @Nullable Type wanted) {
      if (field.isPrimitive()) {
        ParquetScalar scalar = ParquetScalar.of(field.asPrimitiveType(), wanted, trusted);
        return new ParquetField(
            field.getName(),
            scalar.type(),
            field.isRepetition(Repetition.OPTIONAL),
            false,
            (target, column, after) -> new ParquetConverters.Scalar(scalar, target, column, after));
      }
      GroupType group = field.asGroupType();
      LogicalTypeAnnotation meaning = group.getLogicalTypeAnnotation();
      if (meaning instanceof ListLogicalTypeAnnotation) {
        return listGroup(group, wanted);
      }
      if (meaning instanceof MapLogicalTypeAnnotation
          || meaning instanceof MapKeyValueTypeAnnotation) {
        return map(group, wanted);
      }
      if (meaning != null) {
        throw new IllegalArgumentException(
            "is a group (" + meaning + ") in the file, which cannot be read");
      }
      List<ParquetField> fields = new ArrayList<>();
      for (org.apache.parquet.schema.Type inner : group.getFields()) {
        fields.add(inside(inner.getName(), inner, wanted));
      }
      return record(group, fields, wanted);
    }

    /** A field of a group; a problem with it is said of the group. */
    private ParquetField inside(
        String name, org.apache.parquet.schema.Type field, @Nullable Type wanted) {
      Type type = null;
      if (wanted != null && wanted.kind() == Kind.RECORD) {
        Schema fields = wanted.recordFields();
        type =
            fields.find(name).stream()
                .mapToObj(fields::type)
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("has a field `" + name + "` in the file"));
      }
      try {
        return field(field, type).named(name);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "has a field `" + name + "`, which " + e.getMessage(), e);
      }
    }

    private ParquetField record(GroupType group, List<ParquetField> fields, @Nullable Type wanted) {
      Type type = Type.record(schema(fields));
      if (wanted != null && wanted.kind() == Kind.RECORD) {
        if (wanted.recordFields().size() != fields.size()) {
          throw new IllegalArgumentException("is " + type + " in the file, not " + wanted);
        }
        type = wanted; // may have its fields in another order
      }
      Schema row = type.recordFields();
      return new ParquetField(
          group.getName(),
          type,
          group.isRepetition(Repetition.OPTIONAL),
          false,
          (target, column, after) ->
              new ParquetConverters.Record(fields, row, target, column, after));
    }

    private ParquetField listGroup(GroupType group, @Nullable Type wanted) {
      org.apache.parquet.schema.Type repeated = repeatedIn(group);
      ParquetField elements =
          isElement(repeated, group.getName())
              ? repeated(repeated, wanted)
              : wrapped(repeated.asGroupType(), wanted);
      return list(group, elements);
    }

    private ParquetField map(GroupType group, @Nullable Type wanted) {
      org.apache.parquet.schema.Type repeated = repeatedIn(group);
      if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() > 2) {
        throw new IllegalArgumentException("is a map without keys and values in the file");
      }
      GroupType entry = repeated.asGroupType();
      Type element = element(wanted);
      List<ParquetField> fields = new ArrayList<>();
      for (int i = 0; i < entry.getFieldCount(); i++) {
        fields.add(inside(MAP_FIELDS.get(i), entry.getType(i), element));
      }
      return list(group, elements(record(entry, fields, element), false));
    }

    private static org.apache.parquet.schema.Type repeatedIn(GroupType group) {
      if (group.getFieldCount() != 1 || !group.getType(0).isRepetition(Repetition.REPEATED)) {
        throw new IllegalArgumentException("is a list without a repeated field in the file");
      }
      return group.getType(0);
    }

    /** Whether the repeated field of a list is the element itself, as older writers have it. */
    private static boolean isElement(org.apache.parquet.schema.Type repeated, String list) {
      return repeated.isPrimitive()
          || repeated.asGroupType().getFieldCount() != 1
          || repeated.asGroupType().getType(0).isRepetition(Repetition.REPEATED)
          || repeated.getName().equals("array")
          || repeated.getName().equals(list + "_tuple");
    }

    /** A list whose repeated field is its element. */
    private ParquetField repeated(org.apache.parquet.schema.Type field, @Nullable Type wanted) {
      return elements(single(field, element(wanted)), false);
    }

    /** A list whose repeated field is a group around its element, which may be NULL so. */
    private ParquetField wrapped(GroupType group, @Nullable Type wanted) {
      return elements(single(group.getType(0), element(wanted)), true);
    }

    private static @Nullable Type element(@Nullable Type wanted) {
      return wanted == null ? null : wanted.element();
    }

    /** The repeated level of a list. */
    private static ParquetField elements(ParquetField element, boolean wrapped) {
      return new ParquetField(
          element.name,
          element.list ? Type.JSON : Type.array(element.type),
          false,
          true,
          (target, column, after) ->
              new ParquetConverters.Elements(target, column, element).converter(wrapped));
    }

    /** The group around the repeated level. */
    private static ParquetField list(GroupType group, ParquetField elements) {
      return new ParquetField(
          group.getName(),
          elements.type,
          group.isRepetition(Repetition.OPTIONAL),
          true,
          (target, column, after) ->
              new ParquetConverters.ListGroup(elements, target, column, after));
    }

    private static Schema schema(List<ParquetField> fields) {
      return Schema.of(
          fields.stream()
              .map(field -> new Column(field.name, field.type, field.nullable, null))
              .toList());
    }
  }
}
