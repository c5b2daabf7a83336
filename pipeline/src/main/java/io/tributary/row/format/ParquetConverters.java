package io.tributary.row.format;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/**
 * What takes values from Parquet's record reader and puts them into rows; one tree of them for each
 * reader. None is thread-safe.
 */
final class ParquetConverters {
  private ParquetConverters() {}

  /** The row that is filled just now. */
  static final class Target {
    private final ReadLosses losses;
    private final String prefix;
    private final List<Elements> repeated = new ArrayList<>();
    private RowBuilder row;

    /**
     * @param prefix what stands before the names of its columns in messages
     */
    Target(RowBuilder row, String prefix, ReadLosses losses) {
      this.row = row;
      this.prefix = prefix;
      this.losses = losses;
    }

    private String path(int column) {
      return prefix + row.schema().column(column).name();
    }

    /** Values come for a row in which all is NULL. */
    void begin(RowBuilder newRow) {
      row = newRow;
      repeated.forEach(Elements::begin);
    }

    /** All values of the row have come. */
    void end() {
      repeated.forEach(Elements::end);
    }
  }

  /** The whole row. */
  static final class Root extends GroupConverter {
    private final Converter[] converters;

    /**
     * @param fields in the order of the file
     */
    Root(List<ParquetField> fields, Target target) {
      this.converters = open(fields, target);
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private static Converter[] open(List<ParquetField> fields, Target target) {
    Schema schema = target.row.schema();
    return fields.stream()
        .map(field -> field.opener().open(target, schema.position(field.name()), () -> {}))
        .toArray(Converter[]::new);
  }

  /** One value. */
  static final class Scalar extends PrimitiveConverter {
    private final ParquetScalar scalar;
    private final Target target;
    private final int column;
    private final String path;
    private final Runnable cut;
    private final Runnable after;

    Scalar(ParquetScalar scalar, Target target, int column, Runnable after) {
      this.scalar = scalar;
      this.target = target;
      this.column = column;
      this.path = target.path(column);
      this.cut = () -> target.losses.cut(path);
      this.after = after;
    }

    @Override
    public void addLong(long value) {
      try {
        scalar.longs().read(value, target.row, column, cut);
      } catch (IllegalArgumentException e) {
        misfit(e);
      }
      after.run();
    }

    @Override
    public void addInt(int value) {
      addLong(value);
    }

    @Override
    public void addBoolean(boolean value) {
      addLong(value ? 1 : 0);
    }

    @Override
    public void addDouble(double value) {
      target.row.setDouble(column, value);
      after.run();
    }

    @Override
    public void addFloat(float value) {
      addDouble(value);
    }

    @Override
    public void addBinary(Binary value) {
      try {
        scalar.bytes().read(value, target.row, column, cut);
      } catch (IllegalArgumentException e) {
        misfit(e);
      }
      after.run();
    }

    private void misfit(IllegalArgumentException e) {
      target.row.setNull(column);
      target.losses.misfit(path, e.getMessage());
    }
  }

  /** A RECORD; each is a row of its own, because a list keeps many. */
  static final class Record extends GroupConverter {
    private final Schema fields;
    private final Target target;
    private final int column;
    private final Runnable after;
    private final Target inner;
    private final Converter[] converters;

    Record(List<ParquetField> fields, Schema row, Target target, int column, Runnable after) {
      this.fields = row;
      this.target = target;
      this.column = column;
      this.after = after;
      this.inner = new Target(new RowBuilder(row), target.path(column) + ".", target.losses);
      this.converters = ParquetConverters.open(fields, inner);
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {
      inner.begin(new RowBuilder(fields));
    }

    @Override
    public void end() {
      inner.end();
      target.row.setObject(column, inner.row);
      after.run();
    }
  }

  /** The group around the repeated level of a list or map. */
  static final class ListGroup extends GroupConverter {
    private final Target outer;
    private final Target target; // begins and ends with the list, not with the row
    private final Converter elements;
    private final Runnable after;

    ListGroup(ParquetField elements, Target outer, int column, Runnable after) {
      this.outer = outer;
      this.target = new Target(outer.row, outer.prefix, outer.losses);
      this.elements = elements.opener().open(target, column, () -> {});
      this.after = after;
    }

    @Override
    public Converter getConverter(int field) {
      return elements;
    }

    @Override
    public void start() {
      target.begin(outer.row);
    }

    @Override
    public void end() {
      target.end();
      after.run();
    }
  }

  /** The values of a list so far. */
  static final class Elements {
    private final Target target;
    private final int column;
    private final RowBuilder slot;
    private final Target slotTarget;
    private final ParquetField element;
    private final @Nullable RowJson json;
    private List<@Nullable Object> values = new ArrayList<>();

    Elements(Target target, int column, ParquetField element) {
      this.target = target;
      this.column = column;
      this.element = element;
      Schema one =
          Schema.of(Column.nullable(target.row.schema().column(column).name(), element.type()));
      this.slot = new RowBuilder(one);
      this.slotTarget = new Target(slot, target.prefix, target.losses);
      this.json = element.list() ? new RowJson(one) : null;
      target.repeated.add(this);
    }

    /**
     * @param wrapped whether a group stands around each element
     */
    Converter converter(boolean wrapped) {
      return wrapped
          ? new Wrapper(this, element.opener().open(slotTarget, 0, () -> {}))
          : element.opener().open(slotTarget, 0, this::add);
    }

    private void begin() {
      values = new ArrayList<>();
      slot.setNull(0);
    }

    private void add() {
      if (slot.isNull(0)) {
        values.add(null);
      } else {
        values.add(json == null ? slot.get(0) : json.valueText(slot, 0));
      }
      slot.setNull(0);
    }

    private void end() {
      if (json == null) {
        target.row.setObject(column, Collections.unmodifiableList(values));
      } else {
        StringBuilder text = new StringBuilder("[");
        for (Object value : values) {
          text.append(text.length() > 1 ? "," : "").append(value);
        }
        target.row.setBytes(column, text.append(']').toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The group around an element. */
  private static final class Wrapper extends GroupConverter {
    private final Elements elements;
    private final Converter element;

    Wrapper(Elements elements, Converter element) {
      this.elements = elements;
      this.element = element;
    }

    @Override
    public Converter getConverter(int field) {
      return element;
    }

    @Override
    public void start() {}

    @Override
    public void end() {
      elements.add();
    }
  }
}
