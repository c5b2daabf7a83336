package io.tributary.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand: shows what there is. */
@Command(
    name = "tributary",
    description = "Brings tables to the warehouse: one file names sources, transforms and sinks.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, trying again may help, 2 wrong config or command line (nothing"
          + " ran), 3 failed, trying again will not help, 4 done, but rows were rejected within the"
          + " allowed limit, 130 interrupted, 143 terminated.",
      "",
      "Example:",
      "  ./tributary run examples/csv_to_bigquery.yaml"
    })
final class TributaryCommand implements Callable<Integer> {
  private static final int HELP_WIDTH = 100;

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Logs more, and shows stack traces of errors.")
  private boolean debug;

  private TributaryCommand(Console console) {
    this.console = console;
  }

  /** The command line with all commands. */
  static CommandLine line(Console console) {
    TributaryCommand root = new TributaryCommand(console);
    CommandLine line = new CommandLine(root);
    line.addSubcommand(new LintCommand(console));
    line.addSubcommand(new TestCommand(console));
    line.addSubcommand(new PlanCommand(console));
    line.addSubcommand(new PreviewCommand(console));
    line.addSubcommand(new RunCommand(console));
    line.addSubcommand(new QueryCommand(console));
    line.addSubcommand(RunsCommand.line(console));
    line.addSubcommand(StateCommand.line(console));
    line.addSubcommand(new GraphCommand(console));
    line.addSubcommand(new ListCommand(console));
    line.addSubcommand(new DocsCommand(console));
    line.addSubcommand(new SchemaCommand(console));
    line.addSubcommand(new VersionCommand(console));
    Failures failures = new Failures(console, root);
    return line.setOut(console.out())
        .setErr(console.err())
        .setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(
            Help.defaultColorScheme(console.outStyle().coloured() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setExecutionStrategy(
            parsed -> {
              Logs.set(console.err(), root.debug);
              return new CommandLine.RunLast().execute(parsed);
            });
  }

  boolean debug() {
    return debug;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.WRONG_INPUT.number();
  }
}
