package io.tributary.cli;

import io.tributary.spec.Environment;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Where a command writes, and what it knows of the place it runs in.
 *
 * @param out for what the command was asked for
 * @param err for everything else
 * @param outStyle of {@code out}
 * @param errStyle of {@code err}
 * @param interactive whether {@code err} is a terminal, on which a line can be written over
 */
record Console(
    PrintWriter out,
    PrintWriter err,
    Style outStyle,
    Style errStyle,
    boolean interactive,
    Environment environment,
    Clock clock) {

  /** The streams of this process; the launcher knows which of them are terminals. */
  static Console ofProcess() {
    Environment environment = Environment.ofProcess();
    // https://no-color.org: any value but the empty one
    boolean colours =
        environment.get("NO_COLOR").filter(value -> !value.isEmpty()).isEmpty()
            && !environment.get("TERM").orElse("").equals("dumb");
    boolean outIsTerminal = Boolean.getBoolean("tributary.terminal.out");
    boolean errIsTerminal = Boolean.getBoolean("tributary.terminal.err");
    return new Console(
        writer(StandardOutput.ofProcess()),
        writer(new FileOutputStream(FileDescriptor.err)),
        new Style(colours && outIsTerminal),
        new Style(colours && errIsTerminal),
        errIsTerminal,
        environment,
        Clock.systemUTC());
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
