package io.tributary.spec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldTest {
  private final Collected problems = new Collected();

  @Test
  void durationsHaveUnits() {
    Shape<Duration> duration = Field.duration("d").shape();

    assertThat(duration.parse("90s", problems), is(Duration.ofSeconds(90)));
    assertThat(duration.parse("2 hours", problems), is(Duration.ofHours(2)));
    assertThat(duration.parse("7D", problems), is(Duration.ofDays(7)));
    assertThat(problems.found, is(List.of()));
  }

  @Test
  void sizesArePowersOfAThousandOrOf1024() {
    Shape<Long> size = Field.dataSize("s").shape();

    assertThat(size.parse("64MB", problems), is(64_000_000L));
    assertThat(size.parse("1 GiB", problems), is(1L << 30));
    assertThat(size.parse("10b", problems), is(10L));
    assertThat(problems.found, is(List.of()));
  }

  @Test
  void whatDoesNotFitIsAProblemNotAnException() {
    assertThat(Field.duration("d").shape().parse("9".repeat(30) + "d", problems), is(nullValue()));
    assertThat(Field.dataSize("s").shape().parse("9".repeat(30) + "B", problems), is(nullValue()));
    assertThat(Field.dataSize("s").shape().parse("999999999TB", problems), is(nullValue()));
    assertThat(Field.integer("i", 1, 9).shape().parse("1e999999999", problems), is(nullValue()));
    assertThat(
        Field.word("w", WriteMode.class).shape().parse(List.of("x"), problems), is(nullValue()));

    assertThat(
        problems.found,
        contains(
            containsString("TR104 expected a duration"),
            containsString("TR104 expected a size such as"),
            containsString("TR104 expected a size below 8 EiB"),
            containsString("TR104 expected a whole number"),
            containsString("TR104 expected one of replace, append, merge, found a list")));
  }

  @Test
  void longValuesAreShortenedInMessages() {
    Field.bool("b").shape().parse("x".repeat(100), problems);

    assertThat(
        problems.found,
        contains("TR104 expected true or false, found \"" + "x".repeat(60) + "…\""));
  }

  @Test
  void neighboursInWordsMayBeExchanged() {
    List<String> words = List.of("table", "name", "id", "columns", "x");

    assertThat(Suggestions.nearest("tabel", words).orElse(""), is("table"));
    assertThat(Suggestions.nearest("naem", words).orElse(""), is("name"));
    assertThat(Suggestions.nearest("Column", words).orElse(""), is("columns"));
    assertThat(Suggestions.nearest("ids", words).orElse(""), is("id"));
    assertThat(Suggestions.nearest("y", words).orElse(""), is(""));
    assertThat(Suggestions.nearest("quite different", words).orElse(""), is(""));
  }

  private static final class Collected implements Problems {
    private final List<String> found = new ArrayList<>();

    @Override
    public Problems at(Object key) {
      return this;
    }

    @Override
    public Problems within(int offset, int length) {
      return this;
    }

    @Override
    public Problems onKey() {
      return this;
    }

    @Override
    public void report(Severity severity, Code code, String message, @Nullable String fix) {
      found.add(code + " " + message);
    }

    @Override
    public void replaceable(Severity severity, Code code, String message, String replacement) {
      report(severity, code, message, replacement);
    }

    @Override
    public int errors() {
      return found.size();
    }
  }
}
