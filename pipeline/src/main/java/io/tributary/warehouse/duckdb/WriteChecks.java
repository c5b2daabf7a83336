package io.tributary.warehouse.duckdb;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type.Kind;
import io.tributary.spec.WriteMode;
import io.tributary.warehouse.Evolution;
import io.tributary.warehouse.TableDescription;
import io.tributary.warehouse.TableName;
import io.tributary.warehouse.TableWrite;
import io.tributary.warehouse.duckdb.Tables.Existing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether rows can be written to a table as asked: at plan time, and again within the publish. */
final class WriteChecks {
  private static final Set<String> RESERVED =
      Set.of(
          Ledger.SCHEMA,
          Tables.STAGING,
          "information_schema",
          "pg_catalog",
          // names of DuckDB's own databases: `temp.t` would be ambiguous
          "memory",
          "system",
          "temp");

  private final Tables tables;

  WriteChecks(Tables tables) {
    this.tables = tables;
  }

  /** What is wrong, each in a sentence for the user without a full stop. */
  List<String> find(TableWrite write, Schema rows) {
    TableName name = write.table();
    if (RESERVED.contains(name.dataset().toLowerCase(Locale.ROOT))) {
      return List.of(
          "dataset `"
              + name.dataset()
              + "` is the warehouse's own; choose another for `"
              + name
              + "`");
    }
    List<String> findings = new ArrayList<>();
    Optional<Existing> table = tables.find(name);
    if (table.isEmpty()) {
      if (write.schema() != null) {
        TableDescription described = new TableDescription(name, write.schema(), 0);
        findings.addAll(contradictions(Evolution.of(write, rows, described)));
      }
      if (!write.createIfNeeded()) {
        findings.add(
            "table `"
                + name
                + "` does not exist; set `create_disposition: CREATE_IF_NEEDED`, or create it");
      }
    } else {
      findings.addAll(againstTable(write, rows, table.get()));
    }
    return findings;
  }

  private List<String> againstTable(TableWrite write, Schema rows, Existing table) {
    TableName name = write.table();
    if (table.isView()) {
      return List.of(
          "`" + table.name() + "` is a view, which cannot be written to; choose another table");
    }
    String project = table.comment().project();
    if (project != null && name.project() != null && !project.equals(name.project())) {
      return List.of(
          "table `"
              + name.local()
              + "` belongs to project `"
              + project
              + "`, and `"
              + name
              + "` would be the same table in this warehouse; use another dataset, or another"
              + " warehouse file");
    }
    Evolution evolution =
        Evolution.of(write, rows, new TableDescription(table.name(), table.schema(), 0));
    List<String> findings = contradictions(evolution);
    evolution.widened().forEach(column -> findings.addAll(held(column, write, table)));
    return findings;
  }

  private static List<String> contradictions(Evolution evolution) {
    return new ArrayList<>(
        evolution.contradictions().stream()
            .map(found -> found.message() + ": " + found.fix())
            .toList());
  }

  /** A table that is replaced has its indexes made anew. */
  private List<String> held(Column column, TableWrite write, Existing table) {
    List<String> holders =
        tables.holders(table.name(), column.name()).stream()
            .filter(holder -> !(write.mode() == WriteMode.REPLACE && holder.startsWith("index ")))
            .toList();
    return holders.isEmpty()
        ? List.of()
        : List.of(
            "column `"
                + column.name()
                + "` of table `"
                + table.name()
                + "` cannot become "
                + column.type()
                + ", because DuckDB changes no type below an index or constraint ("
                + String.join(", ", holders)
                + "): drop that, change the type by hand, or set `on_schema_change: {types:"
                + " freeze}`");
  }

  /** What the table keeps otherwise than asked. */
  static List<String> notes(TableWrite write, Schema rows) {
    List<String> notes = new ArrayList<>();
    Schema schema = write.schema() == null ? rows : write.schema();
    String texts =
        schema.columns().stream()
            .filter(column -> column.type().kind() == Kind.BIGNUMERIC)
            .map(Column::name)
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", "));
    if (!texts.isEmpty()) {
      notes.add(
          "BIGNUMERIC is kept as text in the embedded warehouse, whose decimals end at 38 digits: "
              + texts);
    }
    List<String> options = TableComment.of(write).optionNames();
    if (!options.isEmpty()) {
      notes.add(
          "only noted in the table's comment by the embedded warehouse, for BigQuery: "
              + String.join(", ", options));
    }
    return notes;
  }
}
