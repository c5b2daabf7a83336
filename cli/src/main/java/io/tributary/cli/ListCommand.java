package io.tributary.cli;

import io.tributary.module.Registry;
import io.tributary.spec.Spec;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the modules. */
@Command(
    name = "list",
    description = "Lists the modules that sources, transforms and sinks can name.",
    footer = {"", "Example:", "  ./tributary list"})
final class ListCommand implements Callable<Integer> {
  private final Console console;

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Registry registry = Registry.load();
    TextTable table = new TextTable().left("kind").left("module").left("what it does");
    for (Spec.Kind kind : Spec.Kind.values()) {
      for (Spec<?> spec : registry.all(kind)) {
        table.add(kind.toString(), spec.name(), spec.summary());
      }
    }
    table.print(console.out(), console.outStyle(), "");
    return ExitCode.DONE.number();
  }
}
