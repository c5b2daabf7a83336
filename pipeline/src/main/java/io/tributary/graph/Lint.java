package io.tributary.graph;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.config.Outline;
import io.tributary.config.TestConfig;
import io.tributary.spec.Code;
import io.tributary.spec.HasExpressions;
import io.tributary.spec.HasFiles;
import io.tributary.spec.HasQueries;
import io.tributary.spec.Problems;
import io.tributary.spec.SqlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Finds all that can be found wrong with configs without connecting to anything: what the loader
 * finds, wrong wiring, expressions that do not parse, and files that are missing.
 */
public final class Lint {
  private static final List<String> ENDINGS = List.of(".json", ".yaml", ".yml");

  private final ConfigLoader loader;
  private final BiConsumer<SqlText, Problems> expressions;
  private final BiConsumer<SqlText, Problems> queries;

  /**
   * @param expressions checks the syntax of an expression; called only if there is one
   * @param queries the same, of a query
   */
  public Lint(
      ConfigLoader loader,
      BiConsumer<SqlText, Problems> expressions,
      BiConsumer<SqlText, Problems> queries) {
    this.loader = loader;
    this.expressions = expressions;
    this.queries = queries;
  }

  /**
   * @param files that are configs, or were named, with what is wrong with them
   * @param skipped files of folders that are no configs
   */
  public record Result(List<Loaded> files, List<String> skipped) {
    public Result {
      files = List.copyOf(files);
      skipped = List.copyOf(skipped);
    }

    public int errors() {
      return files.stream().mapToInt(file -> file.diagnostics().errors()).sum();
    }

    public int warnings() {
      return files.stream().mapToInt(file -> file.diagnostics().warnings()).sum();
    }
  }

  /** Checks files, and all configs below folders; of a folder, hidden files are passed over. */
  public Result check(List<Path> paths) {
    List<Loaded> checked = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        checked.add(check(path));
        continue;
      }
      for (Path file : candidates(path)) {
        Loaded loaded = check(file);
        if (loaded.isConfig()) {
          checked.add(loaded);
        } else {
          skipped.add(loaded.file());
        }
      }
    }
    return new Result(checked, skipped);
  }

  /** Checks one file, as a config whatever it holds. */
  public Loaded check(Path file) {
    Loaded loaded = loader.load(file);
    Wiring.check(loaded.outlines(), file.toAbsolutePath().getParent().toString());
    loaded.outlines().forEach(this::checkExpressions);
    loaded.outlines().forEach(this::checkQueries);
    Path folder = file.toAbsolutePath().normalize().getParent();
    loaded.outlines().forEach(node -> checkFiles(node, folder));
    for (TestConfig test : loaded.tests().tests()) {
      if (test.isComplete()) {
        TestScope.of(loaded.outlines(), test, folder.toString());
      }
    }
    return loaded;
  }

  private void checkExpressions(Outline node) {
    if (node.parameters() instanceof HasExpressions parameters) {
      for (Map.Entry<List<Object>, SqlText> entry : parameters.expressions().entrySet()) {
        Problems place = node.problems();
        for (Object step : entry.getKey()) {
          place = place.at(step);
        }
        expressions.accept(entry.getValue(), place);
      }
    }
  }

  private void checkQueries(Outline node) {
    if (node.parameters() instanceof HasQueries parameters) {
      parameters.queries().forEach((key, query) -> queries.accept(query, node.problems().at(key)));
    }
  }

  private static void checkFiles(Outline node, Path folder) {
    if (node.parameters() instanceof HasFiles parameters) {
      parameters
          .files()
          .forEach(
              (key, path) -> {
                if (!path.contains("://") && !Files.exists(folder.resolve(path))) {
                  node.problems()
                      .at(key)
                      .error(
                          Code.TR116,
                          "the file " + path + " does not exist",
                          "a relative path is looked up in the folder of the config");
                }
              });
    }
  }

  private static List<Path> candidates(Path folder) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
              return !below.equals(folder) && isHidden(below)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
              if (!isHidden(file) && ENDINGS.stream().anyMatch(name::endsWith)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              found.add(file); // the loader says why it cannot be read
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("folder " + folder + " cannot be listed", e);
    }
    found.sort(null);
    return found;
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
