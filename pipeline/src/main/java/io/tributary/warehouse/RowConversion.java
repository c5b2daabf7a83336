package io.tributary.warehouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows into the columns and types of a table that exists or was described, value by value,
 * by the rules of {@link Conversion}, so that a row that does not fit is found where it can still
 * be rejected alone. Serializable; {@link #open} once per thread.
 */
public final class RowConversion implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long EXACT_IN_DOUBLE = 1L << 53;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Schema from;
  private final Schema to;
  private final List<String> refused;

  private RowConversion(Schema from, Schema to, List<String> refused) {
    this.from = from;
    this.to = to;
    this.refused = refused;
  }

  /**
   * From rows to columns that they have in any order, with types that {@link Conversion} allows;
   * their other columns are left out.
   */
  public static RowConversion of(Schema from, Schema to) {
    return of(from, to, List.of());
  }

  /**
   * As {@link #of(Schema, Schema)}.
   *
   * @param refused columns of the rows that are left out, but must be NULL
   */
  public static RowConversion of(Schema from, Schema to, List<String> refused) {
    return new RowConversion(from, to, List.copyOf(refused));
  }

  /** The schema of the converted rows. */
  public Schema schema() {
    return to;
  }

  /** Whether rows are the same before and after, whatever their values. */
  public boolean changesNothing() {
    if (from.size() != to.size()) {
      return false;
    }
    for (int i = 0; i < to.size(); i++) {
      Column before = from.column(i);
      Column after = to.column(i);
      if (!before.name().equals(after.name())
          || !before.type().equals(after.type())
          || (before.nullable() && !after.nullable())) {
        return false;
      }
    }
    return true;
  }

  /** A converter for one thread. */
  public Converter open() {
    return new Converter(from, to, refused);
  }

  /** Converts rows into a row of its own, which is filled again and again. Not thread-safe. */
  public static final class Converter {
    private final Schema to;
    private final int[] positions;
    private final ColumnConversion[] columns;
    private final int[] refused;
    private final RowBuilder out;

    private Converter(Schema from, Schema to, List<String> refused) {
      this.to = to;
      this.refused = refused.stream().mapToInt(from::position).toArray();
      this.positions =
          to.columns().stream().mapToInt(column -> from.position(column.name())).toArray();
      List<ColumnConversion> conversions = new ArrayList<>();
      for (int i = 0; i < positions.length; i++) {
        conversions.add(conversion(from.type(positions[i]), to.type(i)));
      }
      this.columns = conversions.toArray(ColumnConversion[]::new);
      this.out = new RowBuilder(to);
    }

    /** The converted row; valid until the next call. */
    public Row row() {
      return out;
    }

    /** Converts a row; the reason why it cannot be, or null when {@link #row} holds it. */
    public @Nullable String convert(Row in) {
      for (int position : refused) {
        if (!in.isNull(position)) {
          return "column `"
              + in.schema().column(position).name()
              + "` is not in the table, and has a value here (on_schema_change: {columns: reject})";
        }
      }
      for (int i = 0; i < columns.length; i++) {
        if (in.isNull(positions[i])) {
          if (!to.column(i).nullable()) {
            return "column `" + to.column(i).name() + "` must not be NULL";
          }
          out.setNull(i);
        } else if (!columns[i].convert(in, positions[i], out, i)) {
          return refusal(in, positions[i], to.column(i));
        }
      }
      return null;
    }

    private static String refusal(Row in, int position, Column target) {
      Type type = in.schema().type(position);
      String value =
          type.isText() || type.kind() == Kind.BYTES
              ? "the value"
              : String.valueOf(in.get(position));
      return "column `"
          + target.name()
          + "`: "
          + value
          + " ("
          + type
          + ") does not fit "
          + target.type();
    }
  }

  /** Converts a value that is not NULL; false when it does not fit. */
  private interface ColumnConversion {
    boolean convert(Row in, int from, RowBuilder out, int to);
  }

  private static ColumnConversion conversion(Type from, Type to) {
    boolean sameSlot =
        from.equals(to)
            || (from.kind() == Kind.BOOL && to.kind() == Kind.INT64)
            || (isMoment(from) && isMoment(to))
            || (from.isText() && (to.kind() == Kind.STRING || to.kind() == Kind.BYTES))
            || from.kind() == Kind.ARRAY
            || from.kind() == Kind.RECORD;
    if (sameSlot) {
      return RowConversion::copy;
    }
    return switch (from.kind()) {
      case BOOL, DATE, INT64, NUMERIC, BIGNUMERIC -> scalar(from, to);
      case STRING -> RowConversion::json;
      case BYTES -> RowConversion::text;
      case FLOAT64, TIME, DATETIME, TIMESTAMP, JSON, GEOGRAPHY, RECORD, ARRAY ->
          throw new IllegalStateException("no conversion from " + from + " to " + to);
    };
  }

  private static boolean isMoment(Type type) {
    return type.kind() == Kind.DATETIME || type.kind() == Kind.TIMESTAMP;
  }

  private static boolean copy(Row in, int from, RowBuilder out, int to) {
    switch (in.schema().type(from).slot()) {
      case LONG -> out.setLong(to, in.longAt(from));
      case DOUBLE -> out.setDouble(to, in.doubleAt(from));
      case BYTES -> out.setBytes(to, in.bytes(from), in.offset(from), in.length(from));
      case OBJECT -> out.setObject(to, in.objectAt(from));
    }
    return true;
  }

  private static ColumnConversion scalar(Type from, Type to) {
    return switch (to.kind()) {
      case STRING ->
          (in, i, out, o) -> {
            Object value = Objects.requireNonNull(in.get(i));
            String text =
                value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
            out.setBytes(o, text.getBytes(StandardCharsets.UTF_8));
            return true;
          };
      case DATETIME, TIMESTAMP ->
          (in, i, out, o) -> {
            out.setLong(o, Math.multiplyExact(in.longAt(i), MICROS_PER_DAY));
            return true;
          };
      case BOOL ->
          (in, i, out, o) -> {
            out.setLong(o, in.longAt(i));
            return in.longAt(i) == 0 || in.longAt(i) == 1;
          };
      case FLOAT64 ->
          (in, i, out, o) -> {
            out.setDouble(o, (double) in.longAt(i));
            return Math.abs(in.longAt(i)) <= EXACT_IN_DOUBLE;
          };
      case INT64, NUMERIC, BIGNUMERIC -> (in, i, out, o) -> number(in.get(i), out, o);
      default -> throw new IllegalStateException("no conversion from " + from + " to " + to);
    };
  }

  private static boolean number(@Nullable Object value, RowBuilder out, int to) {
    try {
      BigDecimal decimal =
          value instanceof BigDecimal exact
              ? exact
              : BigDecimal.valueOf((Long) Objects.requireNonNull(value));
      Type type = out.schema().type(to);
      if (type.kind() == Kind.INT64) {
        out.setLong(to, decimal.longValueExact());
      } else {
        out.setDecimal(to, type, decimal);
      }
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static boolean json(Row in, int from, RowBuilder out, int to) {
    try (JsonParser parser = JSON.createParser(in.bytes(from), in.offset(from), in.length(from))) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    return copy(in, from, out, to);
  }

  private static boolean text(Row in, int from, RowBuilder out, int to) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.bytes(from), in.offset(from), in.length(from)));
    } catch (CharacterCodingException e) {
      return false;
    }
    return copy(in, from, out, to);
  }
}
