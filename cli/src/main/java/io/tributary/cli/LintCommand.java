package io.tributary.cli;

import io.tributary.config.ConfigLoader;
import io.tributary.config.DiagnosticGithub;
import io.tributary.config.DiagnosticJson;
import io.tributary.config.DiagnosticText;
import io.tributary.graph.Lint;
import io.tributary.module.Registry;
import io.tributary.sql.SqlExpression;
import io.tributary.sql.SqlQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks configs without connecting to anything. */
@Command(
    name = "lint",
    description =
        "Checks configs, or all that lie below a folder, without connecting to anything; shows all"
            + " mistakes at once.",
    footer = {"", "Example:", "  ./tributary lint configs/ --strict"})
final class LintCommand implements Callable<Integer> {
  /** The form of the diagnostics. */
  enum Format {
    TEXT,
    JSON,
    GITHUB
  }

  private final Console console;

  @Parameters(paramLabel = "CONFIG|DIR", arity = "1..*", description = "Configs, or folders.")
  private List<Path> paths;

  @Option(
      names = "--format",
      paramLabel = "text|json|github",
      defaultValue = "text",
      description = "The form of the diagnostics (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(names = "--strict", description = "A warning fails the check as an error does.")
  private boolean strict;

  @Mixin private ConfigOptions options;

  LintCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Registry registry = Registry.load();
    ConfigLoader loader =
        new ConfigLoader(registry, console.environment(), options.forLoader(false));
    Lint.Result result =
        new Lint(loader, SqlExpression::checkSyntax, SqlQuery::checkSyntax).check(paths);
    switch (format) {
      case TEXT ->
          console.out().print(new DiagnosticText(console.outStyle().coloured()).of(result.files()));
      case JSON -> console.out().println(DiagnosticJson.of(result.files()).stripTrailing());
      case GITHUB -> console.out().print(DiagnosticGithub.of(result.files()));
    }
    for (String skipped : result.skipped()) {
      console.err().println("skipped " + skipped + ": not a config");
    }
    boolean failed = result.errors() > 0 || strict && result.warnings() > 0;
    return (failed ? ExitCode.WRONG_INPUT : ExitCode.DONE).number();
  }
}
