package io.tributary.cli;

import io.tributary.run.RunReport;
import io.tributary.run.RunReport.DeliveredFiles;
import io.tributary.run.RunReport.Failure;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.Drift;
import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.StepCount;
import io.tributary.warehouse.TableName;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The report of a run for people: what went through, what was published, what to do next. */
final class ReportText {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final RunReport report;
  private final String file;
  private final String warehouseAsTyped;
  private final Style style;
  private final PrintWriter out;

  /**
   * @param file of the config, as the user named it
   * @param warehouseAsTyped the part of a command line that names the warehouse; may be empty
   */
  ReportText(RunReport report, String file, String warehouseAsTyped, Console console) {
    this.report = report;
    this.file = file;
    this.warehouseAsTyped = warehouseAsTyped;
    this.style = console.outStyle();
    this.out = console.out();
  }

  void print() {
    Duration time = Duration.between(report.startedAt(), report.finishedAt());
    out.println(
        "run "
            + report.runId()
            + " of "
            + style.strong(report.config())
            + ": "
            + status()
            + " in "
            + Numbers.duration(time));
    printSteps();
    printTables();
    print(report.drift(), out);
    for (DeliveredFiles files : report.files()) {
      out.println();
      out.println(
          "sink "
              + files.sink()
              + ": "
              + Numbers.count(files.count(), "file", "files")
              + " in "
              + files.destination());
    }
    printCursors();
    if (!report.notes().isEmpty()) {
      out.println();
      report.notes().forEach(note -> out.println("note: " + note));
    }
    out.println();
    boolean local = report.warehouse().startsWith("duckdb:");
    out.println(
        "warehouse: "
            + report.warehouseName()
            + (local ? ", on this machine; nothing went to BigQuery" : ""));
    printFailure();
    printRejected();
    printNext();
  }

  private String status() {
    return switch (report.status()) {
      case SUCCEEDED -> style.good("succeeded");
      case REJECTED_ROWS ->
          style.doubtful("done, " + Numbers.count(report.rejected(), "row", "rows") + " rejected");
      case FAILED -> style.bad("failed");
      case INTERRUPTED -> style.bad("stopped");
      case RUNNING -> "running";
    };
  }

  private void printSteps() {
    if (report.steps().isEmpty()) {
      return;
    }
    TextTable table = stepTable();
    for (StepCount step : report.steps()) {
      addTo(table, step);
    }
    out.println();
    table.print(out, style, "  ");
  }

  static TextTable stepTable() {
    return new TextTable()
        .left("step")
        .left("kind")
        .right("in")
        .right("out")
        .right("filtered")
        .right("rejected")
        .right("rows/s")
        .right("time");
  }

  static void addTo(TextTable table, StepCount step) {
    table.add(
        step.step(),
        step.kind(),
        Numbers.count(step.in()),
        Numbers.count(step.out()),
        Numbers.count(step.filtered()),
        Numbers.count(step.rejected()),
        Numbers.count(Numbers.perSecond(step.in(), step.millis())),
        Numbers.duration(Duration.ofMillis(step.millis())));
  }

  private void printTables() {
    if (report.tables().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable()
            .left("table")
            .left("mode")
            .right("rows before")
            .right("rows after")
            .right("written")
            .right("inserted")
            .right("updated")
            .right("duplicates");
    for (PublishedTable published : report.tables()) {
      table.add(
          published.table().toString(),
          published.mode().toString(),
          published.created() ? "new" : Numbers.count(published.rowsBefore()),
          Numbers.count(published.rowsAfter()),
          Numbers.count(published.rowsWritten()),
          Numbers.count(published.inserted()),
          Numbers.count(published.updated()),
          Numbers.count(published.duplicates()));
    }
    out.println();
    table.print(out, style, "  ");
  }

  private void printCursors() {
    if (report.cursors().isEmpty()) {
      return;
    }
    out.println();
    for (CursorMove cursor : report.cursors()) {
      out.println("sink " + cursor.sink() + ": " + cursor.source() + " " + CursorText.read(cursor));
    }
  }

  /** What changed in the columns of tables; nothing when that is nothing. */
  static void print(List<Drift> drift, PrintWriter out) {
    if (!drift.isEmpty()) {
      out.println();
    }
    for (Drift found : drift) {
      out.println("drift: sink " + found.sink() + ", " + found.table() + ": " + found.change());
    }
  }

  private void printFailure() {
    Failure failure = report.error();
    if (failure == null) {
      return;
    }
    out.println();
    String place = failure.line() > 0 ? file + ":" + failure.line() + ": " : "";
    out.println(place + style.bad("error " + failure.code()) + ": " + failure.message());
    if (report.status() == RunStatus.FAILED) {
      boolean mayHelp = report.exitCode() == ExitCode.TRY_AGAIN.number();
      out.println(
          "  nothing was published; "
              + (mayHelp
                  ? "trying again may help"
                  : "trying again will not help before this is put right"));
    }
  }

  private void printRejected() {
    if (report.rejected() == 0) {
      return;
    }
    out.println();
    out.println(
        Numbers.count(report.rejected(), "row was", "rows were") + " rejected; to see why:");
    out.println(
        query(
            "SELECT step, reason, row_json FROM tributary.rejected WHERE run_id = '"
                + report.runId()
                + "'"));
  }

  private void printNext() {
    if (report.tables().isEmpty() || report.error() != null) {
      return;
    }
    TableName table = report.tables().get(0).table();
    out.println();
    out.println("next:");
    out.println(
        query(
            "SELECT * FROM "
                + quoted(table.dataset())
                + "."
                + quoted(table.table())
                + " LIMIT 10"));
  }

  private String query(String sql) {
    // inside single quotes a shell leaves everything but a single quote as it is
    String argument =
        sql.contains("\"") ? "'" + sql.replace("'", "'\\''") + "'" : "\"" + sql + "\"";
    return "  ./tributary query " + argument + warehouseAsTyped;
  }

  private static String quoted(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : "\"" + name + "\"";
  }
}
