package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.spec.Environment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardOutputTest {
  @TempDir Path folder;

  private static PrintWriter failingWith(String message) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(message);
          }
        };
    return new PrintWriter(new StandardOutput(failing), true, StandardCharsets.UTF_8);
  }

  @Test
  void aFullDiskIsSaidAndFailsTheCommand() {
    StringWriter err = new StringWriter();

    ExitCode code = Main.execute(console(failingWith("No space left on device"), err), "schema");

    assertThat(code, is(ExitCode.TRY_AGAIN));
    assertThat(
        err.toString(), is("error: standard output cannot be written: No space left on device\n"));
  }

  @Test
  void whatIsLostAtTheLastFlushIsSaidToo() {
    PrintWriter out = failingWith("No space left on device");
    out.print("rows");

    assertThrows(UncheckedIOException.class, out::flush);
  }

  @Test
  void aReaderThatHasReadEnoughIsNoFailure() {
    StringWriter err = new StringWriter();

    ExitCode code = Main.execute(console(failingWith("Broken pipe"), err), "list");

    assertThat(code, is(ExitCode.DONE));
    assertThat(err.toString(), is(""));
  }

  private Console console(PrintWriter out, StringWriter err) {
    return new Console(
        out,
        new PrintWriter(err, true),
        new Style(false),
        new Style(false),
        false,
        Environment.in(folder, Map.of()),
        Clock.systemUTC());
  }
}
