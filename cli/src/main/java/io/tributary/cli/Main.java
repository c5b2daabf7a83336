package io.tributary.cli;

import io.tributary.failure.PermanentException;

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
    }
  }

  static ExitCode execute(Console console, String... args) {
    try {
      return ExitCode.of(TributaryCommand.line(console).execute(args));
    } finally {
      console.flush();
    }
  }
}
