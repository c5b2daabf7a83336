package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says about a first config of one's own is what happens. */
class ReadmeTest {
  @TempDir Path folder;
  private CommandLineProbe tributary;
  private String readme;
  private String config;

  @BeforeEach
  void writeWhatTheReadmeSays() throws IOException {
    tributary = new CommandLineProbe(folder);
    readme = Files.readString(Path.of("..", "README.md"));
    tributary.file("orders.csv", block("csv"));
    config = tributary.file("orders.yaml", block("yaml"));
  }

  private String block(String language) {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat("the README has a block of " + language, block.find(), is(true));
    return block.group(1);
  }

  @Test
  void theFirstConfigIsAccepted() {
    var lint = tributary.run("lint", config);

    assertThat(readme, containsString("$ ./tributary lint orders.yaml\n" + lint.out()));
  }

  @Test
  void thePreviewIsTheOneShown() {
    var preview =
        tributary.run("preview", config, "--node", "priced", "--warehouse", tributary.warehouse());

    assertThat(
        readme,
        containsString(
            "$ ./tributary preview orders.yaml --node priced\n" + preview.out() + preview.err()));
  }

  @Test
  void theRunGivesTheRowsShown() {
    String sql = "SELECT customer, sum(net) AS net FROM mart.revenue GROUP BY customer";

    var run = tributary.run("run", config, "--warehouse", tributary.warehouse());
    var query = tributary.run("query", sql, "--warehouse", tributary.warehouse());

    assertThat(run.err() + run.out(), run.code(), is(ExitCode.DONE));
    assertThat(
        readme,
        containsString("$ ./tributary query \"" + sql + "\"\n" + query.out() + query.err()));
  }

  @Test
  void theTestPassesAsShown() throws IOException {
    Matcher tests = Pattern.compile("```yaml\n(tests:\n.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat("the README has tests", tests.find(), is(true));
    String tested =
        tributary.file("orders.yaml", Files.readString(Path.of(config)) + tests.group(1));

    var result = tributary.run("test", tested);

    assertThat(
        readme,
        containsString(
            "$ ./tributary test orders.yaml\n" + result.out().replace(folder + "/", "")));
  }
}
