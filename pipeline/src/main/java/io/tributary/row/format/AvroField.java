package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema.Field;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * A value of an Avro file: its type in the row and how to read it, one object, so that the two
 * cannot disagree. A map is an ARRAY of {@code key} and {@code value}; an array of arrays is JSON.
 * Stateless.
 *
 * @param list whether it is an array or map, which cannot be an element of an ARRAY
 */
record AvroField(Type type, boolean nullable, boolean list, Opener opener) {
  private static final String KEY = "key";
  private static final String VALUE = "value";

  /** Reads a value, all of it, and sets a column. Not thread-safe. */
  @FunctionalInterface
  interface Reader {
    void read(Decoder in, RowBuilder out, int column) throws IOException;
  }

  /** Makes the reader of a field for one file. */
  @FunctionalInterface
  interface Opener {
    /**
     * @param path the field in messages
     * @param losses is told what does not fit
     */
    Reader open(String path, ReadLosses losses);
  }

  /**
   * How to read values of a schema.
   *
   * @param wanted the type to read them as; null for their own
   * @throws IllegalArgumentException when they cannot be read; the message begins with a verb
   */
  static AvroField of(org.apache.avro.Schema schema, @Nullable Type wanted) {
    return new Finder(new HashSet<>()).field(schema, wanted);
  }

  /**
   * @param open records around the one that is looked at, by name: none may be inside itself
   */
  private record Finder(Set<String> open) {
    AvroField field(org.apache.avro.Schema schema, @Nullable Type wanted) {
      AvroField found = found(schema, wanted);
      if (wanted != null && !found.type.equals(wanted)) {
        throw new IllegalArgumentException("is " + found.type + " in the file, not " + wanted);
      }
      return found;
    }

    private AvroField found(org.apache.avro.Schema schema, @Nullable Type wanted) {
      return switch (schema.getType()) {
        case UNION -> union(schema, wanted);
        case NULL ->
            new AvroField(
                wanted == null ? Type.STRING : wanted,
                true,
                false,
                (path, losses) ->
                    (in, out, column) -> {
                      in.readNull();
                      out.setNull(column);
                    });
        case RECORD -> record(schema, wanted);
        case ARRAY ->
            list(
                field(schema.getElementType(), element(wanted)),
                (element, path, losses) -> element.opener.open(path, losses));
        case MAP -> map(schema, wanted);
        case BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES, STRING, ENUM, FIXED -> {
          AvroScalar scalar = AvroScalar.of(schema, wanted);
          yield new AvroField(scalar.type(), false, false, scalar::open);
        }
      };
    }

    private AvroField union(org.apache.avro.Schema schema, @Nullable Type wanted) {
      List<org.apache.avro.Schema> types = schema.getTypes();
      List<org.apache.avro.Schema> others =
          types.stream()
              .filter(type -> type.getType() != org.apache.avro.Schema.Type.NULL)
              .toList();
      if (others.size() > 1) {
        throw new IllegalArgumentException(
            "is a union of "
                + types.stream().map(type -> type.getFullName()).collect(Collectors.joining(", "))
                + " in the file; only unions of null and one type can be read");
      }
      if (others.isEmpty()) {
        return found(types.get(0), wanted);
      }
      AvroField value = field(others.get(0), wanted);
      int valueIndex = types.indexOf(others.get(0));
      return new AvroField(
          value.type,
          types.size() > 1,
          value.list,
          (path, losses) -> {
            Reader reader = value.opener.open(path, losses);
            return (in, out, column) -> {
              if (in.readIndex() == valueIndex) {
                reader.read(in, out, column);
              } else {
                in.readNull();
                out.setNull(column);
              }
            };
          });
    }

    private AvroField record(org.apache.avro.Schema schema, @Nullable Type wanted) {
      if (!open.add(schema.getFullName())) {
        throw new IllegalArgumentException(
            "is a record `" + schema.getFullName() + "` inside itself, which cannot be read");
      }
      List<Column> columns = new ArrayList<>();
      List<AvroField> fields = new ArrayList<>();
      for (Field field : schema.getFields()) {
        try {
          AvroField found = field(field.schema(), fieldOf(wanted, field.name()));
          fields.add(found);
          columns.add(new Column(field.name(), found.type, found.nullable, field.doc()));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "has a field `" + field.name() + "`, which " + e.getMessage(), e);
        }
      }
      open.remove(schema.getFullName());
      Type type = Type.record(Schema.of(columns));
      if (wanted != null && wanted.kind() == Kind.RECORD) {
        if (wanted.recordFields().size() != columns.size()) {
          throw new IllegalArgumentException("is " + type + " in the file, not " + wanted);
        }
        type = wanted; // may have its fields in another order
      }
      Schema row = type.recordFields();
      return new AvroField(
          type,
          false,
          false,
          (path, losses) -> {
            Reader[] readers = new Reader[fields.size()];
            int[] positions = new int[readers.length];
            for (int i = 0; i < readers.length; i++) {
              String name = columns.get(i).name();
              positions[i] = row.position(name);
              readers[i] = fields.get(i).opener.open(path + "." + name, losses);
            }
            return (in, out, column) -> {
              RowBuilder nested = new RowBuilder(row);
              for (int i = 0; i < readers.length; i++) {
                readers[i].read(in, nested, positions[i]);
              }
              out.setObject(column, nested);
            };
          });
    }

    private static @Nullable Type fieldOf(@Nullable Type wanted, String name) {
      if (wanted == null || wanted.kind() != Kind.RECORD) {
        return null;
      }
      Schema fields = wanted.recordFields();
      if (fields.find(name).isEmpty()) {
        throw new IllegalArgumentException("the schema lacks");
      }
      return fields.type(fields.position(name));
    }

    private AvroField map(org.apache.avro.Schema schema, @Nullable Type wanted) {
      Type element = element(wanted);
      AvroField value =
          field(
              schema.getValueType(),
              element == null || element.fields() == null ? null : fieldOf(element, VALUE));
      Schema entry =
          element == null || element.fields() == null
              ? Schema.of(
                  Column.required(KEY, Type.STRING),
                  new Column(VALUE, value.type, value.nullable, null))
              : element.recordFields();
      if (entry.size() != 2 || entry.find(KEY).isEmpty()) {
        throw new IllegalArgumentException("is a map in the file, not " + wanted);
      }
      return list(
          new AvroField(Type.record(entry), false, false, value.opener),
          (ignored, path, losses) -> {
            Reader values = value.opener.open(path, losses);
            int keyAt = entry.position(KEY);
            int valueAt = entry.position(VALUE);
            return (in, out, column) -> {
              RowBuilder nested = new RowBuilder(entry);
              nested.set(keyAt, in.readString());
              values.read(in, nested, valueAt);
              out.setObject(column, nested);
            };
          },
          true);
    }

    private static @Nullable Type element(@Nullable Type wanted) {
      return wanted == null ? null : wanted.element();
    }

    private static AvroField list(AvroField element, ElementOpener elements) {
      return list(element, elements, false);
    }

    private static AvroField list(AvroField element, ElementOpener elements, boolean map) {
      return new AvroField(
          element.list ? Type.JSON : Type.array(element.type),
          false,
          true,
          (path, losses) -> new AvroList(path, element, elements.open(element, path, losses), map));
    }
  }

  /** Makes the reader of the elements of a list. */
  @FunctionalInterface
  private interface ElementOpener {
    Reader open(AvroField element, String path, ReadLosses losses);
  }
}
