package io.tributary.cli;

import io.tributary.failure.PermanentException;
import java.io.UncheckedIOException;

/** The entry point of the {@code tributary} command. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args as typed
   */
  public static void main(String[] args) {
    try {
      Console console = Console.ofProcess();
      System.exit(execute(console, args).number());
    } catch (PermanentException e) { // .env cannot be read
      System.err.println("error: " + e.getMessage());
      System.exit(ExitCode.WRONG_INPUT.number());
    } catch (OutOfMemoryError e) {
      System.err.println(
          "error: Java has too little memory; give it more, as in TRIBUTARY_JAVA_OPTS=-Xmx2g");
      System.exit(ExitCode.FAILED.number());
    }
  }

  static ExitCode execute(Console console, String... args) {
    ExitCode code = ExitCode.of(TributaryCommand.line(console).execute(args));
    try {
      console.out().flush();
      return code;
    } catch (UncheckedIOException e) { // the last lines did not go out
      if (code != ExitCode.DONE) {
        return code;
      }
      console.err().println("error: " + e.getMessage());
      return ExitCode.TRY_AGAIN;
    } finally {
      console.err().flush();
    }
  }
}
