package io.tributary.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.tributary.row.Row;
import io.tributary.row.Schema;
import io.tributary.row.format.RowJson;
import java.io.IOException;
import java.io.PrintWriter;
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

  /** Holds all rows: the widths of its columns depend on them. */
  final class Table implements RowPrinter {
    private final RowTable table;
    private final Console console;
    private final boolean hasColumns;

    Table(Schema schema, Console console) {
      this.table = new RowTable(schema);
      this.console = console;
      this.hasColumns = schema.size() > 0;
    }

    @Override
    public void print(Row row) {
      table.add(row);
    }

    @Override
    public void end() {
      if (hasColumns) {
        table.printTo(console);
      }
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
    private final JsonGenerator out;

    Json(Schema schema, PrintWriter to) throws IOException {
      this.json = new RowJson(schema);
      this.out = new JsonFactory().createGenerator(to);
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.setPrettyPrinter(new Lines());
      out.writeStartArray();
    }

    @Override
    public void print(Row row) throws IOException {
      json.write(row, out);
    }

    @Override
    public void end() throws IOException {
      out.writeEndArray();
      out.writeRaw('\n');
      out.close();
    }

    /** A line break before each element of the outermost array. */
    private static final class Lines extends MinimalPrettyPrinter {
      private static final long serialVersionUID = 1L;
      private int depth;

      @Override
      public void writeStartArray(JsonGenerator to) throws IOException {
        super.writeStartArray(to);
        depth++;
      }

      @Override
      public void beforeArrayValues(JsonGenerator to) throws IOException {
        lineBreak(to);
      }

      @Override
      public void writeArrayValueSeparator(JsonGenerator to) throws IOException {
        super.writeArrayValueSeparator(to);
        lineBreak(to);
      }

      @Override
      public void writeEndArray(JsonGenerator to, int values) throws IOException {
        if (values > 0) {
          lineBreak(to);
        }
        depth--;
        super.writeEndArray(to, values);
      }

      private void lineBreak(JsonGenerator to) throws IOException {
        if (depth == 1 && to.getOutputContext().getParent().inRoot()) {
          to.writeRaw('\n');
        }
      }
    }
  }
}
