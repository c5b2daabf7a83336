package io.tributary.cli;

import io.tributary.module.Registry;
import io.tributary.spec.JsonSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of configs. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of configs, for editors.",
      "Name it in the first line of a YAML config: # yaml-language-server: $$schema=tributary.json"
    },
    footer = {"", "Example:", "  ./tributary schema > tributary.json"})
final class SchemaCommand implements Callable<Integer> {
  private final Console console;

  SchemaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().println(JsonSchema.of(Registry.load()));
    return ExitCode.DONE.number();
  }
}
