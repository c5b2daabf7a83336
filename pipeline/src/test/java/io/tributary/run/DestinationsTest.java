package io.tributary.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.tributary.config.ConfigLoader;
import io.tributary.config.ConfigLoader.Options;
import io.tributary.graph.Lint;
import io.tributary.module.Registry;
import io.tributary.spec.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sinks with one destination are found before anything runs, however it is written. */
class DestinationsTest {
  private static final String SOURCE =
      """
      sources:
        - {name: in, module: create, parameters: {rows: [{n: 1}]}}
      sinks:
      """;

  @TempDir Path folder;

  private static String table(String name, String table) {
    return "  - {name: "
        + name
        + ", module: bigquery, input: in, parameters: {table: "
        + table
        + ", create_disposition: CREATE_IF_NEEDED}}\n";
  }

  private static String files(String name, String path) {
    return "  - {name: "
        + name
        + ", module: files, input: in, path: '"
        + path
        + "', format: csv}\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"D.T", "d.T", "my-project:d.t"})
  void aTableByAnotherNameOfTheSameTable(String other) {
    RunProbe probe = new RunProbe(folder);

    assertThat(probe.plan(SOURCE + table("a", "d.t") + table("b", other)), is(nullValue()));

    assertThat(
        probe.problems(),
        contains(startsWith("5:64 TR123 sink `a` writes to the same table: in the embedded")));
  }

  @Test
  void tablesOfTwoDatasetsAreTwo() {
    RunProbe probe = new RunProbe(folder);

    assertThat(probe.plan(SOURCE + table("a", "d.t") + table("b", "e.t")).sinks().size(), is(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"out/", "./out", "out/.", "x/../out", "FOLDER/out", "FOLDER/x/../out/"})
  void aFolderByAnotherSpelling(String other) throws IOException {
    String config =
        SOURCE + files("a", "out") + files("b", other.replace("FOLDER", folder.toString()));
    Path file = Files.writeString(folder.resolve("two.yaml"), config);
    ConfigLoader loader =
        new ConfigLoader(Registry.load(), new Environment(Map.of(), folder), Options.NONE);

    List<String> found =
        new Lint(loader, (sql, problems) -> {}, (sql, problems) -> {})
            .check(file).diagnostics().all().stream()
                .map(d -> d.span().line() + ":" + d.span().column() + " " + d.message())
                .toList();

    assertThat(found, contains("5:47 sink `a` writes to `out`, too"));
  }
}
