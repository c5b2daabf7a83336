package io.tributary.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.row.Row;
import io.tributary.row.Schema;
import io.tributary.row.format.RowJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints the rows of a query in one of its formats. Used once. */
interface RowPrinter {
  void print(Row row) throws IOException;

  /** To be called after the last row. */
  void end() throws IOException;

  static RowPrinter of(QueryCommand.Format format, Schema schema, Console console)
      throws IOException {
    return switch (format) {
      case TABLE -> new Table(schema, console);
      case CSV -> new Csv(schema, console.out());
      case JSON -> new Json(schema, console.out());
    };
  }

  /**
   * Holds a part of the rows, as the widths of its columns depend on them; a large result is
   * several tables.
   */
  final class Table implements RowPrinter {
    static final int MOST_ROWS = 10_000;

    private final Schema schema;
    private final Console console;
    private RowTable table;
    private int rows;
    private boolean printed;

    Table(Schema schema, Console console) {
      this.schema = schema;
      this.console = console;
      this.table = new RowTable(schema);
    }

    @Override
    public void print(Row row) {
      table.add(row);
      rows++;
      if (rows == MOST_ROWS) {
        printTable();
      }
    }

    @Override
    public void end() {
      if (schema.size() > 0 && (rows > 0 || !printed)) {
        printTable();
      }
    }

    private void printTable() {
      table.printTo(console);
      table = new RowTable(schema);
      rows = 0;
      printed = true;
    }
  }

  /**
   * RFC 4180, with a header; NULL is an empty cell, an empty text is {@code ""}, bytes are base64,
   * RECORD and ARRAY are JSON.
   */
  final class Csv implements RowPrinter {
    private final Schema schema;
    private final RowJson json;
    private final PrintWriter out;

    Csv(Schema schema, PrintWriter out) {
      this.schema = schema;
      this.json = new RowJson(schema);
      this.out = out;
      line(schema.names());
    }

    @Override
    public void print(Row row) {
      line(
          IntStream.range(0, schema.size())
              .mapToObj(i -> row.isNull(i) ? "" : quoted(text(row, i)))
              .toList());
    }

    private void line(List<String> cells) {
      out.print(cells.stream().collect(Collectors.joining(",", "", "\n")));
    }

    private String text(Row row, int column) {
      return switch (schema.type(column).kind()) {
        case RECORD, ARRAY -> json.valueText(row, column);
        case BYTES ->
            Base64.getEncoder()
                .encodeToString(
                    Arrays.copyOfRange(
                        row.bytes(column),
                        row.offset(column),
                        row.offset(column) + row.length(column)));
        case BOOL,
            INT64,
            FLOAT64,
            NUMERIC,
            BIGNUMERIC,
            STRING,
            JSON,
            GEOGRAPHY,
            DATE,
            TIME,
            DATETIME,
            TIMESTAMP ->
            CellText.whole(row.get(column));
      };
    }

    private static String quoted(String text) {
      boolean plain =
          !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
      return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void end() {
      out.flush();
    }
  }

  /** One array of objects, each on its own line. */
  final class Json implements RowPrinter {
    private final RowJson json;
    private final PrintWriter out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final JsonGenerator generator;
    private String separator = "[";

    Json(Schema schema, PrintWriter out) throws IOException {
      this.json = new RowJson(schema);
      this.out = out;
      this.generator = new JsonFactory().createGenerator(line);
      generator.setRootValueSeparator(null);
    }

    @Override
    public void print(Row row) throws IOException {
      json.write(row, generator);
      generator.flush();
      out.print(separator + "\n" + line.toString(StandardCharsets.UTF_8));
      line.reset();
      separator = ",";
    }

    @Override
    public void end() throws IOException {
      generator.close();
      out.print(separator.equals("[") ? "[]\n" : "\n]\n");
      out.flush();
    }
  }
}
