package io.tributary.warehouse;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import io.tributary.spec.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a table and the rows of a sink are brought together, by the sink's {@link SchemaPolicy}: what
 * changes in the table, what in the rows, and what is not to be bridged. Immutable.
 *
 * <p>The table's columns stay in their places; new ones come after them, nullable. A column that
 * only the table has is NULL in new rows, or its default; a merge leaves it as it is in the rows
 * that it updates.
 *
 * @param added columns that the table gets
 * @param widened columns of the table with their new types
 * @param table the table's columns after that
 * @param written those of them that the rows have: what rows are brought into
 * @param refused columns of the rows in which only NULL is accepted
 * @param changes all differences, for people
 * @param contradictions when there are any, nothing is to be done
 */
public record Evolution(
    List<Column> added,
    List<Column> widened,
    Schema table,
    Schema written,
    List<String> refused,
    List<ColumnChange> changes,
    List<Contradiction> contradictions) {

  public Evolution {
    added = List.copyOf(added);
    widened = List.copyOf(widened);
    refused = List.copyOf(refused);
    changes = List.copyOf(changes);
    contradictions = List.copyOf(contradictions);
  }

  /** Whether the table itself changes. */
  public boolean altersTable() {
    return !added.isEmpty() || !widened.isEmpty();
  }

  /**
   * Of a table that exists. Where the user gave a schema it says what the table is to be, and rows
   * are brought into it.
   */
  public static Evolution of(TableWrite write, Schema rows, TableDescription table) {
    return new Comparison(write, rows, table).compare();
  }

  /** Compares column by column. Used once. */
  private static final class Comparison {
    private final TableWrite write;
    private final Schema rows;
    private final Schema wanted;
    private final TableDescription table;
    private final SchemaPolicy policy;
    private final List<Column> added = new ArrayList<>();
    private final List<Column> widened = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<ColumnChange> changes = new ArrayList<>();
    private final List<Contradiction> contradictions = new ArrayList<>();

    Comparison(TableWrite write, Schema rows, TableDescription table) {
      this.write = write;
      this.rows = rows;
      this.wanted = write.schema() == null ? rows : write.schema();
      this.table = table;
      this.policy = write.onSchemaChange();
    }

    Evolution compare() {
      for (Column column : wanted.columns()) {
        OptionalInt position = table.schema().find(column.name());
        if (position.isPresent()) {
          inBoth(table.schema().column(position.getAsInt()), column);
        } else {
          onlyInRows(column);
        }
      }
      for (Column column : table.schema().columns()) {
        if (wanted.find(column.name()).isEmpty()) {
          onlyInTable(column);
        }
      }
      for (Column column : rows.columns()) {
        if (wanted.find(column.name()).isEmpty()) {
          contradictions.add(unknown(column));
        }
      }
      Schema columns = columns();
      Schema written =
          Schema.of(
              columns.columns().stream()
                  .filter(column -> rows.find(column.name()).isPresent())
                  .toList());
      if (written.columns().isEmpty() && contradictions.isEmpty()) {
        contradictions.add(nothingInCommon());
      }
      return new Evolution(added, widened, columns, written, refused, changes, contradictions);
    }

    private Schema columns() {
      List<Column> columns = new ArrayList<>();
      for (Column column : table.schema().columns()) {
        columns.add(
            widened.stream()
                .filter(wide -> wide.name().equals(column.name()))
                .findAny()
                .orElse(column));
      }
      columns.addAll(added);
      return Schema.of(columns);
    }

    private void inBoth(Column column, Column wish) {
      Type target = target(column, wish);
      OptionalInt position = rows.find(column.name());
      if (position.isEmpty()) {
        onlyInSchema(column);
        return;
      }
      Type type = rows.type(position.getAsInt());
      if (!target.equals(column.type())) {
        widened.add(column.withType(target));
        change(wish, ColumnChange.Kind.WIDENED, column.type() + " to " + target);
      }
      if (Conversion.of(wish.type(), target) == Conversion.NEVER) {
        contradictions.add(retyped(wish, column));
      } else if (Conversion.of(type, target) == Conversion.NEVER) {
        contradictions.add(retyped(wish.withType(type), column));
      }
    }

    /**
     * Staged rows may lack a column of the schema, if it was left out because the table lacked it.
     */
    private void onlyInSchema(Column column) {
      if (policy.columns() == SchemaPolicy.Columns.FREEZE
          || policy.columns() == SchemaPolicy.Columns.EVOLVE) {
        contradictions.add(
            new Contradiction(
                column.name(),
                lacking(column),
                "add it in a select transform, or remove it from the schema"));
      }
    }

    private Type target(Column column, Column wish) {
      return policy.types() == SchemaPolicy.Types.EVOLVE
          ? Widening.of(column.type(), wish.type())
              .filter(type -> !(isKey(column) && isText(type) && !type.equals(column.type())))
              .orElse(column.type())
          : column.type();
    }

    /** Whether two texts are the same key cannot be told: 1.50 and 1.5 would be two rows. */
    private static boolean isText(Type type) {
      return type.kind() == Kind.STRING || type.kind() == Kind.BIGNUMERIC;
    }

    private boolean isKey(Column column) {
      return write.mergeKeys().stream().anyMatch(column.name()::equalsIgnoreCase);
    }

    private void onlyInTable(Column column) {
      if (isKey(column)) {
        contradictions.add(
            new Contradiction(
                column.name(),
                lacking(column) + ", though it is a merge key",
                "give the rows the column, or choose other merge keys"));
      } else if (policy.columns() == SchemaPolicy.Columns.FREEZE) {
        contradictions.add(
            new Contradiction(
                column.name(),
                lacking(column),
                "add it in a select transform (`NULL` as its value, if that is meant), drop it from"
                    + " the table, or set `on_schema_change: {columns: evolve}` to have it NULL in"
                    + " new rows"));
      } else if (!column.nullable()) {
        contradictions.add(
            new Contradiction(
                column.name(),
                lacking(column) + ", though it must not be NULL",
                "give the rows a value for it in a select transform, or drop the column or its NOT"
                    + " NULL from the table"));
      } else {
        change(
            column,
            ColumnChange.Kind.MISSING,
            column.type() + " of the table; the rows lack it, so it is NULL in new ones");
      }
    }

    private String lacking(Column column) {
      return "table `"
          + table.name()
          + "` has column `"
          + column.name()
          + "` ("
          + column.type()
          + "), which the rows lack";
    }

    private void onlyInRows(Column column) {
      if (isKey(column) && policy.columns() != SchemaPolicy.Columns.FREEZE) {
        contradictions.add(
            new Contradiction(
                column.name(),
                "merge key `"
                    + column.name()
                    + "` is not in the table `"
                    + table.name()
                    + "`, so it cannot be told which of its rows are meant",
                "add the column to the table with its values, or choose other merge keys"));
        return;
      }
      boolean leftOut =
          policy.columns() == SchemaPolicy.Columns.DROP
              || policy.columns() == SchemaPolicy.Columns.REJECT;
      if (leftOut && column.name().equalsIgnoreCase(write.cursorColumn())) {
        contradictions.add(
            new Contradiction(
                column.name(),
                "cursor column `"
                    + column.name()
                    + "` is not in the table `"
                    + table.name()
                    + "`, so it cannot be told which of two rows with one merge key is the latest",
                "add the column to the table, or set `on_schema_change: {columns: evolve}` to have"
                    + " it added"));
        return;
      }
      switch (policy.columns()) {
        case FREEZE -> contradictions.add(unknown(column));
        case EVOLVE -> addToTable(column);
        case DROP ->
            change(
                column,
                ColumnChange.Kind.DROPPED,
                column.type() + " of the rows; the table lacks it, so it is left out");
        case REJECT -> {
          refused.add(column.name());
          change(
              column,
              ColumnChange.Kind.REJECTED,
              column.type()
                  + " of the rows; the table lacks it, so a row with a value is rejected");
        }
      }
    }

    private void addToTable(Column column) {
      Column nullable = new Column(column.name(), column.type(), true, column.description());
      added.add(nullable);
      change(column, ColumnChange.Kind.ADDED, column.type().toString());
    }

    private Contradiction nothingInCommon() {
      return new Contradiction(
          wanted.column(0).name(),
          "table `" + table.name() + "` has none of the columns of the rows",
          "name another table, or give the rows its columns: "
              + String.join(", ", table.schema().names()));
    }

    private void change(Column column, ColumnChange.Kind kind, String detail) {
      changes.add(new ColumnChange(column.name(), kind, detail));
    }

    private Contradiction unknown(Column column) {
      String nearest =
          Suggestions.nearest(column.name(), table.schema().names())
              .map(name -> "did you mean `" + name + "`? Else leave it out")
              .orElse("leave it out");
      return new Contradiction(
          column.name(),
          "column `"
              + column.name()
              + "` ("
              + column.type()
              + ") is not in the table `"
              + table.name()
              + "`",
          nearest
              + " in a select transform, add it to the table, or set `on_schema_change: {columns:"
              + " evolve}` to have it added (`drop` leaves it out)");
    }

    private Contradiction retyped(Column column, Column target) {
      String isIt =
          "column `"
              + column.name()
              + "` is "
              + column.type()
              + ", but "
              + target.type()
              + " in the table `"
              + table.name()
              + "`, and cannot be converted without loss";
      Optional<Type> wider = Widening.of(target.type(), column.type());
      String cast = "cast it to " + target.type() + " in a select transform";
      if (wider.isPresent() && isKey(target) && isText(wider.get())) {
        return new Contradiction(
            column.name(),
            isIt + "; a merge key does not become text, in which 1.50 and 1.5 are two keys",
            cast + ", or change the column's type in the table");
      }
      return new Contradiction(
          column.name(),
          isIt,
          wider.isPresent() && policy.types() == SchemaPolicy.Types.FREEZE
              ? cast
                  + ", or set `on_schema_change: {types: evolve}` to have the table's column made "
                  + wider.get()
              : cast + ", or change the column's type in the table");
    }
  }
}
