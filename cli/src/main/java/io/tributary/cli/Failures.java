package io.tributary.cli;

import io.tributary.failure.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, and which exit code that is. A stack trace only with {@code --debug}. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Console console;
  private final TributaryCommand root;

  Failures(Console console, TributaryCommand root) {
    this.console = console;
    this.root = root;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    // picocli writes the word twice for options that are maps
    say(e.getMessage().replace("option option", "option"), null);
    UnmatchedArgumentException.printSuggestions(e, console.err());
    console.err().println("see ./" + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.WRONG_INPUT.number();
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    ExitCode code = tell(e);
    boolean explained = e instanceof ConfigException || e instanceof InputException;
    if (root.debug() && !explained) {
      e.printStackTrace(console.err());
    }
    return code.number();
  }

  private ExitCode tell(Exception e) {
    if (e instanceof ConfigException config) {
      config.printTo(console);
      return ExitCode.WRONG_INPUT;
    }
    if (e instanceof InputException input) {
      say(input.getMessage(), input.fix());
      return ExitCode.WRONG_INPUT;
    }
    if (e instanceof RunException failure) {
      say(failure.getMessage(), null);
      return ExitCode.of(failure);
    }
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      say(e.getMessage(), null);
      return ExitCode.TRY_AGAIN;
    }
    say(
        "internal error: " + e,
        root.debug() ? null : "this is a mistake in Tributary; --debug shows where");
    return ExitCode.FAILED;
  }

  private void say(@Nullable String message, @Nullable String fix) {
    console.err().println(console.errStyle().bad("error:") + " " + message);
    if (fix != null) {
      console.err().println("  " + fix);
    }
  }
}
