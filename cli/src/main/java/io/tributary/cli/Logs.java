package io.tributary.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What libraries and Tributary log: warnings in one line each; with {@code --debug} more, and stack
 * traces. What Beam and file formats warn of is about their insides, and shown in debug only.
 */
final class Logs {
  private static final List<String> NOISY =
      List.of("org.apache.beam", "org.apache.parquet", "org.apache.hadoop", "org.apache.avro");
  private static final Logger ROOT = Logger.getLogger("");
  // the JDK forgets the level of a logger that nobody holds
  private static final List<Logger> QUIET = NOISY.stream().map(Logger::getLogger).toList();
  private static final Logger OURS = Logger.getLogger("io.tributary");

  private Logs() {}

  static void set(PrintWriter err, boolean debug) {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    Handler lines = new Lines(err, debug);
    lines.setLevel(Level.ALL);
    ROOT.addHandler(lines);
    ROOT.setLevel(debug ? Level.INFO : Level.WARNING);
    OURS.setLevel(debug ? Level.FINE : Level.WARNING);
    QUIET.forEach(logger -> logger.setLevel(debug ? Level.INFO : Level.SEVERE));
  }

  private static final class Lines extends Handler {
    private final PrintWriter err;
    private final boolean debug;

    Lines(PrintWriter err, boolean debug) {
      this.err = err;
      this.debug = debug;
      setFormatter(
          new Formatter() {
            @Override
            public String format(LogRecord logged) {
              return formatMessage(logged);
            }
          });
    }

    @Override
    public void publish(LogRecord logged) {
      if (!isLoggable(logged)) {
        return;
      }
      String message = getFormatter().format(logged).replaceAll("\\s*\\R\\s*", " ");
      String level = logged.getLevel().getName().toLowerCase(Locale.ROOT);
      Throwable thrown = logged.getThrown();
      String cause = thrown == null || debug ? "" : ": " + thrown;
      String origin = debug ? " " + logged.getLoggerName() : "";
      synchronized (err) {
        err.println(level + origin + ": " + message + cause);
        if (thrown != null && debug) {
          thrown.printStackTrace(err);
        }
      }
    }

    @Override
    public void flush() {
      err.flush();
    }

    @Override
    public void close() {}
  }
}
