package io.tributary.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the version. */
@Command(
    name = "version",
    description = "Prints the version of Tributary and of Java.",
    footer = {"", "Example:", "  ./tributary version"})
final class VersionCommand implements Callable<Integer> {
  private final Console console;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    console
        .out()
        .println(
            "tributary "
                + (version == null ? "(not packaged)" : version)
                + ", Java "
                + Runtime.version().feature());
    return ExitCode.DONE.number();
  }
}
