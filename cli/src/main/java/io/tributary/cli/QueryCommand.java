package io.tributary.cli;

import io.tributary.row.RowBuilder;
import io.tributary.warehouse.QueryException;
import io.tributary.warehouse.QueryResult;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the warehouse. */
@Command(
    name = "query",
    description = "Runs SQL in the embedded warehouse and prints the rows.",
    footer = {"", "Example:", "  ./tributary query \"SELECT * FROM tributary.runs\" --format json"})
final class QueryCommand implements Callable<Integer> {
  /** The form of the result. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  private static final int ROWS_BETWEEN_CHECKS = 1_000;

  private final Console console;

  @Parameters(paramLabel = "SQL", description = "One statement, in the warehouse's SQL.")
  private String sql;

  @Option(
      names = "--format",
      paramLabel = "table|csv|json",
      defaultValue = "table",
      description = "The form of the result (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Mixin private WarehouseOption warehouseOption;

  QueryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (WarehouseSession session = warehouseOption.existing().open();
        QueryResult result = session.query(sql)) {
      RowPrinter printer = RowPrinter.of(format, result.schema(), console);
      RowBuilder row = new RowBuilder(result.schema());
      long rows = 0;
      while (result.next(row)) {
        printer.print(row);
        rows++;
        if (rows % ROWS_BETWEEN_CHECKS == 0 && console.out().checkError()) {
          return ExitCode.DONE.number(); // the reader has read enough
        }
      }
      printer.end();
      if (format == Format.TABLE) {
        console.err().println(Numbers.count(rows, "row", "rows"));
      }
      return ExitCode.DONE.number();
    } catch (QueryException e) {
      throw new InputException("the warehouse refuses the query: " + e.getMessage(), null);
    }
  }
}
