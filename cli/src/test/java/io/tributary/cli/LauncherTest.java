package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a copy of the project's layout, with a {@code java} and a {@code mvn} that print
 * what they are asked for.
 */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "tributary").toAbsolutePath().normalize();

  @TempDir Path folder;
  private Path home;
  private Path programs;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void layOut() throws IOException {
    home = folder.resolve("a project");
    programs = Files.createDirectories(folder.resolve("programs"));
    for (String source : List.of("pipeline/src/main", "cli/src/main/training")) {
      Files.createDirectories(home.resolve(source));
    }
    for (String file : List.of("pom.xml", "pipeline/pom.xml", "cli/pom.xml")) {
      Files.writeString(home.resolve(file), "");
    }
    Files.copy(LAUNCHER, home.resolve("tributary"));
    java(programs, "17.0.9");
    // as Maven does: the lists of jars, and the time of the build
    program(
        programs.resolve("mvn"),
        """
        echo "mvn in $PWD with $JAVA_HOME: $*" >&2
        echo "noise on standard output"
        mkdir -p cli/target
        printf 'lib/a.jar:lib/beam.jar' > cli/target/run.jars
        printf 'lib/a.jar' > cli/target/core.jars
        touch cli/target/tributary-cli.jar cli/target/built
        """);
  }

  private static void program(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void java(Path folder, String version) throws IOException {
    program(
        folder.resolve("java"),
        """
        case $1 in
          -version) echo 'openjdk version "%s" 2023-10-17' >&2; exit ;;
        esac
        case $* in
          *ArchiveClassesAtExit*) exit 1 ;;
        esac
        for argument; do echo "[$argument]"; done
        exit ${JAVA_ENDS_WITH:-0}
        """
            .formatted(version));
  }

  private Result launch(Path directory, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "launcher", ".out");
    Path err = Files.createTempFile(folder, "launcher", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("TRIBUTARY_JAVA_OPTS");
    builder.environment().put("PATH", programs + ":/usr/bin:/bin");
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Result(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private Result launch(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("tributary").toString()));
    command.addAll(List.of(args));
    return launch(folder, Map.of(), command.toArray(String[]::new));
  }

  @Test
  void itBuildsOnFirstUseOnlyAndSaysSo() throws Exception {
    Result first = launch("version");
    Result second = launch("version");

    assertThat(first.err(), startsWith("tributary: building on first use"));
    assertThat(first.err(), containsString("mvn in " + home.toRealPath()));
    assertThat(first.out(), not(containsString("noise")));
    assertThat(second.err(), is(""));
    assertThat(second.code(), is(0));
  }

  @Test
  void itBuildsAgainWhenASourceIsNewer() throws Exception {
    launch("version");
    Path source = home.resolve("pipeline/src/main/New.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    Result result = launch("version");

    assertThat(result.err(), startsWith("tributary: building, as the sources have changed"));
  }

  @Test
  void aFailedBuildEndsWithTwo() throws Exception {
    program(programs.resolve("mvn"), "echo 'cannot compile'; exit 1");

    Result result = launch("version");

    assertThat(result.code(), is(2));
    assertThat(result.out(), is(""));
    assertThat(result.err(), containsString("cannot compile"));
    assertThat(result.err(), containsString("the build failed"));
  }

  @Test
  void argumentsArriveAsTheyWereTypedFromAnyFolderAndThroughALink() throws Exception {
    launch("version");
    Path links = Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("first"), Path.of("..", "a project", "tributary"));
    Files.createSymbolicLink(links.resolve("second"), Path.of("first"));

    Result result =
        launch(
            links,
            Map.of(),
            links.resolve("second").toString(),
            "query",
            "SELECT 'a  b' \"c\" *",
            "");

    assertThat(
        result.out(),
        containsString("[io.tributary.cli.Main]\n[query]\n[SELECT 'a  b' \"c\" *]\n[]\n"));
    assertThat(
        result.out(), containsString("[" + home.toRealPath() + "/cli/target/tributary-cli.jar:"));
  }

  @Test
  void beamIsOnTheClassPathOfARunButNotOfLint() throws Exception {
    Result lint = launch("lint", "x.yaml");
    Result run = launch("run", "x.yaml");

    assertThat(lint.out(), not(containsString("beam.jar")));
    assertThat(run.out(), containsString("/cli/target/lib/beam.jar]"));
  }

  @Test
  void whatAsksADatabaseOrTheWarehouseHasAllJars() throws Exception {
    for (String command : List.of("plan", "preview", "test", "query", "runs", "state")) {
      Result result = launch(command, "x.yaml");

      assertThat(command, result.out(), containsString("/cli/target/lib/beam.jar]"));
    }
  }

  @Test
  void theExitCodeIsThatOfJava() throws Exception {
    launch("version");

    Result result =
        launch(folder, Map.of("JAVA_ENDS_WITH", "4"), home.resolve("tributary").toString(), "run");

    assertThat(result.code(), is(4));
  }

  @Test
  void optionsForJavaComeAfterOurs() throws Exception {
    launch("version");

    Result result =
        launch(
            folder,
            Map.of("TRIBUTARY_JAVA_OPTS", "-Xmx9g -Da=b"),
            home.resolve("tributary").toString(),
            "run");

    assertThat(result.out(), containsString("[-Xmx9g]\n[-Da=b]\n[-cp]\n"));
    assertThat(result.out().indexOf("[-Xmx512m]") < result.out().indexOf("[-Xmx9g]"), is(true));
  }

  @Test
  void aJavaThatIsTooOldIsNamed() throws Exception {
    java(programs, "1.8.0_392");

    Result result = launch("version");

    assertThat(result.code(), is(2));
    assertThat(result.err(), startsWith("tributary: needs Java 17 or newer; "));
    assertThat(result.err(), containsString(programs.resolve("java") + " is 1.8.0_392"));
    assertThat(result.out(), is(""));
  }

  @Test
  void theJavaOfJavaHomeComesFirstUnlessItIsTooOld() throws Exception {
    java(folder.resolve("new/bin"), "21.0.1");
    java(folder.resolve("old/bin"), "11.0.2");
    String launcher = home.resolve("tributary").toString();

    Result newer =
        launch(folder, Map.of("JAVA_HOME", folder.resolve("new").toString()), launcher, "version");
    Result older =
        launch(folder, Map.of("JAVA_HOME", folder.resolve("old").toString()), launcher, "version");

    assertThat(newer.code(), is(0));
    assertThat(newer.err(), containsString("with " + folder.resolve("new") + ":"));
    assertThat(older.code(), is(0));
  }

  @Test
  void javaIsPreparedOnceAfterABuildAndThatItFailsDoesNotMatter() throws Exception {
    Result first = launch("lint");
    Result second = launch("lint");

    assertThat(first.code(), is(0));
    assertThat(first.err(), containsString("preparing faster starts"));
    assertThat(second.err(), is(""));
  }
}
