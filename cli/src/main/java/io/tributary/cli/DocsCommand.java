package io.tributary.cli;

import io.tributary.module.Registry;
import io.tributary.spec.Spec;
import io.tributary.spec.SpecDocs;
import io.tributary.spec.Suggestions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the page of a module. */
@Command(
    name = "docs",
    description = "Prints what a module does and all that can be set on it, as Markdown.",
    footer = {"", "Example:", "  ./tributary docs source files"})
final class DocsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "KIND", description = "source, transform or sink.")
  private Spec.Kind kind;

  @Parameters(index = "1", paramLabel = "MODULE", description = "A module, from `list`.")
  private String module;

  DocsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Registry registry = Registry.load();
    Spec<?> spec = registry.find(kind, module).orElseThrow(() -> unknown(registry));
    console.out().print(SpecDocs.page(spec));
    return ExitCode.DONE.number();
  }

  private InputException unknown(Registry registry) {
    List<String> names = registry.all(kind).stream().<String>map(Spec::name).toList();
    return new InputException(
        "there is no " + kind + " module `" + module + "`",
        Suggestions.nearest(module, names)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("there are " + String.join(", ", names)));
  }
}
