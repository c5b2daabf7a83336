package io.tributary.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The command as a process of its own, in a working directory. */
final class Tributary {
  private static final String MAIN = "io.tributary.cli.Main";

  private final Path directory;
  private final Map<String, String> environment;
  private @Nullable Path archive;

  Tributary(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** What a command left behind. */
  record Result(int exitCode, String stdout, String stderr) {
    @Override
    public String toString() {
      return "exit code " + exitCode + "\n--- stdout\n" + stdout + "\n--- stderr\n" + stderr;
    }
  }

  /** Runs a command to its end and keeps its classes, so that later commands start faster. */
  Result learn(String... arguments) {
    archive = directory.resolve("classes.jsa");
    return run(arguments);
  }

  /** Runs a command to its end. */
  Result run(String... arguments) {
    try {
      Running running = start(arguments);
      if (!running.process.waitFor(5, TimeUnit.MINUTES)) {
        running.process.destroyForcibly();
        throw new AssertionError("no end after five minutes: " + List.of(arguments));
      }
      return running.result();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** A command under way. */
  record Running(Process process, Path stdout, Path stderr) {
    Result result() {
      try {
        return new Result(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Starts a command. */
  Running start(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Duser.timezone=Asia/Kathmandu"));
    Path classes = archive;
    if (classes != null) {
      command.add(
          (Files.exists(classes) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=")
              + classes);
      command.addAll(List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr"));
    }
    command.addAll(List.of("-cp", classPath()));
    command.add(MAIN);
    command.addAll(List.of(arguments));
    try {
      Path stdout = Files.createTempFile("tributary", ".out");
      Path stderr = Files.createTempFile("tributary", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      builder.environment().putAll(environment);
      return new Running(builder.start(), stdout, stderr);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The jars of the product; a module that was not packaged is a folder of classes, which cannot be
   * archived.
   */
  private static String classPath() {
    return Stream.of(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes") && Files.exists(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
