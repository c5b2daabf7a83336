package io.tributary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.spec.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Runs commands in this process, in a folder of their own, and keeps what they print. */
final class CommandLineProbe {
  private final Path folder;
  private Map<String, String> variables = Map.of();

  CommandLineProbe(Path folder) {
    this.folder = folder;
  }

  CommandLineProbe with(Map<String, String> environment) {
    variables = environment;
    return this;
  }

  /** What a command left behind. */
  record Result(ExitCode code, String out, String err) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + out, e);
      }
    }
  }

  Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new Style(false),
            new Style(false),
            false,
            Environment.in(folder, variables),
            Clock.systemUTC());
    ExitCode code = Main.execute(console, args);
    return new Result(code, out.toString(), err.toString());
  }

  /** Writes a file below the folder; returns its path as a user would name it. */
  String file(String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toString();
  }

  /** The address of a warehouse below the folder. */
  String warehouse() {
    return "duckdb:" + folder.resolve("w.duckdb");
  }

  /** A config of three rows, of which a filter keeps two, and a table. */
  String config() {
    return file(
        "numbers.yaml",
        """
        name: numbers
        sources:
          - name: numbers
            module: create
            parameters:
              rows: [{n: 1, word: one}, {n: 2, word: two}, {n: 3, word: null}]
        transforms:
          - {name: large, module: filter, inputs: [numbers], parameters: {where: "n > 1"}}
        sinks:
          - {name: table, module: bigquery, input: large, mode: replace, parameters: {table: "mart.numbers", create_disposition: CREATE_IF_NEEDED}}
        """);
  }
}
