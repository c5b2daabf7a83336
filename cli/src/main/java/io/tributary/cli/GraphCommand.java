package io.tributary.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a config. */
@Command(
    name = "graph",
    description = "Draws the nodes of a config and how rows pass through them.",
    footer = {"", "Example:", "  ./tributary graph configs/orders.yaml --format mermaid"})
final class GraphCommand implements Callable<Integer> {
  /** The form of the drawing. */
  enum Format {
    ASCII,
    MERMAID
  }

  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "A config, JSON or YAML.")
  private Path config;

  @Option(
      names = "--format",
      paramLabel = "ascii|mermaid",
      defaultValue = "ascii",
      description = "The form of the drawing (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Mixin private ConfigOptions options;

  GraphCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    OpenConfig open = OpenConfig.of(config, options, console);
    console
        .out()
        .print(
            switch (format) {
              case ASCII -> GraphText.tree(open.graph().nodes());
              case MERMAID -> GraphText.mermaid(open.graph().nodes());
            });
    return ExitCode.DONE.number();
  }
}
