package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that connect to nothing run without the jars that the build leaves out for them. */
class CoreJarsTest {
  private static final Pattern LEFT_OUT =
      Pattern.compile("<excludeGroupIds>(.*)</excludeGroupIds>");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"lint CONFIG", "graph CONFIG", "list", "docs source mysql", "schema", "version"})
  void beamAndDriversAreNotNeeded(String command) throws IOException, InterruptedException {
    String config = new CommandLineProbe(folder).config();
    Path err = folder.resolve("err");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                coreJars(),
                "io.tributary.cli.Main"));
    line.addAll(List.of(command.replace("CONFIG", config).split(" ")));

    int code =
        new ProcessBuilder(line)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();

    assertThat(Files.readString(err), is(""));
    assertThat(code, is(0));
  }

  @Test
  void theBuildLeavesOutBeamAndTheWarehouse() throws IOException {
    assertThat(leftOut(), hasItem("org.apache.beam"));
    assertThat(leftOut(), hasItem("org.duckdb"));
  }

  private static List<String> leftOut() throws IOException {
    Matcher groups = LEFT_OUT.matcher(Files.readString(Path.of("pom.xml")));
    assertThat("cli/pom.xml names what is left out", groups.find(), is(true));
    return List.of(groups.group(1).split(","));
  }

  /** The class path of this test, without what the build leaves out. */
  private static String coreJars() throws IOException {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> kept = new ArrayList<>(List.of(all.split(File.pathSeparator)));
    for (String group : leftOut()) {
      String folderOfGroup = "/" + group.replace('.', '/') + "/";
      kept.removeIf(jar -> jar.replace(File.separatorChar, '/').contains(folderOfGroup));
    }
    return String.join(File.pathSeparator, kept);
  }
}
